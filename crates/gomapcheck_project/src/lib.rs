//! From patterns and a directory to packages and their files, as `go list` would choose them, without Go.
//!
//! [`Workspace::open`] expands the patterns, reads the chosen files in parallel and gives them ids that do not depend on
//! the order of reading. As the [`Provider`](gomapcheck_source::Provider) of the run it finds dependencies when a stage
//! first asks for them: in the module, the workspace, vendor directories, replaced modules, the module cache, the GOPATH
//! and Go's own tree.
//!
//! Trouble with single files, directories, patterns and go.mod files is data
//! ([`Workspace::problems`]) and never stops the rest.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that fails to set up its files has failed"))]

mod error;
mod options;
mod workspace;

mod build_context;
mod constraint;
mod directory;
mod expand;
mod glob;
mod head;
mod infer;
mod loader;
mod module_file;
mod module_graph;
mod paths;
mod problems;
mod text;
mod walk;
mod world;
mod worlds;

pub use error::Error;
pub use options::{Environment, Options, WorkspaceFile};
pub use workspace::Workspace;
