//! Names and types of IR files: what an operand is, and what a call may reach.
//!
//! Enough of Go's type system to know for each operand whether it is a map and for each call what may be called; it checks
//! nothing. Unknown stays unknown: what is not understood is never guessed to be a map.

mod refs;
mod resolution;
mod ty;

pub use refs::{FieldRef, FunctionRef, LocalRef, StructRef, TypeParamRef, TypeRef, ValueRef};
pub use resolution::{Builtin, Callee, FieldSelection, MethodSelection, MethodTarget, Resolution};
pub use ty::{Basic, InterfaceShape, SignatureShape, Type, TypeId};
