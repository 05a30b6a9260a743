//! The rules: from conflicts to worded findings.
//!
//! A rule picks the conflicts of its kind and words them; it decides nothing about the program. Each stands in one file of
//! `rules/` together with its documentation, whose examples are tests, and its metadata.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::unimplemented, reason = "a test may fail by panicking"))]

mod context;
mod evidence;
mod rule;
mod rules;
#[cfg(test)]
mod testing;
mod wording;

pub use context::RuleContext;
pub use rule::{Metadata, Rule, Status};
pub use rules::{all, find};

use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::Conflict;
use gomapcheck_source::Provider;

/// The findings that the rules make of the conflicts, in the order of the conflicts.
///
/// `sources` gives the files that the conflicts stand in.
#[must_use]
pub fn check(conflicts: &[Conflict], sources: &dyn Provider) -> Vec<Diagnostic> {
    let context = RuleContext::new(sources);
    let findings_of = |conflict: &Conflict| {
        let conflict = context.reported_outside_generated_code(conflict);
        all().iter().filter_map(|rule| rule.check(&conflict, &context)).collect::<Vec<_>>()
    };
    conflicts.iter().flat_map(findings_of).collect()
}
