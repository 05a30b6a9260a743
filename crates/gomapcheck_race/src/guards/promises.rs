//! Calls of functions that expect a lock to be held, without it.

use crate::conflict::{Confidence, ConflictKind, LockMode};
use crate::contexts::{CallerEdge, Openness, World, is_owned_call};
use crate::domain::{Key, KeyOwner};
use crate::evidence::{Finding, Guard, Side, TraceStep, changes_map};
use crate::guards::SiteGroup;
use crate::guards::unguarded::is_set_up;
use crate::summary::{Access, CallStep, Ownership, Thread};

/// The calls that break a promise, where the function called writes a map.
pub(crate) fn findings<'a>(world: &World<'a>, groups: &[SiteGroup<'a>]) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for (function, _, summary) in world.summaries.iter() {
        let facts = &world.facts[function as usize];
        let Some(promise) = facts.promise.as_ref().filter(|_| !facts.in_test) else { continue };
        for lock in &promise.locks {
            let guarded = |access: &&Access| is_shared_write(access) && is_for(access, lock);
            let Some(write) = summary.accesses.iter().find(guarded) else { continue };
            if !is_kept_elsewhere(world, groups, function, write, lock) {
                continue;
            }
            let breaks = world.known_callers(function).filter(|edge| breaks(world, edge, lock));
            findings.extend(breaks.map(|edge| finding(world, edge, write, lock)));
            let reads = world.known_callers(function).filter(|edge| only_reads(world, edge, lock));
            findings.extend(reads.map(|edge| under_read_lock(world, edge, write, lock)));
        }
    }
    findings
}

fn is_shared_write(access: &Access) -> bool {
    changes_map(access.operation)
        && access.thread == Thread::Caller
        && access.ownership != Ownership::Owned
        && !access.key.is_local()
}

/// Whether a write can be what the lock is held for: it has no lock of its own, and the lock stands beside its map.
fn is_for(write: &Access, lock: &Key) -> bool {
    let is_beside = lock.owner == write.key.owner || matches!(lock.owner, KeyOwner::Value(_));
    is_beside && write.locks.perhaps.is_empty()
}

/// Whether someone does hold the lock: a caller, or another access to the map.
fn is_kept_elsewhere(
    world: &World<'_>,
    groups: &[SiteGroup<'_>],
    callee: u32,
    write: &Access,
    lock: &Key,
) -> bool {
    let by_caller = world.known_callers(callee).any(|edge| holds(world, edge, lock));
    by_caller
        || groups
            .binary_search_by(|group| group.key.cmp(&write.key.outermost()))
            .is_ok_and(|at| groups[at].sites.iter().any(|site| site.function != callee && site.holds(lock)))
}

fn holds(world: &World<'_>, edge: &CallerEdge, lock: &Key) -> bool {
    let site = world.site(edge);
    let entry = &world.entry[edge.caller as usize].perhaps;
    site.locks.perhaps.mode_of_key(lock).is_some()
        || (site.thread == Thread::Caller && entry.mode_of_key(lock).is_some())
}

fn breaks(world: &World<'_>, edge: &CallerEdge, lock: &Key) -> bool {
    let site = world.site(edge);
    let has_unnamed = site.locks.perhaps.iter().any(|held| held.lock.key.is_local());
    !holds(world, edge, lock)
        && !has_unnamed
        && !is_owned_call(world, edge)
        && !world.is_initial_call(edge)
        && world.facts[edge.caller as usize].promise.is_none()
        && !world.facts[edge.caller as usize].ignored
}

/// Whether a caller keeps the promise with a read lock, which is not what a writer needs.
fn only_reads(world: &World<'_>, edge: &CallerEdge, lock: &Key) -> bool {
    let site = world.site(edge);
    let entry = &world.entry[edge.caller as usize].perhaps;
    site.locks.surely.mode_of_key(lock) == Some(LockMode::Read)
        && site.locks.perhaps.mode_of_key(lock) == Some(LockMode::Read)
        && entry.mode_of_key(lock).is_none()
        && !site.dynamic
        && !is_owned_call(world, edge)
        && !world.facts[edge.caller as usize].ignored
}

fn under_read_lock<'a>(world: &World<'a>, edge: &CallerEdge, write: &'a Access, lock: &Key) -> Finding<'a> {
    Finding {
        kind: ConflictKind::WriteUnderReadLock,
        reason: "the function called writes, but its caller holds the lock for reading only".to_owned(),
        ..finding(world, edge, write, lock)
    }
}

fn finding<'a>(world: &World<'a>, edge: &CallerEdge, write: &'a Access, lock: &Key) -> Finding<'a> {
    let site = world.site(edge);
    let mut first = Side::called(write, site.callee, site.locks.surely.clone());
    first.trace.insert(0, TraceStep::Call(CallStep { location: site.location, callee: site.callee }));
    // Nobody knows under which locks a caller runs that is only called through interfaces or values.
    let unseen = world.openness[edge.caller as usize] == Openness::Unknown || site.dynamic;
    let doubtful = unseen || is_set_up(world, edge.caller, &write.key);
    Finding {
        kind: ConflictKind::Unguarded,
        confidence: if doubtful { Confidence::Possible } else { Confidence::Likely },
        first,
        second: None,
        guard: Some(Guard { lock: lock.clone(), held_in: 0, of: 0, example: None, declared: None }),
        reason: "the function called expects its caller to hold the lock".to_owned(),
        others: Vec::new(),
        object: None,
    }
}
