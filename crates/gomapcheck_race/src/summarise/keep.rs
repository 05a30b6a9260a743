//! Functions that are kept in fields, variables and tables: who puts them there, and what those do that work on locks alone.

use gomapcheck_ir::{ExprId, ExprKind, FunctionKind};
use gomapcheck_types::{FunctionRef, Type, TypeId};

use crate::conflict::Location;
use crate::domain::{Domain, Held, Key, Locks, Root, SharedList};
use crate::models::LockOperation;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::prepare::Prepared;
use crate::summarise::state::State;
use crate::summary::{
    FunctionTarget, FunctionValue, Reference, StoredFunction, StoredLock, Thread, Value, ValueCall,
};

impl Interpreter<'_> {
    /// A function is kept where `key` tells from now on: its calls are those of what that place holds. A parameter is for the
    /// callers to tell.
    pub(super) fn note_stored(&mut self, value: &Value, key: Option<&Key>, at: ExprId) {
        let Some(key) = key.filter(|key| Self::is_declared(key)) else { return };
        let by = self.location(self.ir.span(at));
        match value {
            Value::Function(function) => match &function.target {
                FunctionTarget::Function(f) if self.encloses(*f) => self.store_literal(*f, key, by),
                FunctionTarget::Function(f) if self.is_declared_function(*f) => {
                    self.recorder.store(StoredFunction { function: *f, key: key.clone(), by });
                }
                FunctionTarget::Function(_) | FunctionTarget::Group(..) => {}
                FunctionTarget::Lock(operation, lock) => {
                    let (mut acquires, mut releases) = (Vec::new(), Vec::new());
                    match operation {
                        LockOperation::Acquire(mode) => acquires.push(self.held(lock.clone(), *mode, at)),
                        LockOperation::Release(_) => releases.push(lock.key.clone()),
                        LockOperation::Try(_) => return,
                    }
                    self.recorder.store_lock(StoredLock { key: key.clone(), by, acquires, releases });
                }
            },
            Value::Reference(Reference { place, .. }) => match place.root {
                Root::Param(n) if place.path.is_empty() && self.is_function_parameter(n) => {
                    self.recorder.keep(n, key);
                }
                _ => {}
            },
            Value::Unknown => {}
        }
    }

    fn is_declared_function(&self, f: FunctionRef) -> bool {
        self.program.ir(f.file).function(f.function).kind != FunctionKind::Literal
    }

    fn store_literal(&mut self, literal: FunctionRef, key: &Key, by: Location) {
        self.recorder.store(StoredFunction { function: literal, key: key.clone(), by });
        let Some(summary) = self.summary(literal) else { return };
        let effect = &summary.effect;
        if effect.acquires.is_empty() && effect.releases.is_empty() {
            return;
        }
        let acquires: Vec<Held> = effect.acquires.iter().cloned().collect();
        let releases = effect.releases.iter().map(|lock| lock.key.clone()).collect();
        self.recorder.store_lock(StoredLock { key: key.clone(), by, acquires, releases });
    }

    /// What a declared place holds is called by someone to whom it was handed on: here, under these locks as well as those held,
    /// or some other time.
    pub(super) fn note_handed_on(&mut self, state: &State, kept: &Reference, here: Option<Locks>) {
        let Some(key) = kept.key.as_ref().filter(|key| Self::is_declared(key)) else { return };
        let (mut locks, mut thread, called) =
            (Locks::default(), Thread::Launched(u32::MAX), SharedList::EMPTY);
        if let Some(inner) = here {
            (locks, thread) = (inner, Thread::Caller);
            state.locks.surely.iter().for_each(|held| locks.acquire(held.clone()));
        }
        self.recorder.value_call(ValueCall { key: key.clone(), locks, thread, called });
    }

    /// What is not known calls the functions that it is given here and now, or keeps them for later; a logger that is given one
    /// as it is given anything else does neither.
    pub(super) fn note_arguments_handed_on(&mut self, state: &State, prepared: &Prepared) {
        let ExprKind::Call { callee, .. } = self.ir.kind(prepared.call) else { return };
        let Type::Signature(signature) = self.shape(self.type_of(callee)) else { return };
        for (value, parameter) in prepared.arguments().iter().zip(&signature.params) {
            if let Value::Reference(kept) = value
                && matches!(self.shape(*parameter), Type::Signature(_))
            {
                self.note_handed_on(state, kept, (!self.guessing).then(Locks::default));
            }
        }
    }

    fn is_function_parameter(&self, param: u32) -> bool {
        let function = self.ir.function(self.function.function);
        let is_meant =
            |local: &gomapcheck_ir::LocalId| self.param_number(self.ir.local(*local).kind) == Some(param);
        let params = &self.ir.signature(function.signature).params;
        let local = params.iter().filter_map(|param| param.local).find(is_meant);
        local.is_some_and(|local| {
            matches!(self.shape(self.program.local_type(self.file, local)), Type::Signature(_))
        })
    }

    /// Whether a call takes nothing and gives nothing, as that of a function does which works on a lock.
    pub(super) fn is_plain_call(&self, call: ExprId) -> bool {
        self.taken_for_nothing(call).is_some_and(<[TypeId]>::is_empty)
    }

    /// Whether a call may be there to tell that work is over, or to wait for that: it gives nothing, and is told no more than
    /// how it went. The others would burden all that comes after them.
    pub(super) fn may_tell_end(&self, call: ExprId) -> bool {
        let is_outcome = |told: &TypeId| matches!(self.shape(*told), Type::Interface(_) | Type::Basic(_));
        self.taken_for_nothing(call).is_some_and(|told| told.len() <= 1 && told.iter().all(is_outcome))
    }

    /// The types of what a called function takes, if it gives nothing.
    fn taken_for_nothing(&self, call: ExprId) -> Option<&[TypeId]> {
        let ExprKind::Call { callee, .. } = self.ir.kind(call) else { return None };
        match self.shape(self.type_of(callee)) {
            Type::Signature(signature) => signature.results.is_empty().then_some(&*signature.params),
            _ => None,
        }
    }

    /// Literals that were stored or handed to unknown functions run some time, under locks that nobody knows.
    pub(super) fn account_for_stored_literals(&mut self, state: &mut State) {
        for (literal, expr) in std::mem::take(&mut self.literals) {
            if self.performed.contains(&literal) {
                continue;
            }
            let literal = FunctionRef::new(self.file, literal);
            let mut later = state.clone();
            later.locks = Locks::default();
            let function = FunctionValue {
                target: FunctionTarget::Function(literal),
                receiver: Value::Unknown,
                captures: Vec::new(),
            };
            self.publish_captures(&mut later, &function, &mut Vec::new());
            later.forget_made();
            self.following_stored = Some(literal);
            self.apply(&mut later, literal, &[], &[], (expr, Thread::Caller, true));
            self.following_stored = None;
            state.live = state.live.join(&later.live);
        }
    }
}
