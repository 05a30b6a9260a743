//! The words that the tables are written in.
//!
//! An entry is one line: package, receivers, names, meaning. Receivers and names are lists separated by blanks, and so
//! are packages with the same interface; the receiver `_` stands for a function without one. Import paths are written
//! without their major version (`github.com/labstack/echo`, not `…/echo/v4`): all versions match, vendored or not.

use super::effect::{Effect, Joined, LockOperation, MapEffect};
use crate::conflict::{LockMode, Operation};

/// A function or several, and what calling them means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// Import paths.
    pub(super) packages: &'static str,
    /// Receiver types without pointer; `_` for none.
    pub(super) receivers: &'static str,
    /// Names.
    pub(super) names: &'static str,
    /// What a call means.
    pub(super) means: Means,
}

/// A function-valued field: what is stored there is run by the library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// Import path.
    pub(super) package: &'static str,
    /// Struct type.
    pub(super) owner: &'static str,
    /// Fields.
    pub(super) names: &'static str,
    /// How it is run.
    pub(super) launch: Launch,
}

/// A method (or, with an empty name, any function) that servers run because of its signature.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Method name; empty for functions of any name.
    pub(super) name: &'static str,
    /// Qualified parameter types, separated by blanks, pointers and channels followed; `_` for a type that has no name.
    pub(super) parameters: &'static str,
    /// What runs it, for messages.
    pub(super) label: &'static str,
    /// How it is run.
    pub(super) launch: Launch,
}

/// Function types of a package that do no more than give a function a method.
#[derive(Clone, Copy, Debug)]
pub(super) struct Adapter {
    /// Import path.
    pub(super) package: &'static str,
    /// Types.
    pub(super) types: &'static str,
    /// How what is converted to it will be run, where that is certain whatever becomes of the value.
    pub(super) launch: Option<Launch>,
}

/// A generated function that registers a service: its name's ends and the parameter that gives it away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registration {
    /// How the name begins.
    pub(super) prefix: &'static str,
    /// How it ends.
    pub(super) suffix: &'static str,
    /// Which parameter tells.
    pub(super) witness: usize,
    /// Its possible types.
    pub(super) types: &'static str,
    /// Which argument is the service.
    pub(super) service: u8,
}

/// What one file knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// Calls.
    pub(super) rows: &'static [Row],
    /// Fields.
    pub(super) fields: &'static [Field],
    /// Methods and functions known by signature.
    pub(super) shapes: &'static [Shape],
    /// Function types.
    pub(super) adapters: &'static [Adapter],
    /// Generated registrations.
    pub(super) registrations: &'static [Registration],
}

impl Area {
    /// An area without entries, to be filled with `..Area::EMPTY`.
    pub(super) const EMPTY: Self =
        Self { rows: &[], fields: &[], shapes: &[], adapters: &[], registrations: &[] };
}

/// What a call means, before names are interned.
#[derive(Clone, Copy, Debug)]
pub(super) enum Means {
    /// It launches.
    Launch(Launch),
    /// Anything else.
    Is(Effect),
}

/// The kind of a launch, before its name is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Runs its argument once on a goroutine.
    Launcher,
    /// Runs its argument for each request.
    Handler,
    /// Runs its argument when something happens.
    Callback,
    /// Runs its argument as a test.
    Test,
}

/// A launch, before its name is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Launch {
    pub(super) kind: Kind,
    pub(super) first_argument: u8,
    pub(super) single_argument: bool,
    pub(super) results: bool,
    pub(super) methods: bool,
    pub(super) object_methods: &'static [&'static str],
    pub(super) parallel: bool,
    pub(super) joined: Joined,
    pub(super) weak: bool,
}

impl Launch {
    const fn new(kind: Kind, first_argument: u8, parallel: bool) -> Self {
        Self {
            kind,
            first_argument,
            single_argument: false,
            results: false,
            methods: false,
            object_methods: &[],
            parallel,
            joined: Joined::Never,
            weak: false,
        }
    }

