//! Names and types of IR files: what an operand is, and what a call may reach.
//!
//! Enough of Go's type system to know for each operand whether it is a map and for each call what may be called; it checks
//! nothing. Unknown stays unknown: what is not understood is never guessed to be a map.
//!
//! ```ignore
//! let program = Program::check(&provider, &targets);
//! for operation in map_operations(&program, file) {
//!     println!("{} {:?}", program.display_expr(file, operation.map), operation.op);
//! }
//! ```

mod check;
mod declarations;
mod display;
mod implementations;
mod interner;
mod libraries;
mod map_ops;
mod program;
mod refs;
mod resolution;
mod scope;
mod select;
mod standard;
mod substitute;
mod table;
mod ty;
mod type_expr;
mod unify;
mod universe;
mod world;

pub use map_ops::{MapOp, MapOperation, map_operations};
pub use program::{IrProvider, Program, QualifiedFunction};
pub use refs::{FieldRef, FunctionRef, LocalRef, StructRef, TypeParamRef, TypeRef, ValueRef};
pub use resolution::{
    Builtin, Callee, EmbeddedPath, FieldSelection, MethodSelection, MethodTarget, Resolution,
};
pub use ty::{Basic, InterfaceShape, SignatureShape, Type, TypeId};
