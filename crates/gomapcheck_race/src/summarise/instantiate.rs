//! A call of a function with a finished summary.

use std::cell::RefCell;

use gomapcheck_ir::{ChanDirection, ExprId};
use gomapcheck_source::Name;
use gomapcheck_types::{FunctionRef, LocalRef, Type};

use crate::conflict::Operation;
use crate::domain::{Domain, Held, LiveSet, Locks, Place, Root, SharedList};
use crate::models::LaunchKind;
use crate::summarise::bind::Binding;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::{State, fresh};
use crate::summary::{
    Access, CallSite, CallStep, Launch, Multiplicity, Ownership, ParamCall, Reference, Signal, Summary,
    Thread, Value,
};

/// Accesses at the end of longer chains of calls are not handed on: no reader follows them.
const LONGEST_CHAIN: usize = 6;
/// Goroutines started at the end of longer chains of calls are not handed on: they belong to the callee, as its clients see it.
const LONGEST_WAY_TO_LAUNCH: usize = 4;
/// Launches of callees that a function knows at most.
const MOST_LAUNCHES: usize = 48;
/// What an access is known to follow at most: an object of a large program signals on dozens of channels, and a pair asks for
/// those of one goroutine.
const MOST_SIGNALS: usize = 8;
/// How deep function values are followed through function values.
const DEEPEST: usize = 6;

/// Stands for a channel of a callee that cannot be named here: whoever has its other end may open it.
fn unseen_channel() -> Place {
    Place::root(Root::External(Name::new("chan"), Name::new("unseen")))
}

/// Whether a function that the callee returns has captured the variable: what that does with it is not followed.
fn is_captured(binding: &Binding<'_>, variable: &Place) -> bool {
    binding.summary.behind_results.iter().any(|(object, way)| *object == variable.root && way.root == *object)
}

fn is_rooted_at(value: &Value, root: Root) -> bool {
    matches!(value, Value::Reference(reference) if reference.place.root == root)
}

