//! The universe scope: what names mean that nothing else declares.

use std::sync::OnceLock;

use gomapcheck_source::Name;
use rustc_hash::FxHashMap;

use crate::{Basic, Builtin, TypeId};

/// A predeclared name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Predeclared {
    Type(TypeId),
    /// `error`, whose id the interner knows.
    Error,
    Builtin(Builtin),
    /// A predeclared constant, or `nil`, with its type.
    Constant(TypeId),
}

/// What the universe scope says about a name.
pub(crate) fn lookup(name: Name) -> Option<Predeclared> {
    static SCOPE: OnceLock<FxHashMap<Name, Predeclared>> = OnceLock::new();
    SCOPE.get_or_init(scope).get(&name).copied()
}

fn scope() -> FxHashMap<Name, Predeclared> {
    let types = [
        ("bool", Basic::Bool),
        ("string", Basic::String),
        ("byte", Basic::Uint8),
        ("uint8", Basic::Uint8),
        ("rune", Basic::Int32),
        ("int32", Basic::Int32),
        ("int", Basic::Int),
        ("int8", Basic::Int8),
        ("int16", Basic::Int16),
        ("int64", Basic::Int64),
        ("uint", Basic::Uint),
        ("uint16", Basic::Uint16),
        ("uint32", Basic::Uint32),
        ("uint64", Basic::Uint64),
        ("uintptr", Basic::Uintptr),
        ("float32", Basic::Float32),
        ("float64", Basic::Float64),
        ("complex64", Basic::Complex64),
        ("complex128", Basic::Complex128),
    ];
    let builtins = [
        ("append", Builtin::Append),
        ("cap", Builtin::Cap),
        ("clear", Builtin::Clear),
        ("close", Builtin::Close),
        ("complex", Builtin::Complex),
        ("real", Builtin::Complex),
        ("imag", Builtin::Complex),
        ("copy", Builtin::Copy),
        ("delete", Builtin::Delete),
        ("len", Builtin::Len),
        ("make", Builtin::Make),
        ("max", Builtin::MaxMin),
        ("min", Builtin::MaxMin),
        ("new", Builtin::New),
        ("panic", Builtin::Panic),
        ("print", Builtin::Print),
        ("println", Builtin::Print),
        ("recover", Builtin::Recover),
    ];
    let untyped_bool = TypeId::basic(Basic::UntypedBool);
    let others = [
        ("any", Predeclared::Type(TypeId::ANY)),
        ("comparable", Predeclared::Type(TypeId::ANY)),
        ("error", Predeclared::Error),
        ("true", Predeclared::Constant(untyped_bool)),
        ("false", Predeclared::Constant(untyped_bool)),
        ("iota", Predeclared::Constant(TypeId::basic(Basic::UntypedInt))),
        ("nil", Predeclared::Constant(TypeId::NIL)),
    ];
    let types = types.into_iter().map(|(name, basic)| (name, Predeclared::Type(TypeId::basic(basic))));
    let builtins = builtins.into_iter().map(|(name, builtin)| (name, Predeclared::Builtin(builtin)));
    types.chain(builtins).chain(others).map(|(name, object)| (Name::new(name), object)).collect()
}
