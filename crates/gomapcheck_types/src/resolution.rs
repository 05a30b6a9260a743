use std::ops::Deref;
use std::sync::Arc;

use gomapcheck_ir::{ExprId, FunctionId, LocalId};
use gomapcheck_source::{Name, PackageId};

use crate::{FieldRef, FunctionRef, TypeId, TypeRef, ValueRef};

/// What a name or selector denotes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolution {
    /// Not known, or not a name.
    Unknown,
    /// A local variable, parameter or local constant.
    Local(LocalId),
    /// A package-level variable or constant, of this package or (`pkg.V`) another.
    Value(ValueRef),
    /// A package-level variable of a package that is not at hand: import path and name.
    ExternalValue(Name, Name),
    /// A declared function.
    Function(FunctionRef),
    /// A function of a package that is not at hand: import path and name.
    ExternalFunction(Name, Name),
    /// A type.
    Type(TypeId),
    /// An imported package; `None` when it is not at hand.
    Package(Option<PackageId>),
    /// A builtin function.
    Builtin(Builtin),
    /// `nil`, `true`, `false`, `iota`.
    Universe,
    /// A struct field.
    Field(FieldSelection),
    /// A method, as a method value or as what is called.
    Method(MethodSelection),
    /// A method expression `T.m` or `(*T).m`: the receiver is the first parameter.
    MethodExpression(FunctionRef),
}

/// The embedded fields that a selector passes on its way, outermost first; reads as a slice. Nearly always empty, and free
/// to copy then.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct EmbeddedPath(Option<Arc<[FieldRef]>>);

impl EmbeddedPath {
    /// The path through these fields.
    #[must_use]
    pub fn new(fields: &[FieldRef]) -> Self {
        Self((!fields.is_empty()).then(|| fields.into()))
    }
}

impl Deref for EmbeddedPath {
    type Target = [FieldRef];

    fn deref(&self) -> &[FieldRef] {
        self.0.as_deref().unwrap_or_default()
    }
}

/// `base.field`, embedded steps spelled out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldSelection {
    /// The embedded fields that are passed on the way, outermost first.
    pub embedded: EmbeddedPath,
    /// The field.
    pub field: FieldRef,
}

/// `base.method`, embedded steps spelled out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MethodSelection {
    /// The embedded fields that are passed on the way, outermost first.
    pub embedded: EmbeddedPath,
    /// What the method is.
    pub method: MethodTarget,
}

/// A method, as far as the static type tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodTarget {
    /// A declared method.
    Declared(FunctionRef),
    /// A method of an interface: the interface's declaration where it has a name, and the method's name.
    Interface(Option<TypeRef>, Name),
    /// A method of a type from a package that is not at hand: import path, type, method.
    External(Name, Name, Name),
}

/// What a call expression calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Callee {
    /// Not known.
    Unknown,
    /// A conversion to this type.
    Conversion(TypeId),
    /// A builtin function.
    Builtin(Builtin),
    /// A declared function.
    Function(FunctionRef),
    /// A function of a package that is not at hand: import path and name.
    ExternalFunction(Name, Name),
    /// A method: the receiver is the expression before the last dot, followed by the embedded steps.
    Method {
        /// The expression before the dot.
        receiver: ExprId,
        /// What it selects.
        selection: MethodSelection,
    },
    /// A method expression: the receiver is the first argument.
    MethodExpression(FunctionRef),
    /// A function literal called on the spot.
    Literal(FunctionId),
    /// The value of an expression of function type: variable, parameter, field, element, result.
    Value(ExprId),
}

impl Callee {
    /// The declared function or method that is surely called.
    #[must_use]
    pub fn declared(&self) -> Option<FunctionRef> {
        match self {
            Self::Function(function) | Self::MethodExpression(function) => Some(*function),
            Self::Method { selection, .. } => match selection.method {
                MethodTarget::Declared(function) => Some(function),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A builtin function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Builtin {
    /// `append`
    Append,
    /// `cap`
    Cap,
    /// `clear`
    Clear,
    /// `close`
    Close,
    /// `complex`, `real`, `imag`
    Complex,
    /// `copy`
    Copy,
    /// `delete`
    Delete,
    /// `len`
    Len,
    /// `make`
    Make,
    /// `max`, `min`
    MaxMin,
    /// `new`
    New,
    /// `panic`
    Panic,
    /// `print`, `println`
    Print,
    /// `recover`
    Recover,
    /// The functions of package `unsafe`.
    Unsafe,
}
