//! Ids, spans, names and the package graph: plain data that every stage shares.
//!
//! Nothing here touches the disk. A stage that needs packages beyond those it was given asks a [`Provider`];
//! `gomapcheck_project` implements it, tests implement it over strings.
//!
//! ```
//! use gomapcheck_source::{LineIndex, Span};
//! let index = LineIndex::new("package a\n\nvar m map[string]int\n");
//! assert_eq!(index.position(Span::new(11, 14).start).to_string(), "3:1");
//! ```

mod graph;
mod ids;
mod lines;
mod name;
mod span;

pub use graph::{
    Arrangement, FileRole, GoVersion, Import, Package, PackageGraph, Problem, ProblemKind, Provider,
    SourceFile,
};
pub use ids::{FileId, PackageId};
pub use lines::{LineIndex, Position};
pub use name::Name;
pub use span::Span;
