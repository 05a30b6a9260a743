//! Which accesses of a function are one for its callers, and what is known of that one.

use rustc_hash::FxHashMap;

use crate::conflict::{Location, Operation};
use crate::domain::{Domain, Key, Lockset, Place};
use crate::summary::{Access, Manner, Ownership, Thread};

/// What identifies an access among those of one function: an access met again is the same one under other circumstances.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Identity {
    /// One that stands in the function itself: by its place in the text.
    Own(Location, Operation, Thread),
    /// One in a field of what stands there.
    Within(Location, Key, Thread),
    /// One of a callee: by what a pair can tell apart, and whether any launch may run. Of several alike the first is kept.
    Callees(Option<Place>, Rank, Thread, Lockset, bool),
}

/// What matters of an operation to pairs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rank {
    Write,
    Iterate,
    Read,
    Replace,
    Escape,
}

fn rank(operation: Operation) -> Rank {
    match operation {
        Operation::Write | Operation::Delete | Operation::Clear => Rank::Write,
        Operation::Iterate => Rank::Iterate,
        Operation::Read | Operation::Length => Rank::Read,
        Operation::Replace => Rank::Replace,
        Operation::Escape => Rank::Escape,
    }
}

/// By what an access is known.
pub(super) fn identity(access: &Access) -> Identity {
    if access.calls.is_empty() {
        own_identity(access)
    } else {
        Identity::Callees(
            access.place.clone(),
            rank(access.operation),
            access.thread,
            access.locks.surely.clone(),
            access.live.is_empty(),
        )
    }
}

/// By what one is known that stands in the function itself.
pub(super) fn own_identity(access: &Access) -> Identity {
    if matches!(access.manner, Manner::Whole | Manner::Cached) {
        Identity::Within(access.location, access.key.clone(), access.thread)
    } else {
        Identity::Own(access.location, access.operation, access.thread)
    }
}

/// Adds an access to a list, or what is known of it to the one that is like it.
pub(super) fn merge(
    list: &mut Vec<Access>,
    known: &mut FxHashMap<Identity, usize>,
    identity: Identity,
    access: Access,
) {
    let Some(at) = known.get(&identity) else {
        known.insert(identity, list.len());
        list.push(access);
        return;
    };
    let mine = &mut list[*at];
    mine.locks = mine.locks.join(&access.locks);
    mine.live = mine.live.join(&access.live);
    mine.after.add_all(&access.after);
    mine.gates.intersect(&access.gates);
    mine.released.add_all(&access.released);
    mine.conditions.intersect(&access.conditions);
    mine.passed.add_all(&access.passed);
    mine.fills &= access.fills;
    mine.is_kept |= access.is_kept;
    if let (Some(mine), Some(place)) = (&mut mine.place, &access.place) {
        mine.agree_with(place);
    }
    if mine.ownership != access.ownership {
        mine.ownership = Ownership::Shared;
    }
    if mine.place != access.place && access.ownership == Ownership::Shared {
        mine.place = access.place;
        mine.key = access.key;
    }
}
