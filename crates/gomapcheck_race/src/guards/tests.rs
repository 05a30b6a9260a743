//! What counts as a guard, and what breaks it.

use crate::conflict::{Confidence, ConflictKind, LockMode, Operation};
use crate::contexts::Promise;
use crate::evidence::group;
use crate::guards::{Declared, findings, site_groups};
use crate::summary::Ownership;
use crate::testing::{Code, access, at, call, field, held, mu, of_receiver};

/// Kind, confidence and offset of what is found in a program.
fn found(code: Code) -> Vec<(ConflictKind, Confidence, u32)> {
    found_with(code, &Declared::default())
}

fn found_with(code: Code, declared: &Declared) -> Vec<(ConflictKind, Confidence, u32)> {
    code.check(|world| {
        let groups = site_groups(world);
        let findings = group(findings(world, &groups, declared), &|_| false, &|_| false, &|_| false);
        findings
            .iter()
            .map(|finding| (finding.kind, finding.confidence, finding.first.at.span.start))
            .collect()
    })
}

#[test]
fn a_method_that_forgets_the_lock_is_likely_wrong() {
    let mut code = Code::default();
    code.exported("Put", vec![access(Operation::Write, 10).under(mu())]);
    code.exported("Get", vec![access(Operation::Read, 20)]);
    assert_eq!(found(code), [(ConflictKind::Unguarded, Confidence::Likely, 20)]);
}

#[test]
fn reads_alone_need_no_lock() {
    let mut code = Code::default();
    code.exported("Get", vec![access(Operation::Read, 10).under(mu())]);
    code.exported("Len", vec![access(Operation::Length, 20)]);
    assert_eq!(found(code), []);
}

#[test]
fn a_lock_that_few_functions_hold_shows_little() {
    let mut code = Code::default();
    code.exported("Put", vec![access(Operation::Write, 10).under(mu())]);
    for offset in [20, 30, 40, 50] {
        code.exported("Use", vec![access(Operation::Write, offset)]);
    }
    assert_eq!(found(code), [(ConflictKind::Unguarded, Confidence::Possible, 20)]);
}

#[test]
fn a_helper_inherits_the_lock_that_every_caller_holds() {
    let mut code = Code::default();
    let helper = code.unexported("put", vec![access(Operation::Write, 10)]);
    code.caller("Put", vec![call(helper, 20).under(mu())]);
    code.caller("Fill", vec![call(helper, 30).under(mu())]);
    code.exported("Get", vec![access(Operation::Read, 40).under(mu())]);
    assert_eq!(found(code), []);
}

#[test]
fn a_helper_that_one_caller_calls_without_the_lock_is_found_with_that_call() {
    let mut code = Code::default();
    let helper = code.unexported("put", vec![access(Operation::Write, 10)]);
    code.caller("Put", vec![call(helper, 20).under(mu())]);
    code.caller("Fill", vec![call(helper, 30)]);
    code.exported("Get", vec![access(Operation::Read, 40).under(mu())]);
    code.exported("Drop", vec![access(Operation::Delete, 50).under(mu())]);
    code.check(|world| {
        let groups = site_groups(world);
        let findings = findings(world, &groups, &Declared::default());
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!((finding.confidence, finding.first.at), (Confidence::Likely, at(10)));
        let steps = format!("{:?}", finding.first.trace);
        assert!(steps.contains("30..31"), "{steps}");
    });
}

#[test]
fn objects_that_no_one_else_has_yet_need_no_lock() {
    let mut code = Code::default();
    let load = code.unexported("load", vec![access(Operation::Write, 10)]);
    code.caller("NewStore", vec![call(load, 20).of_fresh()]);
    code.exported("Put", vec![access(Operation::Write, 30).under(mu())]);
    let mut made = access(Operation::Write, 40);
    made.ownership = Ownership::Owned;
    code.exported("Clone", vec![made]);
    assert_eq!(found(code), []);
}

#[test]
fn what_main_does_before_it_starts_anything_needs_no_lock() {
    let mut code = Code::default();
    let load = code.unexported("load", vec![access(Operation::Write, 10)]);
    code.initial("main", vec![access(Operation::Write, 20)], vec![call(load, 30)]);
    code.exported("Put", vec![access(Operation::Write, 40).under(mu())]);
    assert_eq!(found(code), []);
}

