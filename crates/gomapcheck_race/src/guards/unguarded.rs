//! Accesses without the lock that the map's other accesses hold.

use std::collections::{BTreeMap, VecDeque};

use gomapcheck_types::FunctionRef;

use crate::conflict::{Confidence, ConflictKind, Location, Operation};
use crate::contexts::{Openness, Roots, Start, World, allows, is_owned_call};
use crate::domain::{Condition, Key, KeyOwner, SharedList};
use crate::evidence::{Finding, TraceStep, changes_map, disturbs};
use crate::guards::actor::is_of_one_goroutine;
use crate::guards::decoder::is_decoded;
use crate::guards::infer::InferredGuard;
use crate::guards::lookup::is_alone_without;
use crate::guards::phase::is_after_work;
use crate::guards::set_up::{is_filled_at_start, is_in_set_up, is_loading, is_set_up, is_start};
use crate::guards::sole_writer::is_sole_writers;
use crate::guards::start_up::is_ordered_by_start;
use crate::guards::{Site, SiteGroup};
use crate::pair::{Awaited, awaited};
use crate::summary::{Access, CallStep, Ownership, Thread, Value};

/// Accesses that hold the guard, at most two of different functions for each depth: writes first.
#[derive(Default)]
pub(crate) struct Partners<'s, 'a> {
    by_depth: BTreeMap<u8, PartnersOfDepth<'s, 'a>>,
}

#[derive(Default)]
struct PartnersOfDepth<'s, 'a> {
    writes: Vec<&'s Site<'a>>,
    /// Writes to a map that the same critical section has put in place.
    fills: Vec<&'s Site<'a>>,
    reads: Vec<&'s Site<'a>>,
}

impl<'s, 'a> Partners<'s, 'a> {
    /// Those of a group that hold `lock`.
    pub(crate) fn holding(group: &'s SiteGroup<'a>, lock: &Key) -> Self {
        let mut partners = Self::default();
        for site in group.sites.iter().filter(|site| site.holds(lock) && !site.waived) {
            let of_depth = partners.by_depth.entry(site.access.key.depth).or_default();
            let list = match (changes_map(site.access.operation), site.access.fills) {
                (true, false) => &mut of_depth.writes,
                (true, true) => &mut of_depth.fills,
                (false, _) => &mut of_depth.reads,
            };
            if list.len() < 2 && list.iter().all(|other| other.outermost != site.outermost) {
                list.push(site);
            }
        }
        partners
    }

    /// The best of them for a pair with `site`: with no further lock in common, and another function's, if there is one.
    pub(crate) fn of(&self, site: &Site<'a>, guard: &Key) -> Option<&'s Site<'a>> {
        let PartnersOfDepth { writes, fills, reads } = self.by_depth.get(&site.access.key.depth)?;
        // Who has got hold of a map before knows it as it was when the lock was released.
        let fills = if site.access.by_alias { &[] } else { fills.as_slice() };
        let operation = site.access.operation;
        let fits = |partner: &&'s Site<'a>| {
            partner.access.location != site.access.location && disturbs(operation, partner.access.operation)
        };
        let rank =
            |partner: &&'s Site<'a>| (site.may_share(partner, guard), partner.outermost == site.outermost);
        writes.iter().chain(fills).chain(reads).copied().filter(fits).min_by_key(rank)
    }
}

/// The accesses of a group that do not hold its guard.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    group: &SiteGroup<'a>,
    guard: &InferredGuard,
) -> Vec<Finding<'a>> {
    let lock = &guard.guard.lock;
    let partners = Partners::holding(group, lock);
    let bare = |site: &&Site<'a>| {
        site.access.operation != Operation::Escape
            && !site.holds(lock)
            && site.copied.is_none()
            && !site.holds_related()
    };
    group.sites.iter().filter(bare).filter_map(|site| finding(world, group, site, guard, &partners)).collect()
}

/// Whether the very function of a site takes the lock for the same map at another place: it believes that it needs it.
fn is_taken_beside(group: &SiteGroup<'_>, site: &Site<'_>, lock: &Key) -> bool {
    group.sites.iter().any(|other| {
        other.function == site.function
            && other.access.function == site.access.function
            && other.access.place == site.access.place
            && other.access.locks.surely.mode_of_key(lock).is_some()
    })
}

