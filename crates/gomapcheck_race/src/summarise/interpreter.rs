//! The interpreter of one function: what it carries from statement to statement.

use std::cell::Cell;
use std::sync::Arc;

use gomapcheck_ir::{self as ir, ExprId, FunctionId, LocalId, LocalKind};
use gomapcheck_source::{FileId, Name, Span};
use gomapcheck_types::{FieldRef, FunctionRef, LocalRef, Program, Type, TypeId};
use rustc_hash::FxHashSet;

use crate::conflict::{Location, LockMode};
use crate::domain::{Choice, Held, Key, KeyOwner, Lock, Lockset, Place, Root, SharedList, Step};
use crate::lock_types::is_whole_lock;
use crate::models::Models;
use crate::summaries::KeptSummary;
use crate::summarise::flow::Dispatch;
use crate::summarise::outcome::{Outcomes, Told};
use crate::summarise::paths;
use crate::summarise::prepare::Prepared;
use crate::summarise::record::Recorder;
use crate::summarise::semaphore::{Semaphores, TakenBy};
use crate::summarise::stable::Variables;
use crate::summarise::state::State;
use crate::summarise::{Finished, Tables};
use crate::summary::{Outcome, Ownership, Reference, Summary, Value};

/// Interprets one function to its summary; tells in how many steps: statements, expressions and translated accesses.
pub(super) fn function(
    program: &Program<'_>,
    tables: &Tables<'_>,
    finished: &[&Finished],
    function: FunctionRef,
) -> (Summary, u64) {
    let ir = program.ir(function.file);
    let Some(body) = ir.function(function.function).body else {
        return (Summary::default(), 0);
    };
    let mut interpreter = Interpreter::new(program, tables, finished, function, ir);
    let end = interpreter.block(Some(State::default()), body);
    let summary = interpreter.finish(end);
    (summary, interpreter.steps.get())
}

/// A statement that `break` or `continue` can leave.
pub(super) struct Frame {
    pub(super) label: Option<Name>,
    /// Joined states of the breaks.
    pub(super) breaks: Option<State>,
    /// Joined states of the continues; loops only.
    pub(super) continues: Option<State>,
    pub(super) is_loop: bool,
}

pub(super) struct Interpreter<'a> {
    pub(super) program: &'a Program<'a>,
    pub(super) models: &'a Models,
    semaphores: &'a Semaphores,
    pub(super) variables: &'a Variables,
    /// Which functions interface calls reach where few of the implementations flow.
    pub(super) dispatch: &'a Dispatch,
    finished: &'a [&'a Finished],
    pub(super) function: FunctionRef,
    pub(super) file: FileId,
    pub(super) ir: &'a ir::File,
    pub(super) recorder: Recorder,
    /// How much was done: see [`function`].
    pub(super) steps: Cell<u64>,
    /// The loops around the current statement, outermost first.
    pub(super) loops: Vec<Span>,
    pub(super) frames: Vec<Frame>,
    /// The label of the statement that comes next.
    pub(super) label: Option<Name>,
    pub(super) deferred: Vec<Prepared>,
    /// While the deferred calls run.
    pub(super) is_leaving: bool,
    /// Joined states of the returns.
    pub(super) exits: Option<State>,
    /// The same for returns where an error has just been seen.
    pub(super) failures: Option<State>,
    /// How many `if err != nil` are around the current point.
    pub(super) failing: u32,
    /// How many `if recover() != nil` are around the current point.
    pub(super) recovering: u32,
    /// Literals of this function that were called or launched here, so that their accesses are accounted for.
    pub(super) performed: FxHashSet<FunctionId>,
    /// Where the literals of this function stand, in the order in which they were met.
    pub(super) literals: Vec<(FunctionId, ExprId)>,
    /// The functions whose calls are being followed at the moment: a literal may call itself through its variable.
    pub(super) following: Vec<FunctionRef>,
    /// Inside the body of a `sync.Once`.
    pub(super) once: u32,
    /// Inside a call of something unknown, which may keep the functions that it is given for later.
    pub(super) guessing: bool,
    /// The literal around the current point that is called some other time.
    pub(super) following_stored: Option<FunctionRef>,
    pub(super) parallel_test: bool,
    /// The call just performed never returns.
    pub(super) ended: bool,
    /// The expression whose value is being assigned.
    pub(super) assigned: Option<ExprId>,
    /// What the call just performed has brought about where its last result is so.
    pub(super) outcome: Vec<(Outcome, Told)>,
    /// What is known at the returns, by what they return.
    pub(super) outcomes: Outcomes,
    pub(super) results: Vec<Value>,
    /// The results that are one parameter here and another one there.
    pub(super) undecided_results: Vec<usize>,
    pub(super) result_ownership: Vec<Ownership>,
    pub(super) behind_results: Vec<(Root, Place)>,
    pub(super) held_by_results: Vec<(Place, Value)>,
    /// Inside a function value that a launched function calls, at a point where nobody knows what it has launched by then.
    pub(super) is_unordered: bool,
    /// While a function value is launched that a callee calls on a goroutine of its own: the locks that the callee holds there.
    pub(super) launchers_locks: Lockset,
    /// The same of what was waited for there.
    pub(super) launchers_gates: SharedList<Place>,
    /// What had been waited for when the outermost loop began that is around the current statement.
    pub(super) before_loops: SharedList<Place>,
}

