//! An access as one of a pair, and who makes it.

use gomapcheck_types::FunctionRef;

use crate::conflict::Location;
use crate::contexts::World;
use crate::domain::Place;
use crate::summary::{Access, CallStep, Launch};

/// Who makes an access.
#[derive(Clone, Copy)]
pub(super) enum Actor<'a> {
    /// The goroutine that called the function.
    Caller,
    /// Launch number n.
    Launch(usize, &'a Launch),
}

impl Actor<'_> {
    pub(super) fn number(&self) -> usize {
        match self {
            Self::Caller => 0,
            Self::Launch(index, _) => index + 1,
        }
    }
}

/// An access and who makes it.
#[derive(Clone, Copy)]
pub(super) struct Event<'a> {
    pub(super) place: &'a Place,
    pub(super) actor: Actor<'a>,
    pub(super) access: &'a Access,
}

/// The calls on the way to the start of an access's goroutine, and on to the access.
pub(super) fn steps_to<'e>(event: &Event<'e>) -> impl Iterator<Item = &'e CallStep> {
    let to_launch: &[CallStep] = match event.actor {
        Actor::Caller => &[],
        Actor::Launch(_, launch) => &launch.calls,
    };
    to_launch.iter().chain(&event.access.calls)
}

/// Those calls, without those of functions that only pass them on.
pub(super) fn way_to(world: &World<'_>, event: &Event<'_>) -> usize {
    steps_to(event).filter(|step| !world.forwards(step.callee)).count()
}

/// The functions on the way to an access, its own among them.
pub(super) fn functions_on<'e>(event: &Event<'e>) -> impl Iterator<Item = FunctionRef> {
    steps_to(event).map(|step| step.callee).chain([event.access.function])
}

/// What the caller does is kept apart by place: some of it may follow a goroutine's last signal, some not.
pub(super) fn is_caller(event: &Event<'_>) -> bool {
    matches!(event.actor, Actor::Caller)
}

pub(super) fn rank_in_class(event: &Event<'_>) -> (usize, Location) {
    (event.access.calls.len(), event.access.location)
}
