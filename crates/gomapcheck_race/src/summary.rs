//! What one function does to maps, locks and goroutines, told in terms of its own parameters.
//!
//! A summary is a plain value: it prints one line an entry, and depends on the function, its callees' summaries and the
//! models alone.

use std::sync::Arc;

use gomapcheck_ir::ExprId;
use gomapcheck_source::Name;
use gomapcheck_types::{FunctionRef, LocalRef};
use smallvec::SmallVec;

use crate::conflict::{Location, Operation};
use crate::domain::{Condition, Held, Key, LiveSet, Lock, Locks, Lockset, Place, Root, SharedList};
use crate::models::{LaunchKind, LockOperation};
pub use crate::signal::Signal;

/// A reference to an object: where it lives and what declares it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reference {
    /// Where it lives.
    pub place: Place,
    /// What declares it, when known.
    pub key: Option<Key>,
    /// Whether it is a copy of the struct there: maps and pointers in it are shared, locks are not.
    pub copied: bool,
}

/// What an expression evaluates to, as far as races need it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Value {
    /// Nothing is known, or nothing that matters.
    #[default]
    Unknown,
    /// An object.
    Reference(Reference),
    /// A function to call.
    Function(Arc<FunctionValue>),
}

/// A function together with what it is bound to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FunctionValue {
    /// What runs.
    pub target: FunctionTarget,
    /// The receiver of a method value.
    pub receiver: Value,
    /// What the captured variables were, where the literal has left the function that made it.
    pub captures: Vec<(LocalRef, Value)>,
}

/// What runs when a function value is called.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum FunctionTarget {
    /// A function of the analysed packages.
    Function(FunctionRef),
    /// A method of a lock: `s.mu.Unlock`.
    Lock(LockOperation, Lock),
    /// A method of a wait group or group: `wg.Done`.
    Group(GroupOperation, Place),
}

/// A method of a wait group or group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GroupOperation {
    /// `Done`.
    Done,
    /// `Wait`.
    Wait,
}

/// The goroutine of its function in which something happens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Thread {
    /// The one that called the function.
    #[default]
    Caller,
    /// The goroutine of launch number n of this function.
    Launched(u32),
}

/// A call passed on the way to an access.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CallStep {
    /// Where the call stands.
    pub location: Location,
    /// What is called.
    pub callee: FunctionRef,
}

/// An operation on a map, as one function sees it: its own, or that of a function it calls or launches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Access {
    /// The map, where this function can name it.
    pub place: Option<Place>,
    /// What declares the map.
    pub key: Key,
    /// What is done.
    pub operation: Operation,
    /// Where the operand stands.
    pub location: Location,
    /// The function that it stands in.
    pub function: FunctionRef,
    /// The map as written there.
    pub operand: ExprId,
    /// The locks held, as this function names them.
    pub locks: Locks,
    /// The calls from this function to the access, outermost first.
    pub calls: SharedList<CallStep>,
    /// Where in this function's terms it runs.
    pub thread: Thread,
    /// This function's launches that may run at the same time; on a launched goroutine, those among them that it has started.
    pub live: LiveSet,
    /// Who else can reach the map's owner.
    pub ownership: Ownership,
    /// What its goroutine may have signalled before it.
    pub after: SharedList<Signal>,
    /// Whether its goroutine has by then signalled in every way it does that it is finished: joining it does not order this.
    /// Told for accesses of launches alone.
    pub after_signal: bool,
    /// Locks that its caller may hold, but that this function has released at this point.
    pub released: SharedList<Key>,
    /// Whether no function has counted it among its sites yet: it stands in a literal, or its map has only a local name so far.
    pub unclaimed: bool,
    /// The literal that was stored, or handed to someone who keeps it, and in which it stands: it runs when that is called.
    pub stored: Option<FunctionRef>,
    /// Whether its map was put in place in the same critical section: nobody who takes the lock has seen it yet.
    pub fills: bool,
    /// Whether a function makes it that was handed to someone who may keep it.
    pub is_kept: bool,
    /// Whether the operand is a local variable, which refers to the map since before.
    pub by_alias: bool,
    /// What becomes of the operand.
    pub manner: Manner,
    /// Channels received from, and wait groups waited for, on every path to it within its goroutine: what it is ordered after.
    pub gates: SharedList<Place>,
    /// Wait groups and groups that were waited for on some path to it.
    pub passed: SharedList<Place>,
    /// What is known of this function's variables whenever it happens.
    pub conditions: SharedList<Condition>,
}

