//! The operands of a call: evaluated where the call stands, also when it runs later (`defer`) or elsewhere (`go`).

use std::sync::Arc;

use gomapcheck_ir::{ExprId, ExprKind};
use gomapcheck_source::Name;
use gomapcheck_types::{Builtin, Callee, FunctionRef, MethodSelection, MethodTarget, TypeId, TypeRef};
use smallvec::{SmallVec, smallvec};

use crate::domain::{Key, Lock, Place};
use crate::models::{Effect, LaunchModel, LockOperation, lister_effect};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::order::{MOST_IMPLEMENTATIONS, function_of_variable};
use crate::summarise::state::State;
use crate::summary::{FunctionTarget, FunctionValue, Reference, Value};

/// A call whose operands are evaluated.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    pub(super) call: ExprId,
    pub(super) target: Target,
    /// The receiver, unknown where there is none, and the arguments behind it.
    operands: Vec<Value>,
}

/// What a call does, as far as it is known.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// Nothing is known: functions among the arguments count as called now.
    Unknown,
    /// The value goes through unchanged. A function becomes what servers run, where the type says so (`http.HandlerFunc(f)`).
    Conversion(Option<LaunchModel>),
    Builtin(Builtin),
    Lock(LockOperation, Lock),
    Effect(Effect),
    /// Functions of the analysed packages: one, or the few that an interface call can reach.
    Functions {
        reached: SmallVec<[FunctionRef; 1]>,
        is_method: bool,
        dynamic: bool,
    },
    Value(Arc<FunctionValue>),
    /// A function value of which only the place is known, and perhaps what declares that.
    Place(Place, Option<Key>),
}

impl Prepared {
    /// The object whose method is called, if any.
    pub(super) fn receiver(&self) -> &Value {
        self.operands.first().unwrap_or(&Value::Unknown)
    }

    /// The arguments, without the receiver.
    pub(super) fn arguments(&self) -> &[Value] {
        self.operands.get(1..).unwrap_or_default()
    }

    /// The arguments as the callee counts its parameters.
    pub(super) fn parameters(&self, is_method: bool) -> &[Value] {
        if is_method { &self.operands } else { self.arguments() }
    }
}

