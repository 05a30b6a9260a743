//! A finding's evidence in the forms that several formats share.

use std::collections::BTreeSet;

use gomapcheck_diagnostics::{Diagnostic, Location};

/// The trace and the advice as lines, a line feed before each, for formats that have a message and nothing else.
pub(crate) fn lines(diagnostic: &Diagnostic) -> String {
    let steps = diagnostic.trace.iter().enumerate();
    let steps = steps.map(|(index, step)| format!("\n{}. {}, at {}", index + 1, step.text, step.location));
    steps.chain([advice(diagnostic)]).collect()
}

/// The advice alone, a line feed before it.
pub(crate) fn advice(diagnostic: &Diagnostic) -> String {
    match &*diagnostic.advice {
        "" => String::new(),
        advice => format!("\nhelp: {advice}"),
    }
}

/// The places that belong to a finding beside the reported one, each once, with what happens there: the other access first,
/// then launches, calls and locks, then further accesses with the same defect.
pub(crate) fn related(diagnostic: &Diagnostic) -> Vec<(&Location, &str)> {
    let other = diagnostic.other.iter().map(|other| (&other.location, &*other.text));
    let trace = diagnostic.trace.iter().map(|step| (&step.location, &*step.text));
    let also = diagnostic.also.iter().map(|also| (&also.location, &*also.text));
    let mut seen = BTreeSet::from([&diagnostic.location]);
    other.chain(trace).chain(also).filter(|(location, _)| seen.insert(location)).collect()
}