/// Whether the very function of a site takes the lock and gives it back with nothing in between.
fn is_lost(world: &World<'_>, site: &Site<'_>, lock: &Key) -> bool {
    let is_own = site.access.function == world.summaries.function(site.function);
    is_own && site.access.calls.is_empty() && world.summaries.at(site.function).empty_sections.contains(lock)
}

fn finding<'a>(
    world: &World<'a>,
    group: &SiteGroup<'a>,
    site: &Site<'a>,
    guard: &InferredGuard,
    partners: &Partners<'_, 'a>,
) -> Option<Finding<'a>> {
    let writes = changes_map(site.access.operation);
    if !guard.held_at_write && !writes && site.access.operation != Operation::Replace {
        return None;
    }
    let lock = &guard.guard.lock;
    let partner = partners.of(site, lock);
    // A write to an inner map collides with itself; the outer map's guard shows that goroutines are expected.
    if partner.is_none() && !(writes && (site.access.key.depth > 0 || guard.guard.declared.is_some())) {
        return None;
    }
    let entry = entry_without(world, site, lock)?;
    let other_lock = match partner {
        Some(partner) => site.may_share(partner, lock) && !is_taken_beside(group, site, lock),
        None => !site.surely.is_empty() || !site.perhaps.is_empty() || site.vague,
    };
    // A lock that few hold shows that goroutines are expected; that this write runs in many of them is for its callers to show.
    let is_believed = || guard.is_beside && is_taken_beside(group, site, lock);
    let is_unlocked = world.entry[site.function as usize].perhaps.is_empty();
    let is_parallel = || guard.is_beside && writes && is_unlocked && world.runs_in_parallel(site.function);
    // A function that takes the lock and gives it back at once has meant to hold it.
    let is_missed = || guard.is_beside && is_lost(world, site, lock);
    // What stand-ins for tests mean to do matters little as long as no goroutine does it.
    let is_meant = || !world.facts[site.outermost as usize].for_tests && (is_believed() || is_missed());
    let is_shown = (is_held_by_enough(site, guard) && guard.is_firm)
        || (is_held_by_half(guard) && (is_parallel() || is_believed()))
        || is_missed();
    let mut confidence = if is_shown { Confidence::Likely } else { Confidence::Possible };
    let is_set_up_at_start = site.access.operation == Operation::Replace && is_start(world, site.function);
    // A lock that is known by a pointer to it may be the guard itself.
    let around = world.locks_at(site.function, site.access).0;
    let held = site.access.locks.perhaps.iter().chain(around.iter());
    let is_aliased = held.into_iter().any(|held| world.is_aliased(held));
    let is_one_goroutine = partner.is_some_and(|partner| {
        world.share_goroutine(site.function, partner.function) && is_confined(world, group, site)
    });
    if entry.is_doubtful
        || site.waived
        || is_lent_by_owners(world, site)
        || is_loading(world, site)
        || is_decoded(world, site)
        || is_one_goroutine
        || is_of_one_goroutine(world, group, site)
        || other_lock
        || is_aliased
        || is_set_up_at_start
        || is_in_set_up(world, site)
        || is_filled_at_start(world, group)
        || is_helpers_callback(world, site, lock)
        || world.is_unused(site.outermost)
        || is_after_work(world, site)
        || is_given_up(world, site)
        || is_sole_writers(world, group, site, lock)
        || (!is_meant() && is_alone_without(world, site, partner, &guard.guard))
        || (confidence > Confidence::Possible && is_ordered_by_start(world, group, site))
        || (is_shown && follows_end_of_writer(world, group, site))
    {
        confidence = Confidence::Possible;
    }
    let mut first = site.side(world);
    let reason = if entry.chain.is_empty() {
        "no lock is held here, and the map's other accesses hold one"
    } else {
        "this function is also called without the lock that its other callers hold"
    };
    first.trace.splice(0..0, entry.chain.into_iter().map(TraceStep::Call));
    Some(Finding {
        kind: ConflictKind::Unguarded,
        confidence,
        first,
        second: partner.map(|partner| partner.side(world)),
        guard: Some(guard.guard.clone()),
        reason: reason.to_owned(),
        others: Vec::new(),
        object: None,
    })
}

