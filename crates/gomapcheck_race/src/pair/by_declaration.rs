//! Pairs told by declaration: what a launched goroutine does to a type's map or a package variable, and what other functions
//! do to it, no lock being common.

use rustc_hash::FxHashMap;

use crate::conflict::{Confidence, Operation};
use crate::contexts::{Openness, Role, Roots, Start, World};
use crate::domain::{Key, KeyOwner, Lockset, Root};
use crate::evidence::{Finding, Side, changes_map, collide, kind_of};
use crate::guards::{Site, SiteGroup, are_ordered_by_start};
use crate::models::LaunchKind;
use crate::pair::around::is_called_later;
use crate::pair::by_place::kind_with_locks;
use crate::pair::ends::{Awaited, awaited};
use crate::pair::starters::{
    LONGEST_SURE_WAY, is_called_by, is_look_of_starters, is_only_on_the_way, is_only_ordered,
    precedes_in_callers,
};
use crate::summary::{Access, Ownership, Signal, Thread, Value};

/// So many accesses of a kind are held against each other for one start and map.
const MOST_ACCESSES: usize = 8;

/// The pairs of all starts.
pub(crate) fn findings<'a>(world: &World<'a>, groups: &[SiteGroup<'a>]) -> Vec<Finding<'a>> {
    let positions: FxHashMap<&Key, usize> =
        groups.iter().enumerate().map(|(at, group)| (&group.key, at)).collect();
    let mut findings = Vec::new();
    for (id, start) in (0..).zip(&world.starts) {
        if let Some((method, kind)) = served_method(world, start) {
            findings.extend(with_itself(world, method, kind));
        }
        let mut by_key: Vec<(&Key, Vec<&'a Access>)> = Vec::new();
        let mut accesses: Vec<&'a Access> =
            start.accesses(world).filter(|access| is_shared(world, start, access)).collect();
        accesses.sort_by_key(|access| (&access.key, !changes_map(access.operation), access.location));
        for same in accesses.chunk_by(|a, b| a.key == b.key) {
            by_key.push((&same[0].key, same.iter().copied().take(MOST_ACCESSES).collect()));
        }
        for (key, accesses) in by_key {
            let Some(at) = positions.get(&key.outermost()) else { continue };
            let group = &groups[*at];
            if !is_guarded(group) {
                findings.extend(with_others(world, id, start, &accesses, group));
            }
        }
    }
    findings.extend(exported_writes(world, groups));
    findings
}

/// Where some write holds a lock, the guard's rules say what is wrong.
pub(crate) fn is_guarded(group: &SiteGroup<'_>) -> bool {
    group.sites.iter().any(|site| changes_map(site.access.operation) && !site.surely.is_empty())
}

/// Whether others can reach the map of a launched access.
fn is_shared(world: &World<'_>, start: &Start<'_>, access: &Access) -> bool {
    let owned = match *start {
        Start::Launch { by, .. } => world.is_owned(by, access),
        Start::Implicit { .. } => access.ownership == Ownership::Owned,
    };
    let reached = match *start {
        Start::Launch { .. } => access.place.is_some(),
        Start::Implicit { .. } => world.is_reachable_from_outside(access),
    };
    !owned && reached && !access.key.is_local()
}

/// The locks of an access of a start.
fn locks_of(world: &World<'_>, start: &Start<'_>, access: &Access) -> (Lockset, Lockset) {
    match *start {
        Start::Launch { by, .. } => world.locks_at(by, access),
        Start::Implicit { method, .. } => world.locks_at(method, access),
    }
}

/// The method that a start has servers run in parallel on one object: for its name and signature, or because it was
/// registered.
fn served_method(world: &World<'_>, start: &Start<'_>) -> Option<(u32, LaunchKind)> {
    match *start {
        Start::Implicit { method, model } => model.parallel.then_some((method, model.kind)),
        Start::Launch { launch, .. } => {
            let method = world.summaries.number(launch.target?)?;
            let is_registered = matches!(launch.kind, LaunchKind::Handler(_)) && start.is_parallel();
            let is_method = world.facts[method as usize].name.receiver.is_some()
                && world.facts[method as usize].role != Role::Literal;
            (is_registered && is_method).then_some((method, launch.kind))
        }
    }
}

/// A method that servers run in parallel, against itself: a finding for each map.
fn with_itself<'a>(world: &World<'a>, method: u32, kind: LaunchKind) -> Vec<Finding<'a>> {
    let accesses = world.summaries.at(method).accesses.iter();
    let mut accesses: Vec<&'a Access> = accesses
        .filter(|access| {
            access.thread == Thread::Caller
                && !matches!(access.operation, Operation::Replace | Operation::Escape)
                && !access.key.is_local()
                && access.ownership != Ownership::Owned
                && world.is_reachable_from_outside(access)
        })
        .collect();
    accesses.sort_by_key(|access| (&access.key, !changes_map(access.operation), access.location));
    accesses
        .chunk_by(|a, b| a.key == b.key)
        .filter_map(|same| with_itself_on(world, method, kind, &same[..same.len().min(MOST_ACCESSES)]))
        .collect()
}

