//! How what starts a goroutine and a function are reached from each other.

use crate::contexts::{Openness, Roots, Start, World, entries};
use crate::evidence::changes_map;
use crate::guards::Site;
use crate::summary::{Access, CallSite, Launch, Thread};

/// At the end of more calls than this, too many conditions lie on the way.
pub(super) const LONGEST_SURE_WAY: usize = 6;

/// Deeper chains of calls are not followed.
const DEEPEST: u8 = 4;

/// So many callers of a function are looked at.
const MOST_CALLERS: usize = 32;

/// Whether a map is only looked at, on no goroutine that the program starts, and all that lead to the look lead to the launch
/// as well: which comes first, or what is waited for in between, pairs by place tell where they can.
pub(super) fn is_look_of_starters(world: &World<'_>, start: &Start<'_>, site: &Site<'_>) -> bool {
    let Start::Launch { by, .. } = *start else { return false };
    if changes_map(site.access.operation) || world.roots[site.function as usize] != Roots::One(None) {
        return false;
    }
    let of_launch = entries(world, by);
    entries(world, site.function).is_subset(&of_launch)
}

/// Whether every known call of `function` is made by `by` while its launch `index` does not run, or on that goroutine itself,
/// which `own` tells.
pub(super) fn is_only_ordered(
    world: &World<'_>,
    function: u32,
    (by, index): (u32, u32),
    own: Option<Roots>,
    depth: u8,
) -> bool {
    if depth > DEEPEST || world.runs_without_callers(function as usize) {
        return false;
    }
    world.known_callers(function).all(|edge| {
        let site = world.site(edge);
        let is_called = site.thread == Thread::Caller;
        let ordered = edge.caller == by && !site.live.contains(index as usize) && is_called;
        let is_own = is_called && own == Some(world.roots[edge.caller as usize]);
        ordered
            || is_own
            || (edge.caller != by && is_only_ordered(world, edge.caller, (by, index), own, depth + 1))
    })
}

/// Whether all calls of a function that are known come before some goroutine is started, in functions that start it later on
/// themselves or through others, or on that goroutine, which `own` tells: whoever else may call it, this is how it is meant.
pub(super) fn precedes_in_callers(
    world: &World<'_>,
    function: u32,
    (by, index, launch): (u32, u32, &Launch),
    own: Option<Roots>,
    depth: u8,
) -> bool {
    let can_be_known = world.openness[function as usize] != Openness::Unknown && !world.is_launched(function);
    if depth > DEEPEST || !can_be_known {
        return false;
    }
    let mut callers = world.known_callers(function).peekable();
    callers.peek().is_some()
        && callers.all(|edge| {
            let call = world.site(edge);
            if let Thread::Launched(number) = call.thread {
                return own.is_some() && edge.caller == by && number == index;
            }
            own == Some(world.roots[edge.caller as usize])
                || starts_later(world, edge.caller, call, (by, launch))
                || precedes_in_callers(world, edge.caller, (by, index, launch), own, depth + 1)
        })
}

/// Whether a function starts a goroutine after a call, or calls then who starts it.
fn starts_later(world: &World<'_>, function: u32, call: &CallSite, (by, launch): (u32, &Launch)) -> bool {
    let summary = world.summaries.at(function);
    let launches = summary.launches.iter().enumerate();
    let mut same = launches.filter(|(_, other)| other.location == launch.location).peekable();
    if same.peek().is_some() {
        return same.all(|(n, _)| !call.live.contains(n));
    }
    let starter = world.summaries.function(by);
    let mut starts = summary.calls.iter().filter(|other| other.callee == starter).peekable();
    starts.peek().is_some()
        && starts.all(|start| {
            let (start, call) = (start.location, call.location);
            start.file == call.file && start.span.start > call.span.start
        })
}

/// Whether a function is only reached through those on the way from a start to its access: what they call runs on that
/// goroutine, or on that of whoever calls one of them instead of starting it.
pub(super) fn is_only_on_the_way(
    world: &World<'_>,
    start: &Start<'_>,
    launched: &Access,
    function: u32,
) -> bool {
    let Start::Launch { launch, .. } = *start else { return false };
    let callees = launched.calls.iter().map(|step| step.callee);
    let way: Vec<u32> =
        launch.target.into_iter().chain(callees).filter_map(|f| world.summaries.number(f)).collect();
    let mut pending = vec![(function, 0)];
    let mut seen = Vec::new();
    while let Some((function, depth)) = pending.pop() {
        if way.contains(&function) || seen.contains(&function) {
            continue;
        }
        seen.push(function);
        let mut callers = world.known_callers(function).peekable();
        if depth > LONGEST_SURE_WAY
            || world.runs_without_callers(function as usize)
            || callers.peek().is_none()
        {
            return false;
        }
        for edge in callers {
            if world.site(edge).thread != Thread::Caller {
                return false;
            }
            pending.push((edge.caller, depth + 1));
        }
    }
    true
}

/// Whether the goroutine of a start calls a function, directly or through a few others.
pub(super) fn is_called_by(world: &World<'_>, function: u32, start: &Start<'_>) -> bool {
    let target = match *start {
        Start::Launch { launch, .. } => launch.target.and_then(|target| world.summaries.number(target)),
        Start::Implicit { method, .. } => Some(method),
    };
    let Some(target) = target else { return false };
    let mut reached = vec![function];
    let mut next = 0;
    while next < reached.len() && reached.len() < MOST_CALLERS {
        for edge in world.known_callers(reached[next]) {
            if world.site(edge).thread == Thread::Caller && !reached.contains(&edge.caller) {
                reached.push(edge.caller);
            }
        }
        next += 1;
    }
    reached.contains(&target)
}
