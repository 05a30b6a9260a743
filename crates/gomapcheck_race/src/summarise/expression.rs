//! Expressions: what they refer to, and the map operations among them.

use std::sync::Arc;

use gomapcheck_ir::{BinaryOp, ElementList, ExprId, ExprKind, ExprList, FunctionId, UnaryOp, ValueKind};
use gomapcheck_types::{
    EmbeddedPath, FieldSelection, FunctionRef, MethodSelection, MethodTarget, Resolution, Type,
};

use crate::conflict::{LockMode, Operation};
use crate::domain::{Key, KeyOwner, Place, Root, Step};
use crate::models::LockOperation;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::semaphore::TakenBy;
use crate::summarise::state::{State, fresh};
use crate::summary::{FunctionTarget, FunctionValue, Reference, Value};

impl Interpreter<'_> {
    /// Evaluates an expression: records the map operations in it and gives what it refers to.
    pub(super) fn eval(&mut self, state: &mut State, expr: ExprId) -> Value {
        self.step();
        match self.ir.kind(expr) {
            ExprKind::Local(local) => self.local_value(state, local),
            ExprKind::Name(_) => self.named(expr),
            ExprKind::Selector { base, .. } => self.selector(state, expr, base),
            ExprKind::Index { base, indices } => {
                let base_type = self.type_of(base);
                if matches!(self.shape(base_type), Type::Signature(_)) {
                    return self.eval(state, base);
                }
                let container = self.eval(state, base);
                for index in self.ir.exprs_of(indices) {
                    self.eval(state, *index);
                }
                if self.program.is_map(base_type) {
                    self.access(state, &container, base, Operation::Read);
                }
                self.element_of(state, &container)
            }
            ExprKind::Slice { base, bounds } => {
                let value = self.eval(state, base);
                for bound in self.ir.exprs_of(bounds) {
                    self.eval(state, *bound);
                }
                value
            }
            ExprKind::Call { .. } => self.call(state, expr),
            ExprKind::Unary { op, operand } => {
                let value = self.eval(state, operand);
                match op {
                    UnaryOp::Address | UnaryOp::Deref => value,
                    UnaryOp::Receive => {
                        self.channel_lock(state, &value, (TakenBy::Receiving, operand));
                        self.receive(state, &value, false);
                        Value::Unknown
                    }
                    _ => Value::Unknown,
                }
            }
            ExprKind::Binary { op: BinaryOp::LogicalAnd | BinaryOp::LogicalOr, left, right } => {
                self.eval(state, left);
                // What the right operand does to locks counts only where it runs; `condition` sees to that.
                let mut right_state = state.clone();
                self.eval(&mut right_state, right);
                *state = state.clone().join(right_state);
                Value::Unknown
            }
            ExprKind::Binary { left, right, .. } => {
                self.eval(state, left);
                self.eval(state, right);
                Value::Unknown
            }
            ExprKind::Assert { operand, .. } => {
                let value = self.eval(state, operand);
                if is_loaded(&value) && !self.program.is_map(self.type_of(expr)) {
                    return Value::Unknown;
                }
                value
            }
            ExprKind::Paren(inner) => self.eval(state, inner),
            ExprKind::Composite { elements, .. } => self.composite(state, expr, elements),
            ExprKind::Function(literal) => {
                if !self.literals.iter().any(|(known, _)| *known == literal) {
                    self.literals.push((literal, expr));
                }
                self.literal(literal)
            }
            _ => Value::Unknown,
        }
    }

    fn literal(&self, literal: FunctionId) -> Value {
        Value::Function(Arc::new(FunctionValue {
            target: FunctionTarget::Function(FunctionRef::new(self.file, literal)),
            receiver: Value::Unknown,
            captures: Vec::new(),
        }))
    }

    /// A name of the package or of an imported one.
    fn named(&self, expr: ExprId) -> Value {
        match self.program.resolution(self.file, expr) {
            Resolution::Value(value) => Value::Reference(Reference {
                place: Place::root(Root::Global(value)),
                key: Some(Key::owner(KeyOwner::Value(value))),
                copied: false,
            }),
            Resolution::ExternalValue(package, name) => Value::Reference(Reference {
                place: Place::root(Root::External(package, name)),
                key: Some(Key::owner(KeyOwner::External(package, name))),
                copied: false,
            }),
            Resolution::Function(f) | Resolution::MethodExpression(f) => {
                Value::Function(Arc::new(FunctionValue {
                    target: FunctionTarget::Function(f),
                    receiver: Value::Unknown,
                    captures: Vec::new(),
                }))
            }
            _ => Value::Unknown,
        }
    }

    fn selector(&mut self, state: &mut State, expr: ExprId, base: ExprId) -> Value {
        match self.program.resolution(self.file, expr) {
            Resolution::Field(selection) => {
                let value = self.eval(state, base);
                self.field_of(state, &value, base, &selection)
            }
            Resolution::Method(selection) => {
                let value = self.eval(state, base);
                self.method_value(state, &value, base, &selection)
            }
            Resolution::Unknown => {
                self.eval(state, base);
                Value::Unknown
            }
            _ => self.named(expr),
        }
    }

    fn field_of(&self, state: &State, base: &Value, base_expr: ExprId, selection: &FieldSelection) -> Value {
        let Value::Reference(reference) = base else { return Value::Unknown };
        let Some((owner, ty)) = self.embedded(reference, base_expr, &selection.embedded) else {
            return Value::Unknown;
        };
        let declared = self.program.field_owner(selection.field).map(KeyOwner::Type);
        let name = self.program.field(selection.field).name;
        match self.step_field(&owner, ty, declared, name) {
            Some(field) => self.known_field(state, field),
            None => Value::Unknown,
        }
    }

    /// What the field is known to refer to, else itself.
    fn known_field(&self, state: &State, field: Reference) -> Value {
        state.field(&field.place).cloned().unwrap_or(Value::Reference(field))
    }

    /// Follows embedded fields; gives the object and its type.
    pub(super) fn embedded(
        &self,
        base: &Reference,
        base_expr: ExprId,
        path: &EmbeddedPath,
    ) -> Option<(Reference, gomapcheck_types::TypeId)> {
        let mut reference = base.clone();
        let mut ty = self.type_of(base_expr);
        for field in path.iter() {
            let owner = self.program.field_owner(*field).map(KeyOwner::Type);
            reference = self.step_field(&reference, ty, owner, self.program.field(*field).name)?;
            ty = self.program.field_type(*field);
        }
        Some((reference, ty))
    }

    fn method_value(
        &self,
        _state: &State,
        base: &Value,
        base_expr: ExprId,
        selection: &MethodSelection,
    ) -> Value {
        let receiver = match base {
            Value::Reference(reference) => match self.embedded(reference, base_expr, &selection.embedded) {
                Some((reference, _)) => Value::Reference(reference),
                None => Value::Unknown,
            },
            other => other.clone(),
        };
        if let Some(operation) = self.lock_operation(&selection.method)
            && let Some(lock) = self.lock_of(&receiver, base_expr)
        {
            let target = FunctionTarget::Lock(operation, lock);
            return Value::Function(Arc::new(FunctionValue { target, receiver, captures: Vec::new() }));
        }
        match selection.method {
            MethodTarget::Declared(f) => {
                let target = FunctionTarget::Function(f);
                Value::Function(Arc::new(FunctionValue { target, receiver, captures: Vec::new() }))
            }
            _ => Value::Unknown,
        }
    }

    fn element_of(&self, state: &State, container: &Value) -> Value {
        let Value::Reference(reference) = container else { return Value::Unknown };
        match Self::step_element(reference) {
            Some(element) => self.known_field(state, element),
            None => Value::Unknown,
        }
    }

    /// A composite literal: a fresh object whose fields refer to what its elements do.
    fn composite(&mut self, state: &mut State, expr: ExprId, elements: ElementList) -> Value {
        let root = fresh(expr);
        state.make_fresh(root);
        let ty = self.type_of(expr);
        let is_struct = matches!(self.shape(ty), Type::Struct(..));
        let key = self.program.named(ty).map(|t| Key::owner(KeyOwner::Type(t)));
        let object = Reference { place: Place::root(root), key, copied: false };
        for element in self.ir.elements_of(elements) {
            if let (Some(key), false) = (element.key, is_struct) {
                self.eval(state, key);
            }
            let value = self.eval(state, element.value);
            if let (Some(name), true) = (element.key_name, self.is_external(ty)) {
                self.launch_field(state, (ty, name), &value, element.value);
            }
            if let (Some(name), true) = (element.key_name, is_struct)
                && let Some(field) = self.step_field(&object, ty, None, name)
            {
                self.store_field(state, &field.place, value.clone(), element.value);
                self.launch_field(state, (ty, name), &value, element.value);
            }
        }
        Value::Reference(object)
    }

    /// Whether a type's declaration is not at hand, so that nobody knows whether it is a struct.
    fn is_external(&self, ty: gomapcheck_types::TypeId) -> bool {
        self.program.named(ty).is_none() && self.program.qualified_name(ty).is_some()
    }

    /// Remembers what a field of an object made here refers to. A fresh object stored there is known by the field's name from
    /// now on; a shared one keeps its own.
    pub(super) fn store_field(&mut self, state: &mut State, place: &Place, value: Value, source: ExprId) {
        let is_direct = self.is_direct_allocation(source);
        if is_direct {
            state.set_field(place.clone(), Value::Unknown);
        } else {
            state.set_field(place.clone(), value);
        }
    }

    /// Whether a value is an object that an expression of this function makes.
    fn is_made_by_itself(&self, value: &Value) -> bool {
        matches!(value, Value::Reference(Reference { place: Place { root: Root::Fresh(expr), path }, .. })
            if path.is_empty() && self.is_direct_allocation(*expr))
    }

    /// Whether the expression itself makes the object: a literal, `make` or `new`.
    pub(super) fn is_direct_allocation(&self, expr: ExprId) -> bool {
        let mut expr = self.ir.unparen(expr);
        while let ExprKind::Unary { op: UnaryOp::Address, operand } = self.ir.kind(expr) {
            expr = self.ir.unparen(operand);
        }
        match self.ir.kind(expr) {
            ExprKind::Composite { .. } => true,
            ExprKind::Call { .. } => self.is_make(expr),
            _ => false,
        }
    }

    /// Evaluates what is stored in a variable or field. A map handed over under a lock is noted there by the caller.
    pub(super) fn eval_stored(&mut self, state: &mut State, expr: ExprId) -> Value {
        self.eval(state, expr)
    }

    /// Evaluates an expression with several results.
    pub(super) fn eval_results(&mut self, state: &mut State, expr: ExprId, count: usize) -> Vec<Value> {
        let inner = self.ir.unparen(expr);
        let mut results = match self.ir.kind(inner) {
            ExprKind::Call { .. } => self.call_results(state, inner),
            _ => vec![self.eval(state, inner)],
        };
        results.resize(count, Value::Unknown);
        results
    }

    /// Assigns to a variable declared here and now.
    pub(super) fn define_target(&mut self, state: &mut State, target: ExprId, value: Value) {
        if let ExprKind::Local(local) = self.ir.kind(target) {
            self.bind_local(state, local, value);
        }
    }

    /// A local variable refers to `value` from now on.
    pub(super) fn bind_local(&mut self, state: &mut State, local: gomapcheck_ir::LocalId, value: Value) {
        let local_ref = self.local_ref(local);
        if !self.is_own(local_ref) {
            self.publish(state, &value);
            return;
        }
        let ty = self.program.local_type(self.file, local);
        match value {
            Value::Reference(mut reference) => {
                if let Root::Fresh(expr) = reference.place.root
                    && reference.place.path.is_empty()
                    && self.is_direct_allocation(expr)
                {
                    self.adopt(state, local, reference.place.root);
                    return;
                }
                reference.copied |= self.is_struct(ty);
                state.set_local(local, Value::Reference(reference));
            }
            Value::Function(_) => state.set_local(local, value),
            Value::Unknown if self.is_reference(ty) && !self.is_struct(ty) => {
                // Something unknown: an object of its own, which others may know.
                state.forget_local(local);
                state.make_unknown(Root::Local(local_ref));
            }
            Value::Unknown => state.forget_local(local),
        }
    }

    /// The variable is the only name of an object just made: the object takes the variable's name.
    fn adopt(&mut self, state: &mut State, local: gomapcheck_ir::LocalId, made: Root) {
        let root = Root::Local(self.local_ref(local));
        state.make_fresh(root);
        state.rename_fields(made, root);
        state.forget_local(local);
    }

    /// Assigns to any target.
    pub(super) fn assign(&mut self, state: &mut State, target: ExprId, value: Value) {
        let target = self.ir.unparen(target);
        match self.ir.kind(target) {
            ExprKind::Local(local) => self.bind_local(state, local, value),
            ExprKind::Index { base, indices } => {
                let container = self.eval(state, base);
                for index in self.ir.exprs_of(indices) {
                    self.eval(state, *index);
                }
                if self.program.is_map(self.type_of(base)) {
                    self.access(state, &container, base, Operation::Write);
                }
                self.store(state, &container, &value);
            }
            ExprKind::Selector { base, .. } => {
                let owner = self.eval(state, base);
                let field = self.eval_place(state, target);
                if self.program.is_map(self.type_of(target)) {
                    self.access(state, &field, target, Operation::Replace);
                }
                if let Value::Reference(field) = &field {
                    state.detach(&field.place, |local| Root::Local(self.local_ref(local)));
                    // Of an object that others know, only functions are believed to stay: maps are told by the field's name.
                    let is_own = matches!(field.place.root, Root::Fresh(_) | Root::Local(_));
                    if is_own && self.is_made_by_itself(&value) {
                        state.take_part(&value, &field.place);
                    } else if is_own || matches!(value, Value::Function(_)) {
                        state.set_field(field.place.clone(), value.clone());
                    }
                }
                self.store(state, &owner, &value);
                self.part_copy(state, base, target);
                if let ExprKind::Selector { name, .. } = self.ir.kind(target) {
                    self.launch_field(state, (self.type_of(base), name), &value, target);
                }
            }
            ExprKind::Name(_) => {
                let variable = self.named(target);
                if self.program.is_map(self.type_of(target)) {
                    self.access(state, &variable, target, Operation::Replace);
                }
                if let Value::Reference(variable) = &variable {
                    state.detach(&variable.place, |local| Root::Local(self.local_ref(local)));
                }
                self.publish(state, &value);
            }
            _ => {
                let owner = self.eval(state, target);
                self.store(state, &owner, &value);
            }
        }
    }

    /// A copy of a struct that gets a map of its own is being made into an object of its own: `c := *s; c.items =
    /// maps.Clone(s.items)`.
    fn part_copy(&mut self, state: &mut State, base: ExprId, target: ExprId) {
        let ExprKind::Local(local) = self.ir.kind(self.ir.unparen(base)) else { return };
        let is_copy = matches!(state.local(local), Some(Value::Reference(reference)) if reference.copied);
        let holds_itself = self.is_struct(self.program.local_type(self.file, local));
        if is_copy && holds_itself && self.program.is_map(self.type_of(target)) {
            state.forget_local(local);
            state.make_fresh(Root::Local(self.local_ref(local)));
        }
    }

    /// The place of a field itself, not what it is known to refer to.
    fn eval_place(&mut self, state: &mut State, expr: ExprId) -> Value {
        let ExprKind::Selector { base, .. } = self.ir.kind(expr) else { return Value::Unknown };
        let Resolution::Field(selection) = self.program.resolution(self.file, expr) else {
            return self.named(expr);
        };
        let mut scratch = state.clone();
        let recording = self.recorder.pause();
        let value = self.eval(&mut scratch, base);
        self.recorder.resume(recording);
        let Value::Reference(reference) = &value else { return Value::Unknown };
        let Some((owner, ty)) = self.embedded(reference, base, &selection.embedded) else {
            return Value::Unknown;
        };
        let declared = self.program.field_owner(selection.field).map(KeyOwner::Type);
        let name = self.program.field(selection.field).name;
        self.step_field(&owner, ty, declared, name).map_or(Value::Unknown, Value::Reference)
    }

    /// A value stored into an object can be reached by all who reach the object.
    fn store(&mut self, state: &mut State, container: &Value, value: &Value) {
        let owned = match container {
            Value::Reference(reference) => {
                self.ownership(state, &reference.place) == crate::summary::Ownership::Owned
            }
            _ => false,
        };
        if !owned {
            self.publish(state, value);
        }
    }

    /// A condition: the states in which it holds and in which it does not.
    pub(super) fn condition(&mut self, mut state: State, expr: ExprId) -> (Option<State>, Option<State>) {
        let expr = self.ir.unparen(expr);
        match self.ir.kind(expr) {
            ExprKind::Unary { op: UnaryOp::Not, operand } => {
                let (yes, no) = self.condition(state, operand);
                (no, yes)
            }
            ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } => {
                let (yes, no) = self.condition(state, left);
                let Some(yes) = yes else { return (None, no) };
                let (both, second) = self.condition(yes, right);
                (both, crate::summarise::state::join(no, second))
            }
            ExprKind::Binary { op: BinaryOp::LogicalOr, left, right } => {
                let (yes, no) = self.condition(state, left);
                let Some(no) = no else { return (yes, None) };
                let (second, neither) = self.condition(no, right);
                (crate::summarise::state::join(yes, second), neither)
            }
            ExprKind::Call { .. } => {
                if let Some(held) = self.try_lock(&mut state, expr) {
                    let no = state.clone();
                    state.locks.acquire(held);
                    return (Some(state), Some(no));
                }
                self.eval(&mut state, expr);
                if self.take_ended() { (None, None) } else { (Some(state.clone()), Some(state)) }
            }
            _ if self.constant_condition(expr).is_some() => match self.constant_condition(expr) {
                Some(true) => (Some(state), None),
                _ => (None, Some(state)),
            },
            _ => {
                self.eval(&mut state, expr);
                (Some(state.clone()), Some(state))
            }
        }
    }

    /// What a constant says that is declared as `true` or `false`: `const debug = false` makes code unreachable.
    fn constant_condition(&self, expr: ExprId) -> Option<bool> {
        if !matches!(self.ir.kind(expr), ExprKind::Name(_) | ExprKind::Selector { .. }) {
            return None;
        }
        let Resolution::Value(value) = self.program.resolution(self.file, expr) else { return None };
        let ir = self.program.ir(value.file);
        let declared = ir.values.get(value.value.index())?;
        match (declared.kind, ir.kind(ir.unparen(declared.init?))) {
            (ValueKind::Constant, ExprKind::Name(name)) if name.as_str() == "true" => Some(true),
            (ValueKind::Constant, ExprKind::Name(name)) if name.as_str() == "false" => Some(false),
            _ => None,
        }
    }

    /// Whether a return gives an error that is made there: `return nil, errors.New("…")`.
    pub(super) fn returns_new_error(&self, values: ExprList) -> bool {
        let Some(last) = self.ir.exprs_of(values).last() else { return false };
        let ExprKind::Call { callee, .. } = self.ir.kind(self.ir.unparen(*last)) else { return false };
        match self.ir.kind(self.ir.unparen(callee)) {
            ExprKind::Selector { base, name } => {
                let package = self.ir.kind(self.ir.unparen(base));
                let of_errors = matches!(package, ExprKind::Name(package) if package.as_str() == "errors");
                name.as_str() == "Errorf" || of_errors
            }
            _ => false,
        }
    }

    /// Whether a condition sees an error: `err != nil`.
    pub(super) fn is_failure(&self, condition: ExprId) -> bool {
        let ExprKind::Binary { op: BinaryOp::NotEqual, left, right } =
            self.ir.kind(self.ir.unparen(condition))
        else {
            return false;
        };
        let is_nil =
            matches!(self.ir.kind(self.ir.unparen(right)), ExprKind::Name(name) if name.as_str() == "nil");
        let left = self.ir.unparen(left);
        let is_named_so = |name: &str| name == "err" || name.ends_with("Err") || name.starts_with("err");
        let is_error = matches!(self.ir.kind(left), ExprKind::Local(local) if is_named_so(self.ir.local(local).name.as_str()))
            && matches!(self.shape(self.type_of(left)), Type::Interface(_));
        is_nil && is_error
    }

    /// What is known to be held after a successful `TryLock`, when the call is one.
    fn try_lock(&mut self, state: &mut State, call: ExprId) -> Option<crate::domain::Held> {
        let (operation, lock) = self.lock_call(state, call)?;
        match operation {
            LockOperation::Try(mode) => Some(self.held(lock, mode, call)),
            _ => None,
        }
    }

    pub(super) fn held(&self, lock: crate::domain::Lock, mode: LockMode, at: ExprId) -> crate::domain::Held {
        crate::domain::Held {
            lock: lock.into(),
            mode,
            aliased: self.is_aliased_lock(at),
            acquired: self.location(self.ir.span(at)),
        }
    }

    pub(super) fn return_values(&mut self, state: &mut State, values: ExprList) {
        let ir = self.ir;
        let exprs = ir.exprs_of(values);
        let signature = ir.signature(ir.function(self.function.function).signature);
        let count = signature.results.len();
        let mut found: Vec<Value> = if exprs.is_empty() {
            signature
                .results
                .iter()
                .map(|r| r.local.map_or(Value::Unknown, |l| self.local_value(state, l)))
                .collect()
        } else if let ([only], true) = (exprs, count > 1) {
            self.eval_results(state, *only, count)
        } else {
            exprs.iter().map(|e| self.eval(state, *e)).collect()
        };
        found.resize(count, Value::Unknown);
        for (i, value) in found.into_iter().enumerate() {
            let ty = exprs.get(i).map(|e| self.type_of(*e));
            if exprs.len() == count && ty.is_some_and(|t| self.program.is_map(t)) {
                self.access(state, &value, exprs[i], Operation::Escape);
            }
            self.return_value(state, i, value);
        }
    }

    /// Joins one returned value with those of the other returns; `nil` and other unknowns do not count against it.
    fn return_value(&mut self, state: &State, index: usize, value: Value) {
        use crate::summary::Ownership;
        let value = self.bind_captures(state, value);
        let ownership = match &value {
            Value::Reference(reference) => self.ownership(state, &reference.place),
            _ => Ownership::Shared,
        };
        if self.results.len() <= index {
            self.results.resize(index + 1, Value::Unknown);
            self.result_ownership.resize(index + 1, Ownership::Shared);
        }
        if value == Value::Unknown {
            return;
        }
        self.note_behind(state, &value);
        let known = &mut self.results[index];
        if *known == Value::Unknown {
            *known = value;
            self.result_ownership[index] = ownership;
        } else if *known != value {
            let both_owned =
                ownership == Ownership::Owned && self.result_ownership[index] == Ownership::Owned;
            if !both_owned {
                self.result_ownership[index] = Ownership::Shared;
            }
        }
    }

    /// Notes the ways by which callers reach other objects of this function's own through a returned value.
    fn note_behind(&mut self, state: &State, value: &Value) {
        let name_of = |local: gomapcheck_types::LocalRef| self.program.ir(local.file).local(local.local).name;
        let is_own = |root: Root| match root {
            Root::Fresh(_) => true,
            Root::Local(local) => self.is_own(local),
            Root::Param(_) | Root::Global(_) | Root::External(..) => false,
        };
        let found = match value {
            Value::Reference(reference)
                if reference.place.path.is_empty() && is_own(reference.place.root) =>
            {
                state.behind(reference.place.root, name_of)
            }
            Value::Function(function) => {
                let captured = function.captures.iter().filter_map(|(local, value)| match value {
                    Value::Reference(Reference { place, .. }) => {
                        let way = Place::root(place.root).step(Step::Field(name_of(*local)))?;
                        Some((place.root, way))
                    }
                    _ => None,
                });
                captured.collect()
            }
            _ => Vec::new(),
        };
        let found: Vec<_> = found.into_iter().filter(|(object, _)| is_own(*object)).collect();
        self.behind_results.extend(found);
    }
}

/// Whether a value is what an atomic box or a concurrent map holds.
fn is_loaded(value: &Value) -> bool {
    matches!(value, Value::Reference(Reference { key: Some(key), .. }) if key.is_loaded())
}
