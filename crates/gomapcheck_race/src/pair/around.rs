//! Literals whose callers hold more locks than they show.

use crate::contexts::{Role, World};
use crate::domain::Lockset;
use crate::summary::{Access, Thread};

/// Whether an access stands in a stored literal whose calls are not in view, and no lock is taken in it: whoever calls it may
/// hold one.
pub(super) fn is_called_later(world: &World<'_>, access: &Access, held: &Lockset) -> bool {
    held.is_empty() && world.is_called_unseen(access)
}

/// Whether an access is made by a literal that the function around it calls, or has called, under one of these locks.
pub(super) fn is_locked_around(world: &World<'_>, function: u32, access: &Access, locks: &Lockset) -> bool {
    if locks.is_empty() || world.facts[function as usize].role != Role::Literal {
        return false;
    }
    let around = world.outermost(function);
    let summary = world.summaries.at(around);
    let mut same = summary.accesses.iter().chain(&summary.sites).filter(|seen| {
        seen.thread == Thread::Caller && seen.location == access.location && seen.function == access.function
    });
    same.any(|seen| {
        let (_, held) = world.locks_at(around, seen);
        locks.iter().any(|lock| held.mode_of_key(&lock.lock.key).is_some())
    })
}
