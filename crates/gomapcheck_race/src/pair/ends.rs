//! Accesses that come when a goroutine is over: what tells its end, and who has waited for that.

use crate::contexts::{Openness, Start, World};
use crate::domain::{Key, KeyOwner, Place, Root};
use crate::guards::Site;
use crate::summary::{Access, Launch, Ownership, Signal, Thread};

/// How many calls up the wait is looked for.
const DEEPEST: u8 = 3;

/// Who sees to it that an access comes after the end of a goroutine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Awaited {
    /// Nobody, as far as is known.
    ByNobody,
    /// All the callers in view; there may be others.
    ByKnownCallers,
    /// Its own function, or all callers that there can be.
    Always,
}

/// Who has waited for the goroutine of a start before a site: `Stop` waits on the object's wait group or channel, on which the
/// goroutine of the same object signals last, or `Results` is called by those alone who have called `Stop`. Both name it from
/// their receiver; `launched` is what the goroutine does.
pub(crate) fn awaited(world: &World<'_>, start: &Start<'_>, launched: &Access, site: &Site<'_>) -> Awaited {
    let Start::Launch { by, launch, .. } = *start else { return Awaited::ByNobody };
    let ends = ends_of(world, (by, launch), launched, site);
    if ends.iter().any(|end| site.access.gates.contains(end)) {
        return Awaited::Always;
    }
    let waits = ends.iter().map(|end| is_called_after(world, site.function, end, 0));
    waits.max().unwrap_or(Awaited::ByNobody)
}

/// What tells the end of a launch, as the methods of its object name it.
fn ends_of(
    world: &World<'_>,
    (by, launch): (u32, &Launch),
    launched: &Access,
    site: &Site<'_>,
) -> Vec<Place> {
    let mut ends: Vec<Place> = Vec::new();
    let Some(receiver) = world.facts[site.outermost as usize].receiver else { return ends };
    let is_method = |function: u32| world.facts[function as usize].receiver == Some(receiver);
    let is_receivers = |place: &&Place| place.root == Root::Param(0);
    // What comes after the signal nobody waits for.
    if launched.after_signal {
        return ends;
    }
    let signals = || launch.signals.iter().filter(|signal| !launched.after.contains(signal));
    let signalled = || signals().map(Signal::place);
    if is_method(by) {
        ends.extend(signalled().filter(is_receivers).cloned());
    }
    let target = launch.target.and_then(|target| world.summaries.number(target));
    if let Some(target) = target.filter(|target| is_method(*target)) {
        let own = world.summaries.at(target).signals.iter().map(Signal::place);
        ends.extend(own.filter(is_receivers).cloned());
    }
    // A constructor names the object by its variable.
    if let Some(object) = launched.place.as_ref().filter(|place| is_object(place, &launched.key, receiver)) {
        let own = signalled().filter(|place| place.root == object.root && place.root != Root::Param(0));
        ends.extend(own.map(|place| Place { root: Root::Param(0), ..place.clone() }));
    }
    ends
}

/// Whether the root of a map's place is an object of this type, which declares the map.
fn is_object(place: &Place, key: &Key, ty: gomapcheck_types::TypeRef) -> bool {
    key.owner == KeyOwner::Type(ty) && key.path.len() == place.path.len()
}

/// Whether all callers of a function have waited for what it would call `end`.
fn is_called_after(world: &World<'_>, function: u32, end: &Place, depth: u8) -> Awaited {
    let by_all = match world.openness[function as usize] {
        _ if world.is_launched(function) => return Awaited::ByNobody,
        Openness::Closed => Awaited::Always,
        Openness::Exported => Awaited::ByKnownCallers,
        Openness::Unknown => return Awaited::ByNobody,
    };
    let mut weakest: Option<Awaited> = None;
    for edge in world.known_callers(function) {
        let call = world.site(edge);
        let by_this = match seen_by_caller(call, end) {
            _ if call.thread != Thread::Caller || call.stored.is_some() => Awaited::ByNobody,
            _ if call.gates.contains(end) => Awaited::Always,
            Some(end) if depth < DEEPEST => is_called_after(world, edge.caller, &end, depth + 1),
            _ => Awaited::ByNobody,
        };
        if by_this == Awaited::ByNobody {
            return Awaited::ByNobody;
        }
        weakest = Some(weakest.map_or(by_this, |weakest| weakest.min(by_this)));
    }
    weakest.map_or(Awaited::ByNobody, |weakest| weakest.min(by_all))
}

/// What a place behind a parameter is behind the caller's parameters.
fn seen_by_caller(call: &crate::summary::CallSite, place: &Place) -> Option<Place> {
    let Root::Param(n) = place.root else { return Some(place.clone()) };
    let Ownership::OwnedIf(param) = *call.arguments.get(n as usize)? else { return None };
    match call.argument_places.get(n as usize) {
        Some(argument) => place.rebase(argument.as_ref()?),
        None => Some(Place { root: Root::Param(param), ..place.clone() }),
    }
}
