//! Locks: which object a lock's method works on.

use gomapcheck_ir::{ExprId, ExprKind, LocalId, LocalKind, StmtKind};
use gomapcheck_source::Name;
use gomapcheck_types::{Callee, MethodTarget, Type};

use crate::conflict::LockMode;
use crate::domain::{Held, Key, KeyOwner, Lock, Root, Step};
use crate::lock_types::is_whole_lock;
use crate::models::{Effect, LockOperation};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::outcome::Told;
use crate::summarise::state::State;
use crate::summary::{GroupOperation, Outcome, Reference, Value};

/// Stands for the read side of a lock, as if it were a field.
const READ_LOCKER: &str = "RLocker()";

impl Interpreter<'_> {
    /// What a method of a wait group or group does, as the tables know it.
    pub(super) fn group_operation(&self, method: &MethodTarget) -> Option<GroupOperation> {
        let (package, ty, name) = match *method {
            MethodTarget::Declared(f) => {
                let function = self.program.function_name(f);
                (function.package, function.receiver?, function.name)
            }
            MethodTarget::External(package, ty, name) => (package, ty, name),
            MethodTarget::Interface(..) => return None,
        };
        match self.models.call(package, Some(ty), name)? {
            Effect::WaitGroupDone => Some(GroupOperation::Done),
            Effect::Wait => Some(GroupOperation::Wait),
            _ => None,
        }
    }

    /// What the method does to its receiver, if that is a lock: by the tables, or by its name on a type whose body is not at
    /// hand.
    pub(super) fn lock_operation(&self, method: &MethodTarget) -> Option<LockOperation> {
        let (package, ty, name) = match *method {
            MethodTarget::Declared(f) => {
                if !self.models.may_know(self.program.ir(f.file).function(f.function).name) {
                    return None;
                }
                let function = self.program.function_name(f);
                (function.package, function.receiver?, function.name)
            }
            MethodTarget::External(package, ty, name) => (package, ty, name),
            MethodTarget::Interface(Some(interface), name) => {
                let (package, ty) = self.program.type_name(interface);
                (package, ty, name)
            }
            MethodTarget::Interface(None, name) => return self.models.lock_method(name, 0),
        };
        if let Some(effect) = self.models.call(package, Some(ty), name) {
            return match effect {
                Effect::Lock(operation) => Some(*operation),
                _ => None,
            };
        }
        let operation = self.models.lock_method(name, 0)?;
        match *method {
            MethodTarget::Declared(f) => {
                let ir = self.program.ir(f.file);
                let declared = ir.function(f.function);
                let no_parameters = ir.signature(declared.signature).params.is_empty();
                (declared.body.is_none() && no_parameters).then_some(operation)
            }
            _ => Some(operation),
        }
    }

    /// The lock that `receiver` is, as this function names it.
    pub(super) fn lock_of(&self, receiver: &Value, expr: ExprId) -> Option<Lock> {
        let Value::Reference(reference) = receiver else {
            // Some lock, known by how it is written alone: enough to see that the same helper names it elsewhere.
            let text = self.program.display_expr(self.file, expr);
            let key = Key::owner(KeyOwner::External(Name::new("lock"), Name::new(&text)));
            return Some(Lock { place: None, key });
        };
        if reference.copied {
            return self.copied_lock(expr);
        }
        let key = match &reference.key {
            Some(key) if self.is_one_of_several(key) => {
                let place = reference.place.step(Step::Element);
                return Some(Lock { place, key: key.element() });
            }
            Some(key) => key.clone(),
            None => {
                let text = self.program.display_expr(self.file, expr);
                let key = Key::owner(KeyOwner::External(Name::new("lock"), Name::new(&text)));
                if self.is_element(expr) {
                    return Some(Lock { place: None, key: key.element() });
                }
                key
            }
        };
        Some(Lock { place: Some(reference.place.clone()), key })
    }

    /// Whether a lock is known by a variable that was given what a container holds under some key: for another key it is another
    /// lock.
    fn is_one_of_several(&self, key: &Key) -> bool {
        let KeyOwner::Local(local) = key.owner else { return false };
        let is_variable = key.path.is_empty() && key.depth == 0 && local.file == self.file;
        is_variable && self.is_given_element(local.local)
    }

    /// Whether some statement gives an element of a container to a variable that is a pointer.
    fn is_given_element(&self, local: LocalId) -> bool {
        let declared = self.ir.local(local);
        if matches!(declared.kind, LocalKind::Param(_) | LocalKind::Receiver) {
            return false;
        }
        self.ir.stmts.iter().any(|stmt| {
            let (StmtKind::Assign { targets, op: None, values } | StmtKind::Define { targets, values }) =
                stmt.kind
            else {
                return false;
            };
            let mut given = self.ir.exprs_of(targets).iter().zip(self.ir.exprs_of(values));
            given.any(|(target, value)| {
                matches!(self.ir.kind(*target), ExprKind::Local(other) if other == local)
                    && self.is_element(*value)
            })
        })
    }

    /// Whether an expression is an element of a map or slice, or what a concurrent map has under a key.
    fn is_element(&self, expr: ExprId) -> bool {
        let expr = self.ir.unparen(expr);
        match self.ir.kind(expr) {
            ExprKind::Index { .. } => true,
            ExprKind::Assert { operand, .. } => match self.ir.kind(self.ir.unparen(operand)) {
                ExprKind::Local(local) => self.is_given_element(local),
                _ => self.is_element(operand),
            },
            ExprKind::Call { .. } => match self.program.callee(self.file, expr) {
                Callee::Method { selection, .. } => self.gives_element(&selection.method),
                _ => false,
            },
            _ => false,
        }
    }

    fn gives_element(&self, method: &MethodTarget) -> bool {
        let (package, ty, name) = match *method {
            MethodTarget::Declared(f) => {
                let function = self.program.function_name(f);
                (function.package, function.receiver, function.name)
            }
            MethodTarget::External(package, ty, name) => (package, Some(ty), name),
            MethodTarget::Interface(..) => return false,
        };
        self.models.call(package, ty, name) == Some(&Effect::LoadElement)
    }

    /// A lock in a copy of a struct guards nothing but the copy.
    fn copied_lock(&self, expr: ExprId) -> Option<Lock> {
        let local = self.local_ref(self.root_local(expr)?);
        let place = crate::domain::Place::root(Root::Local(local));
        Some(Lock { place: Some(place), key: Key::owner(KeyOwner::Local(local)) })
    }

    /// Whether the lock that a call works on is a field that merely points to it: another field may point there too.
    pub(super) fn is_aliased_lock(&self, call: ExprId) -> bool {
        let Callee::Method { receiver, selection } = self.program.callee(self.file, call) else {
            return false;
        };
        let mut embedded = selection.embedded.iter().rev();
        let ty = match embedded.find(|field| !is_whole_lock(self.program, self.models, **field)) {
            Some(field) => self.program.field_type(*field),
            None if matches!(self.ir.kind(self.ir.unparen(receiver)), ExprKind::Selector { .. }) => {
                self.type_of(receiver)
            }
            None => return false,
        };
        matches!(self.shape(ty), Type::Pointer(_) | Type::Interface(_))
    }

    fn root_local(&self, expr: ExprId) -> Option<LocalId> {
        match self.ir.kind(expr) {
            ExprKind::Local(local) => Some(local),
            ExprKind::Selector { base, .. } | ExprKind::Index { base, .. } => self.root_local(base),
            ExprKind::Paren(inner) | ExprKind::Unary { operand: inner, .. } => self.root_local(inner),
            _ => None,
        }
    }

    /// The lock operation that a call is, if it is one.
    pub(super) fn lock_call(&mut self, state: &mut State, call: ExprId) -> Option<(LockOperation, Lock)> {
        let Callee::Method { receiver, selection } = self.program.callee(self.file, call) else {
            return None;
        };
        let operation = self.lock_operation(&selection.method)?;
        if !matches!(operation, LockOperation::Try(_)) {
            return None;
        }
        let base = self.eval(state, receiver);
        let base = self.object(state, base, receiver);
        let (object, _) = self.embedded(&base, receiver, &selection.embedded)?;
        Some((operation, self.lock_of(&Value::Reference(object), receiver)?))
    }

    /// `mu.RLocker()`: an object whose lock is the read side of `mu`.
    pub(super) fn read_locker(&self, lock: &Value) -> Value {
        let Value::Reference(lock) = lock else { return Value::Unknown };
        let name = Name::new(READ_LOCKER);
        let Some(place) = lock.place.step(Step::Field(name)) else { return Value::Unknown };
        let key = lock.key.as_ref().map(|key| key.field(None, name));
        Value::Reference(Reference { place, key, copied: lock.copied })
    }

    /// Whether a lock is given back right behind the call that took it.
    fn follows_at_once(&self, state: &State, lock: &Lock, at: ExprId) -> bool {
        let release = self.ir.span(at);
        let is_right_behind = |held: &Held| {
            *held.lock == *lock
                && held.acquired.file == self.file
                && held.acquired.span.end <= release.start
                && release.start - held.acquired.span.end <= LARGEST_GAP
        };
        !self.is_leaving && state.locks.surely.iter().any(is_right_behind)
    }

    pub(super) fn apply_lock(
        &mut self,
        state: &mut State,
        operation: LockOperation,
        lock: &Lock,
        at: ExprId,
    ) {
        let (operation, lock) = &through_read_locker(operation, lock);
        match *operation {
            LockOperation::Acquire(mode) => {
                let held = self.held(lock.clone(), mode, at);
                state.acquire(held);
            }
            LockOperation::Release(_) => {
                if self.follows_at_once(state, lock, at) {
                    self.recorder.empty_section(&lock.key);
                }
                state.release(lock);
            }
            LockOperation::Try(mode) => {
                // Outside a condition nobody knows whether it succeeded.
                let held = self.held(lock.clone(), mode, at);
                self.outcome = vec![(Outcome::True, Told::Holds(held.clone()))];
                state.locks.perhaps.acquire(held);
            }
        }
    }
}

/// As much room as a line's end and the next line's indentation take.
const LARGEST_GAP: u32 = 12;

/// What is done to the read side of a lock is done to the lock, for reading.
fn through_read_locker(operation: LockOperation, lock: &Lock) -> (LockOperation, Lock) {
    let is_read_side = lock.key.path.last().is_some_and(|name| name.as_str() == READ_LOCKER);
    if !is_read_side {
        return (operation, lock.clone());
    }
    let mut whole = lock.clone();
    whole.key.path.pop();
    if let Some(place) = &mut whole.place {
        place.path.pop();
    }
    let operation = match operation {
        LockOperation::Acquire(_) => LockOperation::Acquire(LockMode::Read),
        LockOperation::Release(_) => LockOperation::Release(LockMode::Read),
        LockOperation::Try(_) => LockOperation::Try(LockMode::Read),
    };
    (operation, whole)
}
