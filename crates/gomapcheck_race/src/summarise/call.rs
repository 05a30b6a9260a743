//! Calls that run now.

use gomapcheck_ir::{ExprId, ExprKind, LiteralKind, UnaryOp};
use gomapcheck_source::Name;
use gomapcheck_types::{Builtin, Callee, LocalRef, MethodTarget, Type};

use crate::conflict::{LockMode, Operation};
use crate::domain::{Choice, Held, Key, LiveSet, Lock, Locks, Place, Root};
use crate::models::{Effect, LaunchKind, MapEffect};
use crate::summarise::cached::is_cached;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::launch::Start;
use crate::summarise::prepare::{Prepared, Target};
use crate::summarise::registration::MOST_METHODS;
use crate::summarise::state::{State, fresh};
use crate::summary::{
    FunctionTarget, FunctionValue, GroupOperation, ParamCall, Reference, Signal, Thread, Value, ValueCall,
};

impl Interpreter<'_> {
    /// Evaluates a call for its first result.
    pub(super) fn call(&mut self, state: &mut State, call: ExprId) -> Value {
        self.call_results(state, call).into_iter().next().unwrap_or_default()
    }

    /// Evaluates a call for all its results.
    pub(super) fn call_results(&mut self, state: &mut State, call: ExprId) -> Vec<Value> {
        match self.prepare(state, call) {
            Some(prepared) => self.perform(state, &prepared),
            None => Vec::new(),
        }
    }

    /// Runs a prepared call on this goroutine.
    pub(super) fn perform(&mut self, state: &mut State, prepared: &Prepared) -> Vec<Value> {
        let told = std::mem::take(&mut self.outcome);
        match &prepared.target {
            Target::Unknown => {
                self.guess_arguments(state, prepared);
                self.launch_callbacks(state, prepared);
                Vec::new()
            }
            Target::Conversion(launch) => {
                if let Some(model) = launch {
                    self.launch_model(state, model, prepared);
                }
                prepared.arguments().to_vec()
            }
            Target::Builtin(builtin) => self.builtin(state, *builtin, prepared),
            Target::Lock(operation, lock) => {
                self.apply_lock(state, *operation, lock, prepared.call);
                Vec::new()
            }
            Target::Effect(Effect::Asserts(argument, holds)) => {
                self.believe_asserted(state, prepared.call, (*argument, *holds), told);
                Vec::new()
            }
            Target::Effect(effect) => self.effect(state, effect, prepared),
            Target::Functions { reached, is_method, dynamic } => {
                let parameters = prepared.parameters(*is_method);
                let mut results = Vec::new();
                for f in reached {
                    let dynamic = *dynamic;
                    results =
                        self.apply(state, *f, parameters, &[], (prepared.call, Thread::Caller, dynamic));
                }
                if reached.len() > 1 {
                    self.outcome.clear();
                    Vec::new()
                } else {
                    results
                }
            }
            Target::Value(function) => {
                self.call_value(state, function, prepared.arguments(), (prepared.call, Thread::Caller))
            }
            Target::Place(place, key) => {
                if let Some(key) = key.as_ref().filter(|key| Self::is_declared(key)) {
                    let (locks, called) = (state.locks.clone(), state.called.clone());
                    let thread = Thread::Caller;
                    self.recorder.value_call(ValueCall { key: key.clone(), locks, thread, called });
                    if self.is_plain_call(prepared.call) {
                        state.call_kept(key);
                    }
                }
                self.call_place(state, place, prepared);
                Vec::new()
            }
        }
    }

    /// Calls a function value in the goroutine `thread`.
    pub(super) fn call_value(
        &mut self,
        state: &mut State,
        function: &FunctionValue,
        arguments: &[Value],
        (call, thread): (ExprId, Thread),
    ) -> Vec<Value> {
        match &function.target {
            FunctionTarget::Lock(operation, lock) => {
                self.apply_lock(state, *operation, lock, call);
                Vec::new()
            }
            FunctionTarget::Group(GroupOperation::Done, group) => {
                state.signal(Signal::WaitGroup(group.clone()));
                Vec::new()
            }
            FunctionTarget::Group(GroupOperation::Wait, group) => {
                let group = Reference { place: group.clone(), key: None, copied: false };
                self.wait(state, &Value::Reference(group));
                Vec::new()
            }
            FunctionTarget::Function(f) => {
                let mut parameters = Vec::new();
                if self.has_receiver(*f) && function.receiver != Value::Unknown {
                    parameters.push(function.receiver.clone());
                }
                parameters.extend(arguments.iter().cloned());
                let captures: &[(LocalRef, Value)] = &function.captures;
                self.apply(state, *f, &parameters, captures, (call, thread, false))
            }
        }
    }

    /// A function value of which only the place is known is for the callers to resolve.
    fn call_place(&mut self, state: &mut State, place: &Place, prepared: &Prepared) {
        if self.is_callers(place) {
            if self.may_tell_end(prepared.call) {
                state.signal(Signal::Calls(place.clone()));
                state.waited(Signal::WaitsIn(place.clone()));
            }
            self.lend_groups(state, prepared.arguments());
            self.recorder.param_call(
                ParamCall {
                    place: place.clone(),
                    location: self.location(self.ir.span(prepared.call)),
                    locks: if self.is_kept() { Locks::default() } else { state.locks.clone() },
                    gates: self.gates_before_loops(state),
                    launch: None,
                    joined: false,
                    joined_where: None,
                    among: None,
                    arguments: prepared.arguments().to_vec(),
                    calls: crate::domain::SharedList::EMPTY,
                    stored: self.is_kept(),
                },
                Thread::Caller,
            );
        }
        self.guess_arguments(state, prepared);
    }

    /// What is not known may also keep the functions that it is given; the standard library's functions that do are in the tables.
    fn guess_arguments(&mut self, state: &mut State, prepared: &Prepared) {
        let keeps = !self.calls_standard_library(prepared.call);
        let before = std::mem::replace(&mut self.guessing, keeps);
        self.call_arguments(state, prepared);
        self.guessing = before;
    }

    /// An unknown function calls the functions that it is given, here and now: the guess that does least harm.
    fn call_arguments(&mut self, state: &mut State, prepared: &Prepared) {
        self.note_arguments_handed_on(state, prepared);
        for value in prepared.arguments() {
            if let Value::Function(function) = value {
                let mut inside = state.clone();
                self.call_value(&mut inside, function, &[], (prepared.call, Thread::Caller));
                self.ended = false;
                *state = std::mem::take(state).join(inside);
            }
        }
        self.call_interface_arguments(state, prepared);
    }

    /// A function of the standard library that takes an interface calls the methods of the object that it is given, here and
    /// now: `heap.Push(queue, x)`. Those that do so later are in the tables; of other libraries nothing is known.
    fn call_interface_arguments(&mut self, state: &mut State, prepared: &Prepared) {
        if !self.calls_standard_library(prepared.call) {
            return;
        }
        let ExprKind::Call { callee, .. } = self.ir.kind(prepared.call) else { return };
        let Type::Signature(signature) = self.shape(self.type_of(callee)) else { return };
        let exprs = self.argument_exprs(prepared.call);
        for ((value, expr), param) in prepared.arguments().iter().zip(exprs).zip(signature.params.iter()) {
            let Type::Interface(interface) = self.shape(*param) else { continue };
            let Some(named) = self.program.named(self.type_of(expr)) else { continue };
            let Value::Reference(reference) = value else { continue };
            if interface.methods.len() > MOST_METHODS {
                continue;
            }
            // It may keep the object as well.
            let mut inside = state.clone();
            inside.make_unknown(reference.place.root);
            for (name, _) in &interface.methods {
                let methods = self.program.methods_of(named);
                let Ok(at) = methods.binary_search_by(|(method, _)| method.cmp(name)) else { continue };
                let f = methods[at].1;
                if self.program.ir(f.file).function(f.function).body.is_some() {
                    let receiver = [value.clone()];
                    self.apply(&mut inside, f, &receiver, &[], (prepared.call, Thread::Caller, true));
                    self.ended = false;
                }
            }
        }
    }

    fn calls_standard_library(&self, call: ExprId) -> bool {
        let declared = match self.program.callee(self.file, call) {
            Callee::Function(f) => f,
            Callee::Method { selection, .. } => match selection.method {
                MethodTarget::Declared(f) => f,
                MethodTarget::External(package, ..) => return is_standard(package),
                MethodTarget::Interface(..) => return false,
            },
            Callee::ExternalFunction(package, _) => return is_standard(package),
            _ => return false,
        };
        self.program.package_of(declared.file).standard
    }

    /// Range over a function: the loop body is no function of its own here, but the iterator runs.
    pub(super) fn call_iterator(&mut self, state: &mut State, iterator: &Value, at: ExprId) {
        if let Value::Function(function) = iterator {
            let before = state.locks.clone();
            self.call_value(state, function, &[], (at, Thread::Caller));
            state.locks = before;
            self.ended = false;
        }
    }

    fn builtin(&mut self, state: &mut State, builtin: Builtin, prepared: &Prepared) -> Vec<Value> {
        let exprs = self.argument_exprs(prepared.call);
        let first = prepared.arguments().first().cloned().unwrap_or_default();
        // What something is deleted from is a map, whatever is known of its type.
        let is_map = (builtin == Builtin::Delete && is_cached(&first))
            || exprs.first().is_some_and(|expr| self.program.is_map(self.type_of(*expr)));
        match builtin {
            Builtin::Delete | Builtin::Clear | Builtin::Len if is_map => {
                let operation = match builtin {
                    Builtin::Delete => Operation::Delete,
                    Builtin::Clear => Operation::Clear,
                    _ => Operation::Length,
                };
                self.access(state, &first, exprs[0], operation);
                // What was taken out of a map and is not in it any more belongs to whoever has taken it.
                if let (Value::Reference(map), Builtin::Delete) = (&first, builtin)
                    && let Some(element) = Self::step_element(map, Choice::UNKNOWN)
                {
                    state.detach(&element.place, |local| Root::Local(self.local_ref(local)));
                }
                Vec::new()
            }
            Builtin::Make | Builtin::New => vec![self.allocated(state, prepared.call)],
            Builtin::Append => {
                let key = match &first {
                    Value::Reference(reference) => reference.key.as_ref().map(Key::element),
                    _ => None,
                };
                for (n, value) in prepared.arguments().iter().enumerate().skip(1) {
                    self.note_stored(value, key.as_ref(), prepared.call);
                    if let Value::Reference(list) = &first {
                        self.name_element(state, value, &list.place);
                    }
                    self.store_element(state, &first, value, exprs.get(n).copied());
                }
                vec![first]
            }
            Builtin::Close => {
                self.close_channel(state, &first);
                Vec::new()
            }
            Builtin::Panic => {
                self.ended = true;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// A fresh object, known by the expression that makes it.
    fn allocated(&self, state: &mut State, call: ExprId) -> Value {
        let root = fresh(call);
        state.make_fresh(root);
        let key =
            self.program.named(self.type_of(call)).map(|t| Key::owner(crate::domain::KeyOwner::Type(t)));
        Value::Reference(Reference { place: Place::root(root), key, copied: false })
    }

    fn effect(&mut self, state: &mut State, effect: &Effect, prepared: &Prepared) -> Vec<Value> {
        match effect {
            Effect::Lock(operation) => {
                if let Some(lock) = self.lock_of(prepared.receiver(), prepared.call) {
                    self.apply_lock(state, *operation, &lock, prepared.call);
                }
            }
            Effect::AssertsHeld(mode) => {
                if let Some(lock) = self.lock_of(prepared.receiver(), prepared.call) {
                    state.acquire(self.held(lock, *mode, prepared.call));
                }
            }
            Effect::Launch(model) => self.launch_model(state, model, prepared),
            Effect::WaitGroupDone => {
                if let Value::Reference(group) = prepared.receiver() {
                    state.signal(Signal::WaitGroup(group.place.clone()));
                }
            }
            Effect::Wait => self.wait(state, prepared.receiver()),
            Effect::OnceDo => self.once_do(state, prepared),
            Effect::OnceFunction => {
                let before = state.locks.clone();
                self.once += 1;
                self.call_arguments(state, prepared);
                self.once -= 1;
                state.locks = before;
                return vec![prepared.arguments().first().cloned().unwrap_or_default()];
            }
            Effect::NeverReturns => self.ended = true,
            Effect::FailsTest(maps) => {
                self.map_effects(state, maps, prepared);
                state.has_failed = true;
            }
            Effect::Maps(maps) => {
                self.map_effects(state, maps, prepared);
                self.call_decoders(state, maps, prepared);
                self.call_arguments(state, prepared);
            }
            Effect::Copies(maps) => {
                self.map_effects(state, maps, prepared);
                return vec![self.allocated(state, prepared.call)];
            }
            Effect::Fresh | Effect::Pool => return vec![self.allocated(state, prepared.call)],
            Effect::Returns(n) => {
                return vec![prepared.arguments().get(usize::from(*n)).cloned().unwrap_or_default()];
            }
            Effect::ParallelTest => self.parallel_test = true,
            Effect::Subtest => self.subtest(state, prepared),
            Effect::AtomicStore => prepared.arguments().iter().for_each(|value| self.publish(state, value)),
            Effect::CallsNow | Effect::Asserts(..) => self.call_arguments(state, prepared),
            Effect::Case => {
                let before = state.live;
                self.call_arguments(state, prepared);
                state.live = before.without(before.without(state.live));
            }
            Effect::Awaits => {
                self.call_arguments(state, prepared);
                let exprs = self.argument_exprs(prepared.call);
                for (expr, value) in exprs.iter().zip(prepared.arguments()) {
                    if matches!(self.shape(self.type_of(*expr)), Type::Chan(..)) {
                        self.receive(state, value, false);
                    }
                }
            }
            Effect::Flag(operation) => self.flag(state, *operation, prepared),
            Effect::AtomicLoad => return self.loaded(prepared).map(Value::Reference).into_iter().collect(),
            Effect::LoadElement => {
                prepared.arguments().iter().skip(1).for_each(|value| self.publish(state, value));
                return vec![self.loaded_element(prepared)];
            }
            Effect::Cached | Effect::CachedList | Effect::Field(_) => {
                return vec![self.cached_result(state, effect, prepared)];
            }
            Effect::ReadLocker => return vec![self.read_locker(prepared.receiver())],
            Effect::Limit => {
                let limit = self.argument_exprs(prepared.call).first().map(|limit| self.ir.kind(*limit));
                if let (Value::Reference(group), Some(ExprKind::Literal(LiteralKind::One))) =
                    (prepared.receiver(), limit)
                {
                    state.queue(&group.place);
                }
            }
            Effect::WaitGroupAdd => {
                let number = self.argument_exprs(prepared.call).first().copied();
                if let (Value::Reference(group), Some(number)) = (prepared.receiver(), number) {
                    self.expect_more(state, &group.place);
                    self.add_to_group(state, &group.place, number);
                }
            }
        }
        Vec::new()
    }

    /// Adds to a wait group: less than nothing says that something is over, and what a parameter tells the callers know.
    pub(super) fn add_to_group(&mut self, state: &mut State, group: &Place, number: ExprId) {
        match self.ir.kind(self.ir.unparen(number)) {
            ExprKind::Unary { op: UnaryOp::Negate, .. } => state.signal(Signal::WaitGroup(group.clone())),
            ExprKind::Local(local) if self.is_own(self.local_ref(local)) => {
                if let Some(param) = self.param_number(self.ir.local(local).kind) {
                    self.recorder.add_to_group(param, group);
                }
            }
            _ => {}
        }
    }

    fn map_effects(&mut self, state: &mut State, maps: &[MapEffect], prepared: &Prepared) {
        let exprs = self.argument_exprs(prepared.call);
        for effect in maps {
            let Some(argument) = effect.argument else {
                let receiver = prepared.receiver().clone();
                self.access(state, &receiver, prepared.call, effect.operation);
                continue;
            };
            let first = usize::from(argument);
            let count = if effect.and_following { exprs.len() } else { first + 1 };
            for (n, expr) in exprs.iter().enumerate().take(count).skip(first) {
                let ty = self.type_of(*expr);
                let is_map = self.program.is_map(ty)
                    || matches!(self.shape(ty), Type::Pointer(inner) if self.program.is_map(*inner));
                let Some(value) = prepared.arguments().get(n) else { continue };
                if is_map {
                    self.access(state, value, *expr, effect.operation);
                } else if effect.in_fields {
                    self.call_encoder(state, value, (*expr, prepared.call));
                    self.encode(state, value, *expr);
                }
            }
        }
    }

    /// `once.Do(f)`: f runs once, under the once as a lock; whoever has returned from a Do is ordered after it.
    fn once_do(&mut self, state: &mut State, prepared: &Prepared) {
        let key = Key::once();
        let place = match prepared.receiver() {
            Value::Reference(reference) => Some(reference.place.clone()),
            _ => None,
        };
        let lock = std::sync::Arc::new(Lock { place, key });
        let acquired = self.location(self.ir.span(prepared.call));
        state.acquire(Held { lock: lock.clone(), mode: LockMode::Write, aliased: false, acquired });
        self.once += 1;
        self.call_arguments(state, prepared);
        self.once -= 1;
        state.locks.release(&lock);
        state.acquire(Held { lock, mode: LockMode::Read, aliased: false, acquired });
    }

    /// `t.Run(name, f)`: f runs now, unless it asks to run in parallel; then it runs when this function has returned.
    fn subtest(&mut self, state: &mut State, prepared: &Prepared) {
        for value in prepared.arguments() {
            let Value::Function(function) = value else { continue };
            let FunctionTarget::Function(f) = function.target else { continue };
            let parallel = self.summary(f).is_some_and(|summary| summary.parallel_test);
            if parallel {
                let start = Start {
                    kind: subtest_kind(),
                    many: false,
                    signals: crate::domain::SharedList::EMPTY,
                    deferred: true,
                    call: prepared.call,
                    location: self.location(self.ir.span(prepared.call)),
                };
                self.launch_value(state, &start, function, &[]);
            } else {
                let before = state.live;
                self.call_value(state, function, &[], (prepared.call, Thread::Caller));
                self.ended = false;
                self.end_subtests(state, before);
            }
        }
    }

    /// A subtest has waited for its parallel ones when it is over.
    fn end_subtests(&mut self, state: &mut State, before: LiveSet) {
        let begun = state.live.without(before);
        for (n, launch) in self.recorder.launches.iter_mut().enumerate() {
            if begun.contains(n) && launch.kind == subtest_kind() {
                launch.deferred_start = false;
                state.live.remove(n);
            }
        }
    }
}

/// What runs a subtest that asks to run in parallel.
pub(super) fn subtest_kind() -> LaunchKind {
    LaunchKind::Test("parallel subtest".into())
}

/// Whether a package that is not at hand is one of the standard library, going by its import path.
fn is_standard(package: Name) -> bool {
    package.as_str().split('/').next().is_some_and(|first| !first.contains('.'))
}