#[test]
fn what_main_does_beside_a_launch_needs_the_lock() {
    let mut code = Code::default();
    code.initial("main", vec![access(Operation::Write, 20).beside(0)], vec![]);
    code.exported("Put", vec![access(Operation::Write, 40).under(mu())]);
    assert_eq!(found(code), [(ConflictKind::Unguarded, Confidence::Likely, 20)]);
}

#[test]
fn a_lock_held_on_some_paths_makes_the_finding_possible() {
    let mut code = Code::default();
    code.exported("Put", vec![access(Operation::Write, 10).under(mu())]);
    let mut sometimes = access(Operation::Write, 20);
    sometimes.locks.perhaps.acquire(mu());
    code.exported("Set", vec![sometimes]);
    assert_eq!(found(code), [(ConflictKind::Unguarded, Confidence::Possible, 20)]);
}

#[test]
fn the_lock_of_another_object_guards_nothing() {
    let mut code = Code::default();
    let mut other = mu();
    std::sync::Arc::make_mut(&mut other.lock).place.as_mut().unwrap().root = crate::domain::Root::Param(1);
    code.exported("Put", vec![access(Operation::Write, 10).under(mu())]);
    code.exported("Get", vec![access(Operation::Read, 15).under(mu())]);
    code.exported("Merge", vec![access(Operation::Write, 20).under(other)]);
    assert_eq!(found(code), [(ConflictKind::Unguarded, Confidence::Possible, 20)]);
}

#[test]
fn a_write_under_the_read_lock_is_certain() {
    let mut code = Code::default();
    code.exported("Get", vec![access(Operation::Read, 10).under(held("mu", LockMode::Read))]);
    code.exported("Put", vec![access(Operation::Write, 20).under(held("mu", LockMode::Read))]);
    assert_eq!(found(code), [(ConflictKind::WriteUnderReadLock, Confidence::Certain, 20)]);
}

#[test]
fn different_locks_are_likely_wrong() {
    let mut code = Code::default();
    code.exported("Put", vec![access(Operation::Write, 10).under(mu())]);
    code.exported("Drop", vec![access(Operation::Delete, 20).under(mu())]);
    code.exported("Get", vec![access(Operation::Read, 30).under(held("other", LockMode::Write))]);
    assert_eq!(found(code), [(ConflictKind::MixedLocks, Confidence::Likely, 30)]);
}

#[test]
fn a_comment_declares_the_guard_where_no_access_holds_it() {
    let mut declared = Declared::default();
    declared.insert(field("items"), field("mu"), at(1));
    let mut code = Code::default();
    code.exported("Put", vec![access(Operation::Write, 10)]);
    assert_eq!(found_with(code, &declared), [(ConflictKind::Unguarded, Confidence::Likely, 10)]);
}

#[test]
fn a_promise_is_believed_inside_and_checked_at_the_calls() {
    let mut code = Code::default();
    let helper = code.unexported("putLocked", vec![access(Operation::Write, 10)]);
    code.last().promise =
        Some(Promise { locks: vec![field("mu")], mode: LockMode::Write, by_pointer: false });
    code.caller("Put", vec![call(helper, 20).under(mu())]);
    code.caller("Fill", vec![call(helper, 30)]);
    assert_eq!(found(code), [(ConflictKind::Unguarded, Confidence::Likely, 10)]);
}

#[test]
fn a_guarded_map_that_is_handed_out_under_its_lock_is_likely_wrong() {
    let mut code = Code::default();
    code.exported("Put", vec![access(Operation::Write, 10).under(mu())]);
    code.exported("All", vec![access(Operation::Escape, 20).under(mu())]);
    assert_eq!(found(code), [(ConflictKind::GuardedEscape, Confidence::Likely, 20)]);
}

#[test]
fn inner_maps_inherit_the_guard() {
    let mut code = Code::default();
    code.exported("Put", vec![access(Operation::Write, 10).under(mu())]);
    let mut inner = access(Operation::Write, 20);
    inner.key = inner.key.element();
    inner.place = of_receiver("items").step(crate::domain::Step::Element);
    code.exported("Add", vec![inner]);
    assert_eq!(found(code), [(ConflictKind::Unguarded, Confidence::Likely, 20)]);
}
