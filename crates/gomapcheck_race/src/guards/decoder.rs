//! Methods that decoding libraries call on an object that is being filled.

use crate::contexts::{World, is_owned_call};
use crate::domain::Root;
use crate::guards::Site;
use crate::summary::Thread;

/// Whether an access is part of such a method and of its receiver, and no call that is seen is for an object that others may
/// have: the libraries call it for what they have just made, or for what their caller fills.
pub(crate) fn is_decoded(world: &World<'_>, site: &Site<'_>) -> bool {
    let is_own = site.access.place.as_ref().is_some_and(|place| place.root == Root::Param(0));
    is_own
        && site.access.thread == Thread::Caller
        && site.access.stored.is_none()
        && world.facts[site.function as usize].decodes
        && world.known_callers(site.function).all(|edge| {
            // A method of the same kind hands its object on.
            is_owned_call(world, edge)
                || world.site(edge).dynamic
                || world.facts[edge.caller as usize].decodes
        })
}
