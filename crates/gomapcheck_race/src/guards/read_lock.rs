//! Writes while the guard is held for reading only.

use rustc_hash::FxHashSet;

use crate::conflict::{Confidence, ConflictKind, LockMode};
use crate::contexts::{CallerEdge, World, is_owned_call};
use crate::domain::{Held, Key};
use crate::evidence::{Finding, changes_map};
use crate::guards::infer::InferredGuard;
use crate::guards::{Site, SiteGroup};
use crate::summary::{Access, Thread};

/// So many calls up a read lock is looked for.
const FARTHEST_CALLER: usize = 4;

/// The writes of a group under a read lock.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    group: &SiteGroup<'a>,
    guard: &InferredGuard,
) -> Vec<Finding<'a>> {
    group
        .sites
        .iter()
        .filter(|site| changes_map(site.access.operation))
        .filter_map(|site| finding(world, group, guard, site))
        .collect()
}

fn finding<'a>(
    world: &World<'a>,
    group: &SiteGroup<'a>,
    guard: &InferredGuard,
    site: &Site<'a>,
) -> Option<Finding<'a>> {
    // A promise that names no lock is kept by the read lock that all known callers hold.
    if site.vague && !world.is_vaguely_promised(site.function) {
        return None;
    }
    let rank = |held: &&Held| {
        let lock = &held.lock.key;
        (*lock == guard.guard.lock, lock.owner == group.key.owner)
    };
    let reading = site.surely.iter().filter(|held| held.mode == LockMode::Read);
    let held = reading.max_by_key(rank)?;
    let lock = &held.lock.key;
    // Another lock, held for writing, may be the one that counts.
    let mut writing = site.surely.iter().filter(|held| held.mode == LockMode::Write);
    let partner = partner(group, site, lock);
    if writing.any(|held| partner.is_none() || site.is_related(held))
        || partner.is_some_and(|partner| counts(site, partner))
    {
        return None;
    }
    let other_lock = match partner {
        Some(partner) => site.may_share(partner, lock),
        None => site.usual.iter().any(|other| other != lock),
    };
    let is_callers = site.access.locks.surely.mode_of_key(lock).is_none();
    if is_callers && !is_reached_reading(world, site.function, (site.access, lock), 0) {
        return None;
    }
    // Who holds the lock for writing is kept out by the read lock.
    let is_kept_out = |other: &&Site<'_>| other.surely.mode_of_key(lock) == Some(LockMode::Write);
    let is_apart = group
        .sites
        .iter()
        .filter(|other| !is_kept_out(other))
        .any(|other| !world.share_goroutine(site.function, other.function));
    let mut confidence =
        confidence(site, held, (partner.is_some(), other_lock), lock.owner == group.key.owner);
    // A read lock that most users of the map do without is there for something else.
    let is_declared = guard.guard.declared.is_some() && *lock == guard.guard.lock;
    if !is_apart || !(is_declared || is_held_by_half(group, lock)) {
        confidence = Confidence::Possible;
    }
    let mut evidence = guard.guard.clone();
    evidence.lock = lock.clone();
    Some(Finding {
        kind: ConflictKind::WriteUnderReadLock,
        confidence,
        first: site.side(world),
        second: partner.map(|partner| partner.side(world)),
        guard: (*lock == guard.guard.lock).then_some(evidence),
        reason: "a read lock keeps writers out, but not other holders of the read lock".to_owned(),
        others: Vec::new(),
        object: None,
    })
}

/// Whether some known way from a caller to a write begins with this lock held for reading. A caller whose constants never let it
/// come to the write has no such access of its own.
fn is_reached_reading(
    world: &World<'_>,
    function: u32,
    (access, lock): (&Access, &Key),
    farther: usize,
) -> bool {
    let is_promised = world.facts[function as usize].promise.is_some();
    let mut callers = world.known_callers(function).peekable();
    if is_promised || farther == FARTHEST_CALLER || world.locks_where_kept(function as usize).is_some() {
        return true;
    }
    if callers.peek().is_none() {
        return farther == 0;
    }
    let is_plain = |edge: &CallerEdge| {
        let site = world.site(edge);
        site.thread == Thread::Caller && site.stored.is_none() && !site.dynamic
    };
    // What a caller knows of several alike writes it keeps as one.
    let is_it = |own: &&Access| {
        own.key == access.key
            && changes_map(own.operation)
            && own.thread == Thread::Caller
            && !own.calls.is_empty()
    };
    callers.any(|edge| {
        let mut writes = world.summaries.at(edge.caller).accesses.iter().filter(is_it);
        let reads = |own: &Access| match own.locks.surely.mode_of_key(lock) {
            Some(mode) => mode == LockMode::Read,
            None => is_reached_reading(world, edge.caller, (own, lock), farther + 1),
        };
        !is_owned_call(world, edge) && (!is_plain(edge) || writes.any(reads))
    })
}

/// Whether half of the functions that use the map hold the lock, for reading or writing.
fn is_held_by_half(group: &SiteGroup<'_>, lock: &Key) -> bool {
    let functions = |wanted: &dyn Fn(&Site<'_>) -> bool| -> FxHashSet<u32> {
        group.sites.iter().filter(|site| wanted(site)).map(|site| site.outermost).collect()
    };
    2 * functions(&|site| site.holds(lock)).len() >= functions(&|_| true).len()
}

/// Whether a lock that is held for writing may keep the two apart.
fn counts(site: &Site<'_>, other: &Site<'_>) -> bool {
    let mut writing = site.surely.iter().filter(|held| held.mode == LockMode::Write);
    writing.any(|held| other.may_hold(&held.lock.key))
}

/// Another access that holds the lock: rather one that has no other lock in common, and that only reads it.
fn partner<'s, 'a>(group: &'s SiteGroup<'a>, site: &Site<'a>, lock: &Key) -> Option<&'s Site<'a>> {
    let others = group.sites.iter().filter(|other| {
        other.access.location != site.access.location
            && other.access.key.depth == site.access.key.depth
            && other.holds(lock)
    });
    others.min_by_key(|other| {
        (
            counts(site, other),
            site.may_share(other, lock),
            other.surely.mode_of_key(lock) != Some(LockMode::Read),
        )
    })
}

fn confidence(
    site: &Site<'_>,
    held: &Held,
    (is_guard, other_lock): (bool, bool),
    is_sibling: bool,
) -> Confidence {
    let lock = &held.lock.key;
    let is_own = site.access.locks.surely.mode_of_key(lock) == Some(LockMode::Read);
    let is_direct =
        site.access.key.depth == 0 && site.access.place.as_ref().is_some_and(|place| !place.passes_element());
    if other_lock || !site.is_related(held) {
        Confidence::Possible
    } else if is_guard && is_sibling && is_own && is_direct {
        Confidence::Certain
    } else if is_guard || is_sibling {
        Confidence::Likely
    } else {
        Confidence::Possible
    }
}
