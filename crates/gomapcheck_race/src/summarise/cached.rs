//! What boxes and caches hold. Objects that a cache goes on giving to others: who changes a map in one changes it under the eyes of all. The types of such
//! objects are seldom at hand; what is done to them tells what they are.

use gomapcheck_ir::{ExprId, ExprKind, LocalKind};
use gomapcheck_source::Name;
use gomapcheck_types::{Basic, Type, TypeId};

use crate::domain::{Choice, Key, Locks, Place};
use crate::evidence::changes_map;
use crate::models::{Effect, cached, lister_effect, metadata};
use crate::summarise::bind::Binding;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::prepare::Prepared;
use crate::summarise::state::State;
use crate::summary::{Access, Manner, Reference, Value};

/// Whether a value is in an object that a cache gives to all who ask.
pub(super) fn is_cached(value: &Value) -> bool {
    matches!(value, Value::Reference(reference) if reference.place.is_cached())
}

impl Interpreter<'_> {
    /// What a call means of which no table knows anything: one of a lister whose type is not at hand, or of an object that a
    /// cache has given. The value is the receiver.
    pub(super) fn cache_call(
        &mut self,
        state: &mut State,
        call: ExprId,
        receiver: &Value,
    ) -> Option<(Effect, Value)> {
        let ExprKind::Call { callee, args, .. } = self.ir.kind(call) else { return None };
        let ExprKind::Selector { base, name } = self.ir.kind(self.ir.unparen(callee)) else { return None };
        if let Some(field) = metadata(name).filter(|_| self.ir.exprs_of(args).is_empty()) {
            let object = match receiver {
                Value::Unknown => self.eval(state, base),
                known => known.clone(),
            };
            return is_cached(&object).then_some((Effect::Field(field), object));
        }
        let effect = cached(name)?;
        self.is_lister(base).then_some((effect, Value::Unknown))
    }

    /// Whether an expression is a lister by its making: `informer.Lister()`, `lister.Pods(namespace)`.
    fn is_lister(&self, expr: ExprId) -> bool {
        let ExprKind::Call { callee, .. } = self.ir.kind(self.ir.unparen(expr)) else { return false };
        let ExprKind::Selector { base, name } = self.ir.kind(self.ir.unparen(callee)) else { return false };
        let is_lister = |(package, ty)| lister_effect(package, ty, Name::new("Get")).is_some();
        self.is_unseen(self.type_of(expr))
            && (name.as_str() == "Lister"
                || self.program.qualified_name(self.type_of(base)).is_some_and(is_lister)
                || self.is_lister(base))
    }

    /// Whether nothing is known of a type.
    fn is_unseen(&self, ty: TypeId) -> bool {
        matches!(self.shape(ty), Type::Unknown | Type::External(..))
    }

    /// What a call of a cache, or of an object that it has given, gives.
    pub(super) fn cached_result(&self, state: &State, effect: &Effect, prepared: &Prepared) -> Value {
        match effect {
            Effect::Field(name) => self.cached_field(state, prepared.receiver(), Name::new(name)),
            _ => self.cached_object(prepared.call, *effect == Effect::Cached),
        }
    }

    /// What a call gives that asks a cache: one of its objects, or a list of them.
    fn cached_object(&self, call: ExprId, single: bool) -> Value {
        let ExprKind::Call { callee, .. } = self.ir.kind(call) else { return Value::Unknown };
        let ExprKind::Selector { base, name } = self.ir.kind(self.ir.unparen(callee)) else {
            return Value::Unknown;
        };
        let (package, cache) = self.program.qualified_name(self.type_of(base)).unwrap_or_else(|| {
            let made_by = match self.ir.kind(self.ir.unparen(base)) {
                ExprKind::Call { callee, .. } => self.ir.kind(self.ir.unparen(callee)),
                other => other,
            };
            let cache = match made_by {
                ExprKind::Selector { name, .. } => name,
                _ => Name::new("cache"),
            };
            (Name::new(""), cache)
        });
        let place = Place::in_cache(package, cache.as_str(), name);
        let objects = Reference { key: Key::of_cached(&place), place, copied: false };
        let given = if single { Self::step_element(&objects, Choice::UNKNOWN) } else { Some(objects) };
        given.map_or(Value::Unknown, Value::Reference)
    }

    /// A field of such an object, by name alone.
    pub(super) fn cached_field(&self, state: &State, object: &Value, name: Name) -> Value {
        let Value::Reference(object) = object else { return Value::Unknown };
        let field = self.step_field(object, TypeId::UNKNOWN, None, name);
        field.map_or(Value::Unknown, |field| self.known_field(state, field))
    }

    /// A field of such an object refers to something else from now on: whoever copies one first gives the copy maps of its own.
    pub(super) fn replace_cached(
        &self,
        state: &mut State,
        owner: &Value,
        (target, field): (ExprId, &Value),
        value: &Value,
    ) {
        let (Value::Reference(owner), ExprKind::Selector { name, .. }) = (owner, self.ir.kind(target)) else {
            return;
        };
        if !owner.place.is_cached() {
            return;
        }
        let field = match field {
            Value::Reference(field) => Some(field.clone()),
            _ => self.step_field(owner, TypeId::UNKNOWN, None, name),
        };
        if let Some(field) = field {
            state.set_field(field.place, value.clone());
        }
    }

    /// Whether what is indexed in such an object is a map: by keys that are no numbers.
    pub(super) fn is_cached_map(&self, container: &Value, map: ExprId, keys: &[ExprId]) -> bool {
        let (Value::Reference(container), [key]) = (container, keys) else { return false };
        if !container.place.is_cached() || !self.is_unseen(self.type_of(map)) {
            return false;
        }
        let ty = self.type_of(*key);
        let is_labelled = || {
            let last = Key::of_cached(&container.place).and_then(|key| key.path.last().copied());
            last.is_some_and(|name| matches!(name.as_str(), "Labels" | "Annotations"))
        };
        matches!(self.shape(ty), Type::Basic(Basic::String | Basic::UntypedString))
            || (self.is_unseen(ty) && is_labelled())
    }

    /// Whether a callee's access goes through one of the parameters of the function that makes it: what it has copied first into a
    /// variable of its own is another object.
    fn goes_through_parameter(&self, access: &Access) -> bool {
        let ir = self.program.ir(access.location.file);
        let mut operand = ir.unparen(access.operand);
        loop {
            operand = match ir.kind(operand) {
                ExprKind::Selector { base, .. } | ExprKind::Index { base, .. } => ir.unparen(base),
                ExprKind::Unary { operand, .. } | ExprKind::Assert { operand, .. } => ir.unparen(operand),
                ExprKind::Call { callee, .. } => ir.unparen(callee),
                ExprKind::Local(local) => {
                    return matches!(ir.local(local).kind, LocalKind::Receiver | LocalKind::Param(_));
                }
                _ => return false,
            };
        }
    }

    /// Tells of a callee's change of such an object, if it was not the callee's to tell: it has been given the object, or it is a
    /// literal. `mine` is its access in the terms used here.
    pub(super) fn note_given(&mut self, binding: &Binding<'_>, access: &Access, mine: &Access) {
        if !mine.place.as_ref().is_some_and(Place::is_cached) {
            return;
        }
        let was_cached = access.place.as_ref().is_some_and(Place::is_cached);
        let is_own = was_cached && access.calls.is_empty();
        let is_told =
            (!was_cached || self.encloses(binding.callee)) && (is_own || self.goes_through_parameter(access));
        if is_told {
            self.note_cached(mine);
        }
    }

    /// Tells of a change without a lock of a map in an object that a cache gives to all who ask.
    pub(super) fn note_cached(&mut self, access: &Access) {
        let Some(place) = access.place.as_ref().filter(|place| place.is_cached()) else { return };
        if !changes_map(access.operation) || access.locks != Locks::default() {
            return;
        }
        let Some(key) = Key::of_cached(place) else { return };
        let told = Access { key, manner: Manner::Cached, unclaimed: true, ..access.clone() };
        if self.is_site(&told) {
            self.recorder.site(&told);
        }
    }

    /// What an atomic box holds, by a name that no field has. Only maps are followed: what else is kept so brings its own
    /// locks, and would make everything known to everyone.
    pub(super) fn loaded(&self, prepared: &Prepared) -> Option<Reference> {
        let (Value::Reference(container), ExprKind::Call { callee, .. }) =
            (prepared.receiver(), self.ir.kind(prepared.call))
        else {
            return None;
        };
        let may_be_map = match self.shape(self.type_of(prepared.call)) {
            Type::Pointer(inner) => self.program.is_map(*inner),
            Type::Struct(..) | Type::Slice(_) | Type::Basic(_) | Type::Signature(_) => false,
            _ => true,
        };
        may_be_map.then(|| self.step_field(container, self.type_of(callee), None, Key::loaded())).flatten()
    }

    pub(super) fn loaded_element(&self, prepared: &Prepared) -> Value {
        self.loaded(prepared)
            .and_then(|loaded| Self::step_element(&loaded, Choice::UNKNOWN))
            .map_or(Value::Unknown, Value::Reference)
    }
}
