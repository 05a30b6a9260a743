//! What the tests of several crates share: the fixture format, the `// want` matcher, miniature library stubs.
//!
//! A fixture is Go source that says by itself what is expected of it:
//!
//! ```go
//! go func() {
//!     seen[word] = true // want concurrent-map-write "seen"
//! }()
//! ```
//!
//! [`fixture::Fixture::parse`] reads the expectations, [`report::read_findings`] reads what the tool printed,
//! [`matcher::compare`] holds one against the other, both ways.

pub mod fixture;
pub mod go;
pub mod matcher;
pub mod pending;
pub mod report;
pub mod stubs;

pub use fixture::{Expectation, Fixture, FixtureError, Scope, Strength};
pub use go::go_root;
pub use matcher::{Problem, compare, missing};
pub use pending::Pending;
pub use report::{Finding, ReportError, read_findings};
