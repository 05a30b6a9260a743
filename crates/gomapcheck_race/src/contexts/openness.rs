//! Who may enter a function: the callers that are known, launches, and whoever is out of view.

use crate::conflict::Location;
use crate::contexts::{Role, World, number_of};
use crate::domain::Lockset;

/// Who may call a function besides the call sites that are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Openness {
    /// No one.
    #[default]
    Closed,
    /// Packages that are not analysed.
    Exported,
    /// The runtime, or whoever holds it as a value; or no caller is known at all.
    Unknown,
}

impl Openness {
    /// Whether there may be more callers than those known.
    pub(crate) fn is_open(self) -> bool {
        self != Self::Closed
    }
}

impl World<'_> {
    pub(super) fn how_open(&self, number: usize) -> Openness {
        let facts = &self.facts[number];
        let called = self.known_callers(number_of(number)).next().is_some();
        match facts.role {
            Role::Initial => Openness::Unknown,
            _ if self.is_used_unseen(number) || facts.implicit.is_some() => Openness::Unknown,
            _ if facts.exported => Openness::Exported,
            _ if called || self.is_launched(number_of(number)) => Openness::Closed,
            _ => Openness::Unknown,
        }
    }

    /// Whether a function is used as a value in a place from which no call of it is known: `once.Do(f)` is known to call f.
    fn is_used_unseen(&self, number: usize) -> bool {
        let facts = &self.facts[number];
        facts.role != Role::Literal && facts.value_uses.iter().any(|usage| !self.is_called_at(number, usage))
    }

    /// Whether a function is known to be called by the call among whose arguments it is named, or started there.
    pub(crate) fn is_called_at(&self, number: usize, usage: &Location) -> bool {
        let calls = self.callers[number].iter().map(|edge| self.site(edge)).filter(|call| !call.dynamic);
        let starts = self.launched.get(&number_of(number)).into_iter().flatten();
        let mut places = calls.map(|call| &call.location).chain(starts);
        places.any(|place| place.file == usage.file && place.span.contains(usage.span))
    }

    /// Whether the program has no use for a function: nothing but tests calls it or mentions it, and no one else can, or nobody
    /// in view does and its comment says that it is for tests.
    pub(crate) fn is_unused(&self, function: u32) -> bool {
        let facts = &self.facts[function as usize];
        let is_for_tests = facts.told_for_tests && self.callers[function as usize].is_empty();
        facts.role == Role::Declared
            && (!facts.upper_case || is_for_tests)
            && !facts.in_test
            && !self.is_launched(function)
            && facts.value_uses.is_empty()
            && facts.implicit.is_none()
            && self.known_callers(function).next().is_none()
    }

    /// Whether a function is what some launch runs.
    pub(crate) fn is_launched(&self, function: u32) -> bool {
        self.launched.contains_key(&function)
    }

    /// Whether a function can be entered other than through the known calls.
    pub(crate) fn runs_without_callers(&self, number: usize) -> bool {
        self.openness[number].is_open() || self.is_launched(number_of(number))
    }

    /// The locks that all calls of a declared function hold where it is kept for later, if that is its only use besides calls of
    /// it, and nobody out of view can call it.
    pub(crate) fn locks_where_kept(&self, number: usize) -> Option<&Lockset> {
        let function = self.summaries.function(u32::try_from(number).ok()?);
        let locks = self.stored.locks(function)?;
        let facts = &self.facts[number];
        let is_closed = facts.role == Role::Declared
            && !facts.exported
            && facts.implicit.is_none()
            && !self.is_launched(number_of(number))
            && facts
                .value_uses
                .iter()
                .all(|usage| self.stored.is_stored_at(function, usage) || self.is_called_at(number, usage));
        is_closed.then_some(locks)
    }

    /// Whether the known callers are all there are, and there is one.
    pub(super) fn callers_are_known(&self, number: usize) -> bool {
        self.openness[number] == Openness::Closed && !self.is_launched(number_of(number))
    }
}
