//! What a caller has from its callees: the functions that they call for it, and the goroutines that they leave running.

use gomapcheck_ir::ExprId;

use crate::domain::{Domain, LiveSet, Locks, Lockset, Place, Root, SharedList};
use crate::models::LaunchKind;
use crate::summarise::bind::Binding;
use crate::summarise::call::subtest_kind;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::outcome::Told;
use crate::summarise::state::State;
use crate::summarise::translate::LONGEST_CHAIN;
use crate::summary::{
    Access, FunctionTarget, FunctionValue, Launch, Multiplicity, Outcome, ParamCall, Signal, Thread, Value,
};

/// Goroutines started at the end of longer chains of calls are not handed on: they belong to the callee, as its clients see it.
const LONGEST_WAY_TO_LAUNCH: usize = 4;
/// Launches of callees that a function knows at most.
const MOST_LAUNCHES: usize = 48;

impl Interpreter<'_> {
    /// The function values that the callee calls are known here, or are passed on.
    /// Tells which of the goroutines are over where the callee's last result is so.
    pub(super) fn take_param_calls(
        &mut self,
        state: &mut State,
        binding: &Binding<'_>,
        thread: Thread,
    ) -> Vec<(Outcome, Told)> {
        let mut joined: Vec<(u32, usize)> = Vec::new();
        let mut ended = Vec::new();
        Self::name_lent_groups(binding);
        for call in &binding.summary.param_calls {
            if call.calls.len() >= LONGEST_CHAIN {
                continue;
            }
            let value = self.resolve(state, binding, &call.place);
            let arguments: Vec<Value> =
                call.arguments.iter().map(|value| self.resolve_value(state, binding, value)).collect();
            let gates = self.gates_at(state, binding, &call.gates, thread);
            let locks = binding.locks(&call.locks, || self.resolve_locks(state, binding, &call.locks));
            if let (Value::Reference(kept), true) = (&value, call.place.path.is_empty()) {
                let runs_here = thread == Thread::Caller && call.launch.is_none() && !call.stored;
                self.note_handed_on(state, kept, runs_here.then(|| locks.clone()));
            }
            match value {
                Value::Function(function) => {
                    if let (Some((kind, multiplicity, signals)), Thread::Caller) = (&call.launch, thread) {
                        let signals = self.resolve_signals(state, binding, signals);
                        let many = !matches!(multiplicity, Multiplicity::One);
                        let start = crate::summarise::launch::Start {
                            kind: *kind,
                            many,
                            signals,
                            deferred: *kind == subtest_kind(),
                            call: binding.call,
                            location: self.location(self.ir.span(binding.call)),
                        };
                        let before = state.live;
                        let held = std::mem::replace(&mut self.launchers_locks, locks.surely);
                        let passed = std::mem::replace(&mut self.launchers_gates, gates);
                        self.launch_value(state, &start, &function, &arguments);
                        self.launchers_gates = passed;
                        self.launchers_locks = held;
                        self.note_goroutine(call, (before, state.live));
                        if call.joined {
                            self.note_beside(call, (before, state.live), &mut joined);
                            state.live = before;
                        } else if let Some(outcome) = call.joined_where {
                            ended.push((outcome, Told::Ended(state.live.without(before))));
                        }
                    } else if call.stored {
                        self.call_kept(state, &function, &arguments, (binding.call, thread, locks));
                    } else {
                        let before = state.locks.clone();
                        let outside = self.launchers_locks.clone();
                        if thread == Thread::Caller {
                            locks.surely.iter().for_each(|held| state.locks.acquire(held.clone()));
                        } else {
                            self.launchers_locks = outside.union(&locks.surely);
                        }
                        let unordered = std::mem::replace(&mut self.is_unordered, thread != Thread::Caller);
                        let passed = self.launchers_gates.clone();
                        let mut here = state.gates.clone();
                        if thread == Thread::Caller {
                            state.gates.add_all(&gates);
                        } else {
                            self.launchers_gates = gates.clone();
                        }
                        self.call_value(state, &function, &arguments, (binding.call, thread));
                        self.launchers_gates = passed;
                        if thread == Thread::Caller {
                            let gained = state.gates.iter().filter(|gate| !gates.contains(gate));
                            gained.for_each(|gate| here.add(gate));
                            state.gates = here;
                        }
                        self.is_unordered = unordered;
                        self.launchers_locks = outside;
                        state.locks = before;
                    }
                }
                Value::Reference(reference) if self.is_callers(&reference.place) => {
                    let mut locks = locks;
                    if thread == Thread::Caller && call.launch.is_none() && !self.is_kept() {
                        state.locks.surely.iter().for_each(|held| locks.acquire(held.clone()));
                    }
                    let signals = call.launch.as_ref().map(|(kind, multiplicity, signals)| {
                        (*kind, *multiplicity, self.resolve_signals(state, binding, signals))
                    });
                    let signals = signals.or_else(|| self.launch_around(thread));
                    self.lend_groups(state, &arguments);
                    self.recorder.param_call(
                        ParamCall {
                            place: reference.place,
                            location: call.location,
                            locks,
                            gates,
                            launch: signals,
                            joined: call.joined,
                            joined_where: call.joined_where,
                            among: None,
                            arguments,
                            calls: self.longer_chain(binding, &call.calls),
                            stored: call.stored || self.is_kept(),
                        },
                        thread,
                    );
                }
                _ => {}
            }
        }
        ended
    }

    /// What a callee has waited for, with what was waited for here, in the goroutine of a thread.
    fn gates_at(
        &self,
        state: &State,
        binding: &Binding<'_>,
        gates: &SharedList<Place>,
        thread: Thread,
    ) -> SharedList<Place> {
        let mut all = match thread {
            Thread::Caller => self.gates_before_loops(state),
            Thread::Launched(_) => self.launchers_gates.clone(),
        };
        if !gates.is_empty() {
            all.add_all(&self.resolve_places(state, binding, gates));
        }
        all
    }

    /// What was waited for once: whoever receives in a loop works on what comes.
    pub(super) fn gates_before_loops(&self, state: &State) -> SharedList<Place> {
        if self.loops.is_empty() { state.gates.clone() } else { self.before_loops.clone() }
    }

    /// Calls a function some other time, under those locks alone: a callee keeps it, or hands it to someone who does.
    fn call_kept(
        &mut self,
        state: &mut State,
        function: &FunctionValue,
        arguments: &[Value],
        (call, thread, locks): (ExprId, Thread, Locks),
    ) {
        let FunctionTarget::Function(f) = function.target else { return };
        let mut later = state.clone();
        later.locks = locks;
        let outside = std::mem::take(&mut self.launchers_locks);
        // What calls it then is not all that does.
        let guessed = std::mem::replace(&mut self.guessing, true);
        let unordered = std::mem::replace(&mut self.is_unordered, thread != Thread::Caller);
        let stored = self.following_stored.replace(self.following_stored.unwrap_or(f));
        self.call_value(&mut later, function, arguments, (call, thread));
        self.following_stored = stored;
        self.is_unordered = unordered;
        self.guessing = guessed;
        self.launchers_locks = outside;
        self.ended = false;
        state.take_launches(later);
    }

    /// What has been launched for a function that a callee was given runs on a goroutine of the callee's.
    fn note_goroutine(&mut self, call: &ParamCall, (before, after): (LiveSet, LiveSet)) {
        let Some((number, _)) = call.among else { return };
        for (n, launch) in self.recorder.launches.iter_mut().enumerate() {
            if after.contains(n) && !before.contains(n) {
                launch.goroutine = Some(number);
            }
        }
    }

    /// The goroutines that a callee starts and joins run beside each other, as far as it lets them.
    pub(super) fn note_beside(
        &mut self,
        call: &ParamCall,
        (before, after): (LiveSet, LiveSet),
        joined: &mut Vec<(u32, usize)>,
    ) {
        let Some((number, others)) = call.among else { return };
        let is_new = |n: &usize| after.contains(*n) && !before.contains(*n);
        let Some(mine) = (0..self.recorder.launches.len()).find(is_new) else { return };
        for (_, other) in joined.iter().filter(|(other, _)| others.contains(*other as usize)) {
            self.recorder.launches[mine].live.insert(*other);
            // A function that the callee starts in two places is one launch here.
            if *other == mine {
                self.recorder.launches[mine].multiplicity = Multiplicity::Many;
            }
        }
        joined.push((number, mine));
    }

    /// The launch on whose goroutine a function value of the callers is called.
    pub(super) fn launch_around(
        &self,
        thread: Thread,
    ) -> Option<(LaunchKind, Multiplicity, SharedList<Signal>)> {
        let Thread::Launched(n) = thread else { return None };
        let launch = self.recorder.launches.get(n as usize)?;
        // Whether a loop repeats it is known when the function is done.
        Some((launch.kind, launch.multiplicity, launch.signals.clone()))
    }

    /// Whether a place is for the callers to resolve.
    pub(super) fn is_callers(&self, place: &Place) -> bool {
        match place.root {
            Root::Param(_) => true,
            Root::Local(local) => !self.is_own(local),
            _ => false,
        }
    }

    /// The launches on whose goroutine a thread runs, and those that have started it.
    fn launches_around(&self, thread: Thread) -> LiveSet {
        let Thread::Launched(n) = thread else { return LiveSet::default() };
        let launch = self.recorder.launches.get(n as usize);
        let mut around = launch.map(|launch| launch.started_by).unwrap_or_default();
        around.insert(n as usize);
        around
    }

    /// Takes over those of the callee's goroutines that are wanted. Gives the numbers by which they are known here.
    pub(super) fn take_launches(
        &mut self,
        state: &mut State,
        binding: &Binding<'_>,
        thread: Thread,
        wanted: impl Fn(&Launch) -> bool,
    ) -> Vec<Option<u32>> {
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(binding.summary.launches.len());
        let before = state.live;
        let around = self.launches_around(thread);
        let mut taken = Vec::new();
        let is_once = state.locks.surely.iter().any(|held| held.lock.key.is_once());
        for (ordinal, launch) in binding.summary.launches.iter().enumerate() {
            numbers.push(None);
            let too_many = self.recorder.launches.len() >= MOST_LAUNCHES;
            if !wanted(launch) || too_many || launch.calls.len() >= LONGEST_WAY_TO_LAUNCH {
                continue;
            }
            let Some(mut conditions) = self.resolve_conditions(binding, &launch.conditions) else { continue };
            conditions.add_all(&state.conditions);
            let mut passed = self.resolve_places(state, binding, &launch.passed);
            passed.add_all(&state.passed);
            let multiplicity = match launch.multiplicity {
                Multiplicity::Loop { start, end } if self.encloses(binding.callee) => {
                    Multiplicity::Loop { start, end }
                }
                Multiplicity::One => Multiplicity::One,
                _ => Multiplicity::Many,
            };
            let mine = Launch {
                location: launch.location,
                site: binding.call,
                kind: launch.kind,
                target: launch.target,
                multiplicity,
                signals: self.resolve_signals(state, binding, &launch.signals),
                waits: self.resolve_waits(state, binding, &launch.waits),
                calls: self.longer_chain(binding, &launch.calls),
                accesses: Vec::new(),
                live: before.join(&launch.live.renumbered(&numbers)),
                outlives: false,
                ended_where: None,
                around: Lockset::EMPTY,
                deferred_start: launch.deferred_start,
                one_at_a_time: launch.one_at_a_time || is_once,
                started_by: around.join(&launch.started_by.renumbered(&numbers)),
                conditions,
                passed,
                separate: self.resolve_places(state, binding, &launch.separate),
                goroutine: None,
                is_kept: launch.is_kept || self.is_kept(),
                part_of: match (thread, launch.part_of) {
                    (_, Some(outer)) => numbers.get(outer as usize).copied().flatten(),
                    (Thread::Launched(n), None) if !launch.outlives && !launch.deferred_start => Some(n),
                    _ => None,
                },
            };
            let accesses: Vec<Access> = launch
                .accesses
                .iter()
                .filter_map(|access| {
                    let mine = self.translate(state, binding, access, Thread::Launched(0))?;
                    Some(Access { calls: access.calls.clone(), live: access.live, ..mine })
                })
                .collect();
            // A goroutine that touches nothing with a name here cannot meet anything here; nor can it tell that others are over.
            let tells = !mine.waits.is_empty() && !mine.signals.is_empty();
            if accesses.is_empty() && !tells {
                continue;
            }
            let n = self.recorder.launch(u32::try_from(ordinal).unwrap_or(u32::MAX), mine);
            state.begin(n as usize, &[]);
            numbers[ordinal] = Some(n);
            taken.push((n, accesses));
        }
        for (n, accesses) in taken {
            for access in accesses {
                if let Some(place) = &access.place {
                    state.lend(place.root, n as usize);
                }
                let live = access.live.renumbered(&numbers);
                self.record(Access { thread: Thread::Launched(n), live, ..access });
            }
        }
        numbers
    }
}