/// What becomes of the operand of an access, where the operation does not say it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Manner {
    /// Nothing else.
    #[default]
    Plain,
    /// It is an object that is read as a whole, with the map in one of its fields.
    Whole,
    /// It is sent to who receives from a channel.
    Sent,
    /// It is in an object that a cache gives to all who ask.
    Cached,
}

/// Who can reach an object at a point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Ownership {
    /// Only this goroutine: made here (or returned fresh by a callee) and not handed out yet.
    Owned,
    /// Whoever can reach what this parameter refers to.
    OwnedIf(u32),
    /// Others may.
    #[default]
    Shared,
}

/// A call to a function of the analysed packages: what the callee's context is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallSite {
    /// Where the call stands.
    pub location: Location,
    /// What is called.
    pub callee: FunctionRef,
    /// The locks held at the call, in the CALLEE's terms where its parameters reach them, else by key alone.
    pub locks: Locks,
    /// Who can reach each argument's object, receiver first.
    pub arguments: SmallVec<[Ownership; 4]>,
    /// Where each argument's object lives, as the caller names it; told by literals, whose calls the function around them
    /// takes over, and for what is behind a caller's parameter.
    pub argument_places: Vec<Option<Place>>,
    /// The fields of arguments made by the caller that hold what was not: as the callee names them, and what is in them, as the
    /// caller names it; none where others can reach that.
    pub given: SharedList<(Place, Option<Place>)>,
    /// The goroutine in which the callee runs.
    pub thread: Thread,
    /// The caller's launches that may run at the same time.
    pub live: LiveSet,
    /// Whether it is an interface or function-value call that may reach other functions too.
    pub dynamic: bool,
    /// Whether it is made once at most, and where it stands: not in a loop, and not deferred.
    pub in_order: bool,
    /// The stored literal in which it stands: see [`Access::stored`].
    pub stored: Option<FunctionRef>,
    /// Wait groups and groups, as the caller names them, that were waited for on some path to the call.
    pub passed: SharedList<Place>,
    /// What was received from or waited for on every path to the call, as far as the callee can name it.
    pub gates: SharedList<Place>,
    /// Locks that whoever runs the caller may hold, but that it has released at the call.
    pub released: SharedList<Key>,
    /// The parameters for which constants are given, receiver first: position and constant.
    pub constants: SmallVec<[(u32, Root); 1]>,
}

/// A function that is put where functions are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredFunction {
    /// The function.
    pub function: FunctionRef,
    /// What declares the field, the variable or the table that holds it.
    pub key: Key,
    /// The call, the composite literal or the value assigned that puts it there.
    pub by: Location,
}

/// A function that does no more than take or give back locks, put where functions are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredLock {
    /// What declares the place that holds it.
    pub key: Key,
    /// The call, the composite literal or the value assigned that puts it there.
    pub by: Location,
    /// What it takes.
    pub acquires: Vec<Held>,
    /// What it gives back.
    pub releases: Vec<Key>,
}

/// A call of whatever function a declared place holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueCall {
    /// What declares the place.
    pub key: Key,
    /// The locks held, as this function names them.
    pub locks: Locks,
    /// The goroutine in which it is called.
    pub thread: Thread,
    /// The declared places whose functions, without parameters and results, were called before it in this function, in order.
    pub called: SharedList<Key>,
}

