use std::num::NonZeroU32;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The id of the entry at `index` of its arena. Arenas hold fewer than 2³² − 1 entries.
            #[must_use]
            pub fn new(index: usize) -> Self {
                let number = u32::try_from(index).unwrap_or(u32::MAX - 1);
                Self(NonZeroU32::MIN.saturating_add(number))
            }

            /// The entry's index in its arena.
            #[must_use]
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.index())
            }
        }
    )*};
}

ids! {
    /// An expression of a file, types included.
    ExprId,
    /// A statement of a file.
    StmtId,
    /// A clause of a `switch`, type switch or `select`.
    ClauseId,
    /// A function of a file: declared function, method or function literal.
    FunctionId,
    /// A local variable, parameter or local constant of a file.
    LocalId,
    /// A declared type, of the package or local to a function.
    TypeDeclId,
    /// A package-level variable or constant name.
    ValueId,
    /// A type parameter.
    TypeParamId,
    /// A `struct { … }` as written.
    StructId,
    /// An `interface { … }` as written.
    InterfaceId,
    /// A `func(…) …` type as written, or a function's own signature.
    SignatureId,
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
        pub struct $name {
            /// Where the run begins in its pool.
            pub start: u32,
            /// How many entries it has.
            pub len: u32,
        }

        impl $name {
            /// The empty run.
            pub const EMPTY: Self = Self { start: 0, len: 0 };

            /// Whether the run has no entries.
            #[must_use]
            pub fn is_empty(self) -> bool {
                self.len == 0
            }

            /// How many entries the run has.
            #[must_use]
            pub fn len(self) -> usize {
                self.len as usize
            }

            /// The run as indices into its pool.
            #[must_use]
            pub fn range(self) -> std::ops::Range<usize> {
                self.start as usize..(self.start + self.len) as usize
            }
        }
    )*};
}

lists! {
    /// A run of expressions: see [`crate::File::exprs_of`].
    ExprList,
    /// A block of statements: see [`crate::File::stmts_of`].
    StmtList,
    /// The elements of a composite literal: see [`crate::File::elements_of`].
    ElementList,
}

impl ElementList {
    /// The elements of a literal that holds constants alone: they are not kept.
    pub const CONSTANTS: Self = Self { start: u32::MAX, len: 0 };
}
