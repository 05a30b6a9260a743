//! Maps that belong to one goroutine of their object: what touches them runs on it, or before the function that starts it does so.

use crate::contexts::{CallerEdge, Openness, Role, World, is_owned_call};
use crate::evidence::disturbs;
use crate::guards::set_up::{begins_work, is_set_up, is_start};
use crate::guards::{Site, SiteGroup};
use crate::summary::{Launch, Multiplicity, Thread};

/// Deeper chains of calls are not followed.
const DEEPEST: u8 = 4;

/// So many goroutines are tried.
const MOST_ACTORS: usize = 4;

/// A goroutine by the function that starts it and the launch's number there.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Actor {
    by: u32,
    index: u32,
}

/// Whether all that could collide with an access runs where the access does: on one goroutine, of which its object has one, or
/// on its starter's before that.
pub(crate) fn is_of_one_goroutine(world: &World<'_>, group: &SiteGroup<'_>, site: &Site<'_>) -> bool {
    let mut actors = Vec::new();
    collect_actors(world, site.function, 0, &mut actors);
    actors.into_iter().filter(|actor| is_single(world, *actor, site)).any(|actor| {
        let collides = |other: &&Site<'_>| disturbs(site.access.operation, other.access.operation);
        keeps(world, actor, site)
            && group.sites.iter().filter(collides).all(|other| keeps(world, actor, other))
    })
}

/// The goroutines on which a function's known calls are made.
fn collect_actors(world: &World<'_>, function: u32, depth: u8, actors: &mut Vec<Actor>) {
    for edge in world.known_callers(function) {
        if depth > DEEPEST || actors.len() >= MOST_ACTORS {
            return;
        }
        match world.site(edge).thread {
            Thread::Caller => collect_actors(world, edge.caller, depth + 1, actors),
            Thread::Launched(n) => {
                let found = number_of(world, edge.caller, n).map(|index| Actor { by: edge.caller, index });
                actors.extend(found.filter(|actor| !actors.contains(actor)));
            }
        }
    }
}

/// The number of a launch in its function; what a literal of the function starts is told apart where there is but one.
fn number_of(world: &World<'_>, by: u32, number: u32) -> Option<u32> {
    let launches = &world.summaries.at(by).launches;
    if (number as usize) < launches.len() {
        return Some(number);
    }
    let own = || (0..).zip(launches).filter(|(_, launch)| launch.calls.is_empty());
    let (first, launch) = own().next()?;
    own().all(|(_, other)| other.location == launch.location).then_some(first)
}

fn launch_of<'w>(world: &World<'w>, actor: Actor) -> Option<&'w Launch> {
    world.summaries.at(actor.by).launches.get(actor.index as usize)
}

/// Whether an object has one such goroutine: the function that starts it is called once for each, going by its name.
fn is_single(world: &World<'_>, actor: Actor, site: &Site<'_>) -> bool {
    let by = actor.by;
    let begins = || {
        world.facts[by as usize].role == Role::Initial
            || is_start(world, by)
            || begins_work(world, by)
            || is_set_up(world, by, &site.access.key)
    };
    launch_of(world, actor).is_some_and(|launch| {
        launch.calls.is_empty()
            && launch.multiplicity == Multiplicity::One
            && !world.runs_in_parallel(by)
            && (launch.one_at_a_time || begins())
    })
}

/// Whether an access is made on this goroutine or before it is started.
fn keeps(world: &World<'_>, actor: Actor, site: &Site<'_>) -> bool {
    let access = site.access;
    match access.thread {
        _ if access.stored.is_some() => false,
        Thread::Launched(n) => {
            site.function == actor.by && number_of(world, actor.by, n) == Some(actor.index)
        }
        Thread::Caller if site.function == actor.by => !access.live.contains(actor.index as usize),
        Thread::Caller => is_called_by(world, actor, site.function, 0),
    }
}

/// Whether all calls of a function are made on this goroutine or before it is started, as far as they are known.
fn is_called_by(world: &World<'_>, actor: Actor, function: u32, depth: u8) -> bool {
    if depth > DEEPEST || world.openness[function as usize] == Openness::Unknown {
        return false;
    }
    let belongs = |edge: &CallerEdge| {
        let call = world.site(edge);
        match call.thread {
            _ if is_owned_call(world, edge) || world.is_initial_call(edge) => true,
            _ if call.stored.is_some() => false,
            Thread::Launched(n) => {
                edge.caller == actor.by && number_of(world, actor.by, n) == Some(actor.index)
            }
            Thread::Caller if edge.caller == actor.by => !call.live.contains(actor.index as usize),
            Thread::Caller => is_called_by(world, actor, edge.caller, depth + 1),
        }
    };
    let mut callers = world.known_callers(function).peekable();
    callers.peek().is_some() && callers.all(belongs)
}