impl<'a> Interpreter<'a> {
    fn new(
        program: &'a Program<'a>,
        tables: &'a Tables<'a>,
        finished: &'a [&'a Finished],
        function: FunctionRef,
        ir: &'a ir::File,
    ) -> Self {
        Self {
            program,
            models: tables.models,
            semaphores: &tables.semaphores,
            variables: &tables.variables,
            dispatch: &tables.dispatch,
            finished,
            function,
            file: function.file,
            ir,
            recorder: Recorder::default(),
            steps: Cell::new(0),
            loops: Vec::new(),
            frames: Vec::new(),
            label: None,
            deferred: Vec::new(),
            is_leaving: false,
            exits: None,
            failures: None,
            failing: 0,
            recovering: 0,
            performed: FxHashSet::default(),
            literals: Vec::new(),
            following: Vec::new(),
            once: 0,
            guessing: false,
            following_stored: None,
            parallel_test: false,
            ended: false,
            assigned: None,
            outcome: Vec::new(),
            outcomes: Outcomes::default(),
            results: Vec::new(),
            undecided_results: Vec::new(),
            result_ownership: Vec::new(),
            behind_results: Vec::new(),
            held_by_results: Vec::new(),
            is_unordered: false,
            launchers_locks: Lockset::EMPTY,
            launchers_gates: SharedList::EMPTY,
            before_loops: SharedList::EMPTY,
        }
    }

    /// Whether what happens here may happen later: a function does it that someone may keep.
    pub(super) fn is_kept(&self) -> bool {
        self.guessing || self.following_stored.is_some()
    }

    /// Counts a step.
    pub(super) fn step(&self) {
        self.steps.set(self.steps.get() + 1);
    }

    /// A send or receive takes or gives back the lock that the channel is, if it is one.
    pub(super) fn channel_lock(&mut self, state: &mut State, channel: &Value, (by, at): (TakenBy, ExprId)) {
        let Value::Reference(Reference { place, key: Some(key), .. }) = channel else { return };
        let Some(style) = self.semaphores.get(key) else { return };
        let lock = Lock { place: Some(place.clone()), key: key.clone() };
        if style == by {
            let held = Held {
                lock: lock.into(),
                mode: LockMode::Write,
                aliased: false,
                acquired: self.location(self.ir.span(at)),
            };
            state.acquire(held);
        } else {
            state.release(&lock);
        }
    }

    /// Whether the call just performed never returns; asked once.
    pub(super) fn take_ended(&mut self) -> bool {
        std::mem::take(&mut self.ended)
    }

    /// The summary of a callee, if it is finished.
    pub(super) fn summary(&self, f: FunctionRef) -> Option<&'a Summary> {
        self.kept_summary(f).map(KeptSummary::get)
    }

    pub(super) fn kept_summary(&self, f: FunctionRef) -> Option<&'a KeptSummary> {
        self.finished.iter().find_map(|finished| finished.get(&f))
    }

    pub(super) fn location(&self, span: Span) -> Location {
        Location { file: self.file, span }
    }

    pub(super) fn type_of(&self, expr: ExprId) -> TypeId {
        self.program.type_of(self.file, expr)
    }

    pub(super) fn shape(&self, ty: TypeId) -> &'a Type {
        self.program.ty(self.program.underlying(ty))
    }

    /// Whether a variable of this type holds its contents itself, so that assigning it copies them.
    pub(super) fn is_struct(&self, ty: TypeId) -> bool {
        matches!(self.shape(ty), Type::Struct(..) | Type::Array(_))
    }

    /// Whether a value of this type leads to objects that goroutines can share.
    pub(super) fn is_reference(&self, ty: TypeId) -> bool {
        !matches!(self.shape(ty), Type::Basic(_))
    }

    pub(super) fn local_ref(&self, local: LocalId) -> LocalRef {
        LocalRef::new(self.file, local)
    }

    /// The variable itself, as an object.
    pub(super) fn local_storage(&self, local: LocalId) -> Reference {
        let local = self.local_ref(local);
        Reference {
            place: Place::root(Root::Local(local)),
            key: Some(Key::owner(KeyOwner::Local(local))),
            copied: false,
        }
    }

    /// What a local variable refers to at this point.
    pub(super) fn local_value(&self, state: &State, local: LocalId) -> Value {
        if let Some(value) = state.local(local) {
            return value.clone();
        }
        let declared = self.ir.local(local);
        if declared.function == self.function.function
            && let Some(param) = self.param_number(declared.kind)
        {
            let mut reference = self.local_storage(local);
            reference.place.root = Root::Param(param);
            reference.copied = self.is_struct(self.program.local_type(self.file, local));
            return Value::Reference(reference);
        }
        Value::Reference(self.local_storage(local))
    }

    pub(super) fn param_number(&self, kind: LocalKind) -> Option<u32> {
        match kind {
            LocalKind::Receiver => Some(0),
            LocalKind::Param(n) => {
                let has_receiver = self.ir.function(self.function.function).receiver.is_some();
                Some(n + u32::from(has_receiver))
            }
            _ => None,
        }
    }

    /// The step to a declared field. A struct that is no more than a lock is not left for the lock in it.
    pub(super) fn step_to(&self, base: &Reference, base_type: TypeId, field: FieldRef) -> Option<Reference> {
        if is_whole_lock(self.program, self.models, field) {
            return Some(base.clone());
        }
        let owner = self.program.field_owner(field).map(KeyOwner::Type);
        self.step_field(base, base_type, owner, self.program.field(field).name)
    }

    /// One step from an object. `base_type` is the type of the expression before the step.
    pub(super) fn step_field(
        &self,
        base: &Reference,
        base_type: TypeId,
        owner: Option<KeyOwner>,
        name: Name,
    ) -> Option<Reference> {
        let through_pointer = matches!(self.shape(base_type), Type::Pointer(_));
        let place = base.place.step(Step::Field(name))?;
        let key = match (&base.key, owner) {
            (Some(key), owner) => Some(key.field(owner, name)),
            (None, Some(owner)) => Some(Key::owner(owner).field(None, name)),
            (None, None) => None,
        };
        Some(Reference { place, key, copied: base.copied && !through_pointer })
    }

    pub(super) fn step_element(base: &Reference, by: Choice) -> Option<Reference> {
        Some(Reference {
            place: base.place.element(by)?,
            key: base.key.as_ref().map(Key::element),
            copied: false,
        })
    }

    /// Who can reach the object at a place of this function.
    pub(super) fn ownership(&self, state: &State, place: &Place) -> Ownership {
        let root = place.root;
        if state.is_place_published(place) || state.is_lent(root) || state.is_stored(root) {
            return Ownership::Shared;
        }
        match root {
            Root::Param(n) => Ownership::OwnedIf(n),
            Root::Fresh(_) => Ownership::Owned,
            Root::Local(local) if self.is_own(local) => Ownership::Owned,
            Root::Local(_) | Root::Global(_) | Root::External(..) => Ownership::Shared,
        }
    }

    /// Whether this very function declares the variable.
    pub(super) fn is_own(&self, local: LocalRef) -> bool {
        local.file == self.file && self.ir.local(local.local).function == self.function.function
    }

    /// Whether a variable can be named here: its function is this one or one around it.
    pub(super) fn is_visible(&self, local: LocalRef) -> bool {
        if local.file != self.file {
            return false;
        }
        let declared_in = self.ir.local(local.local).function;
        let mut function = Some(self.function.function);
        while let Some(id) = function {
            if id == declared_in {
                return true;
            }
            function = self.ir.function(id).parent;
        }
        false
    }

    /// Whether `literal` stands in this function, directly or in another literal.
    pub(super) fn encloses(&self, f: FunctionRef) -> bool {
        if f.file != self.file {
            return false;
        }
        let mut function = self.ir.function(f.function).parent;
        while let Some(id) = function {
            if id == self.function.function {
                return true;
            }
            function = self.ir.function(id).parent;
        }
        false
    }

    /// Others can reach what this value refers to from now on.
    pub(super) fn publish(&mut self, state: &mut State, value: &Value) {
        self.publish_unseen(state, value, &mut Vec::new());
    }

    /// The same, without the variables in `seen`: a literal may capture the variable that holds it.
    pub(super) fn publish_unseen(&mut self, state: &mut State, value: &Value, seen: &mut Vec<LocalRef>) {
        match value {
            Value::Reference(reference) => state.publish_place(&reference.place),
            Value::Function(function) => {
                let function = Arc::clone(function);
                self.publish_unseen(state, &function.receiver, seen);
                for (_, captured) in &function.captures {
                    self.publish_unseen(state, captured, seen);
                }
                self.publish_captures(state, &function, seen);
            }
            Value::Unknown => {}
        }
    }

    fn finish(&mut self, end: Option<State>) -> Summary {
        let exits = self.exits.take();
        let end = paths::with_failures(paths::join(exits, end), self.failures.take());
        let never_returns = end.is_none();
        let mut state = end.unwrap_or_default();
        self.is_leaving = true;
        let before = state.locks.perhaps.clone();
        while let Some(prepared) = self.deferred.pop() {
            self.perform(&mut state, &prepared);
        }
        self.account_for_stored_literals(&mut state);
        let ending = crate::summarise::record::Ending {
            never_returns,
            parallel_test: self.parallel_test,
            results: std::mem::take(&mut self.results),
            result_ownership: std::mem::take(&mut self.result_ownership),
            behind_results: std::mem::take(&mut self.behind_results),
            held_by_results: std::mem::take(&mut self.held_by_results),
        };
        let recorder = std::mem::take(&mut self.recorder);
        let mut summary = recorder.finish(&state, ending, |root| match root {
            Root::Fresh(_) => true,
            Root::Local(local) => self.is_own(local),
            Root::Param(_) | Root::Global(_) | Root::External(..) => false,
        });
        let held = |locks: &Lockset, lock: &Lock| locks.mode_of(lock).is_some();
        let outcomes = std::mem::take(&mut self.outcomes);
        outcomes.note_waits(&mut summary);
        summary.effect.depending = outcomes
            .depending(|lock| {
                state.released.contains(lock) || (held(&before, lock) && !held(&state.locks.perhaps, lock))
            })
            .into();
        summary
    }
}
