//! Calls of functions that expect a lock to be held, without it.

use std::borrow::Cow;

use crate::conflict::{Confidence, ConflictKind, LockMode, Operation};
use crate::contexts::{CallerEdge, Openness, Role, World, is_owned_call};
use crate::domain::{Key, KeyOwner};
use crate::evidence::{Finding, Guard, Side, TraceStep, changes_map};
use crate::guards::infer::guard_of;
use crate::guards::set_up::is_set_up;
use crate::guards::{Declared, Site, SiteGroup};
use crate::summary::{Access, CallStep, Ownership, Thread};

/// The calls that break a promise, where the function called touches a map that the lock is for.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    groups: &[SiteGroup<'a>],
    declared: &Declared,
) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for (function, _, summary) in world.summaries.iter() {
        let facts = &world.facts[function as usize];
        let Some(promise) = facts.promise.as_ref().filter(|_| !facts.in_test) else { continue };
        let is_named = !promise.locks.is_empty();
        let locks = if is_named {
            Cow::Borrowed(promise.locks.as_slice())
        } else {
            Cow::Owned(meant_locks(world, groups, declared, function))
        };
        for lock in locks.iter() {
            let expected = Expected { groups, function, lock };
            let by_caller = world.known_callers(function).any(|edge| holds(world, edge, lock));
            for access in expected.accesses(&summary.accesses) {
                if by_caller || (is_named && expected.is_held_at_others(access)) {
                    broken_for(world, function, access, lock, &mut findings);
                }
            }
        }
    }
    findings
}

/// The calls that break the promise that `lock` is held for `access`.
fn broken_for<'a>(
    world: &World<'a>,
    function: u32,
    access: &'a Access,
    lock: &Key,
    findings: &mut Vec<Finding<'a>>,
) {
    for edge in world.known_callers(function) {
        if breaks(world, edge, lock) {
            findings.push(finding(world, edge, access, lock));
        } else if changes_map(access.operation) && only_reads(world, edge, lock) {
            findings.push(under_read_lock(world, edge, access, lock));
        }
    }
}

/// The locks that a promise without a name is about: those that guard the maps that the function touches.
fn meant_locks(world: &World<'_>, groups: &[SiteGroup<'_>], declared: &Declared, function: u32) -> Vec<Key> {
    let summary = world.summaries.at(function);
    let mut maps: Vec<Key> = summary
        .accesses
        .iter()
        .filter(|access| is_shared(access))
        .map(|access| access.key.outermost())
        .collect();
    maps.sort();
    maps.dedup();
    let guards = maps.iter().filter_map(|map| guard_of(world, group_of(groups, map)?, declared));
    let mut locks: Vec<Key> = guards.filter(|guard| guard.is_firm).map(|guard| guard.guard.lock).collect();
    locks.sort();
    locks.dedup();
    locks.retain(|lock| world.may_be_promised(function, lock));
    locks
}

fn group_of<'g, 'a>(groups: &'g [SiteGroup<'a>], map: &Key) -> Option<&'g SiteGroup<'a>> {
    groups.binary_search_by(|group| group.key.cmp(map)).ok().and_then(|at| groups.get(at))
}

/// Whether others can reach the map while the function that was called touches it.
fn is_shared(access: &Access) -> bool {
    access.thread == Thread::Caller
        && access.ownership != Ownership::Owned
        && !access.key.is_local()
        && !matches!(access.operation, Operation::Replace | Operation::Escape)
}

/// A function that expects a lock.
struct Expected<'e, 'a> {
    groups: &'e [SiteGroup<'a>],
    function: u32,
    lock: &'e Key,
}

