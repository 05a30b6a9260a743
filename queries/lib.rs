//! Tree-sitter queries of gomapcheck, as data: the text of each `.scm` file of this folder.
//!
//! A query over a whole file costs a third of the parse, so these are run with a limited start depth, or on the rare
//! files that need them.

/// What may be damaged at the top level of a file that does not parse; run with a start depth of at most 1.
pub const DAMAGE: &str = include_str!("damage.scm");