impl Interpreter<'_> {
    /// Calls `f` in the goroutine `thread` of this function. Gives its results.
    pub(super) fn apply(
        &mut self,
        state: &mut State,
        f: FunctionRef,
        parameters: &[Value],
        captures: &[(LocalRef, Value)],
        (call, thread, dynamic): (ExprId, Thread, bool),
    ) -> Vec<Value> {
        if f.file == self.file && self.encloses(f) {
            self.performed.insert(f.function);
        }
        if self.following.len() >= DEEPEST || self.following.contains(&f) {
            return Vec::new();
        }
        let empty = Summary::default();
        let summary = self.summary(f).unwrap_or(&empty);
        let binding = Binding {
            callee: f,
            summary,
            parameters,
            captures,
            call,
            is_launched: thread != Thread::Caller,
            translated: RefCell::default(),
        };
        self.following.push(f);
        self.record_call(state, &binding, thread, dynamic);
        self.take_accesses(state, &binding, &summary.accesses, thread);
        self.take_calls(state, &binding, thread);
        self.take_param_calls(state, &binding, thread);
        if thread == Thread::Caller {
            self.take_launches(state, &binding);
            self.take_effects(state, &binding, dynamic);
        } else {
            self.take_nested_launches(state, &binding, thread);
        }
        self.following.pop();
        self.results_of(state, &binding)
    }

    fn results_of(&mut self, state: &mut State, binding: &Binding<'_>) -> Vec<Value> {
        let mut results = Vec::with_capacity(binding.summary.results.len());
        for (value, ownership) in binding.summary.results.iter().zip(&binding.summary.result_ownership) {
            let value = self.resolve_value(state, binding, value);
            if let Value::Reference(reference) = &value
                && reference.place.root == fresh(binding.call)
            {
                match ownership {
                    Ownership::Owned => state.make_fresh(reference.place.root),
                    _ => state.publish(reference.place.root),
                }
            }
            if let Value::Function(function) = &value
                && function.captures.iter().any(|(_, captured)| is_rooted_at(captured, fresh(binding.call)))
                && !state.is_lent(fresh(binding.call))
            {
                state.make_fresh(fresh(binding.call));
            }
            results.push(value);
        }
        results
    }

    fn record_call(&mut self, state: &State, binding: &Binding<'_>, thread: Thread, dynamic: bool) {
        let is_silent = self.summary(binding.callee).is_some_and(Summary::is_silent);
        if is_silent || self.encloses(binding.callee) {
            return;
        }
        let locks = match thread {
            Thread::Caller => Self::locks_for_callee(&state.locks, binding.parameters),
            Thread::Launched(_) => Locks::default(),
        };
        let arguments = binding
            .parameters
            .iter()
            .map(|value| match value {
                // Whoever else knows an object made here has it from here: helpers that set it up need no lock.
                Value::Reference(reference)
                    if thread == Thread::Caller && state.is_made(reference.place.root) =>
                {
                    Ownership::Owned
                }
                Value::Reference(reference) => self.ownership(state, &reference.place),
                _ => Ownership::Shared,
            })
            .collect();
        let place = |value: &Value| match value {
            Value::Reference(reference) => Some(reference.place.clone()),
            _ => None,
        };
        let places =
            if self.is_literal() { binding.parameters.iter().map(place).collect() } else { Vec::new() };
        self.recorder.call(CallSite {
            location: self.location(self.ir.span(binding.call)),
            callee: binding.callee,
            locks,
            arguments,
            argument_places: places,
            thread,
            live: state.live,
            dynamic: dynamic || self.guessing,
        });
    }

    /// The callee's accesses are this function's as well, under the locks held here.
    fn take_accesses(&mut self, state: &State, binding: &Binding<'_>, accesses: &[Access], thread: Thread) {
        // What each goroutine makes for itself is no object of this function, even if it is returned to nobody.
        let is_made_there = |place: &Place| match place.root {
            Root::Fresh(_) => true,
            Root::Local(local) => {
                binding.callee.file == local.file
                    && self.program.ir(local.file).local(local.local).function == binding.callee.function
            }
            _ => false,
        };
        for access in accesses {
            if thread != Thread::Caller && access.place.as_ref().is_some_and(is_made_there) {
                continue;
            }
            if let Some(mine) = self.translate(state, binding, access, thread) {
                self.record(mine);
            }
        }
    }

    /// Records an access, and claims it as a site of this function if no other has.
    fn record(&mut self, mut access: Access) {
        let site = self.is_site(&access);
        access.unclaimed &= self.is_literal() || !Self::is_declared(&access.key);
        self.recorder.access(access, site);
    }

    /// Whether guards are told from an access here: it is no other function's, and others can reach the map.
    fn is_site(&self, access: &Access) -> bool {
        access.unclaimed
            && !self.is_literal()
            && (self.once == 0 || access.stored)
            && access.ownership != Ownership::Owned
            && Self::is_declared(&access.key)
    }

    fn translate(
        &self,
        state: &State,
        binding: &Binding<'_>,
        access: &Access,
        thread: Thread,
    ) -> Option<Access> {
        self.step();
        let place = access.place.as_ref()?;
        if access.calls.len() >= LONGEST_CHAIN {
            return None;
        }
        let (place, key) = self.resolve_keyed(state, binding, Some(place), &access.key);
        let (place, key) = (place?, key?);
        let locks = binding.locks(&access.locks, || self.resolve_locks(state, binding, &access.locks));
        let ownership = self.ownership(state, &place);
        // Whatever runs already cannot know an object that the callee makes.
        let is_made_there = place.root == fresh(binding.call)
            && access.place.as_ref().is_some_and(|p| matches!(p.root, Root::Fresh(_) | Root::Local(_)));
        let mut gates: SharedList<Place> = access
            .gates
            .iter()
            .filter_map(|gate| match self.resolve(state, binding, gate) {
                Value::Reference(reference) if !is_captured(binding, gate) => Some(reference.place),
                _ => self.is_channel_of_its_own(gate).then(unseen_channel),
            })
            .collect();
        let mut after =
            binding.signals(&access.after, || self.resolve_signals(state, binding, &access.after));
        if thread == Thread::Caller {
            add_signals(&mut after, &state.signals);
            gates.add_all(&state.gates);
        }
        Some(Access {
            key,
            ownership: match thread {
                Thread::Launched(_) if ownership == Ownership::Owned => Ownership::Shared,
                _ => ownership,
            },
            operation: access.operation,
            location: access.location,
            function: access.function,
            operand: access.operand,
            // A literal that was stored runs when this call is long over.
            locks: if thread == Thread::Caller && !access.stored {
                Self::with_callers_locks(state, locks, access)
            } else {
                self.with_launchers_locks(locks)
            },
            calls: self.longer_chain(binding, &access.calls),
            thread,
            live: if thread == Thread::Caller && !is_made_there { state.live } else { LiveSet::default() },
            after,
            after_signal: false,
            released: access.released.clone(),
            stored: access.stored || self.following_stored,
            unclaimed: access.unclaimed && !(thread == Thread::Caller && state.is_made(place.root)),
            gates,
            place: Some(place),
        })
    }

    /// Whether a gate is a channel variable that can be sent on: a timer's channel, which opens by itself, cannot.
    fn is_channel_of_its_own(&self, gate: &Place) -> bool {
        let Root::Local(local) = gate.root else { return false };
        let ty = self.shape(self.program.local_type(local.file, local.local));
        gate.path.is_empty() && matches!(ty, Type::Chan(ChanDirection::Both, _))
    }

    /// The locks held at the call are held at the access, save those that the callee releases before it.
    fn with_callers_locks(state: &State, mut locks: Locks, access: &Access) -> Locks {
        if locks.perhaps.is_empty() && access.released.is_empty() {
            return state.locks.clone();
        }
        for held in state.locks.surely.iter() {
            if !access.released.contains(&held.lock.key) {
                locks.surely.acquire(held.clone());
            }
        }
        for held in state.locks.perhaps.iter() {
            locks.perhaps.acquire(held.clone());
        }
        locks
    }

    /// The locks that a callee holds around a function value that it launches are held inside.
    fn with_launchers_locks(&self, locks: Locks) -> Locks {
        if self.launchers_locks.is_empty() {
            return locks;
        }
        Locks {
            surely: locks.surely.union(&self.launchers_locks),
            perhaps: locks.perhaps.union(&self.launchers_locks),
        }
    }

    fn longer_chain(&self, binding: &Binding<'_>, calls: &SharedList<CallStep>) -> SharedList<CallStep> {
        if self.encloses(binding.callee) {
            return calls.clone();
        }
        binding.chain(calls, || {
            let location = self.location(self.ir.span(binding.call));
            let step = CallStep { location, callee: binding.callee };
            std::iter::once(step).chain(calls.iter().copied()).collect()
        })
    }

    /// The calls that a literal makes are made by the function around it.
    fn take_calls(&mut self, state: &State, binding: &Binding<'_>, thread: Thread) {
        if !self.encloses(binding.callee) {
            return;
        }
        for call in &binding.summary.calls {
            let places: Vec<Option<Place>> = call
                .argument_places
                .iter()
                .map(|place| match self.resolve(state, binding, place.as_ref()?) {
                    Value::Reference(reference) => Some(reference.place),
                    _ => None,
                })
                .collect();
            let arguments = places
                .iter()
                .zip(&call.arguments)
                .map(|(place, inner)| match (place, inner, thread) {
                    (Some(place), _, Thread::Caller) => self.ownership(state, place),
                    (None, Ownership::Owned, _) => Ownership::Owned,
                    _ => Ownership::Shared,
                })
                .collect();
            let mut locks = call.locks.clone();
            if thread == Thread::Caller && call.thread == Thread::Caller {
                for held in state.locks.surely.iter() {
                    let lock = crate::domain::Lock { place: None, key: held.lock.key.clone() }.into();
                    locks.acquire(Held { lock, ..held.clone() });
                }
            }
            let thread = if call.thread == Thread::Caller { thread } else { Thread::Launched(u32::MAX) };
            self.recorder.call(CallSite {
                locks,
                arguments,
                argument_places: places,
                thread,
                live: state.live,
                ..call.clone()
            });
        }
    }

    /// The function values that the callee calls are known here, or are passed on.
    fn take_param_calls(&mut self, state: &mut State, binding: &Binding<'_>, thread: Thread) {
        let mut joined: Vec<(u32, usize)> = Vec::new();
        for call in &binding.summary.param_calls {
            if call.calls.len() >= LONGEST_CHAIN {
                continue;
            }
            let value = self.resolve(state, binding, &call.place);
            let arguments: Vec<Value> =
                call.arguments.iter().map(|value| self.resolve_value(state, binding, value)).collect();
            let locks = binding.locks(&call.locks, || self.resolve_locks(state, binding, &call.locks));
            match value {
                Value::Function(function) => {
                    if let (Some((kind, multiplicity, signals)), Thread::Caller) = (&call.launch, thread) {
                        let signals = self.resolve_signals(state, binding, signals);
                        let many = !matches!(multiplicity, Multiplicity::One);
                        let start = crate::summarise::launch::Start {
                            kind: *kind,
                            many,
                            signals,
                            deferred: false,
                            call: binding.call,
                            location: self.location(self.ir.span(binding.call)),
                        };
                        let before = state.live;
                        let held = std::mem::replace(&mut self.launchers_locks, locks.surely);
                        self.launch_value(state, &start, &function, &arguments);
                        self.launchers_locks = held;
                        if call.joined {
                            self.note_beside(call, (before, state.live), &mut joined);
                            state.live = before;
                        }
                    } else {
                        let before = state.locks.clone();
                        if thread == Thread::Caller {
                            locks.surely.iter().for_each(|held| state.locks.acquire(held.clone()));
                        }
                        self.call_value(state, &function, &arguments, (binding.call, thread));
                        state.locks = before;
                    }
                }
                Value::Reference(reference) if self.is_callers(&reference.place) => {
                    let mut locks = locks;
                    if thread == Thread::Caller && call.launch.is_none() {
                        state.locks.surely.iter().for_each(|held| locks.acquire(held.clone()));
                    }
                    let signals = call.launch.as_ref().map(|(kind, multiplicity, signals)| {
                        (*kind, *multiplicity, self.resolve_signals(state, binding, signals))
                    });
                    let signals = signals.or_else(|| self.launch_around(thread));
                    self.recorder.param_call(
                        ParamCall {
                            place: reference.place,
                            location: call.location,
                            locks,
                            launch: signals,
                            joined: call.joined,
                            among: None,
                            arguments,
                            calls: self.longer_chain(binding, &call.calls),
                        },
                        thread,
                    );
                }
                _ => {}
            }
        }
    }

    /// The goroutines that a callee starts and joins run beside each other, as far as it lets them.
    fn note_beside(
        &mut self,
        call: &ParamCall,
        (before, after): (LiveSet, LiveSet),
        joined: &mut Vec<(u32, usize)>,
    ) {
        let Some((number, others)) = call.among else { return };
        let is_new = |n: &usize| after.contains(*n) && !before.contains(*n);
        let Some(mine) = (0..self.recorder.launches.len()).find(is_new) else { return };
        let beside = joined.iter().filter(|(other, _)| others.contains(*other as usize));
        beside.for_each(|(_, other)| self.recorder.launches[mine].live.insert(*other));
        joined.push((number, mine));
    }

    /// The launch on whose goroutine a function value of the callers is called.
    fn launch_around(&self, thread: Thread) -> Option<(LaunchKind, Multiplicity, SharedList<Signal>)> {
        let Thread::Launched(n) = thread else { return None };
        let launch = self.recorder.launches.get(n as usize)?;
        let many = launch.multiplicity != Multiplicity::One || !self.loops.is_empty();
        let multiplicity = if many { Multiplicity::Many } else { Multiplicity::One };
        Some((launch.kind, multiplicity, launch.signals.clone()))
    }

    /// Whether a place is for the callers to resolve.
    pub(super) fn is_callers(&self, place: &Place) -> bool {
        match place.root {
            Root::Param(_) => true,
            Root::Local(local) => !self.is_own(local),
            _ => false,
        }
    }

    /// The goroutines that the callee leaves running.
    fn take_launches(&mut self, state: &mut State, binding: &Binding<'_>) {
        self.take_launches_of(state, binding, |launch| launch.outlives || launch.deferred_start);
    }

    /// What a launched function launches runs beside it.
    fn take_nested_launches(&mut self, state: &mut State, binding: &Binding<'_>, _thread: Thread) {
        self.take_launches_of(state, binding, |_| true);
    }

    fn take_launches_of(
        &mut self,
        state: &mut State,
        binding: &Binding<'_>,
        wanted: impl Fn(&Launch) -> bool,
    ) {
        for (ordinal, launch) in binding.summary.launches.iter().enumerate() {
            let too_many = self.recorder.launches.len() >= MOST_LAUNCHES;
            if !wanted(launch) || too_many || launch.calls.len() >= LONGEST_WAY_TO_LAUNCH {
                continue;
            }
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
                waits: self.resolve_signals(state, binding, &launch.waits),
                calls: self.longer_chain(binding, &launch.calls),
                accesses: Vec::new(),
                live: state.live,
                outlives: false,
                deferred_start: launch.deferred_start,
                one_at_a_time: launch.one_at_a_time,
            };
            let accesses: Vec<Access> = launch
                .accesses
                .iter()
                .filter_map(|access| {
                    let mine = self.translate(state, binding, access, Thread::Launched(0))?;
                    Some(Access { calls: access.calls.clone(), ..mine })
                })
                .collect();
            // A goroutine that touches nothing with a name here cannot meet anything here.
            if accesses.is_empty() {
                continue;
            }
            let n = self.recorder.launch(u32::try_from(ordinal).unwrap_or(u32::MAX), mine);
            state.live.insert(n as usize);
            for access in accesses {
                if let Some(place) = &access.place {
                    state.lend(place.root, n as usize);
                }
                self.record(Access { thread: Thread::Launched(n), ..access });
            }
        }
    }

    fn take_effects(&mut self, state: &mut State, binding: &Binding<'_>, dynamic: bool) {
        let summary = binding.summary;
        for lock in &summary.effect.releases {
            let lock = self.resolve_lock(state, binding, lock);
            if dynamic {
                if lock.place.is_some() {
                    state.locks.surely.release(&lock);
                }
            } else {
                state.release(&lock);
            }
        }
        for lock in &summary.effect.perhaps_releases {
            let lock = self.resolve_lock(state, binding, lock);
            if lock.place.is_some() {
                state.locks.surely.release(&lock);
            }
        }
        for held in summary.effect.acquires.iter() {
            let lock = self.resolve_lock(state, binding, &held.lock);
            let held = Held { lock: lock.into(), ..held.clone() };
            if dynamic {
                state.locks.perhaps.acquire(held);
            } else {
                state.acquire(held);
            }
        }
        // A literal such as `lock := func() { if needed { s.mu.Lock() } }` is there to be called for its lock.
        let perhaps = summary.effect.perhaps_acquires.iter().filter(|_| self.encloses(binding.callee));
        for held in perhaps {
            let lock = self.resolve_lock(state, binding, &held.lock);
            state.locks.perhaps.acquire(Held { lock: lock.into(), ..held.clone() });
        }
        for signal in &self.resolve_signals(state, binding, &summary.signals) {
            state.signal(signal.clone());
        }
        for wait in &self.resolve_signals(state, binding, &summary.waits) {
            self.join_signal(state, wait);
        }
        for param in &summary.publishes {
            if let Some(value) = binding.parameters.get(*param as usize).cloned() {
                self.publish(state, &value);
            }
        }
        self.ended |= summary.never_returns && !dynamic;
    }

    /// Records an operation on a map here.
    pub(super) fn access(&mut self, state: &mut State, map: &Value, operand: ExprId, operation: Operation) {
        let Value::Reference(Reference { place, key: Some(key), .. }) = map else { return };
        let access = Access {
            place: Some(place.clone()),
            key: key.clone(),
            operation,
            location: self.location(self.ir.span(operand)),
            function: self.function,
            operand,
            locks: state.locks.clone(),
            calls: SharedList::EMPTY,
            thread: Thread::Caller,
            live: state.live,
            ownership: self.ownership(state, place),
            after: state.signals.clone(),
            after_signal: false,
            released: state.released.iter().map(|lock| lock.key.clone()).collect(),
            unclaimed: !state.is_made(place.root),
            stored: self.following_stored,
            gates: state.gates.clone(),
        };
        self.record(access);
    }

    /// Literals that were stored or handed to unknown functions run some time, under locks that nobody knows.
    pub(super) fn account_for_stored_literals(&mut self, state: &mut State) {
        for (literal, expr) in std::mem::take(&mut self.literals) {
            if self.performed.contains(&literal) {
                continue;
            }
            let literal = FunctionRef::new(self.file, literal);
            let mut later = state.clone();
            later.locks = Locks::default();
            let function = crate::summary::FunctionValue {
                target: crate::summary::FunctionTarget::Function(literal),
                receiver: Value::Unknown,
                captures: Vec::new(),
            };
            self.publish_captures(&mut later, &function, &mut Vec::new());
            later.forget_made();
            self.following_stored = true;
            self.apply(&mut later, literal, &[], &[], (expr, Thread::Caller, true));
            self.following_stored = false;
            state.live = state.live.join(&later.live);
        }
    }
}

/// Adds signals, as long as they are few.
fn add_signals(signals: &mut SharedList<Signal>, more: &SharedList<Signal>) {
    if signals.is_empty() && more.len() <= MOST_SIGNALS {
        *signals = more.clone();
    } else {
        let room = MOST_SIGNALS.saturating_sub(signals.len());
        let new: Vec<&Signal> = more.iter().filter(|signal| !signals.contains(signal)).take(room).collect();
        new.into_iter().for_each(|signal| signals.push(signal.clone()));
    }
}
