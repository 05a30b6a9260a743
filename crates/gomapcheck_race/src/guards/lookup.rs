//! Lookups without a lock that no more than half of a map's functions hold.
//!
//! Of two functions one writes under a lock and the other looks a key up without it: whether the lock keeps the two apart or
//! the writer from itself, their number does not tell. That they run side by side has to be seen.

use gomapcheck_source::Name;

use crate::conflict::Operation;
use crate::contexts::{Openness, Roots, World};
use crate::evidence::Guard;
use crate::guards::Site;
use crate::summary::Thread;

/// Whether an access is a lookup, the guard is held in half of the functions at most, and nothing else shows that either side
/// has company.
pub(crate) fn is_alone_without(
    world: &World<'_>,
    site: &Site<'_>,
    partner: Option<&Site<'_>>,
    guard: &Guard,
) -> bool {
    site.access.operation == Operation::Read
        && guard.declared.is_none()
        && 2 * guard.held_in <= guard.of
        && !has_company(world, site)
        && !partner.is_some_and(|partner| has_company(world, partner))
}

/// Whether an access is made on a goroutine that the program starts, or by a function that is there for others alone.
fn has_company(world: &World<'_>, site: &Site<'_>) -> bool {
    let is_started = match world.roots[site.function as usize] {
        Roots::One(Some(_)) | Roots::Several => true,
        Roots::One(None) | Roots::None => false,
    };
    // What a lower-case type has for others they call through an interface, in an order that its package sets.
    let is_kept = |receiver: Name| !receiver.is_exported();
    let is_for_others = !world.facts[site.outermost as usize].name.receiver.is_some_and(is_kept)
        && world.openness[site.outermost as usize] == Openness::Exported
        && world.known_callers(site.outermost).next().is_none();
    is_started || is_for_others || site.access.thread != Thread::Caller
}
