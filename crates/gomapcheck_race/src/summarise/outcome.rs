//! What a call has brought about or not, as its last result tells: `if !s.tryBegin() { return }`,
//! `if err := m.LockWithContext(ctx); err != nil { … }`, `if !waitFor(&wg, time.Second) { t.Fatal() }`.

use gomapcheck_ir::{BinaryOp, Clause, ExprId, ExprKind, ExprList, LocalId, StmtId, StmtKind};
use gomapcheck_types::{Callee, Resolution};

use crate::domain::{Domain, Held, LiveSet, Lock, Locks, Root, SharedList};
use crate::summarise::bind::Binding;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::lent::is_for_lent_group;
use crate::summarise::record::is_outside;
use crate::summarise::state::State;
use crate::summary::{Outcome, ParamCall, Signal, Summary};

/// What a result tells.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Told {
    /// A lock is held.
    Holds(Held),
    /// Something has been waited for.
    Waited(Signal),
    /// These launches are over.
    Ended(LiveSet),
}

impl Told {
    /// Whether it is about this lock.
    pub(super) fn is_lock(&self, lock: &Lock) -> bool {
        matches!(self, Self::Holds(held) if *held.lock == *lock)
    }
}

/// What is known at a point.
pub(super) struct Known {
    locks: Locks,
    waits: SharedList<Signal>,
    live: LiveSet,
}

impl Known {
    pub(super) fn at(state: &State) -> Self {
        Self { locks: state.locks.clone(), waits: state.waits.clone(), live: state.live }
    }

    fn join(mut self, other: Self) -> Self {
        self.waits.intersect(&other.waits);
        Self { locks: self.locks.join(&other.locks), waits: self.waits, live: self.live.join(&other.live) }
    }

    fn assume(&mut self, told: &Told) {
        match told {
            Told::Holds(held) => {
                self.locks.acquire(held.clone());
            }
            Told::Waited(signal) => self.waits.add(signal),
            Told::Ended(launches) => self.live = self.live.without(*launches),
        }
    }
}

/// What is known where a function returns: where its last result is `true` or `nil`, and where it is not.
#[derive(Default)]
pub(super) struct Outcomes {
    success: Option<Known>,
    failure: Option<Known>,
    is_error: bool,
}

impl Outcomes {
    fn succeed(&mut self, known: Known) {
        self.success = join(self.success.take(), known);
    }

    fn fail(&mut self, known: Known) {
        self.failure = join(self.failure.take(), known);
    }

    /// The locks that the function has taken where its result is so, and has not where it is not; but not those that `is_over`
    /// tells the deferred calls to have given back.
    pub(super) fn depending(&self, is_over: impl Fn(&Lock) -> bool) -> Vec<(Outcome, Held)> {
        let (Some(success), Some(failure)) = (&self.success, &self.failure) else { return Vec::new() };
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
            return of(Outcome::Nil, &success.locks, &failure.locks);
        }
        let mut depending = of(Outcome::True, &success.locks, &failure.locks);
        depending.extend(of(Outcome::False, &failure.locks, &success.locks));
        depending
    }

    /// Notes what the function has waited for where its result is so, and has not where it is not.
    pub(super) fn note_waits(&self, summary: &mut Summary) {
        let (Some(success), Some(failure)) = (&self.success, &self.failure) else { return };
        let good = if self.is_error { Outcome::Nil } else { Outcome::True };
        for (outcome, known, other) in [(good, success, failure), (Outcome::False, failure, success)] {
            if self.is_error && outcome == Outcome::False {
                continue;
            }
            let depends = |signal: &&Signal| {
                let is_wait = !matches!(signal, Signal::Given(_));
                let is_named = is_outside(signal.place()) || is_for_lent_group(&summary.param_calls, signal);
                is_wait && is_named && !other.waits.contains(signal)
            };
            for signal in known.waits.iter().filter(depends) {
                summary.waits_where.push((outcome, signal.clone()));
            }
            for n in 0..summary.launches.len() {
                if summary.launches[n].outlives && !known.live.contains(n) && other.live.contains(n) {
                    summary.launches[n].ended_where = Some(outcome);
                    note_calls(summary, n, outcome);
                }
            }
        }
    }
}

/// What is known of the last value of a return.
enum Returned {
    Success,
    Failure,
    /// It is what a call has just told, or a variable has kept.
    Of(Vec<(Outcome, Told)>),
    Either,
}