fn with_itself_on<'a>(
    world: &World<'a>,
    method: u32,
    kind: LaunchKind,
    accesses: &[&'a Access],
) -> Option<Finding<'a>> {
    let function = world.summaries.function(method);
    for a in accesses.iter().filter(|access| changes_map(access.operation)) {
        for b in accesses.iter().filter(|b| b.place == a.place) {
            let (held_a, maybe_a) = world.locks_at(method, a);
            let (held_b, maybe_b) = world.locks_at(method, b);
            if held_a.excludes(&held_b) {
                continue;
            }
            let elements = a.place.as_ref().is_some_and(|place| place.passes_element());
            let promised = world.is_promised_on_the_way(a) || world.is_promised_on_the_way(b);
            let of_test =
                !world.facts[method as usize].for_tests && (world.passes_test(a) || world.passes_test(b));
            let is_long = a.calls.len().max(b.calls.len()) > LONGEST_SURE_WAY;
            let is_covered = is_called_later(world, a, &held_a) || is_called_later(world, b, &held_b);
            // Made by whoever calls it, for one request; that it is registered as well is not seen.
            let is_for_one = is_made_for_one(world, method);
            let doubtful = elements
                || promised
                || of_test
                || is_long
                || is_covered
                || is_for_one
                || maybe_a.excludes(&maybe_b);
            return Some(Finding {
                kind: kind_with_locks((a, &held_a), (b, &held_b)),
                confidence: if doubtful { Confidence::Possible } else { Confidence::Likely },
                first: Side::served(a, function, kind, held_a),
                second: Some(Side::served(b, function, kind, held_b)),
                guard: None,
                reason: "requests are served in parallel".to_owned(),
                others: Vec::new(),
                object: None,
            });
        }
    }
    None
}

/// Whether all who call a method by its name own the object: it is made for one call. What an interface can hold besides says
/// nothing of that.
fn is_made_for_one(world: &World<'_>, method: u32) -> bool {
    let mut callers = world.known_callers(method).filter(|edge| !world.site(edge).dynamic).peekable();
    callers.peek().is_some() && callers.all(|edge| world.owns_argument(edge, 0))
}

/// A start against accesses of functions that run on other goroutines.
fn with_others<'a>(
    world: &World<'a>,
    id: u32,
    start: &Start<'a>,
    accesses: &[&'a Access],
    group: &SiteGroup<'a>,
) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    let mut counts = [0_usize; 2];
    for site in &group.sites {
        let count = &mut counts[usize::from(changes_map(site.access.operation))];
        if *count >= MOST_ACCESSES {
            continue;
        }
        let Some(weakest) = meets(world, id, start, site) else { continue };
        *count += 1;
        let partner = accesses.iter().copied().find(|access| {
            access.key.depth == site.access.key.depth && collide(access.operation, site.access.operation)
        });
        let Some(launched) = partner else { continue };
        let found = pair(world, (start, accesses), launched, site, weakest);
        findings.extend(found.map(|mut finding| {
            if finding.confidence > Confidence::Possible && is_ordered(world, group, launched, site) {
                finding.confidence = Confidence::Possible;
            }
            finding
        }));
    }
    findings
}

