use gomapcheck_source::{FileId, Span};

/// How well a conflict is shown; ordered from weak to strong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    /// The type looks shared, but the object may differ or a needed type is unknown.
    Possible,
    /// The map's other accesses hold a lock and this one does not, or the concurrency comes from a server's callbacks.
    Likely,
    /// Both accesses and the launch that makes them parallel, on the same object.
    Certain,
}

/// The shape of a conflict: what the rules tell apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ConflictKind {
    /// Two writes that may run in parallel.
    WriteWrite,
    /// A write and a read (or length) that may run in parallel.
    ReadWrite,
    /// A write and an iteration that may run in parallel.
    IterationWrite,
    /// The map's other accesses hold a lock, this one does not.
    Unguarded,
    /// A write while the guard is held in read mode only.
    WriteUnderReadLock,
    /// Accesses under different locks.
    MixedLocks,
    /// The lock is a copy, the map is shared.
    CopiedLock,
    /// A guarded map, or a reference into it, leaves its lock and is used there.
    GuardedEscape,
    /// A loop over a map or slice that is changed meanwhile.
    RangeMutation,
    /// Check-then-act on a `sync.Map`.
    SyncMapCheckThenAct,
}

/// What an access does to the map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Operation {
    /// `m[k] = v`, `m[k]++`, `maps.Copy(m, …)`.
    Write,
    /// `delete(m, k)`.
    Delete,
    /// `clear(m)`.
    Clear,
    /// `m[k]`.
    Read,
    /// `range m`, `maps.Clone(m)`, printing, encoding.
    Iterate,
    /// `len(m)`.
    Length,
    /// Assignment to the variable that holds the map.
    Replace,
    /// The map itself is handed out: returned, stored, sent, passed on.
    Escape,
}

impl Operation {
    /// Whether the operation changes the map (or the variable that holds it).
    #[must_use]
    pub fn is_write(self) -> bool {
        matches!(self, Self::Write | Self::Delete | Self::Clear | Self::Replace)
    }

    /// The operation in the words of a message: "written", "read", …
    #[must_use]
    pub fn participle(self) -> &'static str {
        match self {
            Self::Write => "written",
            Self::Delete => "deleted from",
            Self::Clear => "cleared",
            Self::Read => "read",
            Self::Iterate => "iterated over",
            Self::Length => "measured with len",
            Self::Replace => "replaced",
            Self::Escape => "handed out",
        }
    }

    /// The operation as a noun: "write", "read", …
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Delete => "delete",
            Self::Clear => "clear",
            Self::Read => "read",
            Self::Iterate => "iteration",
            Self::Length => "len",
            Self::Replace => "replacement",
            Self::Escape => "escape",
        }
    }
}

/// How a lock is held.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LockMode {
    /// `RLock`: excludes writers only.
    Read,
    /// `Lock`: excludes everyone.
    Write,
}

/// A place in a file of the run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}

/// A map as a reader knows it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MapName {
    /// As the reported access writes it: `s.items`.
    pub written: String,
    /// As what it is: `field Store.items`, `package variable cache`, `variable seen`.
    pub declared: String,
}

/// A lock that is held.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct HeldLock {
    /// As the code names it: `s.mu`.
    pub name: String,
    /// How it is held.
    pub mode: LockMode,
    /// Where it was taken, when known.
    pub acquired: Option<Location>,
}

/// A step of a trace: a call or a launch.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Step {
    /// Where it stands.
    pub location: Location,
    /// What happens there, in words: "calls (*Store).put", "started by go statement in a loop".
    pub text: String,
}

/// One side of a conflict, with all a reader needs to check it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct AccessEvidence {
    /// Where the map operand stands.
    pub location: Location,
    /// What is done.
    pub operation: Operation,
    /// The map as written there.
    pub expression: String,
    /// The function it stands in: `(*Store).Put`, `main.func1`.
    pub function: String,
    /// Whether the function is part of a test file.
    pub in_test: bool,
    /// The locks surely held there.
    pub locks: Vec<HeldLock>,
    /// From the goroutine's start (launch, handler registration) to the access, outermost first.
    pub steps: Vec<Step>,
}

/// Why a lock is believed to guard a map.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct GuardEvidence {
    /// The lock's name: `Store.mu`.
    pub lock: String,
    /// In how many functions of those that touch the map it is held.
    pub held_in: u32,
    /// How many functions touch the map.
    pub of: u32,
    /// One access that holds it.
    pub example: Option<Location>,
    /// The comment that declares it, if one does.
    pub declared: Option<Location>,
}

/// Two accesses to one map that may run in parallel, or an access against the map's discipline.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Conflict {
    /// The reported access: the one to change.
    pub first: AccessEvidence,
    /// The access it collides with; none where the discipline alone is broken.
    pub second: Option<AccessEvidence>,
    /// What kind of conflict.
    pub kind: ConflictKind,
    /// How well it is shown.
    pub confidence: Confidence,
    /// Which map.
    pub map: MapName,
    /// The guard, where one is known.
    pub guard: Option<GuardEvidence>,
    /// Why nothing orders the two: "the goroutine is not waited for before this access".
    pub reason: String,
    /// Further accesses to the same map with the same defect.
    pub others: Vec<AccessEvidence>,
}
