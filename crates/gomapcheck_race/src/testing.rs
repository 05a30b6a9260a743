//! Small programs for the tests of the stages after the summaries: written as summaries, without any Go.
//!
//! All methods are those of one type with a map `items` and a lock `mu`, reached through the receiver.

use gomapcheck_ir::{ExprId, FunctionId, LocalId, TypeDeclId};
use gomapcheck_source::{FileId, Name, Span};
use gomapcheck_types::{FunctionRef, LocalRef, QualifiedFunction, TypeRef};

use crate::conflict::{Location, LockMode, Operation};
use crate::contexts::{FunctionFacts, Role, World};
use crate::domain::{Held, Key, KeyOwner, LiveSet, Lock, Locks, Place, Root, Step};
use crate::models::LaunchKind;
use crate::pair::Scopes;
use crate::summaries::Summaries;
use crate::summary::{Access, CallSite, Launch, Manner, Multiplicity, Ownership, Summary, Thread};

const FILE: FileId = FileId(0);

/// A place in the only file.
pub(crate) fn at(offset: u32) -> Location {
    Location { file: FILE, span: Span::new(offset, offset + 1) }
}

/// The field of the type.
pub(crate) fn field(name: &str) -> Key {
    Key::owner(KeyOwner::Type(store())).field(None, Name::new(name))
}

/// The type.
pub(crate) fn store() -> TypeRef {
    TypeRef::new(FILE, TypeDeclId::new(0))
}

/// The field of the receiver.
pub(crate) fn of_receiver(name: &str) -> Place {
    let mut place = Place::root(Root::Param(0));
    place.path.push(Step::Field(Name::new(name)));
    place
}

/// A local variable of the file.
pub(crate) fn local(number: usize) -> LocalRef {
    LocalRef::new(FILE, LocalId::new(number))
}

/// The receiver's lock of this name.
pub(crate) fn held(name: &str, mode: LockMode) -> Held {
    Held {
        lock: Lock { place: Some(of_receiver(name)), key: field(name) }.into(),
        mode,
        aliased: false,
        acquired: at(0),
    }
}

/// The receiver's `mu`, locked.
pub(crate) fn mu() -> Held {
    held("mu", LockMode::Write)
}

/// An operation on the receiver's `items`, without a lock.
pub(crate) fn access(operation: Operation, offset: u32) -> Access {
    Access {
        place: Some(of_receiver("items")),
        key: field("items"),
        operation,
        location: at(offset),
        function: FunctionRef::new(FILE, FunctionId::new(0)),
        operand: ExprId::new(0),
        locks: Locks::default(),
        calls: Default::default(),
        thread: Thread::Caller,
        live: LiveSet::default(),
        ownership: Ownership::OwnedIf(0),
        after: Default::default(),
        after_signal: false,
        unclaimed: false,
        stored: None,
        fills: false,
        is_kept: false,
        by_alias: false,
        manner: Manner::Plain,
        released: Default::default(),
        gates: Default::default(),
        conditions: Default::default(),
        passed: Default::default(),
    }
}

/// An operation on a local map.
pub(crate) fn on_local(number: usize, operation: Operation, offset: u32) -> Access {
    Access {
        place: Some(Place::root(Root::Local(local(number)))),
        key: Key::owner(KeyOwner::Local(local(number))),
        ownership: Ownership::Shared,
        ..access(operation, offset)
    }
}

impl Access {
    /// The same under a lock.
    pub(crate) fn under(mut self, held: Held) -> Self {
        self.locks.acquire(held);
        self
    }

    /// The same while this launch may run.
    pub(crate) fn beside(mut self, launch: usize) -> Self {
        self.live.insert(launch);
        self
    }
}

/// A `go` statement that starts one goroutine.
pub(crate) fn launch(offset: u32, accesses: Vec<Access>) -> Launch {
    Launch {
        location: at(offset),
        site: ExprId::new(offset as usize),
        kind: LaunchKind::Go,
        target: None,
        multiplicity: Multiplicity::One,
        signals: Default::default(),
        waits: Default::default(),
        calls: Default::default(),
        accesses,
        live: LiveSet::default(),
        ended_where: None,
        outlives: true,
        around: crate::domain::Lockset::EMPTY,
        deferred_start: false,
        one_at_a_time: false,
        conditions: Default::default(),
        passed: Default::default(),
        separate: Default::default(),
        goroutine: None,
        is_kept: false,
        part_of: None,
        started_by: Default::default(),
    }
}

