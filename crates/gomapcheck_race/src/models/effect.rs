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
    /// From which argument on functions are launched (all function values among them, also those inside a composite literal).
    pub first_argument: u8,
    /// Whether the methods of the argument's type are launched rather than the argument itself: service registration.
    pub methods: bool,
    /// Whether one registration runs several times at once.
    pub parallel: bool,
    /// What ends it.
    pub joined: Joined,
}

/// What a library function does to a map that it is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MapEffect {
    /// The argument, from 0; `None` for the receiver.
    pub argument: Option<u8>,
    /// What is done to it.
    pub operation: Operation,
}

/// What a call means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// A lock's method on the receiver.
    Lock(LockOperation),
    /// Launches.
    Launch(LaunchModel),
    /// `wg.Add`.
    WaitGroupAdd,
    /// `wg.Done`.
    WaitGroupDone,
    /// Waits for what the receiver's group has launched: `wg.Wait`, `g.Wait`, `pool.StopAndWait`.
    Wait,
    /// `once.Do(f)`: f runs once; what it does precedes the return of every `Do`.
    OnceDo,
    /// `sync.OnceFunc(f)` and kin: returns f wrapped so.
    OnceFunction,
    /// Never returns: `os.Exit`, `log.Fatal`, `t.Fatal`, `runtime.Goexit`.
    NeverReturns,
    /// Reads or writes maps that it is given: `maps.Copy`, `json.Marshal`.
    Maps(Vec<MapEffect>),
    /// Returns a fresh object that no one else has: `maps.Clone`.
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
    /// A store into an atomic box: publishes the argument.
    AtomicStore,
    /// Calls its function arguments before it returns, on this goroutine (`sort.Slice`, `filepath.Walk`).
    CallsNow,
}

/// The tables. Immutable once built; shared by all threads.
#[derive(Debug, Default)]
pub struct Models {
    _private: (),
}

impl Models {
    /// What calling `package.name` or `package.receiver.name` means; `None` when no table knows it.
    #[must_use]
    pub fn call(&self, _package: Name, _receiver: Option<Name>, _name: Name) -> Option<&Effect> {
        None
    }

    /// If a declared method of the analysed packages is run by servers because of its name and signature (`ServeHTTP`,
    /// `Reconcile`, `Collect`, …): what runs it. `params` are its parameter types' qualified names, pointers followed.
    #[must_use]
    pub fn implicit_launch(&self, _method: Name, _params: &[Option<(Name, Name)>]) -> Option<LaunchModel> {
        None
    }

    /// Whether a conversion to this type keeps the function value (`http.HandlerFunc(f)`).
    #[must_use]
    pub fn is_function_adapter(&self, _package: Name, _name: Name) -> bool {
        false
    }
}