fn pair<'a>(
    world: &World<'a>,
    (start, accesses): (&Start<'a>, &[&'a Access]),
    launched: &'a Access,
    site: &Site<'a>,
    weakest: Confidence,
) -> Option<Finding<'a>> {
    let (held, maybe) = locks_of(world, start, launched);
    let common = |locks: &Lockset| locks.iter().any(|held| site.may_hold(&held.lock.key));
    if common(&held) || site.vague || precedes_return(world, start, launched) {
        return None;
    }
    let awaited = awaited(world, start, launched, site);
    if awaited == Awaited::Always {
        return None;
    }
    let mut confidence = weakest;
    let is_plausible = changes_map(launched.operation)
        && is_same_object(world, start, launched)
        && is_method_of_object(world, start, launched, site);
    // One function that is started here and called there may be used in either way, but not in both.
    let is_only_started = || {
        let mut calls = world.known_callers(site.function).map(|edge| world.site(edge));
        site.function == site.outermost && calls.all(|call| call.thread != Thread::Caller)
    };
    let is_alternative = launched.location == site.access.location
        || (launched.function == site.access.function && is_only_started());
    // What the goroutine does as well, and no one outside the package can call, is most often done by the goroutine alone.
    let runs = |access: &&Access| {
        let of_site = site.access.function;
        access.function == of_site || access.calls.iter().any(|step| step.callee == of_site)
    };
    let is_internal = !world.facts[site.outermost as usize].upper_case
        && (accesses.iter().any(runs) || is_called_by(world, site.function, start));
    // A lock here and none there is for the guard's rules to tell.
    if is_alternative
        || is_internal
        || awaited == Awaited::ByKnownCallers
        || (!start.is_parallel() && is_only_on_the_way(world, start, launched, site.function))
        || common(&maybe)
        || !held.is_empty()
        || world.is_called_unseen(launched)
        || world.is_called_unseen(site.access)
        || is_across_tests(world, start, site)
        || !is_plausible
        || site.access.key.depth > 0
        || elements(launched)
        || matches!(*start, Start::Implicit { method, .. } if is_made_for_one(world, method))
    {
        confidence = Confidence::Possible;
    }
    let first = match *start {
        Start::Launch { by, launch, .. } => Side::launched(launched, world.summaries.function(by), launch),
        Start::Implicit { method, model } => {
            Side::served(launched, world.summaries.function(method), model.kind, held)
        }
    };
    Some(Finding {
        kind: kind_of(launched.operation, site.access.operation),
        confidence,
        first,
        second: Some(site.side(world)),
        guard: None,
        reason: "the other access runs on the goroutine of whoever calls it, and no lock is common"
            .to_owned(),
        others: Vec::new(),
        object: None,
    })
}

/// Whether the order in which the program starts keeps a launched access and another one apart.
fn is_ordered(world: &World<'_>, group: &SiteGroup<'_>, launched: &Access, site: &Site<'_>) -> bool {
    let mut launched = group.sites.iter().filter(|site| site.access.location == launched.location).peekable();
    launched.peek().is_some() && launched.all(|launched| are_ordered_by_start(world, launched, site))
}

/// Whether one side is of the program, and the other of a package that is for tests.
fn is_across_tests(world: &World<'_>, start: &Start<'_>, site: &Site<'_>) -> bool {
    let starter = match *start {
        Start::Launch { by, .. } => by,
        Start::Implicit { method, .. } => method,
    };
    world.facts[site.function as usize].for_tests != world.facts[starter as usize].for_tests
}

/// Whether a launched access comes before the launching function returns: that waits until the goroutine says that it is ready.
fn precedes_return(world: &World<'_>, start: &Start<'_>, launched: &Access) -> bool {
    let Start::Launch { by, launch, .. } = *start else { return false };
    let is_given = |signal: &Signal| {
        let later = launch.accesses.iter().flat_map(|access| &access.after);
        launch.signals.contains(signal) || later.into_iter().any(|given| given == signal)
    };
    let mut awaited = world.summaries.at(by).waits.iter();
    awaited.any(|signal| is_given(signal) && !launched.after.contains(signal))
}

fn elements(access: &Access) -> bool {
    access.place.as_ref().is_none_or(|place| place.passes_element())
}