    /// Several of one registration may run at once.
    pub(super) const fn parallel(mut self) -> Self {
        self.parallel = true;
        self
    }

    /// Ended when the call returns.
    pub(super) const fn joined(mut self) -> Self {
        self.joined = Joined::AtReturn;
        self
    }

    /// Ended by a `Wait` on the same receiver.
    pub(super) const fn awaited(mut self) -> Self {
        self.joined = Joined::ByReceiver;
        self
    }

    /// The first of the arguments only.
    pub(super) const fn single(mut self) -> Self {
        self.single_argument = true;
        self
    }

    /// All methods of an object.
    pub(super) const fn service(mut self) -> Self {
        self.methods = true;
        self
    }

    /// These methods of an object.
    pub(super) const fn object(mut self, methods: &'static [&'static str]) -> Self {
        self.object_methods = methods;
        self
    }

    /// Parallel under some settings only.
    pub(super) const fn weak(mut self) -> Self {
        self.weak = true;
        self
    }
}

/// Calling these functions launches their arguments.
pub(super) const fn launch(
    packages: &'static str,
    receivers: &'static str,
    names: &'static str,
    launch: Launch,
) -> Row {
    Row { packages, receivers, names, means: Means::Launch(launch) }
}

/// Calling these functions means this.
pub(super) const fn row(
    packages: &'static str,
    receivers: &'static str,
    names: &'static str,
    effect: Effect,
) -> Row {
    Row { packages, receivers, names, means: Means::Is(effect) }
}

/// What is stored in these fields is run by the library.
pub(super) const fn field(
    package: &'static str,
    owner: &'static str,
    names: &'static str,
    launch: Launch,
) -> Field {
    Field { package, owner, names, launch }
}

/// Methods of this name and signature are run by servers.
pub(super) const fn shape(
    name: &'static str,
    parameters: &'static str,
    label: &'static str,
    launch: Launch,
) -> Shape {
    Shape { name, parameters, label, launch }
}

/// Converting to these types keeps the function.
pub(super) const fn adapter(package: &'static str, types: &'static str) -> Adapter {
    Adapter { package, types, launch: None }
}

/// Converting to these types keeps the function, and servers will run it.
pub(super) const fn handler_type(package: &'static str, types: &'static str) -> Adapter {
    Adapter { package, types, launch: Some(handler(0)) }
}

/// Runs the arguments from this one on, once a call.
pub(super) const fn launcher(first_argument: u8) -> Launch {
    Launch::new(Kind::Launcher, first_argument, false)
}

/// Runs the arguments from this one on for each request, several at once.
pub(super) const fn handler(first_argument: u8) -> Launch {
    Launch::new(Kind::Handler, first_argument, true)
}

/// Runs what the arguments from this one on return for each request, several at once.
pub(super) const fn middleware(first_argument: u8) -> Launch {
    let mut launch = Launch::new(Kind::Handler, first_argument, true);
    launch.results = true;
    launch
}

/// Runs the arguments from this one on when something happens, one at a time.
pub(super) const fn callback(first_argument: u8) -> Launch {
    Launch::new(Kind::Callback, first_argument, false)
}

/// Runs the arguments from this one on as bodies of a benchmark, several at once.
pub(super) const fn test_body(first_argument: u8) -> Launch {
    Launch::new(Kind::Test, first_argument, true)
}

/// Does this to that argument.
pub(super) const fn argument(argument: u8, operation: Operation) -> MapEffect {
    MapEffect { argument: Some(argument), and_following: false, operation, in_fields: false }
}

/// Does this to that argument and all later ones.
pub(super) const fn arguments_from(argument: u8, operation: Operation) -> MapEffect {
    MapEffect { argument: Some(argument), and_following: true, operation, in_fields: false }
}

/// Goes over that argument and all that its exported fields lead to.
pub(super) const fn encoded(argument: u8) -> MapEffect {
    MapEffect {
        argument: Some(argument),
        and_following: false,
        operation: Operation::Iterate,
        in_fields: true,
    }
}

