//! Go source text in, [`gomapcheck_ir::File`] out: the only crate that knows tree-sitter and its Go grammar.
//!
//! [`lower`] never fails and never panics. What the grammar cannot read makes one function opaque
//! ([`gomapcheck_ir::OpaqueReason::SyntaxError`]) and is counted in [`gomapcheck_ir::File::errors`]; the declarations
//! around it survive.
//!
//! ```
//! use gomapcheck_source::FileId;
//! use gomapcheck_syntax::{Mode, lower};
//!
//! let file = lower(FileId(0), "package a\n\nfunc f() {}\n", Mode::Whole);
//! assert_eq!(file.functions[0].name.as_str(), "f");
//! ```

mod comments;
mod condense;
mod discipline;
mod kind;
mod layout;
mod lexical;
mod lower;
mod operands;
mod parse;
mod passive;
mod queries;
mod recover;
mod symbols;
mod walk;

pub use lower::MAX_DEPTH;
pub use parse::{Mode, lower, parse_only};
