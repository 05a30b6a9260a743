//! Locks that a call takes or does not take, as its last result tells: `if !s.tryBegin() { return }`,
//! `if err := m.LockWithContext(ctx); err != nil { … }`.

use gomapcheck_ir::{BinaryOp, ExprId, ExprKind, ExprList};
use gomapcheck_types::{Callee, Resolution};

use crate::domain::{Domain, Held, Lock, Locks, Root};
use crate::summarise::bind::Binding;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::Outcome;

/// The locks held where a function returns: where its last result is `true` or `nil`, and where it is not.
#[derive(Default)]
pub(super) struct Outcomes {
    success: Option<Locks>,
    failure: Option<Locks>,
    is_error: bool,
}

impl Outcomes {
    fn succeed(&mut self, locks: Locks) {
        self.success = Some(self.success.take().map_or_else(|| locks.clone(), |known| known.join(&locks)));
    }

    fn fail(&mut self, locks: Locks) {
        self.failure = Some(self.failure.take().map_or_else(|| locks.clone(), |known| known.join(&locks)));
    }

    /// The locks that the function has taken where its result is so, and has not where it is not; but not those that `is_over`
    /// tells the deferred calls to have given back.
    pub(super) fn depending(self, is_over: impl Fn(&Lock) -> bool) -> Vec<(Outcome, Held)> {
        let (Some(success), Some(failure)) = (self.success, self.failure) else { return Vec::new() };
        let of = |outcome: Outcome, held_in: &Locks, other: &Locks| -> Vec<(Outcome, Held)> {
            let depends = |held: &&Held| other.perhaps.mode_of(&held.lock).is_none() && !is_over(&held.lock);
            // What has been done once is done whatever the result.
            let is_lock = |held: &&Held| {
                let place = held.lock.place.as_ref();
                !held.lock.key.is_once() && place.is_none_or(|place| !matches!(place.root, Root::Fresh(_)))
            };
            let held = held_in.surely.iter().filter(depends).filter(is_lock);
            held.map(|held| (outcome, held.clone())).collect()
        };
        if self.is_error {
            return of(Outcome::Nil, &success, &failure);
        }
        let mut depending = of(Outcome::True, &success, &failure);
        depending.extend(of(Outcome::False, &failure, &success));
        depending
    }
}

/// What is known of the last value of a return.
enum Returned {
    Success,
    Failure,
    /// It is what a call has just told, or a variable has kept.
    Of(Vec<(Outcome, Held)>),
    Either,
}

