//! What is known where the paths through a function meet.

use gomapcheck_ir::LocalId;
use smallvec::SmallVec;

use crate::domain::{Domain, LiveSet, Root, SharedList};
use crate::summarise::cached::is_cached;
use crate::summarise::state::State;
use crate::summary::Value;

impl State {
    fn join_lent(&mut self, others: &SharedList<(Root, LiveSet)>) {
        if self.lent.is_same(others) {
            return;
        }
        for (root, launches) in others {
            match self.lent.iter().position(|(lent, _)| lent == root) {
                Some(at) => self.lent.update(at, |(_, mine)| *mine = mine.join(launches)),
                None => self.lent.push((*root, *launches)),
            }
        }
    }

    /// What is known where two paths meet. After a test has failed nobody cares what still runs.
    pub(super) fn join(self, other: Self) -> Self {
        match (self.has_failed, other.has_failed) {
            (false, true) => self.join_failed(other),
            (true, false) => other.join_failed(self),
            _ => self.join_equal(other),
        }
    }

    /// What is known where a path that something has failed on meets the others: what these have waited for is over.
    fn join_failed(self, failed: Self) -> Self {
        let (live, waits) = (self.live, self.waits.clone());
        let mut joined = self.join_equal(failed);
        (joined.live, joined.waits) = (live, waits);
        joined.has_failed = false;
        joined
    }

    /// A variable holds what it holds on both paths; also what a cache has given on one of them, if on the other it is made here:
    /// an object is looked for, and made where there is none.
    fn join_locals(&mut self, other: &Self) {
        let is_found = |local: LocalId, value: &Value, others: &Self| {
            is_cached(value) && others.local(local).is_none() && others.has_made(local)
        };
        let found = other.locals.iter().filter(|(local, value)| is_found(*local, value, self));
        let found: SmallVec<[(LocalId, Value); 1]> = found.cloned().collect();
        self.locals.retain(|(local, value)| {
            let others = other.local(*local);
            others == Some(value) || is_found(*local, value, other)
        });
        for (local, value) in found {
            self.set_local(local, value);
        }
    }

    /// Whether a variable holds an object made here.
    fn has_made(&self, local: LocalId) -> bool {
        self.made.iter().any(|made| matches!(made, Root::Local(variable) if variable.local == local))
    }

    fn join_equal(mut self, other: Self) -> Self {
        if !self.locals.is_same(&other.locals) {
            self.join_locals(&other);
        }
        self.made.intersect(&other.made);
        if !self.fields.is_same(&other.fields) {
            self.fields.retain(|(place, value)| other.field(place) == Some(value));
        }
        self.locks = self.locks.join(&other.locks);
        self.join_renewed(&other);
        self.live = self.live.join(&other.live);
        if !self.published.is_same(&other.published) {
            for root in &other.published {
                if let Err(at) = self.published.binary_search(root) {
                    self.published.insert(at, *root);
                }
            }
        }
        self.published_parts.add_all(&other.published_parts);
        self.stored_in.add_all(&other.stored_in);
        self.join_lent(&other.lent);
        self.released.add_all(&other.released);
        self.surely_released.intersect(&other.surely_released);
        self.gates.intersect(&other.gates);
        self.passed.add_all(&other.passed);
        self.own_passed.add_all(&other.own_passed);
        self.waits.intersect(&other.waits);
        self.queues.intersect(&other.queues);
        self.conditions.intersect(&other.conditions);
        self.outcomes.intersect(&other.outcomes);
        if self.called != other.called {
            self.called = SharedList::EMPTY;
        }
        self.filling.intersect(&other.filling);
        self.signals.add_all(&other.signals);
        self
    }
}

/// Joins states of paths, of which either may not exist.
pub(super) fn join(a: Option<State>, b: Option<State>) -> Option<State> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.join(b)),
        (one, other) => one.or(other),
    }
}

/// The end of a function that may return early with an error. A goroutine that is waited for on every other way is over for
/// callers: those that get the error seldom go on.
pub(super) fn with_failures(end: Option<State>, failures: Option<State>) -> Option<State> {
    match (end, failures) {
        (Some(end), Some(failures)) => Some(end.join_failed(failures)),
        (one, other) => one.or(other),
    }
}
