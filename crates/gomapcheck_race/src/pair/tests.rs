//! Pairs shown by launches.

use gomapcheck_types::FunctionRef;

use crate::conflict::{Confidence, ConflictKind, LockMode, Operation};
use crate::domain::{Held, Key, KeyOwner, Lock, Place, Root};
use crate::evidence::group;
use crate::guards::site_groups;
use crate::models::LaunchKind;
use crate::pair::findings;
use crate::summary::{Access, Launch, Multiplicity, Signal, Thread};
use crate::testing::{Code, FlatScopes, access, at, call, launch, local, mu, on_local};

fn found(code: Code) -> Vec<(ConflictKind, Confidence, u32)> {
    code.check(|world| {
        let groups = site_groups(world);
        let findings = group(findings(world, &groups, &FlatScopes), &|_| false, &|_| false, &|_| false);
        findings
            .iter()
            .map(|finding| (finding.kind, finding.confidence, finding.first.at.span.start))
            .collect()
    })
}

/// `func f() { accesses…; go func() { launched… }() }` with a map in local variable 1.
fn one_launch(caller: Access, launch: Launch) -> Vec<(ConflictKind, Confidence, u32)> {
    let mut code = Code::default();
    code.launcher("f", vec![caller], vec![launch]);
    found(code)
}

fn local_lock(number: usize, mode: LockMode) -> Held {
    let key = Key::owner(KeyOwner::Local(local(number)));
    Held {
        lock: Lock { place: Some(Place::root(Root::Local(local(number)))), key }.into(),
        mode,
        aliased: false,
        acquired: at(0),
    }
}

#[test]
fn the_launcher_and_its_goroutine_collide_while_it_runs() {
    let write = on_local(1, Operation::Write, 20);
    let beside = on_local(1, Operation::Read, 30).beside(0);
    let goroutine = launch(10, vec![write]);
    assert_eq!(one_launch(beside, goroutine), [(ConflictKind::ReadWrite, Confidence::Certain, 20)]);
}

#[test]
fn what_precedes_the_launch_or_follows_the_join_does_not_collide() {
    let ordered = on_local(1, Operation::Write, 30);
    assert_eq!(one_launch(ordered, launch(10, vec![on_local(1, Operation::Write, 20)])), []);
}

#[test]
fn a_common_lock_orders() {
    let lock = || local_lock(2, LockMode::Write);
    let beside = on_local(1, Operation::Read, 30).beside(0).under(lock());
    assert_eq!(one_launch(beside, launch(10, vec![on_local(1, Operation::Write, 20).under(lock())])), []);
}

#[test]
fn a_lock_that_both_hold_for_reading_is_the_defect() {
    let lock = || local_lock(2, LockMode::Read);
    let beside = on_local(1, Operation::Read, 30).beside(0).under(lock());
    let goroutine = launch(10, vec![on_local(1, Operation::Write, 20).under(lock())]);
    let expected = (ConflictKind::WriteUnderReadLock, Confidence::Certain, 20);
    assert_eq!(one_launch(beside, goroutine), [expected]);
}

#[test]
fn goroutines_of_a_loop_collide_unless_each_iteration_has_its_own_map() {
    for (map, expected) in [(1, 1), (15, 0)] {
        let mut code = Code::default();
        let mut goroutine = launch(20, vec![on_local(map, Operation::Write, 21)]);
        goroutine.multiplicity = Multiplicity::Loop { start: 10, end: 30 };
        code.launcher("f", vec![], vec![goroutine]);
        assert_eq!(found(code).len(), expected, "variable declared at {map}");
    }
}

#[test]
fn a_lock_made_in_the_loop_does_not_order_its_goroutines() {
    let mut code = Code::default();
    let write = on_local(1, Operation::Write, 21).under(local_lock(15, LockMode::Write));
    let mut goroutine = launch(20, vec![write]);
    goroutine.multiplicity = Multiplicity::Loop { start: 10, end: 30 };
    code.launcher("f", vec![], vec![goroutine]);
    assert_eq!(found(code), [(ConflictKind::WriteWrite, Confidence::Certain, 21)]);
}

