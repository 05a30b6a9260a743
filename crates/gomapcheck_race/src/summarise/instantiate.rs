//! A call of a function with a finished summary.

use gomapcheck_ir::{ExprId, ExprKind};
use gomapcheck_types::{FunctionRef, LocalRef};

use crate::conflict::Operation;
use crate::domain::{Held, Key, LiveSet, Locks, Place, Root, SharedList, Step};
use crate::summaries::{KeptSummary, nothing};
use crate::summarise::bind::{Binding, Translated};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::outcome::ended_by_outcome;
use crate::summarise::state::{State, fresh};
use crate::summarise::wait::own_group;
use crate::summary::{Access, CallSite, Manner, Ownership, Reference, Thread, Value, ValueCall};

/// How deep function values are followed through function values.
const DEEPEST: usize = 6;

fn is_rooted_at(value: &Value, root: Root) -> bool {
    matches!(value, Value::Reference(reference) if reference.place.root == root)
}

fn place_in(value: &Value) -> Option<&Place> {
    match value {
        Value::Reference(reference) => Some(&reference.place),
        _ => None,
    }
}

/// What was waited for here, as a callee names it that is given the objects at these places.
fn gates_for_callee<'p>(
    state: &State,
    arguments: impl Iterator<Item = Option<&'p Place>> + Clone,
) -> SharedList<Place> {
    let seen = |gate: &Place| {
        let mut behind = (0..).zip(arguments.clone()).filter_map(|(n, place)| Some((n, place?)));
        let (n, argument) = behind.find(|(_, argument)| argument.is_prefix_of(gate))?;
        let mut seen = Place::root(Root::Param(n));
        seen.path.extend_from_slice(&gate.path[argument.path.len()..]);
        Some(seen)
    };
    state.gates.iter().filter_map(seen).collect()
}

