//! Looks without the lock by the one function that, itself or through others, also makes all changes: what it finds are its own.
//! The lock is for those who look from elsewhere.

use crate::contexts::{Openness, Roots, World, entries};
use crate::domain::Key;
use crate::evidence::changes_map;
use crate::guards::{Site, SiteGroup};
use crate::summary::Thread;

/// Deeper chains of calls are not followed.
const DEEPEST: u8 = 4;

/// Whether a look stands in the function below which all changes are made, others look under the lock, and nothing shows that
/// the function runs several times at once.
pub(crate) fn is_sole_writers(world: &World<'_>, group: &SiteGroup<'_>, site: &Site<'_>, lock: &Key) -> bool {
    let below = |other: &Site<'_>| is_below(world, other.outermost, site, 0) && is_over(site, other);
    let is_look = !site.access.operation.is_write() && site.access.thread == Thread::Caller;
    is_look
        && site.outermost == site.function
        && !is_repeated(world, site.function)
        && group.sites.iter().filter(|other| changes_map(other.access.operation)).all(below)
        && group.sites.iter().any(|other| other.holds(lock) && !is_below(world, other.outermost, site, 0))
}

/// Whether several runs of a function may meet, as far as that can be seen: goroutines lead to it, or functions for others do.
fn is_repeated(world: &World<'_>, function: u32) -> bool {
    let is_several = match world.roots[function as usize] {
        Roots::One(Some(_)) => world.runs_in_parallel(function),
        Roots::One(None) => false,
        Roots::Several | Roots::None => true,
    };
    let is_for_others = |entry: &u32| world.openness[*entry as usize] == Openness::Exported;
    is_several || entries(world, function).iter().any(is_for_others)
}

/// Whether a change made by the look's own function is made on its goroutine, or has been by then.
fn is_over(site: &Site<'_>, change: &Site<'_>) -> bool {
    match change.access.thread {
        Thread::Caller => true,
        Thread::Launched(n) => change.function == site.function && !site.access.live.contains(n as usize),
    }
}

/// Whether a function is the look's own, or is called by it alone, and not on a goroutine that may run beside the look.
fn is_below(world: &World<'_>, function: u32, site: &Site<'_>, depth: u8) -> bool {
    if function == site.function {
        return true;
    }
    let is_open = world.openness[function as usize] != Openness::Closed || world.is_launched(function);
    let mut callers = world.known_callers(function).peekable();
    !is_open
        && depth < DEEPEST
        && callers.peek().is_some()
        && callers.all(|edge| match world.site(edge).thread {
            Thread::Caller => is_below(world, world.outermost(edge.caller), site, depth + 1),
            Thread::Launched(n) => edge.caller == site.function && !site.access.live.contains(n as usize),
        })
}