#[test]
fn two_goroutines_collide_when_one_starts_while_the_other_runs() {
    let mut code = Code::default();
    let first = launch(10, vec![on_local(1, Operation::Write, 11)]);
    let mut second = launch(20, vec![on_local(1, Operation::Iterate, 21)]);
    second.live.insert(0);
    code.launcher("f", vec![], vec![first, second]);
    assert_eq!(found(code), [(ConflictKind::IterationWrite, Confidence::Certain, 11)]);
}

#[test]
fn what_waits_for_a_channel_of_the_other_is_ordered() {
    let channel = Place::root(Root::Local(local(2)));
    let mut code = Code::default();
    let mut first = launch(10, vec![on_local(1, Operation::Write, 11)]);
    first.signals.push(Signal::Channel(channel.clone()));
    let mut read = on_local(1, Operation::Read, 21);
    read.gates.push(channel);
    let mut second = launch(20, vec![read]);
    second.live.insert(0);
    code.launcher("f", vec![], vec![first, second]);
    assert_eq!(found(code), []);
}

#[test]
fn a_server_calls_its_handlers_in_parallel() {
    let mut code = Code::default();
    let mut handler = launch(10, vec![on_local(1, Operation::Write, 11)]);
    handler.kind = LaunchKind::Handler("http.HandleFunc".into());
    handler.multiplicity = Multiplicity::Many;
    code.launcher("f", vec![], vec![handler]);
    assert_eq!(found(code), [(ConflictKind::WriteWrite, Confidence::Likely, 11)]);
}

/// `func (s *Store) Start() { go s.loop() }`, and `loop` with this access.
fn started_loop(code: &mut Code, in_loop: &Access) -> FunctionRef {
    let looping = code.unexported("loop", vec![in_loop.clone()]);
    let mut goroutine = launch(90, vec![Access { thread: Thread::Launched(0), ..in_loop.clone() }]);
    goroutine.target = Some(looping);
    code.launcher("Start", vec![], vec![goroutine]);
    looping
}

#[test]
fn a_started_method_collides_with_an_exported_one() {
    let mut code = Code::default();
    started_loop(&mut code, &access(Operation::Write, 10));
    code.exported("Get", vec![access(Operation::Read, 20)]);
    assert_eq!(found(code), [(ConflictKind::ReadWrite, Confidence::Likely, 10)]);
}

#[test]
fn what_only_the_started_method_calls_is_confined_to_it() {
    let mut code = Code::default();
    let step = code.unexported("step", vec![access(Operation::Write, 20)]);
    let write = access(Operation::Write, 10);
    let looping = code.unexported("loop", vec![write.clone()]);
    let mut goroutine = launch(90, vec![write]);
    goroutine.target = Some(looping);
    code.launcher("Start", vec![], vec![goroutine]);
    code.add_calls(looping, vec![call(step, 30)]);
    assert_eq!(found(code), []);
}

#[test]
fn a_common_lock_orders_methods_as_well() {
    let mut code = Code::default();
    started_loop(&mut code, &access(Operation::Write, 10).under(mu()));
    code.exported("Get", vec![access(Operation::Read, 20).under(mu())]);
    assert_eq!(found(code), []);
}

#[test]
fn a_helper_that_is_only_called_before_the_launch_is_ordered() {
    let mut code = Code::default();
    let load = code.unexported("load", vec![access(Operation::Write, 10)]);
    let write = access(Operation::Write, 20);
    let looping = code.unexported("loop", vec![write.clone()]);
    let mut goroutine = launch(90, vec![write]);
    goroutine.target = Some(looping);
    let start = code.launcher("Start", vec![], vec![goroutine]);
    code.add_calls(start, vec![call(load, 80)]);
    assert_eq!(found(code), []);
}