/// The locks that the function has released for whoever runs it.
fn released_by(state: &State) -> SharedList<Key> {
    state.released.iter().map(|lock| lock.key.clone()).collect()
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
        let known = self.kept_summary(f);
        if known.is_some_and(KeptSummary::is_nothing) {
            self.outcome.clear();
            return Vec::new();
        }
        let summary = known.map_or_else(|| nothing(), KeptSummary::get);
        let binding = Binding {
            callee: f,
            summary,
            parameters,
            captures,
            call,
            is_launched: thread != Thread::Caller,
            translated: Translated::default(),
        };
        let mut ended = Vec::new();
        self.following.push(f);
        if known.is_none() || !summary.is_silent() {
            self.record_call(state, &binding, thread, dynamic);
        }
        if thread == Thread::Caller {
            self.take_accesses(state, &binding, &[], thread);
            self.take_calls(state, &binding, thread);
            ended = self.take_param_calls(state, &binding, thread);
            // The goroutines that the callee leaves running.
            let numbers = self
                .take_launches(state, &binding, thread, |launch| launch.outlives || launch.deferred_start);
            ended.extend(ended_by_outcome(summary, &numbers));
            self.take_effects(state, &binding, dynamic);
        } else {
            // What a launched function launches runs beside it from then on.
            let numbers = self.take_launches(state, &binding, thread, |_| true);
            self.take_accesses(state, &binding, &numbers, thread);
            self.take_calls(state, &binding, thread);
            self.take_param_calls(state, &binding, thread);
        }
        self.following.pop();
        self.outcome = self.depending(state, &binding, ended);
        self.results_of(state, &binding)
    }

    fn results_of(&mut self, state: &mut State, binding: &Binding<'_>) -> Vec<Value> {
        let mut results = Vec::with_capacity(binding.summary.results.len());
        for (result, ownership) in binding.summary.results.iter().zip(&binding.summary.result_ownership) {
            let value = self.resolve_value(state, binding, result);
            if let Value::Reference(reference) = &value
                && reference.place.root == fresh(binding.call)
            {
                match ownership {
                    Ownership::Owned => state.make_by_callee(reference.place.root),
                    _ => state.publish(reference.place.root),
                }
                self.take_held(state, binding, result, &reference.place);
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

    /// The fields of a returned object refer to what the callee has put there.
    fn take_held(&self, state: &mut State, binding: &Binding<'_>, result: &Value, object: &Place) {
        let Value::Reference(made) = result else { return };
        let held = binding.summary.held_by_results.iter().filter(|(field, _)| field.root == made.place.root);
        for (field, value) in held {
            if let Some(field) = field.rebase(object) {
                let value = self.resolve_value(state, binding, value);
                state.set_field(field, value);
            }
        }
    }

    fn record_call(&mut self, state: &State, binding: &Binding<'_>, thread: Thread, dynamic: bool) {
        if self.encloses(binding.callee) {
            return;
        }
        let locks = match thread {
            Thread::Caller => Self::locks_for_callee(&state.locks, binding.parameters),
            Thread::Launched(_) => {
                let handed = self.launchers_locks.clone();
                Self::locks_for_callee(&Locks { perhaps: handed.clone(), surely: handed }, binding.parameters)
            }
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
        let place = |value: &Value| place_in(value).cloned();
        let is_behind_parameter = |value: &Value| {
            matches!(value, Value::Reference(Reference { place, .. })
                if matches!(place.root, Root::Param(_)) && !place.path.is_empty())
        };
        let places = if self.is_literal() || binding.parameters.iter().any(is_behind_parameter) {
            binding.parameters.iter().map(place).collect()
        } else {
            Vec::new()
        };
        let given = if thread == Thread::Caller { self.given(state, binding.parameters) } else { Vec::new() };
        self.recorder.call(CallSite {
            location: self.location(self.ir.span(binding.call)),
            callee: binding.callee,
            locks,
            arguments,
            argument_places: places,
            given: given.into(),
            thread,
            live: state.live,
            dynamic: dynamic || self.guessing,
            in_order: self.is_in_order(),
            stored: self.following_stored,
            constants: self.constants(binding.parameters),
            passed: state.all_passed(),
            gates: if thread == Thread::Caller {
                gates_for_callee(state, binding.parameters.iter().map(place_in))
            } else {
                SharedList::EMPTY
            },
            released: released_by(state),
        });
    }

    /// Whether what stands here is done once at most, and before what stands below it.
    fn is_in_order(&self) -> bool {
        self.loops.is_empty() && !self.is_leaving
    }

    /// The fields of arguments made here that refer to what was not.
    fn given(&self, state: &State, parameters: &[Value]) -> Vec<(Place, Option<Place>)> {
        let mut given = Vec::new();
        for (n, value) in (0..).zip(parameters) {
            let Value::Reference(Reference { place: Place { root, path, .. }, .. }) = value else { continue };
            let fields = state.fields_of(*root).filter(|_| path.is_empty());
            for (field, value) in fields {
                let Value::Reference(held) = value else { continue };
                let holder = match self.ownership(state, &held.place) {
                    _ if state.is_made(held.place.root) => continue,
                    Ownership::Owned => continue,
                    Ownership::OwnedIf(_) => Some(held.place.clone()),
                    Ownership::Shared => None,
                };
                given.push((Place { root: Root::Param(n), ..field.clone() }, holder));
            }
        }
        given
    }

    /// The callee's accesses are this function's as well, under the locks held here; `numbers` are those of its launches.
    fn take_accesses(
        &mut self,
        state: &State,
        binding: &Binding<'_>,
        numbers: &[Option<u32>],
        thread: Thread,
    ) {
        // What each goroutine makes for itself is no object of this function, even if it is returned to nobody.
        let is_made_there = |place: &Place| match place.root {
            Root::Fresh(_) => true,
            Root::Local(local) => {
                binding.callee.file == local.file
                    && self.program.ir(local.file).local(local.local).function == binding.callee.function
            }
            _ => false,
        };
        for access in &binding.summary.accesses {
            if thread != Thread::Caller && access.place.as_ref().is_some_and(is_made_there) {
                continue;
            }
            if let Some(mut mine) = self.translate(state, binding, access, thread) {
                if thread != Thread::Caller {
                    let is_known = !self.is_unordered;
                    mine.live = if is_known { access.live.renumbered(numbers) } else { LiveSet::ALL };
                }
                self.note_given(binding, access, &mine);
                self.record(mine);
            }
        }
    }

    /// Records an access, and claims it as a site of this function if no other has.
    pub(super) fn record(&mut self, mut access: Access) {
        // After a panic the function's other calls do not follow, or have not come to their end.
        if self.recovering > 0 && access.thread == Thread::Caller {
            return;
        }
        if access.key.is_cached() && !self.is_literal() {
            return;
        }
        let site = self.is_site(&access);
        access.unclaimed &= self.is_literal() || !Self::is_declared(&access.key);
        self.recorder.access(access, site);
    }

    /// Whether guards are told from an access here: it is no other function's, and others can reach the map.
    pub(super) fn is_site(&self, access: &Access) -> bool {
        access.unclaimed
            && !self.is_literal()
            && (self.once == 0 || access.stored.is_some())
            && access.ownership != Ownership::Owned
            && Self::is_declared(&access.key)
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
                .map(|place| self.resolve_place(state, binding, place.as_ref()?))
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
            let holder = |place: &Place| {
                let place = self.resolve_place(state, binding, place)?;
                matches!(self.ownership(state, &place), Ownership::OwnedIf(_)).then_some(place)
            };
            let given = call
                .given
                .iter()
                .map(|(field, held)| (field.clone(), held.as_ref().and_then(holder)))
                .collect();
            let mut locks = call.locks.clone();
            if call.thread == Thread::Caller {
                let around =
                    if thread == Thread::Caller { &state.locks.surely } else { &self.launchers_locks };
                for held in around.iter().filter(|held| !call.released.contains(&held.lock.key)) {
                    let lock = crate::domain::Lock { place: None, key: held.lock.key.clone() }.into();
                    locks.acquire(Held { lock, ..held.clone() });
                }
            }
            let mut gates = call.gates.clone();
            if thread == Thread::Caller && call.thread == Thread::Caller && call.stored.is_none() {
                gates.add_all(&gates_for_callee(state, places.iter().map(Option::as_ref)));
            }
            let thread = if call.thread == Thread::Caller { thread } else { Thread::Launched(u32::MAX) };
            self.recorder.call(CallSite {
                locks,
                gates,
                arguments,
                argument_places: places,
                given,
                thread,
                live: state.live,
                in_order: call.in_order && (self.is_in_order() || self.following_stored.is_some()),
                stored: call.stored.or(self.following_stored),
                passed: state.all_passed(),
                ..call.clone()
            });
        }
        for call in &binding.summary.value_calls {
            let mut locks = self.resolve_locks(state, binding, &call.locks);
            if thread == Thread::Caller && call.thread == Thread::Caller {
                state.locks.surely.iter().for_each(|held| locks.acquire(held.clone()));
            }
            let thread = if call.thread == Thread::Caller { thread } else { call.thread };
            let called = if call.thread == Thread::Caller && !call.called.is_same(&SharedList::EMPTY) {
                state.called.iter().chain(&call.called).cloned().collect()
            } else {
                state.called.clone()
            };
            self.recorder.value_call(ValueCall { key: call.key.clone(), locks, thread, called });
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
        for (param, group) in &summary.adds {
            let number = self.argument_of(binding, *param);
            if let (Some(group), Some(number)) = (self.resolve_place(state, binding, group), number) {
                self.add_to_group(state, &group, number);
            }
        }
        for wait in &self.resolve_waits(state, binding, &summary.waits) {
            self.join_signal(state, wait);
        }
        for group in &summary.passed {
            match self.resolve_place(state, binding, group) {
                Some(group) => state.pass(&group),
                None => state.pass(&own_group()),
            }
        }
        for param in &summary.publishes {
            if let Some(value) = binding.parameters.get(*param as usize).cloned() {
                self.publish(state, &value);
            }
        }
        for (param, field) in &summary.stored_in {
            let mut owner = field.clone();
            if let (Some(Step::Field(name)), Some(value)) =
                (owner.path.pop(), binding.parameters.get(*param as usize).cloned())
            {
                let owner = self.resolve(state, binding, &owner);
                self.store_argument(state, &owner, name, &value);
            }
        }
        for (param, key) in &summary.keeps {
            if let Some(value) = binding.parameters.get(*param as usize) {
                self.note_stored(value, Some(key), binding.call);
            }
        }
        for param in &summary.encodes {
            let value = binding.parameters.get(*param as usize);
            if let (Some(value), Some(expr)) = (value, self.argument_of(binding, *param)) {
                self.encode(state, value, expr);
            }
        }
        self.ended |= summary.never_returns && !dynamic;
    }

    /// The argument that a call gives for a parameter, if the call names the callee.
    fn argument_of(&self, binding: &Binding<'_>, param: u32) -> Option<ExprId> {
        let position = (param as usize).checked_sub(usize::from(self.has_receiver(binding.callee)))?;
        self.argument_exprs(binding.call).get(position).copied()
    }

    /// Records an operation on a map here.
    pub(super) fn access(&mut self, state: &State, map: &Value, operand: ExprId, operation: Operation) {
        self.access_as(state, map, (operand, Manner::Plain), operation);
    }

    /// The same; something else may become of the operand.
    pub(super) fn access_as(
        &mut self,
        state: &State,
        map: &Value,
        (operand, manner): (ExprId, Manner),
        operation: Operation,
    ) {
        let Value::Reference(Reference { place, key: Some(key), .. }) = map else { return };
        let access = Access {
            place: Some(state.remembered(place)),
            key: key.clone(),
            operation,
            location: self.location(self.ir.span(operand)),
            function: self.function,
            operand,
            locks: state.locks.clone(),
            calls: SharedList::EMPTY,
            thread: Thread::Caller,
            live: state.live_with(place.root),
            ownership: self.ownership(state, place),
            after: state.signals.clone(),
            after_signal: false,
            released: released_by(state),
            unclaimed: !state.is_made(place.root),
            stored: self.following_stored,
            fills: state.is_filling(place),
            is_kept: self.is_kept(),
            by_alias: manner != Manner::Whole
                && matches!(self.ir.kind(self.ir.unparen(operand)), ExprKind::Local(_)),
            manner,
            gates: state.gates.clone(),
            conditions: state.conditions.clone(),
            passed: state.passed.clone(),
        };
        self.note_cached(&access);
        self.record(access);
    }
}
