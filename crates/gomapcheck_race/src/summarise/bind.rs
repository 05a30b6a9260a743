//! A callee's names in the caller's terms.

use std::cell::RefCell;
use std::sync::Arc;

use gomapcheck_ir::{ExprId, FunctionKind, LocalKind};
use gomapcheck_types::{FunctionRef, LocalRef};

use crate::domain::{Choice, Held, Key, KeyOwner, Lock, Locks, Lockset, Place, Root, SharedList, Step};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::{State, fresh};
use crate::summary::{CallStep, FunctionTarget, FunctionValue, Reference, Signal, Summary, Value};

/// What the names of one callee mean at one call.
pub(super) struct Binding<'b> {
    pub(super) callee: FunctionRef,
    pub(super) summary: &'b Summary,
    /// Receiver first.
    pub(super) parameters: &'b [Value],
    /// Captured variables of a literal that has left the function that made it.
    pub(super) captures: &'b [(LocalRef, Value)],
    /// Whether it runs on a goroutine of its own.
    pub(super) is_launched: bool,
    /// The calling expression: what the callee returns fresh is known by it.
    pub(super) call: ExprId,
    /// What was translated before: most accesses of a callee share their locks and their chain of calls.
    pub(super) translated: Translated,
}

/// Shared parts of a callee's accesses and what they are in the caller's terms, so that the translations are shared too.
#[derive(Default)]
pub(super) struct Translated {
    chains: Remembered<SharedList<CallStep>>,
    locks: Remembered<Locks>,
    each_lock: Remembered<Arc<Lock>>,
    signals: Remembered<SharedList<Signal>>,
    /// The same with what holds at the call added: for what the callee does before it returns.
    locks_here: Remembered<Locks>,
    signals_here: Remembered<SharedList<Signal>>,
    passed_here: Remembered<SharedList<Place>>,
    /// The objects that the callee made, by their roots.
    made: RefCell<Vec<(Root, Value)>>,
}

/// Values and what each was translated to.
struct Remembered<T>(RefCell<Vec<(T, T)>>);

/// More are rare, and searching them would cost what they save; a comparison is one of addresses.
const MOST_TRANSLATED: usize = 64;

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Clone> Remembered<T> {
    /// The translation of `original`, which `make` makes if it is not known yet. `make` may ask for other translations.
    fn get(&self, original: &T, is_same: impl Fn(&T, &T) -> bool, make: impl FnOnce() -> T) -> T {
        let known = self.0.borrow().iter().find(|(known, _)| is_same(known, original)).cloned();
        if let Some((_, translation)) = known {
            return translation;
        }
        let translation = make();
        let mut known = self.0.borrow_mut();
        if known.len() < MOST_TRANSLATED {
            known.push((original.clone(), translation.clone()));
        }
        translation
    }
}

impl Binding<'_> {
    /// The callee's chain of calls in the caller's terms.
    pub(super) fn chain(
        &self,
        calls: &SharedList<CallStep>,
        make: impl FnOnce() -> SharedList<CallStep>,
    ) -> SharedList<CallStep> {
        self.translated.chains.get(calls, SharedList::is_same, make)
    }

    /// One of the callee's locks in the caller's terms.
    fn lock(&self, lock: &Arc<Lock>, make: impl FnOnce() -> Lock) -> Arc<Lock> {
        self.translated.each_lock.get(lock, Arc::ptr_eq, || Arc::new(make()))
    }

    /// What the callee has signalled, in the caller's terms.
    pub(super) fn signals(
        &self,
        signals: &SharedList<Signal>,
        make: impl FnOnce() -> SharedList<Signal>,
    ) -> SharedList<Signal> {
        self.translated.signals.get(signals, SharedList::is_same, make)
    }

    /// The same with what the caller has signalled before the call.
    pub(super) fn signals_here(
        &self,
        signals: &SharedList<Signal>,
        make: impl FnOnce() -> SharedList<Signal>,
    ) -> SharedList<Signal> {
        self.translated.signals_here.get(signals, SharedList::is_same, make)
    }

    /// What the callee has waited for, in the caller's terms, with what the caller has.
    pub(super) fn passed_here(
        &self,
        passed: &SharedList<Place>,
        make: impl FnOnce() -> SharedList<Place>,
    ) -> SharedList<Place> {
        self.translated.passed_here.get(passed, SharedList::is_same, make)
    }

    /// The callee's locks in the caller's terms, with those that the caller holds.
    pub(super) fn locks_here(&self, locks: &Locks, make: impl FnOnce() -> Locks) -> Locks {
        self.translated.locks_here.get(locks, Locks::is_same, make)
    }

    /// The callee's locks in the caller's terms.
    pub(super) fn locks(&self, locks: &Locks, make: impl FnOnce() -> Locks) -> Locks {
        self.translated.locks.get(locks, Locks::is_same, make)
    }
}

