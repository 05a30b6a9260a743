//! Runs the stages over packages: files to IR, IR to types, types to conflicts.
//!
//! An [`Engine`] is asked once for a whole run. It keeps every file's IR, so that a file is parsed once however many stages
//! and threads ask for it.
//!
//! ```ignore
//! let engine = Engine::new(&workspace, &Silent);
//! let analysis = engine.analyse(&workspace.graph())?;
//! for conflict in &analysis.conflicts { … }
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panicking"))]

mod directives;
mod engine;
mod file_table;
mod map_operations;
mod progress;
mod statistics;

pub use directives::FileDirectives;
pub use engine::{Analysis, Engine};
pub use gomapcheck_race::models::{UserEffect, UserRow};
pub use map_operations::MapOperationRecord;
pub use progress::{Progress, Silent, Stage};
pub use statistics::Statistics;
