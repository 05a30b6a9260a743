//! Expressions: what they refer to, and the map operations among them.

use std::sync::Arc;

use gomapcheck_ir::{BinaryOp, ElementList, ExprId, ExprKind, FunctionId, LiteralKind, UnaryOp};
use gomapcheck_types::{
    EmbeddedPath, FieldSelection, FunctionRef, MethodSelection, MethodTarget, Resolution, Type,
};

use crate::conflict::Operation;
use crate::domain::{Choice, Key, KeyOwner, Place, Root};
use crate::summarise::cached::is_cached;
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
                self.element_of(state, &container, self.ir.exprs_of(indices))
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
                *state = std::mem::take(state).join(right_state);
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
    pub(super) fn named(&self, expr: ExprId) -> Value {
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
                match (selection.method, self.ir.kind(expr)) {
                    (MethodTarget::External(..), ExprKind::Selector { name, .. }) if is_cached(&value) => {
                        self.cached_field(state, &value, name)
                    }
                    _ => self.method_value(&value, base, &selection),
                }
            }
            Resolution::Unknown => {
                let value = self.eval(state, base);
                match self.ir.kind(expr) {
                    ExprKind::Selector { name, .. } if is_cached(&value) => {
                        self.cached_field(state, &value, name)
                    }
                    _ => self.external_group_method(&value, base, expr),
                }
            }
            _ => self.named(expr),
        }
    }

    /// `wg.Done` as a value, where the package is not at hand that declares the type.
    fn external_group_method(&self, base: &Value, base_expr: ExprId, expr: ExprId) -> Value {
        let ExprKind::Selector { name, .. } = self.ir.kind(expr) else { return Value::Unknown };
        if !self.models.may_know(name) {
            return Value::Unknown;
        }
        match self.program.method(self.type_of(base_expr), name) {
            Some(selection) if self.group_operation(&selection.method).is_some() => {
                self.method_value(base, base_expr, &selection)
            }
            _ => Value::Unknown,
        }
    }

    pub(super) fn field_of(
        &self,
        state: &State,
        base: &Value,
        base_expr: ExprId,
        selection: &FieldSelection,
    ) -> Value {
        let Value::Reference(reference) = base else { return Value::Unknown };
        let Some((owner, ty)) = self.embedded(reference, base_expr, &selection.embedded) else {
            return Value::Unknown;
        };
        match self.step_to(&owner, ty, selection.field) {
            Some(field) => self.known_field(state, field),
            None => Value::Unknown,
        }
    }

    /// What the field is known to refer to, else itself.
    pub(super) fn known_field(&self, state: &State, field: Reference) -> Value {
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
            reference = self.step_to(&reference, ty, *field)?;
            ty = self.program.field_type(*field);
        }
        Some((reference, ty))
    }

    fn method_value(&self, base: &Value, base_expr: ExprId, selection: &MethodSelection) -> Value {
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
        if let (Some(operation), Value::Reference(group)) =
            (self.group_operation(&selection.method), &receiver)
        {
            let target = FunctionTarget::Group(operation, group.place.clone());
            // A group of this function's own goes where the method goes.
            let captures = match group.place.root {
                Root::Local(local) if group.place.path.is_empty() => vec![(local, receiver.clone())],
                _ => Vec::new(),
            };
            return Value::Function(Arc::new(FunctionValue { target, receiver, captures }));
        }
        match selection.method {
            MethodTarget::Declared(f) => {
                let target = FunctionTarget::Function(f);
                Value::Function(Arc::new(FunctionValue { target, receiver, captures: Vec::new() }))
            }
            _ => Value::Unknown,
        }
    }

    fn element_of(&self, state: &State, container: &Value, indices: &[ExprId]) -> Value {
        let Value::Reference(reference) = container else { return Value::Unknown };
        let by = match indices {
            [index] => match self.ir.kind(self.ir.unparen(*index)) {
                ExprKind::Literal(LiteralKind::Zero) => Choice::ZERO,
                ExprKind::Literal(LiteralKind::One) => Choice::ONE,
                _ => Choice::UNKNOWN,
            },
            _ => Choice::UNKNOWN,
        };
        match Self::step_element(reference, by) {
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
                self.note_stored(&value, field.key.as_ref(), expr);
                self.store_field(state, &field.place, value.clone(), element.value);
                self.launch_field(state, (ty, name), &value, element.value);
            }
        }
        if let ([only], false) = (self.ir.elements_of(elements), is_struct) {
            self.store_functions(state, &object, only.value);
        }
        Value::Reference(object)
    }

    /// Remembers the functions in the fields of a container's only element: tables of tests call them through it.
    fn store_functions(&self, state: &mut State, container: &Reference, element: ExprId) {
        let root = fresh(self.ir.unparen(element));
        let Some(to) = Self::step_element(container, Choice::UNKNOWN) else { return };
        let is_function = |value: &Value| matches!(value, Value::Function(_));
        let functions: Vec<(Place, Value)> =
            state.fields_of(root).filter(|(_, value)| is_function(value)).cloned().collect();
        for (place, function) in functions {
            if let Some(place) = place.rebase(&to.place) {
                state.set_field(place, function);
            }
        }
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
    pub(super) fn is_made_by_itself(&self, value: &Value) -> bool {
        matches!(value, Value::Reference(Reference { place: Place { root: Root::Fresh(expr), path, .. }, .. })
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

    /// Evaluates an expression with several results.
    pub(super) fn eval_results(&mut self, state: &mut State, expr: ExprId, count: usize) -> Vec<Value> {
        let inner = self.ir.unparen(expr);
        let mut results = match self.ir.kind(inner) {
            ExprKind::Call { .. } => self.call_results(state, inner),
            // What says whether something was received stands for the channel: a condition asks it whether that is closed.
            ExprKind::Unary { op: UnaryOp::Receive, operand } if self.is_variable(operand) => {
                vec![self.eval(state, inner), self.eval(state, operand)]
            }
            _ => vec![self.eval(state, inner)],
        };
        results.resize(count, Value::Unknown);
        results
    }

    /// Whether an operand is a variable or a field of one: evaluating it does nothing.
    fn is_variable(&self, operand: ExprId) -> bool {
        match self.ir.kind(self.ir.unparen(operand)) {
            ExprKind::Local(_) | ExprKind::Name(_) => true,
            ExprKind::Selector { base, .. } => self.is_variable(base),
            _ => false,
        }
    }
}

/// Whether a value is what an atomic box or a concurrent map holds.
fn is_loaded(value: &Value) -> bool {
    matches!(value, Value::Reference(Reference { key: Some(key), .. }) if key.is_loaded())
}
