//! What the stages find, before it is put into words.

use gomapcheck_types::FunctionRef;

use crate::conflict::{Confidence, ConflictKind, Location, Operation};
use crate::domain::{Key, Lockset, Root};
use crate::models::LaunchKind;
use crate::summary::{Access, CallStep, Launch, Multiplicity};

/// A step on the way to an access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TraceStep {
    /// A call.
    Call(CallStep),
    /// The start of a goroutine.
    Launch {
        /// Where.
        location: Location,
        /// By what.
        kind: LaunchKind,
        /// How often.
        multiplicity: Multiplicity,
    },
    /// A method that servers run.
    Served {
        /// The method.
        function: FunctionRef,
        /// By what.
        kind: LaunchKind,
    },
}

/// One side of a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Side<'a> {
    /// The access.
    pub(crate) access: &'a Access,
    /// Where it is shown: the access itself, or the call that leads to it against a promise.
    pub(crate) at: Location,
    /// The function in which `at` stands.
    pub(crate) function: FunctionRef,
    /// The function whose parameters and locals the places of the access and its locks name.
    pub(crate) terms: FunctionRef,
    /// The locks surely held.
    pub(crate) locks: Lockset,
    /// The way to it.
    pub(crate) trace: Vec<TraceStep>,
}

impl<'a> Side<'a> {
    /// An access as `terms` sees it, on the goroutine that calls `terms`.
    pub(crate) fn called(access: &'a Access, terms: FunctionRef, locks: Lockset) -> Self {
        let trace = access.calls.iter().map(|step| TraceStep::Call(*step)).collect();
        Self { access, at: access.location, function: access.function, terms, locks, trace }
    }

    /// An access of a goroutine that `terms` starts.
    pub(crate) fn launched(access: &'a Access, terms: FunctionRef, launch: &Launch) -> Self {
        let mut side = Self::called(access, terms, access.locks.surely.clone());
        let start = TraceStep::Launch {
            location: launch.location,
            kind: launch.kind,
            multiplicity: launch.multiplicity,
        };
        let calls = launch.calls.iter().map(|step| TraceStep::Call(*step));
        side.trace = calls.chain([start]).chain(side.trace).collect();
        side
    }

    /// An access of a method that servers run.
    pub(crate) fn served(access: &'a Access, method: FunctionRef, kind: LaunchKind, locks: Lockset) -> Self {
        let mut side = Self::called(access, method, locks);
        side.trace.insert(0, TraceStep::Served { function: method, kind });
        side
    }

    /// What is done.
    pub(crate) fn operation(&self) -> Operation {
        self.access.operation
    }
}

/// The lock that a map's other accesses hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Guard {
    /// Which lock.
    pub(crate) lock: Key,
    /// In how many functions it is held for the map.
    pub(crate) held_in: u32,
    /// How many functions touch the map.
    pub(crate) of: u32,
    /// An access that holds it.
    pub(crate) example: Option<Location>,
    /// The comment that declares it.
    pub(crate) declared: Option<Location>,
}

/// A conflict, before it is put into words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Finding<'a> {
    pub(crate) kind: ConflictKind,
    pub(crate) confidence: Confidence,
    /// The reported access.
    pub(crate) first: Side<'a>,
    /// What it collides with.
    pub(crate) second: Option<Side<'a>>,
    pub(crate) guard: Option<Guard>,
    /// Why nothing orders the two.
    pub(crate) reason: String,
    /// Further accesses with the same defect.
    pub(crate) others: Vec<Side<'a>>,
    /// The object, where only one function knows it: its own variable or allocation. None for what the declaration names.
    pub(crate) object: Option<(FunctionRef, Root)>,
}

impl Finding<'_> {
    /// The map that it is about.
    pub(crate) fn key(&self) -> &Key {
        &self.first.access.key
    }
}

/// Whether two operations on one map collide: one of them changes the map itself.
pub(crate) fn collide(a: Operation, b: Operation) -> bool {
    let touches = |operation| !matches!(operation, Operation::Replace | Operation::Escape);
    touches(a) && touches(b) && (changes_map(a) || changes_map(b))
}

/// Whether an operation collides with another one, or takes away the map that the other one uses.
pub(crate) fn disturbs(operation: Operation, other: Operation) -> bool {
    let replaces =
        operation == Operation::Replace && !matches!(other, Operation::Escape | Operation::Replace);
    replaces || collide(operation, other)
}

/// Whether the operation changes the map, not only the variable that holds it.
pub(crate) fn changes_map(operation: Operation) -> bool {
    matches!(operation, Operation::Write | Operation::Delete | Operation::Clear)
}

/// The kind of a conflict between two accesses that may run in parallel.
pub(crate) fn kind_of(a: Operation, b: Operation) -> ConflictKind {
    if changes_map(a) && changes_map(b) {
        ConflictKind::WriteWrite
    } else if a == Operation::Iterate || b == Operation::Iterate {
        ConflictKind::IterationWrite
    } else {
        ConflictKind::ReadWrite
    }
}
