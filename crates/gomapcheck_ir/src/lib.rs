//! The intermediate representation of one Go file.
//!
//! A [`File`] holds everything the later stages need and no syntax tree: declarations, functions (closures are functions
//! with captures), expressions and structured statements, all in flat arenas addressed by small ids. Local names are
//! already bound to their variables, since Go's block scopes are lexical; names of the file, package and universe scopes
//! stay names and are resolved by `gomapcheck_types`.
//!
//! Whether `x[k]` is a map operation depends on types, so the IR says [`ExprKind::Index`]; what is syntactic is said
//! outright: `go`, `defer`, sends, receives, `select`, `range`.

mod decl;
mod expr;
mod expr_text;
mod file;
mod id;
mod print;
mod stmt;

pub use decl::{
    Capture, Directive, Embedded, Field, Function, FunctionKind, ImportDecl, InterfaceElement, InterfaceType,
    Local, LocalKind, Method, Note, NoteTarget, OpaqueReason, Param, Signature, StructType, TypeDecl,
    TypeParam, UnionTerm, ValueDecl, ValueKind,
};
pub use expr::{BinaryOp, ChanDirection, Expr, ExprKind, LiteralKind, UnaryOp};
pub use expr_text::ExprText;
pub use file::File;
pub use id::{
    ClauseId, ElementList, ExprId, ExprList, FunctionId, InterfaceId, LocalId, SignatureId, StmtId, StmtList,
    StructId, TypeDeclId, TypeParamId, ValueId,
};
pub use stmt::{Clause, Element, Stmt, StmtKind};
