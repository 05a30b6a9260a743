//! Assignments: which variables and fields refer to what from now on.

use gomapcheck_ir::{ExprId, ExprKind};
use gomapcheck_source::Name;
use gomapcheck_types::{Resolution, Type};

use crate::conflict::Operation;
use crate::domain::{Choice, Key, Place, Root, Step};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::{Ownership, Reference, Signal, Value};

impl Interpreter<'_> {
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
        if !state.outcomes.is_empty() {
            state.outcomes.retain(|(decided, ..)| *decided != local);
        }
        let ty = self.program.local_type(self.file, local);
        if !self.variables.is_reached(local_ref) && self.is_reference(ty) && !self.is_struct(ty) {
            state.renew(&Place::root(Root::Local(local_ref)));
        }
        match value {
            Value::Reference(mut reference) => {
                if let Root::Fresh(expr) = reference.place.root
                    && reference.place.path.is_empty()
                    && self.is_direct_allocation(expr)
                {
                    // A parameter's own name is that of what the caller gave.
                    if self.param_number(self.ir.local(local).kind).is_none() {
                        self.adopt(state, local, reference.place.root);
                        return;
                    }
                    reference.key = reference.key.or_else(|| self.local_storage(local).key);
                }
                reference.copied |= self.is_struct(ty);
                // Where this is one of two ways, the variable holds what others know on one of them.
                if matches!(self.shape(ty), Type::Slice(_))
                    && self.ownership(state, &reference.place) != Ownership::Owned
                {
                    state.publish(Root::Local(local_ref));
                }
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
    pub(super) fn adopt(&mut self, state: &mut State, local: gomapcheck_ir::LocalId, made: Root) {
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
                let is_map = self.program.is_map(self.type_of(base));
                if is_map || self.is_cached_map(&container, base, self.ir.exprs_of(indices)) {
                    self.access(state, &container, base, Operation::Write);
                }
                if let Value::Reference(container) = &container {
                    self.note_stored(
                        &value,
                        container.key.as_ref().map(Key::element).as_ref(),
                        self.assigned.unwrap_or(target),
                    );
                    self.name_element(state, &value, &container.place);
                }
                self.store(state, &container, None, &value);
            }
            ExprKind::Selector { base, .. } => {
                let owner = self.eval(state, base);
                let field = self.eval_place(state, target);
                if self.program.is_map(self.type_of(target)) {
                    self.access(state, &field, target, Operation::Replace);
                }
                if let Value::Reference(field) = &field {
                    self.note_stored(&value, field.key.as_ref(), self.assigned.unwrap_or(target));
                    self.note_filling(state, &field.place, &value);
                    state.detach(&field.place, |local| Root::Local(self.local_ref(local)));
                    let ty = self.type_of(target);
                    if self.is_another_object(state, &value) && self.is_reference(ty) && !self.is_struct(ty) {
                        state.renew(&field.place);
                    }
                    // Of an object that others know, only functions are believed to stay: maps are told by the field's name.
                    let is_own = matches!(field.place.root, Root::Fresh(_) | Root::Local(_));
                    self.rename_signals(&value, &field.place);
                    if is_own && self.is_made_by_itself(&value) {
                        state.take_part(&value, &field.place);
                    } else if is_own || matches!(value, Value::Function(_)) {
                        state.set_field(field.place.clone(), value.clone());
                    }
                }
                self.replace_cached(state, &owner, (target, &field), &value);
                self.store(state, &owner, Some(&field), &value);
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
                    self.note_stored(&value, variable.key.as_ref(), self.assigned.unwrap_or(target));
                    self.note_filling(state, &variable.place, &value);
                    state.detach(&variable.place, |local| Root::Local(self.local_ref(local)));
                    self.rename_signals(&value, &variable.place);
                }
                self.publish(state, &value);
            }
            _ => {
                let owner = self.eval(state, target);
                self.store(state, &owner, None, &value);
            }
        }
    }

    /// An object made here is put in place: others know by that name what tells the end of its goroutines.
    fn rename_signals(&mut self, value: &Value, name: &Place) {
        let Value::Reference(made) = value else { return };
        let made = &made.place;
        if !made.path.is_empty() || !matches!(made.root, Root::Fresh(_) | Root::Local(_)) {
            return;
        }
        for launch in &mut self.recorder.launches {
            let signals = launch.signals.iter().filter(|signal| signal.place().root == made.root);
            let renamed: Vec<(Signal, Signal)> = signals
                .filter_map(|signal| Some((signal.clone(), signal.at(signal.place().rebase(name)?))))
                .collect();
            for (signal, renamed) in renamed {
                launch.signals.add(&renamed);
                for access in launch.accesses.iter_mut().filter(|access| access.after.contains(&signal)) {
                    access.after.add(&renamed);
                }
            }
        }
    }

    /// An object becomes an element of a collection: whoever goes through that waits for its goroutine, or for that of what it
    /// leads to.
    pub(super) fn name_element(&mut self, state: &State, value: &Value, collection: &Place) {
        let Value::Reference(Reference { place: made, .. }) = value else { return };
        if self.recorder.launches.is_empty() || !made.path.is_empty() {
            return;
        }
        let Some(element) = collection.element(Choice::UNKNOWN) else { return };
        self.rename_signals(value, &element);
        for (field, held) in state.fields_of(made.root) {
            if let Some(name) = field.rebase(&element) {
                self.rename_signals(held, &name);
            }
        }
    }

    /// Whether a value is not known to have been anyone's before: made here, or given by a call of which nothing is known.
    fn is_another_object(&self, state: &State, value: &Value) -> bool {
        match value {
            Value::Unknown => true,
            Value::Reference(reference) => self.ownership(state, &reference.place) == Ownership::Owned,
            Value::Function(_) => false,
        }
    }

    fn note_filling(&self, state: &mut State, place: &Place, value: &Value) {
        if self.is_made_by_itself(value) {
            state.begin_filling(place);
        } else {
            state.end_filling(place);
        }
    }

    /// A copy of a struct that gets a map of its own is being made into an object of its own: `c := *s; c.items =
    /// maps.Clone(s.items)`.
    pub(super) fn part_copy(&mut self, state: &mut State, base: ExprId, target: ExprId) {
        let ExprKind::Local(local) = self.ir.kind(self.ir.unparen(base)) else { return };
        let is_copy = match state.local(local) {
            Some(Value::Reference(reference)) => reference.copied,
            // A parameter by value is a copy from the start.
            None => {
                self.is_own(self.local_ref(local)) && self.param_number(self.ir.local(local).kind).is_some()
            }
            _ => false,
        };
        let holds_itself = self.is_struct(self.program.local_type(self.file, local));
        if is_copy && holds_itself && self.program.is_map(self.type_of(target)) {
            let own = self.local_storage(local);
            state.make_fresh(own.place.root);
            state.set_local(local, Value::Reference(own));
        }
    }

    /// The place of a field itself, not what it is known to refer to.
    pub(super) fn eval_place(&mut self, state: &mut State, expr: ExprId) -> Value {
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
        self.step_to(&owner, ty, selection.field).map_or(Value::Unknown, Value::Reference)
    }

    /// A value stored into an object, in this field if it is known which, can be reached by all who reach the object. That itself
    /// nobody gets to know who has not known it before, even if the value leads back to it: `s.parser = &parser{store: s}`.
    pub(super) fn store(
        &mut self,
        state: &mut State,
        container: &Value,
        field: Option<&Value>,
        value: &Value,
    ) {
        let Value::Reference(container) = container else {
            self.publish(state, value);
            return;
        };
        if self.ownership(state, &container.place) == Ownership::Owned {
            return;
        }
        if let Some(Value::Reference(field)) = field
            && self.store_parameter(state, &field.place, value)
        {
            return;
        }
        let before = state.published_parts_of(container.place.root);
        self.publish(state, value);
        state.keep_unpublished(container.place.root, before);
    }

    /// A value becomes an element of a slice: who gets to see the one gets to see the other. Which element it is nobody knows:
    /// the value is behind a name that no field has.
    pub(super) fn store_element(
        &mut self,
        state: &mut State,
        slice: &Value,
        value: &Value,
        written: Option<ExprId>,
    ) {
        let element = match (slice, written) {
            (Value::Reference(container), Some(written))
                if self.ownership(state, &container.place) == Ownership::Owned =>
            {
                container.place.step(Step::Element).zip(container.place.put_in(written))
            }
            _ => None,
        };
        let Some((any, element)) = element else {
            self.publish(state, value);
            return;
        };
        match value {
            Value::Reference(stored) if self.ownership(state, &stored.place) == Ownership::Owned => {
                state.set_field(element.clone(), value.clone());
                if state.field(&element).is_none() {
                    self.publish(state, value);
                    state.publish_elements(&any);
                }
            }
            _ => {
                self.publish(state, value);
                state.publish_elements(&any);
            }
        }
    }

    /// Of two parameters the callers know who else can reach the one in which the other is stored.
    fn store_parameter(&self, state: &mut State, field: &Place, value: &Value) -> bool {
        let Value::Reference(stored) = value else { return false };
        let (Root::Param(into), Root::Param(param)) = (field.root, stored.place.root) else { return false };
        into != param
            && stored.place.path.is_empty()
            && !state.is_published(field.root)
            && !state.is_lent(field.root)
            && state.store_in(param, field)
    }

    /// A callee has stored a parameter in the field of this name of another one, on some path at least.
    pub(super) fn store_argument(&mut self, state: &mut State, owner: &Value, name: Name, value: &Value) {
        let Value::Reference(container) = owner else {
            self.publish(state, value);
            return;
        };
        let step = |name: Name| container.place.step(Step::Field(name));
        // What else may be in the field is not known: a name of its own leads to what may have been stored.
        if let (Some(perhaps), Root::Fresh(_) | Root::Local(_)) =
            (step(Name::new(&format!("{name}()"))), container.place.root)
        {
            state.set_field(perhaps.clone(), value.clone());
            if state.field(&perhaps).is_none() {
                self.publish(state, value);
            }
        }
        let field = step(name).map(|place| Value::Reference(Reference { place, ..container.clone() }));
        self.store(state, owner, field.as_ref(), value);
    }
}
