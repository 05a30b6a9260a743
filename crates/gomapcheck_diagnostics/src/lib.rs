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

mod baseline;
mod changes;
mod conditions;
mod diagnostic;
mod exclusions;
mod filter;
mod fingerprint;
mod generated;
mod level;
mod limits;
mod named_places;
mod nolint;
mod patch;
mod pattern;
mod severity_rules;

pub use baseline::{Baseline, BaselineError};
pub use changes::Changes;
pub use conditions::Conditions;
pub use diagnostic::{Diagnostic, Location, MapName, Related, TraceStep};
pub use exclusions::{Exclusions, UsedExclusions, WarnUnused};
pub use filter::{Dropped, Filter, Kept};
pub use fingerprint::{Fingerprint, ParseFingerprintError};
pub use generated::Generated;
pub use level::{Confidence, ParseLevelError, Severity};
pub use limits::Limits;
pub use named_places::NamedPlaces;
pub use nolint::Nolint;
pub use patch::{LineRange, Patch, PatchError};
pub use pattern::{Pattern, PatternError};
pub use severity_rules::{SeverityRule, SeverityRules};

/// The name under which golangci-lint and its configuration know this tool's findings.
pub const LINTER: &str = "map-concurrency";
