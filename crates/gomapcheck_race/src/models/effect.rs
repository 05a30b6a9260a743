use gomapcheck_source::Name;

use crate::conflict::{LockMode, Operation};

/// What a method of a lock does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LockOperation {
    /// `Lock`, `RLock`.
    Acquire(LockMode),
    /// `Unlock`, `RUnlock`.
    Release(LockMode),
    /// `TryLock`, `TryRLock`: holds where the result is true.
    Try(LockMode),
}

/// What a method does to a flag that goroutines share: an atomic truth value, or a number that is 0 or 1. Whoever raises it
/// first has it for himself until he puts it down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FlagOperation {
    /// `CompareAndSwap(old, new)`: it was raised here where the result is true.
    CompareAndSwap,
    /// `Swap(new)`: it was raised here where the result is false.
    Swap,
    /// `Store(new)`.
    Store,
}

/// What runs a function on another goroutine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LaunchKind {
    /// The `go` statement.
    Go,
    /// A library's launcher, pool or group: its name for messages, such as `errgroup.Group.Go`.
    Launcher(Name),
    /// A server's handler: called for each request.
    Handler(Name),
    /// A timer, finalizer or other callback on a goroutine of its own.
    Callback(Name),
    /// A parallel test or benchmark body.
    Test(Name),
}

/// What ends the launches of a model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Joined {
    /// Nothing in view.
    Never,
    /// They have ended when the launching call returns.
    AtReturn,
    /// `Wait` (or another modelled wait) on the same receiver.
    ByReceiver,
}

/// A call that launches its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LaunchModel {
    /// How it is named and shown.
    pub kind: LaunchKind,
    /// From which argument on functions are launched (all function values among them, also those inside a composite
    /// literal), counted from 0 without the receiver.
    pub first_argument: u8,
    /// Whether that argument is the only one: later functions are called on the calling goroutine (a reducer).
    pub single_argument: bool,
    /// Whether the functions that the argument RETURNS are launched, while the argument itself is called once, now:
    /// middleware (`func(next Handler) Handler`).
    pub results: bool,
    /// Whether all exported methods of the argument's type are launched, where the argument is an object and no
    /// function: service registration.
    pub methods: bool,
    /// Which methods are launched where the argument is an object and no function, if not all: `ServeHTTP`, `Run`.
    pub object_methods: &'static [&'static str],
    /// Whether one registration runs several times at once.
    pub parallel: bool,
    /// What ends it.
    pub joined: Joined,
    /// Whether the parallelism depends on a setting that is out of view (`Async(true)`, a shared transport): never
    /// grounds for a certain finding.
    pub weak: bool,
}

/// What a library function does to a map that it is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MapEffect {
    /// The argument, from 0; `None` for the receiver.
    pub argument: Option<u8>,
    /// Whether the same is done to all later arguments: `fmt.Println(a, b, …)`.
    pub and_following: bool,
    /// What is done to it.
    pub operation: Operation,
    /// Whether the same is done to the maps in the exported fields of a struct: `json.Marshal(state)`.
    pub in_fields: bool,
}

/// What a call means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// A lock's method on the receiver.
    Lock(LockOperation),
    /// Returns a `sync.Locker` whose Lock and Unlock are the receiver's RLock and RUnlock: `rw.RLocker()`.
    ReadLocker,
    /// States that the receiver is held here, by the caller: `mu.AssertHeld()`.
    AssertsHeld(LockMode),
    /// Launches.
    Launch(LaunchModel),
    /// `wg.Add`.
    WaitGroupAdd,
    /// `wg.Done`.
    WaitGroupDone,
    /// Says how many of the receiver's group may run at once: its first argument.
    Limit,
    /// Waits for what the receiver's group has launched: `wg.Wait`, `g.Wait`, `pool.StopAndWait`.
    Wait,
    /// `once.Do(f)`: f runs once; what it does precedes the return of every `Do`.
    OnceDo,
    /// `sync.OnceFunc(f)` and kin: returns f wrapped so.
    OnceFunction,
    /// Never returns: `os.Exit`, `log.Fatal`, `t.Fatal`, `runtime.Goexit`.
    NeverReturns,
    /// Ends or fails a test unless this argument (counted without the receiver) is `true` or `nil`, or is `false`:
    /// `require.True(t, …)`, `assert.NoError(t, err)`.
    Asserts(u8, bool),
    /// Declares a test failed and goes on, after it has looked at what it is given: `t.Errorf`.
    FailsTest(&'static [MapEffect]),
    /// Reads or writes maps that it is given: `maps.Copy`, `json.Marshal`. Functions among the arguments are called
    /// before it returns (`maps.DeleteFunc`).
    Maps(&'static [MapEffect]),
    /// Reads maps as `Maps` does, and returns a fresh object: `maps.Clone`, `http.Header.Clone`.
    Copies(&'static [MapEffect]),
    /// Returns a fresh object that no one else has: `url.ParseQuery`.
    Fresh,
    /// Returns its argument (conversion-like wrappers such as `http.HandlerFunc`, `http.TimeoutHandler`).
    Returns(u8),
    /// `t.Parallel()`: the rest of the test function runs in parallel with its siblings.
    ParallelTest,
    /// `t.Run(name, f)`: calls f now, unless f asks to run in parallel.
    Subtest,
    /// A pool's Get: the object is owned until Put.
    Pool,
    /// A load from an atomic box: the object is shared and must not be changed.
    AtomicLoad,
    /// Gives an element of a concurrent map (`sync.Map.Load`), and stores what it is given besides the key: that is shared, too.
    LoadElement,
    /// Gives an object that a cache goes on giving to others: nobody may change it.
    Cached,
    /// Gives a list of such objects.
    CachedList,
    /// Gives a field of the receiver: `object.GetLabels()`.
    Field(&'static str),
    /// A store into an atomic box: publishes the argument.
    AtomicStore,
    /// Raises or puts down a flag: the receiver, or what the first argument points to where there is none.
    Flag(FlagOperation),
    /// Calls its function arguments before it returns, on this goroutine (`sort.Slice`, `filepath.Walk`).
    CallsNow,
    /// Calls its function arguments as cases of a test: each runs by itself, and what one starts is over before the next.
    Case,
    /// Calls its function arguments until they tell what is expected, or waits on its channel arguments for it.
    Awaits,
}