/// A call on the caller's goroutine with its own receiver.
pub(crate) fn call(callee: FunctionRef, offset: u32) -> CallSite {
    CallSite {
        location: at(offset),
        callee,
        locks: Locks::default(),
        arguments: [Ownership::OwnedIf(0)].into_iter().collect(),
        argument_places: [Some(Place::root(Root::Param(0)))].into_iter().collect(),
        given: crate::domain::SharedList::EMPTY,
        thread: Thread::Caller,
        live: LiveSet::default(),
        dynamic: false,
        in_order: true,
        stored: None,
        passed: Default::default(),
        released: Default::default(),
        gates: Default::default(),
        constants: Default::default(),
    }
}

impl CallSite {
    /// The same under a lock.
    pub(crate) fn under(mut self, held: Held) -> Self {
        self.locks.acquire(held);
        self
    }

    /// The same about an object that the caller has just made.
    pub(crate) fn of_fresh(mut self) -> Self {
        self.arguments = [Ownership::Owned].into_iter().collect();
        self
    }
}

/// A program being written down, callees first.
#[derive(Default)]
pub(crate) struct Code {
    entries: Vec<(FunctionRef, Summary)>,
    facts: Vec<FunctionFacts>,
}

impl Code {
    /// Adds an exported function with these accesses.
    pub(crate) fn exported(&mut self, name: &str, sites: Vec<Access>) -> FunctionRef {
        let function = self.add(name, sites, Vec::new());
        self.last().exported = true;
        self.last().upper_case = true;
        function
    }

    /// Adds a function that only its callers reach.
    pub(crate) fn unexported(&mut self, name: &str, sites: Vec<Access>) -> FunctionRef {
        self.add(name, sites, Vec::new())
    }

    /// Adds an exported function that calls others.
    pub(crate) fn caller(&mut self, name: &str, calls: Vec<CallSite>) -> FunctionRef {
        let function = self.add(name, Vec::new(), calls);
        self.last().exported = true;
        function
    }

    /// Adds `main` or another function that runs before everything.
    pub(crate) fn initial(&mut self, name: &str, sites: Vec<Access>, calls: Vec<CallSite>) -> FunctionRef {
        let function = self.add(name, sites, calls);
        self.last().role = Role::Initial;
        function
    }

    /// Adds an exported function that launches.
    pub(crate) fn launcher(
        &mut self,
        name: &str,
        accesses: Vec<Access>,
        launches: Vec<Launch>,
    ) -> FunctionRef {
        let function = self.exported(name, accesses);
        if let Some((_, summary)) = self.entries.last_mut() {
            summary.launches = launches;
        }
        function
    }

    /// The facts of the function added last.
    pub(crate) fn last(&mut self) -> &mut FunctionFacts {
        self.facts.last_mut().unwrap()
    }

    /// Adds calls to a function that is already written down.
    pub(crate) fn add_calls(&mut self, function: FunctionRef, calls: Vec<CallSite>) {
        self.entries[function.function.index()].1.calls.extend(calls);
    }

    fn add(&mut self, name: &str, mut sites: Vec<Access>, calls: Vec<CallSite>) -> FunctionRef {
        let function = FunctionRef::new(FILE, FunctionId::new(self.entries.len()));
        sites.iter_mut().for_each(|access| access.function = function);
        let qualified = QualifiedFunction {
            package: Name::new("p"),
            receiver: Some(Name::new("Store")),
            name: Name::new(name),
        };
        self.facts.push(FunctionFacts::new(function, qualified));
        let accesses = sites.clone();
        self.entries.push((function, Summary { accesses, sites, calls, ..Summary::default() }));
        function
    }

    /// Runs `test` on the finished program.
    pub(crate) fn check<T>(self, test: impl FnOnce(&World<'_>) -> T) -> T {
        let kept = self.entries.into_iter().map(|(function, summary)| (function, summary.into()));
        let summaries = Summaries::new(kept.collect(), 0);
        test(&World::new(&summaries, self.facts))
    }
}

/// Locals stand where their number says; no function contains another.
pub(crate) struct FlatScopes;

impl Scopes for FlatScopes {
    fn local(&self, local: LocalRef) -> (Span, bool) {
        (at(u32::try_from(local.local.index()).unwrap()).span, false)
    }

    fn captures(&self, _function: FunctionRef, _local: LocalRef) -> bool {
        true
    }

    fn expr(&self, _: FunctionRef, expr: ExprId) -> Span {
        at(u32::try_from(expr.index()).unwrap()).span
    }

    fn is_chosen_in_two_steps(&self, _: &Access) -> bool {
        false
    }

    fn has_field(&self, _: TypeRef, _: Name) -> bool {
        true
    }

    fn function(&self, _: FunctionRef) -> Span {
        Span::new(0, 0)
    }

    fn whole_of(&self, _: FunctionRef, _: TypeRef) -> Option<TypeRef> {
        None
    }

    fn is_started_again(&self, _: FunctionRef, _: &Launch) -> bool {
        false
    }
}