impl<'a> Expected<'_, 'a> {
    /// What the lock is held for, one access to each map: rather a write than a read of what others write under the lock.
    fn accesses(&self, accesses: &'a [Access]) -> Vec<&'a Access> {
        let is_changed = |access: &Access| self.others(access).any(|site| changes_map(site.access.operation));
        let mut guarded: Vec<&Access> = accesses
            .iter()
            .filter(|access| is_shared(access) && self.is_for(access))
            .filter(|access| changes_map(access.operation) || is_changed(access))
            .collect();
        guarded.sort_by_key(|access| (&access.key, !changes_map(access.operation), access.location));
        guarded.dedup_by(|a, b| a.key == b.key);
        guarded
    }

    /// Whether an access can be what the lock is held for: it has no lock of its own, and the lock stands beside its map.
    fn is_for(&self, access: &Access) -> bool {
        let is_beside = self.lock.owner == access.key.owner || matches!(self.lock.owner, KeyOwner::Value(_));
        is_beside && access.locks.perhaps.is_empty()
    }

    /// The accesses of other functions to the map that do hold the lock.
    fn others(&self, access: &Access) -> impl Iterator<Item = &Site<'a>> {
        let group = group_of(self.groups, &access.key.outermost());
        let depth = access.key.depth;
        let sites = group.into_iter().flat_map(|group| &group.sites);
        sites.filter(move |site| {
            site.function != self.function && site.access.key.depth == depth && site.holds(self.lock)
        })
    }

    fn is_held_at_others(&self, access: &Access) -> bool {
        self.others(access).next().is_some()
    }
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
    // Another lock, held for writing, may be the one that counts.
    let is_written_under_another = site.locks.perhaps.iter().any(|held| held.mode == LockMode::Write);
    !is_written_under_another
        && site.locks.surely.mode_of_key(lock) == Some(LockMode::Read)
        && site.locks.perhaps.mode_of_key(lock) == Some(LockMode::Read)
        && entry.mode_of_key(lock).is_none()
        && !site.dynamic
        && !is_owned_call(world, edge)
        && !world.facts[edge.caller as usize].ignored
}

fn under_read_lock<'a>(world: &World<'a>, edge: &CallerEdge, write: &'a Access, lock: &Key) -> Finding<'a> {
    Finding {
        kind: ConflictKind::WriteUnderReadLock,
        // Whoever calls the caller cannot hold the lock that it takes.
        confidence: Confidence::Likely,
        reason: "the function called writes, but its caller holds the lock for reading only".to_owned(),
        ..finding(world, edge, write, lock)
    }
}

/// Longer chains of callers are not looked at.
const DEEPEST: u8 = 4;

/// Whether some way into a function is seen that does not hold the lock. Nobody knows under which locks a function runs that is
/// only called through interfaces or values, or by one that has promised a lock itself.
fn is_entered_without(world: &World<'_>, function: u32, lock: &Key, depth: u8) -> bool {
    let facts = &world.facts[function as usize];
    match world.openness[function as usize] {
        _ if facts.promise.is_some() => false,
        _ if facts.role == Role::Initial || depth >= DEEPEST => true,
        Openness::Unknown => false,
        Openness::Exported => true,
        Openness::Closed if world.is_launched(function) => true,
        Openness::Closed => world.known_callers(function).any(|edge| {
            let site = world.site(edge);
            !site.dynamic
                && !holds(world, edge, lock)
                && is_entered_without(world, edge.caller, lock, depth + 1)
        }),
    }
}

/// Whether a caller holds some lock, and the promised one is known by a pointer alone that may lead to it: an object lends its
/// lock to its parts.
fn may_hold_by_other_name(world: &World<'_>, edge: &CallerEdge, lock: &Key) -> bool {
    let site = world.site(edge);
    let callee = world.summaries.number(site.callee).map(|number| &world.facts[number as usize]);
    let by_pointer =
        callee.and_then(|facts| facts.promise.as_ref()).is_some_and(|promise| promise.by_pointer);
    let entry = &world.entry[edge.caller as usize].perhaps;
    by_pointer
        && world.own_locks.binary_search(lock).is_err()
        && (!site.locks.perhaps.is_empty() || (site.thread == Thread::Caller && !entry.is_empty()))
}

fn finding<'a>(world: &World<'a>, edge: &CallerEdge, access: &'a Access, lock: &Key) -> Finding<'a> {
    let site = world.site(edge);
    let mut first = Side::called(access, site.callee, site.locks.surely.clone());
    first.trace.insert(0, TraceStep::Call(CallStep { location: site.location, callee: site.callee }));
    let unseen = site.dynamic || !is_entered_without(world, edge.caller, lock, 0);
    let doubtful =
        unseen || is_set_up(world, edge.caller, &access.key) || may_hold_by_other_name(world, edge, lock);
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