/// Whether the launched goroutine's object is one that other functions get to see: a package variable, an object that the
/// launching function was given, or one that it returns.
fn is_same_object(world: &World<'_>, start: &Start<'_>, access: &Access) -> bool {
    let Some(place) = &access.place else { return false };
    match (place.root, *start) {
        (Root::Global(_) | Root::External(..) | Root::Param(_), _) => true,
        (root, Start::Launch { by, .. }) => world
            .summaries
            .at(by)
            .results
            .iter()
            .any(|result| matches!(result, Value::Reference(reference) if reference.place.root == root)),
        _ => false,
    }
}

/// Whether a site's function is a method of the object whose goroutine was launched: only then is there reason to believe that
/// both mean one object. A type deep inside may have as many objects as there are goroutines.
fn is_method_of_object(world: &World<'_>, start: &Start<'_>, launched: &Access, site: &Site<'_>) -> bool {
    if launched.place.as_ref().is_some_and(|place| matches!(place.root, Root::Global(_) | Root::External(..)))
    {
        return true;
    }
    let method = &world.facts[site.outermost as usize].name;
    let Some(receiver) = method.receiver else { return false };
    let is_method_too = |function: u32| {
        let name = &world.facts[world.outermost(function) as usize].name;
        name.package == method.package && name.receiver == Some(receiver)
    };
    match *start {
        Start::Launch { by, launch, .. } => {
            is_method_too(by)
                || launch.target.and_then(|target| world.summaries.number(target)).is_some_and(is_method_too)
        }
        Start::Implicit { method, .. } => is_method_too(method),
    }
}

/// Whether a site may run while start `id` runs, and how well that can be shown at most.
fn meets(world: &World<'_>, id: u32, start: &Start<'_>, site: &Site<'_>) -> Option<Confidence> {
    let function = site.function;
    let is_field = !matches!(site.access.key.owner, KeyOwner::Value(_) | KeyOwner::External(..));
    if (is_field && !world.is_reachable_from_outside(site.access)) || site.access.thread != Thread::Caller {
        return None;
    }
    if let Start::Launch { by, index, launch } = *start {
        // What the launching function does itself is paired by place; what it does before the launch is ordered.
        // What the goroutine calls itself runs on it, unless there may be several.
        let own = (!start.is_parallel()).then_some(Roots::One(Some(id)));
        if world.outermost(by) == site.outermost || is_only_ordered(world, function, (by, index), own, 0) {
            return None;
        }
        if precedes_in_callers(world, function, (by, index, launch), own, 0) {
            return Some(Confidence::Possible);
        }
    }
    let is_own = world.roots[function as usize] == Roots::One(Some(id));
    let called_from_outside = world.openness[function as usize] == Openness::Exported;
    match (is_own && !start.is_parallel(), called_from_outside) {
        (true, false) => None,
        (true, true) => Some(Confidence::Possible),
        (false, _) if world.roots[function as usize] == Roots::None => None,
        (false, _) if is_look_of_starters(world, start, site) => Some(Confidence::Possible),
        (false, _) => Some(Confidence::Likely),
    }
}

/// Writes to package variables by functions that anyone may call, without a lock and without a launch in view.
fn exported_writes<'a>(world: &World<'a>, groups: &[SiteGroup<'a>]) -> Vec<Finding<'a>> {
    let is_package_variable = |group: &&SiteGroup<'a>| matches!(group.key.owner, KeyOwner::Value(_));
    let mut findings = Vec::new();
    for group in groups.iter().filter(is_package_variable).filter(|group| !is_guarded(group)) {
        let is_open = |site: &&Site<'a>| {
            world.openness[site.outermost as usize] == Openness::Exported
                && changes_map(site.access.operation)
                && site.surely.is_empty()
                && !site.vague
        };
        let Some(write) = group.sites.iter().find(is_open) else { continue };
        let other = group.sites.iter().find(|site| {
            site.access.location != write.access.location
                && collide(site.access.operation, write.access.operation)
        });
        findings.push(Finding {
            kind: other.map_or(kind_of(write.access.operation, write.access.operation), |other| {
                kind_of(write.access.operation, other.access.operation)
            }),
            confidence: Confidence::Possible,
            first: write.side(world),
            second: other.map(|other| other.side(world)),
            guard: None,
            reason: "callers on different goroutines change the same map".to_owned(),
            others: Vec::new(),
            object: None,
        });
    }
    findings
}