/// Whether an access is to a map that a call has handed out whose comment leaves order to those who make it.
fn is_given_up(world: &World<'_>, site: &Site<'_>) -> bool {
    let access = site.access;
    let hands_out = |callee: FunctionRef| {
        let is_it = |result: &Value| matches!(result, Value::Reference(reference) if reference.key.as_ref() == Some(&access.key));
        world.summaries.number(callee).is_some_and(|number| {
            world.facts[number as usize].ignored && world.summaries.at(number).results.iter().any(is_it)
        })
    };
    let comes_before = |call: &Location| {
        call.file == access.location.file
            && (call.span == access.location.span
                || (access.by_alias && call.span.start < access.location.span.start))
    };
    let mut calls = world.summaries.at(site.function).calls.iter();
    calls.any(|call| comes_before(&call.location) && hands_out(call.callee))
}

/// Whether the object was handed to a function, other than by calling its method, by callers that own it, as far as they are
/// known: it is being made.
fn is_lent_by_owners(world: &World<'_>, site: &Site<'_>) -> bool {
    let Ownership::OwnedIf(param) = site.access.ownership else { return false };
    let is_method = world.facts[site.outermost as usize].name.receiver.is_some();
    !is_method
        && world.openness[site.function as usize] == Openness::Exported
        && world.callers_own(site.function, param as usize)
}

/// Whether half of the functions that use the map hold the lock.
fn is_held_by_half(guard: &InferredGuard) -> bool {
    2 * guard.guard.held_in >= guard.guard.of
}

/// Whether enough functions hold the lock for a site to be wrong without it: a third of them, and for a map that is put in
/// place as a whole nearly all of several, as set-up and reset do that too.
fn is_held_by_enough(site: &Site<'_>, guard: &InferredGuard) -> bool {
    let (held, all) = (guard.guard.held_in, guard.guard.of);
    match site.access.operation {
        _ if guard.guard.declared.is_some() => true,
        Operation::Replace => held >= 5 && 5 * held >= 4 * all,
        _ => 3 * held >= all,
    }
}

/// Whether all that could collide with an access runs on its own goroutine.
fn is_confined(world: &World<'_>, group: &SiteGroup<'_>, site: &Site<'_>) -> bool {
    let collides = |other: &&Site<'_>| disturbs(site.access.operation, other.access.operation);
    group.sites.iter().filter(collides).all(|other| world.share_goroutine(site.function, other.function))
}

/// Whether an access comes after the end of a goroutine that changes the map. Who is started where the object is made, or
/// waited for by callers, must be the only one who does: a lock is there for others, too.
fn follows_end_of_writer(world: &World<'_>, group: &SiteGroup<'_>, site: &Site<'_>) -> bool {
    let map = site.access.key.outermost();
    let changes = |access: &&Access| changes_map(access.operation) && access.key.outermost() == map;
    (0..).zip(&world.starts).any(|(id, start)| match *start {
        Start::Launch { by, launch, .. } if !launch.signals.is_empty() => {
            let is_methods =
                world.facts[by as usize].receiver == world.facts[site.outermost as usize].receiver;
            let is_waiting = is_methods && !site.access.gates.is_empty();
            launch.accesses.iter().find(changes).is_some_and(|launched| {
                match awaited(world, start, launched, site) {
                    Awaited::ByNobody => false,
                    Awaited::Always if is_waiting => true,
                    _ => is_changed_only_by(world, group, id),
                }
            })
        }
        _ => false,
    })
}

/// Whether only the goroutine of this start changes the map.
fn is_changed_only_by(world: &World<'_>, group: &SiteGroup<'_>, start: u32) -> bool {
    let mut writes = group.sites.iter().filter(|site| changes_map(site.access.operation));
    writes.all(|site| {
        let is_by_launch = matches!(world.starts.get(start as usize), Some(Start::Launch { by, index, .. })
            if *by == site.function && site.access.thread == Thread::Launched(*index));
        is_by_launch || world.roots[site.function as usize] == Roots::One(Some(start))
    })
}

/// Whether an access to another type's map stands in a method that only an interface can lead to: whoever handed the object
/// over may hold the lock, unless the method takes it by itself.
fn is_helpers_callback(world: &World<'_>, site: &Site<'_>, lock: &Key) -> bool {
    let facts = &world.facts[site.outermost as usize];
    let is_hidden = facts.name.receiver.is_some_and(|ty| !ty.is_exported());
    let is_foreign = matches!((site.access.key.owner, facts.receiver),
        (KeyOwner::Type(map), Some(own)) if map != own && !facts.embedded.contains(&map));
    is_hidden
        && is_foreign
        && site.access.released.is_empty()
        && site.outermost == site.function
        && world.known_callers(site.function).all(|edge| world.site(edge).dynamic)
        && !world.is_launched(site.function)
        && facts.implicit.is_none()
        && !world.summaries.at(site.function).takes(lock)
        && !world.summaries.at(site.function).empty_sections.contains(lock)
}