/// Does this to the receiver.
pub(super) const fn receiver(operation: Operation) -> MapEffect {
    MapEffect { argument: None, and_following: false, operation, in_fields: false }
}

pub(super) const LOCK: Effect = Effect::Lock(LockOperation::Acquire(LockMode::Write));
pub(super) const UNLOCK: Effect = Effect::Lock(LockOperation::Release(LockMode::Write));
pub(super) const READ_LOCK: Effect = Effect::Lock(LockOperation::Acquire(LockMode::Read));
pub(super) const READ_UNLOCK: Effect = Effect::Lock(LockOperation::Release(LockMode::Read));
pub(super) const TRY_LOCK: Effect = Effect::Lock(LockOperation::Try(LockMode::Write));
pub(super) const TRY_READ_LOCK: Effect = Effect::Lock(LockOperation::Try(LockMode::Read));

/// What a function whose name says that it takes or releases a lock does, where it guards nothing among goroutines: locks per
/// key, between processes, in a database.
pub(super) const NO_GUARD: Effect = Effect::CallsNow;

// What calls do to maps, by argument.
pub(super) const ITERATES_0: Effect = Effect::Maps(&[argument(0, Operation::Iterate)]);
pub(super) const ITERATES_1: Effect = Effect::Maps(&[argument(1, Operation::Iterate)]);
pub(super) const ITERATES_2: Effect = Effect::Maps(&[argument(2, Operation::Iterate)]);
pub(super) const ENCODES_0: Effect = Effect::Maps(&[encoded(0)]);
pub(super) const ENCODES_1: Effect = Effect::Maps(&[encoded(1)]);
pub(super) const ENCODES_2: Effect = Effect::Maps(&[encoded(2)]);
pub(super) const ITERATES_0_1: Effect =
    Effect::Maps(&[argument(0, Operation::Iterate), argument(1, Operation::Iterate)]);
pub(super) const ITERATES_1_2: Effect =
    Effect::Maps(&[argument(1, Operation::Iterate), argument(2, Operation::Iterate)]);
pub(super) const ITERATES_FROM_0: Effect = Effect::Maps(&[arguments_from(0, Operation::Iterate)]);
pub(super) const ITERATES_FROM_1: Effect = Effect::Maps(&[arguments_from(1, Operation::Iterate)]);
pub(super) const ITERATES_FROM_2: Effect = Effect::Maps(&[arguments_from(2, Operation::Iterate)]);
pub(super) const WRITES_0: Effect = Effect::Maps(&[argument(0, Operation::Write)]);
pub(super) const WRITES_1: Effect = Effect::Maps(&[argument(1, Operation::Write)]);
pub(super) const WRITES_0_ITERATES_1: Effect =
    Effect::Maps(&[argument(0, Operation::Write), argument(1, Operation::Iterate)]);
pub(super) const WRITES_1_ITERATES_0: Effect =
    Effect::Maps(&[argument(0, Operation::Iterate), argument(1, Operation::Write)]);
pub(super) const COPIES_0: Effect = Effect::Copies(&[argument(0, Operation::Iterate)]);
pub(super) const COPIES_FROM_0: Effect = Effect::Copies(&[arguments_from(0, Operation::Iterate)]);

// What methods do to the map that is their receiver.
pub(super) const WRITES: Effect = Effect::Maps(&[receiver(Operation::Write)]);
pub(super) const DELETES: Effect = Effect::Maps(&[receiver(Operation::Delete)]);
pub(super) const CLEARS: Effect = Effect::Maps(&[receiver(Operation::Clear)]);
pub(super) const READS: Effect = Effect::Maps(&[receiver(Operation::Read)]);
pub(super) const ITERATES: Effect = Effect::Maps(&[receiver(Operation::Iterate)]);
pub(super) const MEASURES: Effect = Effect::Maps(&[receiver(Operation::Length)]);
pub(super) const COPIES: Effect = Effect::Copies(&[receiver(Operation::Iterate)]);