impl Interpreter<'_> {
    /// Evaluates callee and arguments; `None` when the expression is no call.
    pub(super) fn prepare(&mut self, state: &mut State, call: ExprId) -> Option<Prepared> {
        let call = self.ir.unparen(call);
        let ExprKind::Call { args, .. } = self.ir.kind(call) else {
            self.eval(state, call);
            return None;
        };
        let callee = self.program.callee(self.file, call);
        let (mut target, mut receiver) = self.target(state, &callee);
        if let Target::Unknown = target
            && let Some((effect, object)) = self.cache_call(state, call, &receiver)
        {
            (target, receiver) = (Target::Effect(effect), object);
        }
        if let ExprKind::Call { callee: expr, .. } = self.ir.kind(call)
            && let Some(effect) = self.function_name(&callee).and_then(|name| {
                crate::summarise::registration::registration(
                    self.program,
                    self.models,
                    (self.file, expr),
                    name,
                )
            })
        {
            target = Target::Effect(effect);
        }
        if let (Callee::Unknown, ExprKind::Call { callee: expr, .. }) = (&callee, self.ir.kind(call))
            && let ExprKind::Local(local) = self.ir.kind(self.ir.unparen(expr))
            && let Value::Function(function) = self.local_value(state, local)
        {
            // Its type is not at hand, but what it holds is.
            target = Target::Value(function);
        }
        let ir = self.ir;
        let args = ir.exprs_of(args);
        let mut operands = Vec::with_capacity(args.len() + 1);
        operands.push(receiver);
        operands.extend(args.iter().map(|arg| self.argument(state, *arg)));
        Some(Prepared { call, target, operands })
    }

    fn function_name(&self, callee: &Callee) -> Option<Name> {
        match callee {
            Callee::Function(f) => Some(self.program.ir(f.file).function(f.function).name),
            Callee::ExternalFunction(_, name) => Some(*name),
            _ => None,
        }
    }

    fn target(&mut self, state: &mut State, callee: &Callee) -> (Target, Value) {
        let target = match callee {
            Callee::Unknown => Target::Unknown,
            Callee::Conversion(ty) => self.conversion(*ty),
            Callee::Builtin(builtin) => Target::Builtin(*builtin),
            Callee::Function(f) => self.declared(*f, false),
            Callee::MethodExpression(f) => self.declared(*f, false),
            Callee::ExternalFunction(package, name) => match self.models.call(*package, None, *name) {
                Some(effect) => Target::Effect(*effect),
                // A type of a package that is not at hand looks like a function.
                None if self.models.is_function_adapter(*package, *name) => {
                    Target::Conversion(self.models.adapter_launch(*package, *name))
                }
                None => Target::Unknown,
            },
            Callee::Method { receiver, selection } => return self.method_target(state, *receiver, selection),
            Callee::Literal(literal) => Target::Value(Arc::new(FunctionValue {
                target: FunctionTarget::Function(FunctionRef::new(self.file, *literal)),
                receiver: Value::Unknown,
                captures: Vec::new(),
            })),
            Callee::Value(expr) => match self.eval(state, *expr) {
                Value::Function(function) => Target::Value(function),
                Value::Reference(reference) => self.variable_target(*expr, reference),
                Value::Unknown => Target::Unknown,
            },
        };
        (target, Value::Unknown)
    }

    /// A package-level variable calls what it is declared with, unless it has been given something else meanwhile.
    fn variable_target(&self, callee: ExprId, variable: Reference) -> Target {
        let resolution = self.program.resolution(self.file, self.ir.unparen(callee));
        let has_body = |f: &FunctionRef| self.program.ir(f.file).function(f.function).body.is_some();
        match function_of_variable(self.program, &resolution).filter(has_body) {
            Some(f) => Target::Functions { reached: smallvec![f], is_method: false, dynamic: true },
            None => Target::Place(variable.place, variable.key),
        }
    }

    fn conversion(&self, ty: TypeId) -> Target {
        let name = self.program.qualified_name(ty);
        Target::Conversion(name.and_then(|(package, name)| self.models.adapter_launch(package, name)))
    }

    fn declared(&self, f: FunctionRef, is_method: bool) -> Target {
        let function = self.program.ir(f.file).function(f.function);
        let has_body = function.body.is_some();
        if self.models.may_know(function.name) {
            let name = self.program.function_name(f);
            let effect = self.models.call(name.package, name.receiver, name.name);
            if let Some(effect) = effect.filter(|_| !has_body || !self.models.is_copy(name.package)) {
                return Target::Effect(*effect);
            }
        }
        if has_body {
            return Target::Functions { reached: smallvec![f], is_method, dynamic: false };
        }
        Target::Unknown
    }

    fn method_target(
        &mut self,
        state: &mut State,
        receiver: ExprId,
        selection: &MethodSelection,
    ) -> (Target, Value) {
        let base = self.eval(state, receiver);
        let base = self.object(state, base, receiver);
        let object = match self.embedded(&base, receiver, &selection.embedded) {
            Some((object, _)) => Value::Reference(object),
            None => Value::Unknown,
        };
        if let Some(operation) = self.lock_operation(&selection.method)
            && let Some(lock) = self.lock_of(&object, receiver)
        {
            return (Target::Lock(operation, lock), object);
        }
        let target = match selection.method {
            MethodTarget::Declared(f) => self.declared(f, true),
            MethodTarget::External(package, ty, name) => self
                .models
                .call(package, Some(ty), name)
                .copied()
                .or_else(|| lister_effect(package, ty, name))
                .map_or(Target::Unknown, Target::Effect),
            MethodTarget::Interface(Some(interface), name) => {
                let (package, ty) = self.program.type_name(interface);
                let effect = self.models.call(package, Some(ty), name).copied();
                match effect.or_else(|| lister_effect(package, ty, name)) {
                    Some(effect) => Target::Effect(effect),
                    None => self.implementations(receiver, interface, name),
                }
            }
            MethodTarget::Interface(None, _) => Target::Unknown,
        };
        (target, object)
    }

    fn implementations(&self, receiver: ExprId, interface: TypeRef, name: Name) -> Target {
        if let Some(reached) = self.dispatch.of(self.file, receiver) {
            return Target::Functions { reached: reached.into(), is_method: true, dynamic: true };
        }
        let reached = self.program.implementations_seen_from(self.file, interface, name);
        if reached.is_empty() || reached.len() > MOST_IMPLEMENTATIONS {
            return Target::Unknown;
        }
        Target::Functions { reached: reached.into_iter().collect(), is_method: true, dynamic: true }
    }

    /// The object that an expression denotes: where nothing is known, some object that others may know as well.
    pub(super) fn object(&self, state: &mut State, value: Value, expr: ExprId) -> Reference {
        match value {
            Value::Reference(reference) => reference,
            _ => {
                let root = crate::summarise::state::fresh(expr);
                state.publish(root);
                Reference { place: Place::root(root), key: None, copied: false }
            }
        }
    }

    /// Whether a call is `make(…)` or `new(…)`.
    pub(super) fn is_make(&self, call: ExprId) -> bool {
        matches!(self.program.callee(self.file, call), Callee::Builtin(Builtin::Make | Builtin::New))
    }
}