impl Interpreter<'_> {
    /// Notes the locks held at a return, by the success that it tells of. The values have just been evaluated.
    pub(super) fn note_outcome(&mut self, state: &State, values: ExprList) {
        let Some(is_error) = self.tells_success() else { return };
        self.outcomes.is_error = is_error;
        let nothing_depends = self.outcome.is_empty() && state.outcomes.is_empty();
        let returned = match self.ir.exprs_of(values).last() {
            Some(last) => self.told_by(state, *last, is_error),
            None => Returned::Either,
        };
        match returned {
            Returned::Success => self.outcomes.succeed(state.locks.clone()),
            Returned::Failure => self.outcomes.fail(state.locks.clone()),
            Returned::Of(depending) if !nothing_depends => {
                for (holds, outcome) in [(true, Outcome::True), (false, Outcome::False)] {
                    let mut locks = state.locks.clone();
                    // A call that may take a lock is known to have perhaps taken it.
                    depending.iter().for_each(|(_, held)| {
                        locks.release(&held.lock);
                    });
                    let is_so =
                        |told: Outcome| told == outcome || (told == Outcome::Nil && outcome == Outcome::True);
                    let taken = depending.iter().filter(|(told, _)| is_so(*told));
                    taken.for_each(|(_, held)| locks.acquire(held.clone()));
                    if holds { self.outcomes.succeed(locks) } else { self.outcomes.fail(locks) }
                }
            }
            Returned::Of(_) | Returned::Either => {
                self.outcomes.succeed(state.locks.clone());
                self.outcomes.fail(state.locks.clone());
            }
        }
    }

    /// Whether the function's last result is an error; none if it is no truth value either.
    fn tells_success(&self) -> Option<bool> {
        let signature = self.ir.signature(self.ir.function(self.function.function).signature);
        match self.ir.kind(signature.results.last()?.ty) {
            ExprKind::Name(name) if name.as_str() == "error" => Some(true),
            ExprKind::Name(name) if name.as_str() == "bool" => Some(false),
            _ => None,
        }
    }

    fn told_by(&self, state: &State, value: ExprId, is_error: bool) -> Returned {
        let value = self.ir.unparen(value);
        match self.ir.kind(value) {
            ExprKind::Call { .. } if !self.outcome.is_empty() => Returned::Of(self.outcome.clone()),
            ExprKind::Local(local) if state.outcomes.iter().any(|(decided, ..)| *decided == local) => {
                let of_local = state.outcomes.iter().filter(|(decided, ..)| *decided == local);
                Returned::Of(of_local.map(|(_, outcome, held)| (*outcome, held.clone())).collect())
            }
            ExprKind::Local(_) if is_error && self.failing > 0 => Returned::Failure,
            ExprKind::Name(name) => match name.as_str() {
                "true" | "nil" => Returned::Success,
                _ if is_error || name.as_str() == "false" => Returned::Failure,
                _ => Returned::Either,
            },
            // An error that is made here; what another function of the program returns may be none.
            ExprKind::Call { .. } if is_error => match self.program.callee(self.file, value) {
                Callee::ExternalFunction(..) | Callee::Method { .. } => Returned::Failure,
                _ => Returned::Either,
            },
            ExprKind::Selector { .. } if is_error => match self.program.resolution(self.file, value) {
                Resolution::Value(_) | Resolution::ExternalValue(..) => Returned::Failure,
                _ => Returned::Either,
            },
            ExprKind::Unary { .. } | ExprKind::Composite { .. } if is_error => Returned::Failure,
            _ => Returned::Either,
        }
    }

    /// The locks that a callee has taken where its last result is so, as this function names them.
    pub(super) fn depending(&self, state: &State, binding: &Binding<'_>) -> Vec<(Outcome, Held)> {
        let depending = binding.summary.effect.depending.iter();
        let resolve = |(outcome, held): &(Outcome, Held)| {
            let lock = self.resolve_lock(state, binding, &held.lock);
            (*outcome, Held { lock: lock.into(), ..held.clone() })
        };
        depending.map(resolve).collect()
    }

    /// A variable that gets the last result of a call knows which locks that has taken.
    pub(super) fn keep_outcome(
        &mut self,
        state: &mut State,
        target: Option<&ExprId>,
        value: Option<&ExprId>,
    ) {
        if self.outcome.is_empty() {
            return;
        }
        let outcome = std::mem::take(&mut self.outcome);
        let (Some(target), Some(value)) = (target, value) else { return };
        let is_call = matches!(self.ir.kind(self.ir.unparen(*value)), ExprKind::Call { .. });
        if let (ExprKind::Local(local), true) = (self.ir.kind(self.ir.unparen(*target)), is_call) {
            outcome.into_iter().for_each(|(told, held)| state.outcomes.push((local, told, held)));
        }
    }

    /// The states in which a condition that has just been evaluated holds and in which it does not: the locks that a call has
    /// taken are held in one of them.
    pub(super) fn by_outcome(&mut self, state: State, condition: ExprId) -> (Option<State>, Option<State>) {
        let outcome = std::mem::take(&mut self.outcome);
        let no = state.clone();
        if outcome.is_empty() && state.outcomes.is_empty() {
            return (Some(state), Some(no));
        }
        let (told, holds) = self.asked(condition);
        let depending: Vec<(Outcome, Held)> = match told.map(|told| (told, self.ir.kind(told))) {
            Some((_, ExprKind::Call { .. })) => outcome,
            Some((_, ExprKind::Local(local))) => {
                let of_local = state.outcomes.iter().filter(|(decided, ..)| *decided == local);
                of_local.map(|(_, outcome, held)| (*outcome, held.clone())).collect()
            }
            _ => Vec::new(),
        };
        let (mut yes, mut no) = (state, no);
        for (outcome, held) in depending {
            let is_yes = if outcome == Outcome::False { !holds } else { holds };
            let branch = if is_yes { &mut yes } else { &mut no };
            branch.locks.acquire(held);
        }
        (Some(yes), Some(no))
    }

    /// What a condition asks about, and whether it holds where that is `true` or `nil`.
    fn asked(&self, condition: ExprId) -> (Option<ExprId>, bool) {
        match self.ir.kind(condition) {
            ExprKind::Binary { op: op @ (BinaryOp::Equal | BinaryOp::NotEqual), left, right } => {
                let is_nil = |expr: ExprId| matches!(self.ir.kind(self.ir.unparen(expr)), ExprKind::Name(name) if name.as_str() == "nil");
                let asked = if is_nil(right) { Some(left) } else { is_nil(left).then_some(right) };
                (asked.map(|asked| self.ir.unparen(asked)), op == BinaryOp::Equal)
            }
            _ => (Some(condition), true),
        }
    }
}