/// A goroutine that this function starts, itself or through a callee.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Launch {
    /// Where it is started.
    pub location: Location,
    /// The expression that starts it: identity within the function.
    pub site: ExprId,
    /// What starts it.
    pub kind: LaunchKind,
    /// What runs, where known.
    pub target: Option<FunctionRef>,
    /// Whether several of it may run at once.
    pub multiplicity: Multiplicity,
    /// What tells that it is finished.
    pub signals: SharedList<Signal>,
    /// What it has waited for itself when it is finished.
    pub waits: SharedList<Signal>,
    /// The calls from this function to the launch, outermost first.
    pub calls: SharedList<CallStep>,
    /// What it does to maps.
    pub accesses: Vec<Access>,
    /// This function's launches that may run when it is started.
    pub live: LiveSet,
    /// Whether it may still run when the function returns.
    pub outlives: bool,
    /// The function's last result with which it has ended all the same.
    pub ended_where: Option<Outcome>,
    /// The locks that the function holds from the start to the end of it: what it does is done under those. They do not keep
    /// it from the function's other goroutines.
    pub around: Lockset,
    /// Whether its body begins only after the function has returned (parallel subtests).
    pub deferred_start: bool,
    /// Whether it is started only once, or only after its own end has been waited for, on a channel or wait group that is a
    /// field: of one object, one runs at a time.
    pub one_at_a_time: bool,
    /// What is known of this function's variables whenever it is started.
    pub conditions: SharedList<Condition>,
    /// Wait groups and groups that were waited for on some path to its start.
    pub passed: SharedList<Place>,
    /// Whether a function starts it that was handed to someone who may keep it: when that is called nobody knows.
    pub is_kept: bool,
    /// The launch whose goroutine starts it and waits for it: with that it is over, too.
    pub part_of: Option<u32>,
    /// The launches whose goroutines start it, themselves or through others.
    pub started_by: LiveSet,
    /// The variables and fields that have got another object whenever it is started anew: each instance has its own.
    pub separate: SharedList<Place>,
    /// Where it is what a callee's goroutine does to a function that it is given: which of the callee's launches that is. Of one
    /// call, functions on the same goroutine run one after the other.
    pub goroutine: Option<u32>,
}

impl Launch {
    /// Whether it is a callback that runs once at a time: those that are registered together then run one after the other.
    #[must_use]
    pub fn takes_turns(&self) -> bool {
        self.multiplicity == Multiplicity::One
            && matches!(self.kind, LaunchKind::Handler(_) | LaunchKind::Callback(_))
    }
}

/// How many instances of a launch may run at once, and which objects they share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Multiplicity {
    /// One.
    One,
    /// Started in a loop of this function: the expression spans tell which variables each iteration has of its own.
    Loop {
        /// Start of the outermost loop whose iterations may overlap.
        start: u32,
        /// Its end.
        end: u32,
    },
    /// By its nature: handlers, pools.
    Many,
}

/// A function-typed parameter (or a field reached from one) that the function calls or launches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParamCall {
    /// Which function value.
    pub place: Place,
    /// Where it is called.
    pub location: Location,
    /// The locks held at the call.
    pub locks: Locks,
    /// What was received from or waited for on every path to the call, in the goroutine that makes it.
    pub gates: SharedList<Place>,
    /// Its own goroutine, if it is launched: what starts it, how often, and what joins it.
    pub launch: Option<(LaunchKind, Multiplicity, SharedList<Signal>)>,
    /// Whether that goroutine has ended when the function returns.
    pub joined: bool,
    /// The last result with which it has ended, if not with all.
    pub joined_where: Option<Outcome>,
    /// Which of the function's launches that goroutine is, and which of the others may run when it starts.
    pub among: Option<(u32, LiveSet)>,
    /// What it is called with.
    pub arguments: Vec<Value>,
    /// The calls from this function to it.
    pub calls: SharedList<CallStep>,
    /// Whether a literal makes the call that was stored or handed to someone who keeps it: it may run at any time.
    pub stored: bool,
}

/// What a call does to the caller's locks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LockEffect {
    /// Held at the end and not at the beginning.
    pub acquires: Lockset,
    /// Held at the end on some path only, and not at the beginning.
    pub perhaps_acquires: Lockset,
    /// Released without having been taken, and not taken again.
    pub releases: SharedList<Lock>,
    /// Released so on some path only.
    pub perhaps_releases: SharedList<Lock>,
    /// Held at the end where the last result is so, and not at the beginning.
    pub depending: SharedList<(Outcome, Held)>,
}

/// What the last result of a call tells of its success.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// It is `true`.
    True,
    /// It is `false`.
    False,
    /// It is `nil`: there is no error.
    Nil,
}

