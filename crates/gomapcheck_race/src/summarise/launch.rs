//! Goroutines: what starts them and what joins them.

use gomapcheck_ir::{ExprId, ExprKind};
use gomapcheck_source::Name;
use gomapcheck_types::{FunctionRef, Type, TypeId};

use crate::conflict::Location;
use crate::domain::{Held, Lock, Locks, Lockset, Place, SharedList};
use crate::models::{Joined, LaunchKind, LaunchModel};
use crate::summarise::bind::{Binding, Translated};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::prepare::{Prepared, Target};
use crate::summarise::registration::{interface_asked, served};
use crate::summarise::state::State;
use crate::summarise::wait::own_group;
use crate::summary::{
    FunctionTarget, FunctionValue, Launch, Multiplicity, ParamCall, Reference, Signal, Thread, Value,
    ValueCall,
};

/// What starts a goroutine.
pub(super) struct Start {
    pub(super) kind: LaunchKind,
    /// Whether it runs several times at once by its nature.
    pub(super) many: bool,
    /// What its end is known by, besides what it signals itself.
    pub(super) signals: SharedList<Signal>,
    /// Whether it begins only when this function has returned.
    pub(super) deferred: bool,
    pub(super) call: ExprId,
    pub(super) location: Location,
}

impl Interpreter<'_> {
    /// `go call`.
    pub(super) fn go(&mut self, state: &mut State, call: ExprId) {
        let Some(prepared) = self.prepare(state, call) else { return };
        let start = self.start(LaunchKind::Go, &prepared);
        self.launch_prepared(state, &start, &prepared);
    }

    pub(super) fn start(&self, kind: LaunchKind, prepared: &Prepared) -> Start {
        Start {
            kind,
            many: false,
            signals: SharedList::EMPTY,
            deferred: false,
            call: prepared.call,
            location: self.location(self.ir.span(prepared.call)),
        }
    }

    fn launch_prepared(&mut self, state: &mut State, start: &Start, prepared: &Prepared) {
        match &prepared.target {
            Target::Functions { reached, is_method, dynamic } => {
                let parameters = prepared.parameters(*is_method);
                for (ordinal, f) in reached.iter().enumerate() {
                    self.launch_function(state, start, *f, parameters, &[], (ordinal, *dynamic));
                }
            }
            Target::Value(function) => self.launch_value(state, start, function, prepared.arguments()),
            Target::Place(place, key) => {
                if let Some(key) = key.as_ref().filter(|key| Self::is_declared(key)) {
                    // The goroutine holds no lock.
                    let (locks, thread, called) = (Locks::default(), Thread::Caller, SharedList::EMPTY);
                    self.recorder.value_call(ValueCall { key: key.clone(), locks, thread, called });
                }
                self.launch_place(state, start, place, prepared.arguments());
            }
            Target::Effect(crate::models::Effect::Launch(model)) => self.launch_model(state, model, prepared),
            _ => {
                // `go wait.Until(worker, …)`: what is called there is called on the new goroutine.
                for value in prepared.arguments() {
                    if let Value::Function(function) = value {
                        self.launch_value(state, start, function, &[]);
                    }
                }
            }
        }
    }

    /// Launches a function value.
    pub(super) fn launch_value(
        &mut self,
        state: &mut State,
        start: &Start,
        function: &FunctionValue,
        arguments: &[Value],
    ) {
        let FunctionTarget::Function(f) = function.target else { return };
        let mut parameters = Vec::new();
        if self.has_receiver(f) {
            parameters.push(function.receiver.clone());
        }
        parameters.extend(arguments.iter().cloned());
        self.launch_function(state, start, f, &parameters, &function.captures, (0, false));
    }

    pub(super) fn has_receiver(&self, f: FunctionRef) -> bool {
        self.program.ir(f.file).function(f.function).receiver.is_some()
    }

    fn launch_function(
        &mut self,
        state: &mut State,
        start: &Start,
        f: FunctionRef,
        parameters: &[Value],
        captures: &[(gomapcheck_types::LocalRef, Value)],
        (ordinal, dynamic): (usize, bool),
    ) {
        let summary = self.summary(f);
        let (mut signals, mut waits) = (start.signals.clone(), SharedList::EMPTY);
        let mut handed = Lockset::default();
        if let Some(summary) = summary {
            let binding = Binding {
                callee: f,
                summary,
                parameters,
                captures,
                is_launched: true,
                call: start.call,
                translated: Translated::default(),
            };
            signals.add_all(&self.resolve_signals(state, &binding, &summary.signals));
            waits = self.resolve_waits(state, &binding, &summary.waits);
            handed = self.handed_over(state, &binding);
        }
        let is_once = state.locks.surely.iter().any(|held| held.lock.key.is_once());
        let is_queued =
            |signal: &Signal| matches!(signal, Signal::Group(group) if state.queues.contains(group));
        let one_at_a_time =
            is_once || signals.iter().any(|signal| is_awaited(state, signal) || is_queued(signal));
        let launch = Launch {
            location: start.location,
            site: start.call,
            kind: start.kind,
            target: Some(f),
            multiplicity: if start.many { Multiplicity::Many } else { Multiplicity::One },
            signals,
            waits,
            calls: SharedList::EMPTY,
            accesses: Vec::new(),
            live: state.live,
            outlives: false,
            ended_where: None,
            around: locks_kept(&state.locks.surely, &handed),
            deferred_start: start.deferred,
            one_at_a_time,
            conditions: state.conditions.clone(),
            passed: state.passed.clone(),
            separate: SharedList::EMPTY,
            goroutine: None,
            is_kept: self.is_kept(),
            part_of: None,
            started_by: crate::domain::LiveSet::default(),
        };
        let ordinal = f.function.index() * 4 + ordinal;
        let n = self.recorder.launch(u32::try_from(ordinal).unwrap_or(u32::MAX), launch);
        if let Some(flag) = state.locks.surely.iter().find(|held| held.lock.key.is_flag()) {
            self.recorder.started_under(n, &flag.lock);
        }
        let is_anew = state.live.contains(n as usize);
        let separate = state.begin(n as usize, parameters);
        if is_anew {
            self.recorder.started_anew(n, separate);
        }
        let mut reached = state.clone();
        parameters.iter().for_each(|value| self.publish(&mut reached, value));
        let target = FunctionTarget::Function(f);
        let function = FunctionValue { target, receiver: Value::Unknown, captures: captures.to_vec() };
        self.publish(&mut reached, &Value::Function(std::sync::Arc::new(function)));
        state.lend_published(&reached, n as usize);
        let stored = summary.iter().flat_map(|summary| summary.stored_in.iter().map(|(param, _)| param));
        for param in summary.iter().flat_map(|summary| &summary.publishes).chain(stored) {
            if let Some(value) = parameters.get(*param as usize) {
                self.publish(state, value);
            }
        }
        // What the body does to the state of this function it does some other time: only what it starts counts.
        let outside = self.launchers_locks.clone();
        self.launchers_locks = outside.union(&handed);
        let mut body_state = state.clone();
        let unordered = std::mem::replace(&mut self.is_unordered, false);
        self.apply(&mut body_state, f, parameters, captures, (start.call, Thread::Launched(n), dynamic));
        self.is_unordered = unordered;
        self.launchers_locks = outside;
        state.take_launches(body_state);
        handed.iter().for_each(|held| {
            state.locks.release(&held.lock);
        });
    }

    /// The locks that are taken here and given back by the goroutine that begins here.
    fn handed_over(&self, state: &State, binding: &Binding<'_>) -> Lockset {
        let releases = binding.summary.effect.releases.iter();
        let given_back: Vec<Lock> = releases.map(|lock| self.resolve_lock(state, binding, lock)).collect();
        let is_given_back = |held: &&Held| held.lock.place.is_some() && given_back.contains(&*held.lock);
        state.locks.surely.iter().filter(is_given_back).cloned().collect()
    }

    fn launch_place(&mut self, state: &mut State, start: &Start, place: &Place, arguments: &[Value]) {
        arguments.iter().for_each(|value| self.publish(state, value));
        if self.is_callers(place) {
            let multiplicity = if start.many { Multiplicity::Many } else { Multiplicity::One };
            // What it does only the callers know; whether it is joined shows here.
            let launch = Launch {
                location: start.location,
                site: start.call,
                kind: start.kind,
                target: None,
                multiplicity,
                one_at_a_time: false,
                signals: start.signals.clone(),
                waits: SharedList::EMPTY,
                calls: SharedList::EMPTY,
                accesses: Vec::new(),
                live: state.live,
                outlives: false,
                ended_where: None,
                around: Lockset::EMPTY,
                deferred_start: start.deferred,
                conditions: state.conditions.clone(),
                passed: state.passed.clone(),
                separate: SharedList::EMPTY,
                goroutine: None,
                is_kept: self.is_kept(),
                part_of: None,
                started_by: crate::domain::LiveSet::default(),
            };
            let number = self.recorder.launch(u32::MAX, launch);
            state.live.insert(number as usize);
            self.recorder.param_call(
                ParamCall {
                    place: place.clone(),
                    location: start.location,
                    locks: Locks::default(),
                    gates: SharedList::EMPTY,
                    launch: Some((start.kind, multiplicity, start.signals.clone())),
                    joined: false,
                    joined_where: None,
                    among: None,
                    arguments: arguments.to_vec(),
                    calls: SharedList::EMPTY,
                    stored: self.following_stored.is_some(),
                },
                Thread::Launched(number),
            );
        }
    }

    /// A call that launches its arguments, by the tables.
    pub(super) fn launch_model(&mut self, state: &mut State, model: &LaunchModel, prepared: &Prepared) {
        let mut start = self.start(model.kind, prepared);
        start.many = model.parallel;
        if let (Joined::ByReceiver, Value::Reference(receiver)) = (model.joined, prepared.receiver()) {
            start.signals = vec![Signal::Group(receiver.place.clone())].into();
        }
        let before = state.live;
        let args = self.argument_exprs(prepared.call);
        let first = usize::from(model.first_argument);
        let last = if model.single_argument { first + 1 } else { prepared.arguments().len() };
        for (i, value) in prepared.arguments().iter().enumerate().take(last).skip(first) {
            for function in self.functions_in(state, value, args.get(i).copied()) {
                if model.results {
                    for result in self.call_value(state, &function, &[], (prepared.call, Thread::Caller)) {
                        if let Value::Function(inner) = result {
                            self.launch_value(state, &start, &inner, &[]);
                        }
                    }
                } else {
                    self.launch_value(state, &start, &function, &[]);
                }
            }
            match value {
                Value::Reference(reference) if !matches!(value, Value::Function(_)) => {
                    if args
                        .get(i)
                        .is_some_and(|arg| matches!(self.shape(self.type_of(*arg)), Type::Signature(_)))
                    {
                        self.note_handed_on(state, reference, None);
                    }
                    self.launch_object(state, &start, model, reference, (i, args.get(i).copied()));
                    self.launch_place(state, &start, &reference.place, &[]);
                }
                _ => {}
            }
        }
        if model.joined == Joined::AtReturn {
            state.pass(&own_group());
            self.recorder.has_waited_for(state.live.without(before));
            state.live = before;
        }
    }

    /// A function that is stored in a field of a library's struct is run by the library: `http.Server.Handler`. Callbacks that
    /// run one after the other are launched where the struct is handed over.
    pub(super) fn launch_field(
        &mut self,
        state: &mut State,
        (owner, field): (TypeId, Name),
        value: &Value,
        at: ExprId,
    ) {
        let Value::Function(function) = value else { return };
        let Some((package, ty)) = self.program.qualified_name(owner) else { return };
        let Some(model) = self.models.field_launch(package, ty, field).filter(|model| model.parallel) else {
            return;
        };
        let start = Start {
            kind: model.kind,
            many: model.parallel,
            signals: SharedList::EMPTY,
            deferred: false,
            call: at,
            location: self.location(self.ir.span(at)),
        };
        self.launch_value(state, &start, function, &[]);
    }

    pub(super) fn argument_exprs(&self, call: ExprId) -> Vec<ExprId> {
        match self.ir.kind(call) {
            ExprKind::Call { args, .. } => self.ir.exprs_of(args).to_vec(),
            _ => Vec::new(),
        }
    }

    /// The function values that an argument hands over: itself, or the elements of a composite literal.
    pub(super) fn functions_in(
        &mut self,
        state: &mut State,
        value: &Value,
        expr: Option<ExprId>,
    ) -> Vec<std::sync::Arc<FunctionValue>> {
        if let Value::Function(function) = value {
            return vec![std::sync::Arc::clone(function)];
        }
        let Some(expr) = expr else { return Vec::new() };
        let mut inner = self.ir.unparen(expr);
        if let ExprKind::Unary { operand, .. } = self.ir.kind(inner) {
            inner = self.ir.unparen(operand);
        }
        let ExprKind::Composite { elements, .. } = self.ir.kind(inner) else { return Vec::new() };
        let mut functions = Vec::new();
        for element in self.ir.elements_of(elements) {
            let paused = self.recorder.pause();
            let value = self.eval(state, element.value);
            self.recorder.resume(paused);
            functions.extend(self.functions_in(state, &value, Some(element.value)));
        }
        functions
    }

    /// The methods of an object that a server runs.
    fn launch_object(
        &mut self,
        state: &mut State,
        start: &Start,
        model: &LaunchModel,
        reference: &Reference,
        (n, expr): (usize, Option<ExprId>),
    ) {
        let Some(ty) = expr.map(|expr| self.type_of(expr)) else { return };
        if matches!(self.shape(ty), Type::Interface(_)) {
            return;
        }
        let asked = match self.ir.kind(start.call) {
            ExprKind::Call { callee, .. } => interface_asked(self.program, (self.file, callee), n),
            _ => None,
        };
        for f in served(self.program, model, ty, asked) {
            let receiver = Value::Reference(reference.clone());
            self.launch_function(state, start, f, &[receiver], &[], (1, false));
        }
    }
}

/// The locks of a function that its goroutine does not give back. That a `sync.Once` is over, or a flag raised, is none.
fn locks_kept(held: &Lockset, handed: &Lockset) -> Lockset {
    let is_kept = |held: &&Held| {
        let key = &held.lock.key;
        !key.is_once() && !key.is_flag() && handed.mode_of(&held.lock).is_none()
    };
    if held.is_empty() { Lockset::EMPTY } else { held.iter().filter(is_kept).cloned().collect() }
}

/// Whether what is signalled has been waited for: `<-l.stopped; go l.run()`. A channel of the function's own may well hold
/// several tokens.
fn is_awaited(state: &State, signal: &Signal) -> bool {
    let place = signal.place();
    !place.path.is_empty() && state.gates.contains(place)
}
