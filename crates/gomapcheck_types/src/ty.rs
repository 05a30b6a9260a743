use gomapcheck_ir::ChanDirection;
use gomapcheck_source::Name;

use crate::{StructRef, TypeParamRef, TypeRef};

/// A type of this run, interned: equal ids are identical types. Valid for one run only; ids order by nothing useful.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    /// The type of everything that is not understood.
    pub const UNKNOWN: Self = Self(0);

    /// `nil` without a type.
    pub const NIL: Self = Self(1);
    /// What a call without results gives.
    pub const NOTHING: Self = Self(2);
    /// `any`.
    pub const ANY: Self = Self(3);
    /// `string`.
    pub const STRING: Self = Self::basic(Basic::String);
    /// `int`.
    pub const INT: Self = Self::basic(Basic::Int);
    /// `bool`.
    pub const BOOL: Self = Self::basic(Basic::Bool);

    /// The id of a predeclared type.
    #[must_use]
    pub const fn basic(basic: Basic) -> Self {
        Self(4 + basic as u32)
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self == Self::UNKNOWN
    }
}

/// The shape of a type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// Not understood.
    Unknown,
    /// A predeclared type, or an untyped constant's.
    Basic(Basic),
    /// A declared type, with its type arguments.
    Named(TypeRef, Box<[TypeId]>),
    /// A type of a package that is not at hand: import path and name. Its underlying type is unknown, unless the built-in
    /// table of the standard library knows it.
    External(Name, Name),
    /// `*T`
    Pointer(TypeId),
    /// `[]T`
    Slice(TypeId),
    /// `[n]T`
    Array(TypeId),
    /// `map[K]V`
    Map {
        /// K
        key: TypeId,
        /// V
        value: TypeId,
    },
    /// `chan T`
    Chan(ChanDirection, TypeId),
    /// `struct { … }`, with the type arguments that its type parameters stand for.
    Struct(StructRef, Box<[(TypeParamRef, TypeId)]>),
    /// `interface { … }` or a constraint.
    Interface(InterfaceShape),
    /// `func(…) …`
    Signature(Box<SignatureShape>),
    /// Several results.
    Tuple(Box<[TypeId]>),
    /// A type parameter inside its generic declaration.
    TypeParam(TypeParamRef),
    /// `nil` without a type.
    Nil,
}

/// An interface, as far as calls and core types need it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct InterfaceShape {
    /// Methods by name, embedded ones included, sorted by name; each with its signature type.
    pub methods: Box<[(Name, TypeId)]>,
    /// The types of its unions, if it is a constraint with some; the tilde is dropped.
    pub terms: Box<[TypeId]>,
}

/// A function's type.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct SignatureShape {
    /// Parameter types; the last is the slice's element type when variadic.
    pub params: Box<[TypeId]>,
    /// Result types.
    pub results: Box<[TypeId]>,
    /// Whether the last parameter is variadic.
    pub variadic: bool,
}

/// Predeclared types and the types of untyped constants.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basic {
    /// `bool`
    Bool,
    /// `string`
    String,
    /// `byte` and `uint8`
    Uint8,
    /// `rune` and `int32`
    Int32,
    /// `int`
    Int,
    /// `int8`
    Int8,
    /// `int16`
    Int16,
    /// `int64`
    Int64,
    /// `uint`
    Uint,
    /// `uint16`
    Uint16,
    /// `uint32`
    Uint32,
    /// `uint64`
    Uint64,
    /// `uintptr`
    Uintptr,
    /// `float32`
    Float32,
    /// `float64`
    Float64,
    /// `complex64`
    Complex64,
    /// `complex128`
    Complex128,
    /// `unsafe.Pointer`
    UnsafePointer,
    /// An untyped integer constant.
    UntypedInt,
    /// An untyped rune constant.
    UntypedRune,
    /// An untyped floating-point constant.
    UntypedFloat,
    /// An untyped complex constant.
    UntypedComplex,
    /// An untyped string constant.
    UntypedString,
    /// An untyped boolean.
    UntypedBool,
}

/// All of them, in the order of their declaration.
pub(crate) const BASICS: [Basic; 24] = [
    Basic::Bool,
    Basic::String,
    Basic::Uint8,
    Basic::Int32,
    Basic::Int,
    Basic::Int8,
    Basic::Int16,
    Basic::Int64,
    Basic::Uint,
    Basic::Uint16,
    Basic::Uint32,
    Basic::Uint64,
    Basic::Uintptr,
    Basic::Float32,
    Basic::Float64,
    Basic::Complex64,
    Basic::Complex128,
    Basic::UnsafePointer,
    Basic::UntypedInt,
    Basic::UntypedRune,
    Basic::UntypedFloat,
    Basic::UntypedComplex,
    Basic::UntypedString,
    Basic::UntypedBool,
];