impl Interpreter<'_> {
    /// What a place of the callee is here.
    pub(super) fn resolve(&self, state: &State, binding: &Binding<'_>, place: &Place) -> Value {
        match self.resolve_root(state, binding, place) {
            Value::Reference(base) => self.follow(state, base, place),
            base if place.path.is_empty() => base,
            _ => Value::Unknown,
        }
    }

    /// Where a place of the callee is here. To go there without asking what it is called is faster.
    pub(super) fn resolve_place(&self, state: &State, binding: &Binding<'_>, place: &Place) -> Option<Place> {
        let Value::Reference(base) = self.resolve_root(state, binding, place) else { return None };
        match self.follow(state, Reference { key: None, ..base }, place) {
            Value::Reference(found) => Some(found.place),
            _ => None,
        }
    }

    fn resolve_root(&self, state: &State, binding: &Binding<'_>, place: &Place) -> Value {
        match place.root {
            Root::Param(n) => binding.parameters.get(n as usize).cloned().unwrap_or_default(),
            Root::Local(local) => self.resolve_local(state, binding, local),
            Root::Fresh(_) => Self::returned(binding, place.root),
            Root::Global(_) | Root::External(..) => {
                Value::Reference(Reference { place: Place::root(place.root), key: None, copied: false })
            }
        }
    }

    fn resolve_local(&self, state: &State, binding: &Binding<'_>, local: LocalRef) -> Value {
        if let Some((_, value)) = binding.captures.iter().find(|(captured, _)| *captured == local) {
            return value.clone();
        }
        let is_callees = binding.callee.file == local.file
            && self.program.ir(local.file).local(local.local).function == binding.callee.function;
        if is_callees && binding.callee != self.function {
            return Self::returned(binding, Root::Local(local));
        }
        if !self.is_visible(local) {
            return Value::Unknown;
        }
        if self.is_own(local) && !(binding.is_launched && self.changes_with_the_loop(local)) {
            self.local_value(state, local.local)
        } else {
            Value::Reference(self.local_storage(local.local))
        }
    }

    /// Whether it is the one variable of all a loop's iterations, as before Go 1.22: a goroutine finds in it what the loop has
    /// come to by then.
    fn changes_with_the_loop(&self, local: LocalRef) -> bool {
        self.ir.local(local.local).kind == LocalKind::Loop
            && !self.program.package_of(local.file).go_version.has_per_iteration_loop_variables()
    }

    /// An object that the callee made is known here if the callee returns it, or something that leads to it.
    fn returned(binding: &Binding<'_>, root: Root) -> Value {
        // What a goroutine returns nobody gets.
        if binding.is_launched {
            return Value::Unknown;
        }
        let known = binding.translated.made.borrow().iter().find(|(known, _)| *known == root).cloned();
        if let Some((_, value)) = known {
            return value;
        }
        let value = Self::searched_in_results(binding, root);
        binding.translated.made.borrow_mut().push((root, value.clone()));
        value
    }

    /// Gives an object that a callee has made a name here, if it has none.
    pub(super) fn name_made(binding: &Binding<'_>, root: Root, name: Reference) {
        if Self::returned(binding, root) == Value::Unknown {
            let mut made = binding.translated.made.borrow_mut();
            made.retain(|(known, _)| *known != root);
            made.push((root, Value::Reference(name)));
        }
    }

    fn searched_in_results(binding: &Binding<'_>, root: Root) -> Value {
        let is_result = |root: Root| {
            binding.summary.results.iter().any(|result| {
                matches!(result, Value::Reference(r) if r.place.root == root && r.place.path.is_empty())
            })
        };
        let (mut place, mut key) = (Place::root(fresh(binding.call)), None);
        if !is_result(root) {
            let behind = binding.summary.behind_results.iter().filter(|(object, _)| *object == root);
            // What a returned function has captured begins the way itself.
            let mut behind = behind.filter(|(_, way)| is_result(way.root) || way.root == root);
            let Some((_, way)) = behind.next() else { return Value::Unknown };
            place.path = way.path.clone();
            if let Root::Local(local) = root {
                key = Some(Key::owner(KeyOwner::Local(local)));
            }
        }
        Value::Reference(Reference { place, key, copied: false })
    }

    /// What is found on the way that a callee's place names, from the object that its root is here.
    fn follow(&self, state: &State, mut reference: Reference, way: &Place) -> Value {
        if matches!(way.root, Root::Global(_) | Root::External(..)) {
            return Value::Reference(Reference { place: way.clone(), ..reference });
        }
        let path = &way.path;
        let mut choices = way.choices();
        reference.place.path.reserve(path.len());
        for (i, step) in path.iter().enumerate() {
            reference.key = reference.key.map(|key| match step {
                Step::Field(name) => key.field(None, *name),
                Step::Element => key.element(),
            });
            reference.copied = false;
            let by = match step {
                Step::Element => choices.next().unwrap_or_default().from_outside(),
                Step::Field(_) => Choice::UNKNOWN,
            };
            if !reference.place.go(*step, by) {
                return Value::Unknown;
            }
            if let Some(known) = state.field(&reference.place) {
                match known {
                    Value::Reference(known) => reference = known.clone(),
                    other => return if i + 1 == path.len() { other.clone() } else { Value::Unknown },
                }
            }
        }
        Value::Reference(reference)
    }

    /// A callee's reference in the caller's terms.
    pub(super) fn resolve_reference(
        &self,
        state: &State,
        binding: &Binding<'_>,
        reference: &Reference,
    ) -> Value {
        match self.resolve(state, binding, &reference.place) {
            Value::Reference(mut found) => {
                found.key = Self::resolved_key(reference.key.as_ref(), Some(&found));
                found.copied |= reference.copied;
                Value::Reference(found)
            }
            other => other,
        }
    }

    /// A declaration stays what it is; a parameter's name gives way to what the argument is called.
    fn resolved_key(key: Option<&Key>, found: Option<&Reference>) -> Option<Key> {
        match key {
            Some(key) if !key.is_local() => Some(key.clone()),
            _ => found.and_then(|reference| reference.key.clone()),
        }
    }

    /// Place and key of a callee's map or lock here. The key is missing where it was a local name that means nothing here.
    pub(super) fn resolve_keyed(
        &self,
        state: &State,
        binding: &Binding<'_>,
        place: Option<&Place>,
        key: &Key,
    ) -> (Option<Place>, Option<Key>) {
        if !key.is_local() {
            return (place.and_then(|place| self.resolve_place(state, binding, place)), Some(key.clone()));
        }
        match place.map(|place| self.resolve(state, binding, place)) {
            Some(Value::Reference(reference)) => (Some(reference.place), reference.key),
            _ => (None, None),
        }
    }

    pub(super) fn resolve_value(&self, state: &State, binding: &Binding<'_>, value: &Value) -> Value {
        match value {
            Value::Unknown => Value::Unknown,
            Value::Reference(reference) => self.resolve_reference(state, binding, reference),
            Value::Function(function) => {
                let target = match &function.target {
                    FunctionTarget::Lock(operation, lock) => {
                        FunctionTarget::Lock(*operation, self.resolve_lock(state, binding, lock))
                    }
                    FunctionTarget::Group(operation, group) => {
                        match self.resolve_place(state, binding, group) {
                            Some(group) => FunctionTarget::Group(*operation, group),
                            None => return Value::Unknown,
                        }
                    }
                    FunctionTarget::Function(f) => FunctionTarget::Function(*f),
                };
                let captures = function
                    .captures
                    .iter()
                    .map(|(local, value)| (*local, self.resolve_value(state, binding, value)))
                    .collect();
                let receiver = self.resolve_value(state, binding, &function.receiver);
                Value::Function(Arc::new(FunctionValue { target, receiver, captures }))
            }
        }
    }

    pub(super) fn resolve_lock(&self, state: &State, binding: &Binding<'_>, lock: &Lock) -> Lock {
        let (place, key) = self.resolve_keyed(state, binding, lock.place.as_ref(), &lock.key);
        Lock { place, key: key.unwrap_or_else(|| lock.key.clone()) }
    }

    pub(super) fn resolve_locks(&self, state: &State, binding: &Binding<'_>, locks: &Locks) -> Locks {
        if locks.perhaps.is_empty() {
            return Locks::default();
        }
        let perhaps = self.resolve_lockset(state, binding, &locks.perhaps);
        let surely = if locks.surely == locks.perhaps {
            perhaps.clone()
        } else {
            self.resolve_lockset(state, binding, &locks.surely)
        };
        Locks { surely, perhaps }
    }

    fn resolve_lockset(&self, state: &State, binding: &Binding<'_>, locks: &Lockset) -> Lockset {
        locks
            .iter()
            .map(|held| {
                let lock = binding.lock(&held.lock, || self.resolve_lock(state, binding, &held.lock));
                Held { lock, ..held.clone() }
            })
            .collect()
    }

    /// The locks held here, as the callee names them: by its parameters where they reach the lock.
    pub(super) fn locks_for_callee(locks: &Locks, parameters: &[Value]) -> Locks {
        let translate = |set: &Lockset| -> Lockset {
            set.iter()
                .map(|held| {
                    let place = held
                        .lock
                        .place
                        .as_ref()
                        .and_then(|place| Self::through_parameters(place, parameters));
                    Held { lock: Lock { place, key: held.lock.key.clone() }.into(), ..held.clone() }
                })
                .collect()
        };
        Locks { surely: translate(&locks.surely), perhaps: translate(&locks.perhaps) }
    }

    fn through_parameters(place: &Place, parameters: &[Value]) -> Option<Place> {
        if matches!(place.root, Root::Global(_) | Root::External(..)) {
            return Some(place.clone());
        }
        parameters.iter().enumerate().find_map(|(n, value)| match value {
            Value::Reference(reference) if reference.place.is_prefix_of(place) => {
                let mut inner = Place::root(Root::Param(u32::try_from(n).unwrap_or(u32::MAX)));
                inner.path.extend_from_slice(&place.path[reference.place.path.len()..]);
                Some(inner)
            }
            _ => None,
        })
    }

    /// A literal that leaves this function takes the values of its captured variables along.
    pub(super) fn bind_captures(&self, state: &State, value: Value) -> Value {
        let Value::Function(function) = &value else { return value };
        let FunctionTarget::Function(f) = function.target else { return value };
        if !function.captures.is_empty() || !self.encloses(f) {
            return value;
        }
        let captures = self.ir.function(f.function).captures.iter().map(|capture| {
            let local = self.local_ref(capture.local);
            let value = if self.is_own(local) {
                self.local_value(state, capture.local)
            } else {
                Value::Reference(self.local_storage(capture.local))
            };
            (local, value)
        });
        Value::Function(Arc::new(FunctionValue {
            target: function.target.clone(),
            receiver: function.receiver.clone(),
            captures: captures.collect(),
        }))
    }

    /// What a literal captures can be reached by whoever has the literal.
    pub(super) fn publish_captures(
        &mut self,
        state: &mut State,
        function: &FunctionValue,
        seen: &mut Vec<LocalRef>,
    ) {
        let FunctionTarget::Function(f) = function.target else { return };
        if !self.encloses(f) {
            return;
        }
        for capture in &self.ir.function(f.function).captures {
            let local = self.local_ref(capture.local);
            state.publish(Root::Local(local));
            if self.is_own(local) && !seen.contains(&local) {
                seen.push(local);
                let value = self.local_value(state, capture.local);
                self.publish_unseen(state, &value, seen);
            }
        }
    }

    /// Whether this function is a literal: its sites are told by the function around it.
    pub(super) fn is_literal(&self) -> bool {
        self.ir.function(self.function.function).kind == FunctionKind::Literal
    }

    /// A key that means something outside this function.
    pub(super) fn is_declared(key: &Key) -> bool {
        !matches!(key.owner, KeyOwner::Local(_))
    }
}