/// How an access comes to run without the lock.
struct EntryWithout {
    /// The calls that lead to it without the lock; none where it needs no caller.
    chain: Vec<CallStep>,
    /// Whether only a path or a caller that is not in view lacks the lock.
    is_doubtful: bool,
}

/// The way on which an access is reached without the lock; `None` if a promise covers it.
fn entry_without(world: &World<'_>, site: &Site<'_>, lock: &Key) -> Option<EntryWithout> {
    if world.may_be_promised(site.function, lock) {
        return None;
    }
    let doubtful = Some(EntryWithout { chain: Vec::new(), is_doubtful: true });
    let by_entry = site.access.thread == Thread::Caller && perhaps_at_entry(world, site.function, lock);
    if !by_entry {
        let is_doubtful = site.may_hold(lock) || is_in_locking_parent(world, site, lock);
        return Some(EntryWithout { chain: Vec::new(), is_doubtful });
    }
    let own = site.access.locks.perhaps.mode_of_key(lock).is_some();
    if own {
        return doubtful;
    }
    match chain_without(world, (site.function, &site.access.conditions), lock) {
        Some((chain, is_doubtful)) => Some(EntryWithout { chain, is_doubtful }),
        None => doubtful,
    }
}

fn perhaps_at_entry(world: &World<'_>, function: u32, lock: &Key) -> bool {
    world.entry[function as usize].perhaps.mode_of_key(lock).is_some()
}

/// A literal that the function around it does not launch may well run where that function holds the lock.
fn is_in_locking_parent(world: &World<'_>, site: &Site<'_>, lock: &Key) -> bool {
    let is_literal =
        site.access.calls.is_empty() && site.access.function != world.summaries.function(site.function);
    let is_called = world
        .summaries
        .number(site.access.function)
        .is_some_and(|literal| world.facts[literal as usize].value_uses.is_empty());
    // Of a literal whose calls are out of view nobody knows the goroutine, wherever it is made.
    let is_launched = site.access.thread != Thread::Caller && !world.is_called_unseen(site.access);
    if !is_literal || is_called || is_launched {
        return false;
    }
    let parent = world.summaries.at(site.function);
    perhaps_at_entry(world, site.function, lock)
        || parent.calls.iter().any(|call| call.locks.perhaps.mode_of_key(lock).is_some())
        || parent.sites.iter().any(|access| access.locks.perhaps.mode_of_key(lock).is_some())
}

/// Longer chains of callers are not searched.
const LONGEST_CHAIN: usize = 6;

/// The shortest chain of calls to `function` on which the lock is not held, outermost first, and whether it is doubtful.
fn chain_without(
    world: &World<'_>,
    (function, conditions): (u32, &SharedList<Condition>),
    lock: &Key,
) -> Option<(Vec<CallStep>, bool)> {
    let mut queue: VecDeque<(u32, Vec<CallStep>)> = VecDeque::from([(function, Vec::new())]);
    let mut seen = vec![function];
    while let Some((callee, chain)) = queue.pop_front() {
        for edge in world.known_callers(callee) {
            let site = world.site(edge);
            let before_launches = world.is_initial_call(edge);
            let by_literal = site.stored.and_then(|literal| world.stored.locks(literal));
            let around = world.locks_around(edge.caller, site.thread);
            if site.locks.perhaps.mode_of_key(lock).is_some()
                || around.is_some_and(|locks| locks.mode_of_key(lock).is_some())
                || by_literal.is_some_and(|locks| locks.mode_of_key(lock).is_some())
                || is_owned_call(world, edge)
                || before_launches
                || (callee == function && !allows(site, conditions))
            {
                continue;
            }
            let mut longer = vec![CallStep { location: site.location, callee: site.callee }];
            longer.extend_from_slice(&chain);
            let bare =
                world.outlives(edge.caller, site.thread) || !perhaps_at_entry(world, edge.caller, lock);
            if bare && !world.may_be_promised(edge.caller, lock) {
                let key = Key::owner(lock.owner);
                let is_unseen = site.stored.is_some() && by_literal.is_none();
                return Some((longer, is_unseen || is_set_up(world, edge.caller, &key)));
            }
            if !seen.contains(&edge.caller) && longer.len() < LONGEST_CHAIN {
                seen.push(edge.caller);
                queue.push_back((edge.caller, longer));
            }
        }
    }
    None
}