impl Interpreter<'_> {
    /// Notes what is known at a return, by the success that it tells of. The values have just been evaluated.
    pub(super) fn note_outcome(&mut self, state: &State, values: ExprList) {
        let Some(is_error) = self.tells_success() else { return };
        self.outcomes.is_error = is_error;
        let nothing_depends = self.outcome.is_empty() && state.outcomes.is_empty();
        let returned = match self.ir.exprs_of(values).last() {
            Some(last) => self.told_by(state, *last, is_error),
            None => Returned::Either,
        };
        match returned {
            Returned::Success => self.outcomes.succeed(Known::at(state)),
            Returned::Failure => self.outcomes.fail(Known::at(state)),
            Returned::Of(depending) if !nothing_depends => {
                for (holds, outcome) in [(true, Outcome::True), (false, Outcome::False)] {
                    let mut known = Known::at(state);
                    // A call that may take a lock is known to have perhaps taken it.
                    for (_, told) in &depending {
                        if let Told::Holds(held) = told {
                            known.locks.release(&held.lock);
                        }
                    }
                    let is_so =
                        |told: Outcome| told == outcome || (told == Outcome::Nil && outcome == Outcome::True);
                    let told = depending.iter().filter(|(outcome, _)| is_so(*outcome));
                    told.for_each(|(_, told)| known.assume(told));
                    if holds { self.outcomes.succeed(known) } else { self.outcomes.fail(known) }
                }
            }
            Returned::Of(_) | Returned::Either => {
                self.outcomes.succeed(Known::at(state));
                self.outcomes.fail(Known::at(state));
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
                Returned::Of(of_local.map(|(_, outcome, told)| (*outcome, told.clone())).collect())
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

    /// What a callee has brought about where its last result is so, as this function names it, with what is known to have
    /// `ended`.
    pub(super) fn depending(
        &self,
        state: &State,
        binding: &Binding<'_>,
        ended: Vec<(Outcome, Told)>,
    ) -> Vec<(Outcome, Told)> {
        let mut depending = ended;
        for (outcome, held) in &binding.summary.effect.depending {
            let lock = self.resolve_lock(state, binding, &held.lock);
            depending.push((*outcome, Told::Holds(Held { lock: lock.into(), ..held.clone() })));
        }
        for (outcome, signal) in &binding.summary.waits_where {
            let waits = self.resolve_waits(state, binding, std::slice::from_ref(signal));
            depending.extend(waits.iter().map(|wait| (*outcome, Told::Waited(wait.clone()))));
        }
        depending
    }

    /// A variable that gets the last result of a call knows what that tells.
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
            outcome.into_iter().for_each(|(outcome, told)| state.outcomes.push((local, outcome, told)));
        }
    }

    /// The states in which a condition that has just been evaluated holds and in which it does not: what a call has brought
    /// about is so in one of them.
    pub(super) fn by_outcome(&mut self, state: State, condition: ExprId) -> (Option<State>, Option<State>) {
        let no = state.clone();
        if self.outcome.is_empty() && state.outcomes.is_empty() {
            return (Some(state), Some(no));
        }
        let (told, holds) = self.asked(condition);
        let outcome = std::mem::take(&mut self.outcome);
        let depending = told.map_or_else(Vec::new, |told| self.told_of(&state, told, outcome));
        let (mut yes, mut no) = (state, no);
        for (outcome, told) in depending {
            let is_yes = if outcome == Outcome::False { !holds } else { holds };
            self.believe(if is_yes { &mut yes } else { &mut no }, told);
        }
        (Some(yes), Some(no))
    }

    /// What is known to depend on a value: what the call that gives it has just told, or the variable has kept.
    fn told_of(&self, state: &State, value: ExprId, by_call: Vec<(Outcome, Told)>) -> Vec<(Outcome, Told)> {
        match self.ir.kind(value) {
            ExprKind::Call { .. } => by_call,
            ExprKind::Local(local) => {
                let of_local = state.outcomes.iter().filter(|(decided, ..)| *decided == local);
                of_local.map(|(_, outcome, told)| (*outcome, told.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// `require.True(t, done())`: the test goes on only where that holds. `told` is what the argument's call has told.
    pub(super) fn believe_asserted(
        &mut self,
        state: &mut State,
        call: ExprId,
        (argument, holds): (u8, bool),
        told: Vec<(Outcome, Told)>,
    ) {
        if told.is_empty() && state.outcomes.is_empty() {
            return;
        }
        let Some(value) = self.argument_exprs(call).get(usize::from(argument)).copied() else { return };
        for (outcome, told) in self.told_of(state, self.ir.unparen(value), told) {
            if (outcome != Outcome::False) == holds {
                self.believe(state, told);
            }
        }
    }

    /// The variable that a clause of a select statement sets to `true` or `false`.
    pub(super) fn flag_set_in(&self, clauses: &[Clause]) -> Option<LocalId> {
        clauses.iter().find_map(|clause| {
            let mut statements = self.ir.stmts_of(clause.body).iter();
            statements.find_map(|stmt| Some(self.flag_assigned(*stmt)?.0))
        })
    }

    /// What a clause sets this variable to.
    pub(super) fn sets_flag(&self, clause: &Clause, flag: LocalId) -> Option<bool> {
        let mut statements = self.ir.stmts_of(clause.body).iter();
        let assigned =
            statements.find_map(|stmt| self.flag_assigned(*stmt).filter(|(local, _)| *local == flag));
        assigned.map(|(_, value)| value)
    }

    fn flag_assigned(&self, stmt: StmtId) -> Option<(LocalId, bool)> {
        let StmtKind::Assign { targets, op: None, values } = self.ir.stmt(stmt).kind else { return None };
        let ([target], [value]) = (self.ir.exprs_of(targets), self.ir.exprs_of(values)) else { return None };
        let (ExprKind::Local(local), ExprKind::Name(value)) = (self.ir.kind(*target), self.ir.kind(*value))
        else {
            return None;
        };
        match value.as_str() {
            "true" => Some((local, true)),
            "false" => Some((local, false)),
            _ => None,
        }
    }

    fn believe(&mut self, state: &mut State, told: Told) {
        match told {
            Told::Holds(held) => state.locks.acquire(held),
            Told::Waited(signal) => self.join_signal(state, &signal),
            Told::Ended(launches) => self.end_launches(state, launches),
        }
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

/// `case <-done: ok = true`: of the ways through a select statement, the variable tells which it was. It had the other value
/// before.
pub(super) fn tell_by_flag(after: &mut State, flag: LocalId, ends: Vec<(Option<bool>, Known)>) {
    let Some(value) = ends.iter().find_map(|(set, _)| *set) else { return };
    let (mut set, mut unset) = (None, None);
    for (to, known) in ends {
        if to == Some(value) {
            set = join(set, known);
        } else {
            unset = join(unset, known);
        }
    }
    for (known, value) in [(set, value), (unset, !value)] {
        let Some(known) = known else { continue };
        let outcome = if value { Outcome::True } else { Outcome::False };
        for wait in known.waits.iter().filter(|wait| !after.waits.contains(wait)) {
            after.outcomes.push((flag, outcome, Told::Waited(wait.clone())));
        }
        let ended = after.live.without(known.live);
        if !ended.is_empty() {
            after.outcomes.push((flag, outcome, Told::Ended(ended)));
        }
    }
}

fn join(known: Option<Known>, other: Known) -> Option<Known> {
    Some(match known {
        Some(known) => known.join(other),
        None => other,
    })
}

/// What this launch calls for the callers is over with it.
fn note_calls(summary: &mut Summary, launch: usize, outcome: Outcome) {
    let is_its = |among: Option<(u32, LiveSet)>| among.is_some_and(|(n, _)| n as usize == launch);
    if summary.param_calls.iter().any(|call| is_its(call.among)) {
        let noted = summary.param_calls.iter().map(|call| {
            let joined_where = if is_its(call.among) { Some(outcome) } else { call.joined_where };
            ParamCall { joined_where, ..call.clone() }
        });
        summary.param_calls = noted.collect();
    }
}

/// The launches of a callee, known here by these numbers, that are over where its last result is so.
pub(super) fn ended_by_outcome(summary: &Summary, numbers: &[Option<u32>]) -> Vec<(Outcome, Told)> {
    let launches = summary.launches.iter().zip(numbers);
    let ended = launches.filter_map(|(launch, number)| {
        let mut ended = LiveSet::default();
        ended.insert((*number)? as usize);
        Some((launch.ended_where?, Told::Ended(ended)))
    });
    ended.collect()
}