/// What one function does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Its own accesses and those of its callees, named in its terms: what its callers see. Capped, never by dropping writes first.
    pub accesses: Vec<Access>,
    /// Accesses that stand in this function (or that only here get a declared map: a helper's parameter), with whatever
    /// locks THIS function holds: what guards and contexts are told from. Owned ones are left out.
    pub sites: Vec<Access>,
    /// Calls to functions of the analysed packages.
    pub calls: Vec<CallSite>,
    /// Goroutines that it starts.
    pub launches: Vec<Launch>,
    /// What it does to locks.
    pub effect: LockEffect,
    /// The declarations of the locks that it takes and gives back with nothing in between; told where it has sites.
    pub empty_sections: SharedList<Key>,
    /// What it returns. An object of this function's own (a local or fresh root) is a fresh one to the caller.
    pub results: Vec<Value>,
    /// Who can reach each result when it is returned: an object of this function's own is `Owned` or already `Shared`.
    pub result_ownership: Vec<Ownership>,
    /// Other objects of this function's own that its results lead to: each with a way to it, which begins at a result's root,
    /// or at the object's own where a returned function has captured it.
    pub behind_results: SharedList<(Root, Place)>,
    /// What fields of its own objects that it returns refer to, beyond objects of its own: `return &Worker{store: store}`.
    pub held_by_results: SharedList<(Place, Value)>,
    /// Function-typed parameters that it calls or launches.
    pub param_calls: SharedList<ParamCall>,
    /// Functions that it stores in declared places: literals of its own, and declared ones.
    pub stores: SharedList<StoredFunction>,
    /// Functions that work on locks alone, and that it stores in declared places.
    pub stored_locks: SharedList<StoredLock>,
    /// The function-typed parameters that it stores in declared places.
    pub keeps: SharedList<(u32, Key)>,
    /// The parameters of interface types that it reads as a whole: a helper that encodes what it is given.
    pub encodes: SharedList<u32>,
    /// Calls of functions that it finds in declared places.
    pub value_calls: SharedList<ValueCall>,
    /// What it has surely signalled when it returns.
    pub signals: SharedList<Signal>,
    /// The wait groups to which it adds a number that it is given: the parameter, and the group. A negative one is a Done.
    pub adds: SharedList<(u32, Place)>,
    /// Wait groups and groups that it has waited for on some path when it returns.
    pub passed: SharedList<Place>,
    /// The channels that it receives from somewhere; told where it starts goroutines.
    pub receives: SharedList<Place>,
    /// What it has surely waited for when it returns.
    pub waits: SharedList<Signal>,
    /// What it has waited for where its last result is so.
    pub waits_where: SharedList<(Outcome, Signal)>,
    /// Parameters whose objects others can reach once it has returned: it stores them, sends them, or hands them to a goroutine.
    pub publishes: SmallVec<[u32; 2]>,
    /// Parameters that it stores in objects of other parameters, each with the field: whoever reaches those reaches it.
    pub stored_in: SharedList<(u32, Place)>,
    /// Whether it never returns (it panics, exits, loops for ever).
    pub never_returns: bool,
    /// Whether it asks to run in parallel with its siblings (`t.Parallel`).
    pub parallel_test: bool,
}

impl Summary {
    /// The locks that the function takes by itself, those left out that it takes back after it has released them for its
    /// caller. Sorted, as far as accesses and calls tell.
    #[must_use]
    pub fn taken(&self) -> Vec<Key> {
        let at_accesses = self.sites.iter().map(|access| &access.locks);
        let calls = self.calls.iter().filter(|call| call.thread == Thread::Caller);
        let locks = at_accesses.chain(calls.map(|call| &call.locks));
        let mut taken: Vec<Key> =
            locks.flat_map(|locks| locks.perhaps.iter()).map(|held| held.lock.key.clone()).collect();
        taken.sort();
        taken.dedup();
        let effect = &self.effect;
        taken.retain(|key| {
            !effect.releases.iter().chain(&effect.perhaps_releases).any(|released| released.key == *key)
        });
        taken
    }

    /// Whether the function takes this lock by itself.
    #[must_use]
    pub fn takes(&self, lock: &Key) -> bool {
        self.taken().binary_search(lock).is_ok()
    }

    /// Whether nothing that the function does, or has others do, can be part of a finding: it touches no map that a caller
    /// can name or that is declared, starts nothing and calls nothing that does.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.accesses.is_empty()
            && self.sites.is_empty()
            && self.calls.is_empty()
            && self.launches.is_empty()
            && self.param_calls.is_empty()
            && self.value_calls.is_empty()
            && self.encodes.is_empty()
    }
}

/// A name of a package-level function or method, as models and messages know it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FunctionName {
    /// Import path.
    pub package: Name,
    /// Receiver type, without pointer.
    pub receiver: Option<Name>,
    /// The function's own name.
    pub name: Name,
}
