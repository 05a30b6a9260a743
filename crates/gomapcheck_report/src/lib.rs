//! Printers: sorted findings to bytes.
//!
//! Each printer writes to any [`std::io::Write`] and holds no more than one finding's worth of output. The shapes are those
//! of golangci-lint, so that what reads its reports reads ours.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panicking"))]

mod go_json;
mod json;
mod raw;
#[cfg(test)]
mod sample;
mod text;

pub use json::{JsonShape, Notices, write_json};
pub use raw::{RAW_VERSION, write_raw};
pub use text::{TextStyle, write_text};
