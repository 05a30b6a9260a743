//! A finding as data, its total order, and everything that may drop one.
//!
//! Rules make [`Diagnostic`]s, a [`Filter`] keeps those that are wanted, printers write them. Nothing here reads a file or
//! knows how a finding came to be: what is needed to print one is in it.
//!
//! ```
//! use gomapcheck_diagnostics::Nolint;
//! let nolint = Nolint::parse("nolint:map-concurrency // filled before serving", 7, 9).unwrap();
//! assert!(nolint.silences(8, "concurrent-map-write"));
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail by panicking"))]

mod diagnostic;
mod filter;
mod fingerprint;
mod level;
mod nolint;

pub use diagnostic::{Diagnostic, Location, MapName, Related, TraceStep};
pub use filter::{Dropped, Filter, Kept};
pub use fingerprint::{Fingerprint, ParseFingerprintError};
pub use level::{Confidence, ParseLevelError, Severity};
pub use nolint::Nolint;

/// The name under which golangci-lint and its configuration know this tool's findings.
pub const LINTER: &str = "map-concurrency";
