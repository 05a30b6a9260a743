//! Accesses that come when the work that was done side by side is over.

use gomapcheck_source::Name;

use crate::contexts::{Openness, World};
use crate::domain::{Key, LiveSet, Place, SharedList};
use crate::guards::Site;
use crate::summarise::own_group;
use crate::summary::{Launch, Summary, Thread};

/// How many calls up it is looked for.
const DEEPEST: u8 = 3;

/// Whether an access comes, in its function or by the calls of that, when the goroutines that touch the map have been waited for:
/// someone starts them, waits, and then sums up.
pub(crate) fn is_after_work(world: &World<'_>, site: &Site<'_>) -> bool {
    site.access.thread == Thread::Caller
        && is_called_after_work(world, site.function, &site.access.key.outermost(), 0)
}

fn is_called_after_work(world: &World<'_>, function: u32, map: &Key, depth: u8) -> bool {
    if !has_known_callers(world, function) {
        return false;
    }
    let mut callers = world.known_callers(function).peekable();
    callers.peek().is_some()
        && callers.all(|edge| {
            let call = world.site(edge);
            let caller = world.summaries.at(edge.caller);
            call.thread == Thread::Caller
                && (follows_work(caller, &call.passed, call.live, map)
                    || follows_own_group(&call.passed, caller, call.live, map)
                    || (depth < DEEPEST && is_called_after_work(world, edge.caller, map, depth + 1)))
        })
}

/// Whether only those call a function that are known: what an unexported type can do nobody outside its package sees.
fn has_known_callers(world: &World<'_>, function: u32) -> bool {
    let facts = &world.facts[function as usize];
    let is_hidden = |receiver: Name| !receiver.is_exported();
    !world.is_launched(function)
        && match world.openness[function as usize] {
            Openness::Closed => true,
            Openness::Exported => facts.name.receiver.is_some_and(is_hidden),
            Openness::Unknown => false,
        }
}

/// Whether something comes after a wait, and no goroutine of its function that touches the map is left by then. Whoever only
/// waits, to stop an object, does not know who else uses it: some of the function's own goroutines must have been waited for.
fn follows_work(summary: &Summary, passed: &SharedList<Place>, live: LiveSet, map: &Key) -> bool {
    let touches = |launch: &Launch| launch.accesses.iter().any(|access| access.key.outermost() == *map);
    let has_ended = |launch: &Launch| launch.signals.iter().any(|signal| passed.contains(signal.place()));
    let launches = || summary.launches.iter().enumerate();
    launches().any(|(_, launch)| has_ended(launch))
        && launches().all(|(n, launch)| !touches(launch) || !live.contains(n) || has_ended(launch))
}

/// Whether a call comes after one that has done work side by side, and waited for it.
fn follows_own_group(passed: &SharedList<Place>, summary: &Summary, live: LiveSet, map: &Key) -> bool {
    let touches = |launch: &Launch| launch.accesses.iter().any(|access| access.key.outermost() == *map);
    passed.contains(&own_group())
        && summary.launches.iter().enumerate().all(|(n, launch)| !touches(launch) || !live.contains(n))
}
