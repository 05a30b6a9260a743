use gomapcheck_ir::{ExprId, FunctionId};
use gomapcheck_source::{FileId, Span};

use crate::Program;

/// What is done to a map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MapOp {
    /// `clear(m)`
    Clear,
    /// `delete(m, k)`
    Delete,
    /// `len(m)`
    Len,
    /// `for … := range m`
    Range,
    /// `m[k]` as a value
    Read,
    /// `m[k] = v`, `m[k] op= v`, `m[k]++`, `for m[k] = range …`
    Write,
}

impl MapOp {
    /// Its name in `gomapcheck dump map-ops`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Delete => "delete",
            Self::Len => "len",
            Self::Range => "range",
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// An operation on a built-in map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MapOperation {
    /// Where the map operand stands, parentheses included.
    pub span: Span,
    /// What is done.
    pub op: MapOp,
    /// The map operand.
    pub map: ExprId,
    /// The innermost function or literal around it; `None` outside functions.
    pub function: Option<FunctionId>,
}

/// The map operations of a target file, by position and kind.
#[must_use]
pub fn map_operations(_program: &Program<'_>, _file: FileId) -> Vec<MapOperation> {
    Vec::new()
}
