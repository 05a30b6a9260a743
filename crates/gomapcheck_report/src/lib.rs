//! Printers: sorted findings to bytes.
//!
//! [`Format::write`] writes to any [`std::io::Write`]. The shapes are those of golangci-lint where it has one, so that what
//! reads its reports reads ours; `docs/output.md` shows them all.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panicking"))]

mod by_file;
mod checkstyle;
mod code_climate;
mod evidence;
mod format;
mod github_actions;
mod go_json;
mod json;
mod junit_xml;
mod raw;
mod rdjson;
#[cfg(test)]
mod sample;
mod sarif;
mod severity;
mod tab;
mod teamcity;
#[cfg(test)]
mod tests;
mod text;
mod xml;

pub use format::{Contents, Format, RuleDescription};
pub use json::{JsonShape, Notices};
pub use raw::{RAW_VERSION, write_raw};
pub use tab::TabStyle;
pub use text::TextStyle;

/// The name reports give this program.
const PROGRAM: &str = "gomapcheck";

/// Where reports send readers.
const PROGRAM_URL: &str = env!("CARGO_PKG_REPOSITORY");
