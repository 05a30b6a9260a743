//! Locks that are there for work done side by side within one call.
//!
//! Someone starts goroutines for parts of the work, which take a lock for the map that they fill together, and waits for
//! them. The lock then says that those goroutines run at the same time, and nothing about who runs beside the whole.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::conflict::{Confidence, ConflictKind, Operation};
use crate::contexts::{Openness, Role, Start, World};
use crate::domain::Key;
use crate::evidence::{Finding, changes_map};
use crate::guards::set_up::is_set_up;
use crate::summary::{Access, Launch, Multiplicity, Ownership, Thread};

/// What is known of the goroutines that touch the maps of one declaration.
#[derive(Default)]
struct Forks {
    /// The functions that start several for it and wait for them.
    functions: FxHashSet<u32>,
    /// The locks that those or their goroutines hold for the map.
    locks: FxHashSet<Key>,
    /// Whether others can come upon the map meanwhile: goroutines that nobody waits for, servers' methods, or exported
    /// functions that are not among those.
    is_shared: bool,
    /// Whether goroutines that nobody waits for look at the maps under a lock: a read beside them does no harm.
    is_looked_at: bool,
}

/// Findings whose only evidence of goroutines is a lock that forks within one call explain are possible at best.
pub(super) fn weaken(world: &World<'_>, findings: &mut [Finding<'_>]) {
    let is_shown_by_lock = |finding: &Finding<'_>| {
        finding.kind == ConflictKind::Unguarded && finding.confidence > Confidence::Possible
    };
    let mut forks: FxHashMap<Key, Forks> = findings
        .iter()
        .filter(|finding| is_shown_by_lock(finding))
        .map(|finding| (finding.key().outermost(), Forks::default()))
        .collect();
    if forks.is_empty() {
        return;
    }
    find_goroutines(world, &mut forks);
    forks.retain(|_, forks| !forks.is_shared && !forks.functions.is_empty());
    if !forks.is_empty() {
        find_callers(world, &mut forks);
    }
    for finding in findings.iter_mut().filter(|finding| is_shown_by_lock(finding)) {
        let writes = changes_map(finding.first.operation());
        let explained = |lock: &Key| {
            forks.get(&finding.key().outermost()).is_some_and(|forks| {
                let is_beside_others = forks.is_shared || (writes && forks.is_looked_at);
                !is_beside_others && forks.locks.contains(lock)
            })
        };
        if finding.guard.as_ref().is_some_and(|guard| explained(&guard.lock)) {
            finding.confidence = Confidence::Possible;
        }
    }
}

/// The goroutines that touch the maps: those of forks, and others.
fn find_goroutines(world: &World<'_>, forks: &mut FxHashMap<Key, Forks>) {
    for start in &world.starts {
        for access in start.accesses(world).filter(|access| is_of_others(access)) {
            let Some(known) = of_map(forks, &access.key) else { continue };
            match *start {
                Start::Launch { by, launch, .. } if is_fork(launch) => {
                    known.functions.insert(by);
                    known.locks.extend(locks_of(access));
                }
                Start::Launch { launch, .. } if !launch.outlives && !launch.deferred_start => {}
                Start::Launch { .. } if changes_map(access.operation) || access.locks.surely.is_empty() => {
                    known.is_shared = true;
                }
                Start::Launch { .. } => known.is_looked_at = true,
                Start::Implicit { .. } => known.is_shared |= world.is_reachable_from_outside(access),
            }
        }
    }
}

/// The functions that reach the maps on the goroutine that calls them.
fn find_callers(world: &World<'_>, forks: &mut FxHashMap<Key, Forks>) {
    for (number, _, summary) in world.summaries.iter() {
        let facts = &world.facts[number as usize];
        if facts.in_test || facts.role != Role::Declared {
            continue;
        }
        let is_open = is_for_others(world, number);
        // Who puts a new map in place does not use the one that goroutines fill.
        let uses =
            |access: &&Access| access.thread == Thread::Caller && access.operation != Operation::Replace;
        for access in summary.accesses.iter().filter(uses) {
            let Some(known) = of_map(forks, &access.key) else { continue };
            if known.functions.contains(&number) {
                known.locks.extend(locks_of(access));
            } else if is_open && is_of_others(access) && world.is_reachable_from_outside(access) {
                known.is_shared |= !facts.makes_locks && !is_set_up(world, number, &access.key);
            }
        }
    }
}

/// Whether a function is for more than those who are known to call it: also in a package that only its module can import. Of
/// the methods of a lower-case type those are not that someone in view calls.
fn is_for_others(world: &World<'_>, number: u32) -> bool {
    let facts = &world.facts[number as usize];
    let is_hidden = facts.name.receiver.is_some_and(|receiver| !receiver.is_exported());
    let is_open = match world.openness[number as usize] {
        Openness::Closed => false,
        Openness::Exported => !is_hidden || world.known_callers(number).next().is_none(),
        Openness::Unknown => true,
    };
    (is_open || (facts.upper_case && !is_hidden)) && !world.is_unused(number)
}

/// What is known of the outermost map of a declaration, without a copy of its name in the most frequent case.
fn of_map<'f>(forks: &'f mut FxHashMap<Key, Forks>, map: &Key) -> Option<&'f mut Forks> {
    if map.depth == 0 { forks.get_mut(map) } else { forks.get_mut(&map.outermost()) }
}

/// Whether others than the goroutine itself can reach the map.
fn is_of_others(access: &Access) -> bool {
    access.place.is_some() && access.ownership != Ownership::Owned
}

/// Whether several goroutines of a launch run at once and have ended when its function returns.
fn is_fork(launch: &Launch) -> bool {
    launch.multiplicity != Multiplicity::One && !launch.outlives && !launch.deferred_start
}

fn locks_of(access: &Access) -> impl Iterator<Item = Key> {
    access.locks.surely.iter().map(|held| held.lock.key.clone())
}
