use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::{Confidence, Diagnostic, Location, Nolint};

/// What may drop a finding. Limits of 0 mean none.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Weaker findings are dropped.
    pub minimum_confidence: Confidence,
    /// How many findings to keep in all.
    pub max_issues: usize,
    /// How many findings with exactly the same text to keep.
    pub max_same_issues: usize,
    /// Whether to keep one finding a line.
    pub unique_by_line: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            minimum_confidence: Confidence::Likely,
            max_issues: 0,
            max_same_issues: 0,
            unique_by_line: false,
        }
    }
}

/// How many findings were dropped, by cause.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Dropped {
    /// Weaker than wanted.
    pub confidence: usize,
    /// In a generated file.
    pub generated: usize,
    /// Silenced by a `//nolint` comment.
    pub nolint: usize,
    /// Beyond a limit, or on a line that already has one.
    pub limits: usize,
}

/// What a filter left.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Kept {
    /// The findings that are wanted, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the others.
    pub dropped: Dropped,
}

impl Filter {
    /// Sorts the findings, drops repeated and unwanted ones and counts these by their cause.
    ///
    /// `nolint` gives the directives of the file with an absolute path; it is asked once for each finding's place. The limits
    /// come last and act on sorted findings, so that the same ones survive in every run.
    #[must_use]
    pub fn apply<'a>(&self, mut diagnostics: Vec<Diagnostic>, nolint: impl Fn(&str) -> &'a [Nolint]) -> Kept {
        diagnostics.sort();
        diagnostics.dedup();
        let mut dropped = Dropped::default();
        let mut limits = Limits::default();
        diagnostics.retain(|diagnostic| {
            let cause = if diagnostic.confidence < self.minimum_confidence {
                &mut dropped.confidence
            } else if diagnostic.generated {
                &mut dropped.generated
            } else if is_silenced(diagnostic, &nolint) {
                &mut dropped.nolint
            } else if !limits.admit(self, diagnostic) {
                &mut dropped.limits
            } else {
                return true;
            };
            *cause += 1;
            false
        });
        Kept { diagnostics, dropped }
    }
}

/// Whether a directive covers the reported access, or the other one: a race has two ends, and either may explain itself.
fn is_silenced<'a>(diagnostic: &Diagnostic, nolint: &impl Fn(&str) -> &'a [Nolint]) -> bool {
    let covers = |location: &Location| {
        nolint(&location.absolute)
            .iter()
            .any(|directive| directive.silences(location.start.line, diagnostic.rule))
    };
    covers(&diagnostic.location) || diagnostic.other.as_ref().is_some_and(|other| covers(&other.location))
}

#[derive(Default)]
struct Limits {
    admitted: usize,
    texts: BTreeMap<String, usize>,
    lines: BTreeSet<(Arc<str>, u32)>,
}

impl Limits {
    fn admit(&mut self, filter: &Filter, diagnostic: &Diagnostic) -> bool {
        if filter.unique_by_line {
            let line = (Arc::clone(&diagnostic.location.path), diagnostic.location.start.line);
            if !self.lines.insert(line) {
                return false;
            }
        }
        if filter.max_same_issues > 0 {
            let seen = self.texts.entry(diagnostic.text()).or_default();
            *seen += 1;
            if *seen > filter.max_same_issues {
                return false;
            }
        }
        if filter.max_issues > 0 && self.admitted >= filter.max_issues {
            return false;
        }
        self.admitted += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Related;
    use crate::diagnostic::tests::finding;

    fn none(_: &str) -> &'static [Nolint] {
        &[]
    }

    #[test]
    fn weak_and_generated_findings_are_dropped_and_counted() {
        let mut weak = finding("a.go", 1, "mixed-map-locks");
        weak.confidence = Confidence::Possible;
        let mut generated = finding("a.pb.go", 1, "mixed-map-locks");
        generated.generated = true;
        let good = finding("b.go", 1, "mixed-map-locks");
        let kept = Filter::default().apply(vec![good.clone(), generated, weak], none);
        assert_eq!(kept.diagnostics, [good]);
        assert_eq!(kept.dropped, Dropped { confidence: 1, generated: 1, ..Dropped::default() });
    }

    #[test]
    fn a_directive_at_either_access_silences_a_race() {
        let directives = [Nolint::parse("nolint:map-concurrency", 7, 7).unwrap()];
        let mut race = finding("a.go", 3, "concurrent-map-write");
        race.other = Some(Related { location: finding("b.go", 7, "").location, text: String::new() });
        let in_b = |path: &str| if path == "/module/b.go" { &directives[..] } else { &[] };
        assert_eq!(Filter::default().apply(vec![race.clone()], in_b).dropped.nolint, 1);
        assert_eq!(Filter::default().apply(vec![race], none).diagnostics.len(), 1);
    }

    #[test]
    fn limits_act_on_sorted_findings() {
        let findings =
            || (1..=4).rev().map(|line| finding("a.go", line, "mixed-map-locks")).collect::<Vec<_>>();
        let lines = |filter: Filter| -> Vec<u32> {
            let kept = filter.apply(findings(), none).diagnostics;
            kept.iter().map(|diagnostic| diagnostic.location.start.line).collect()
        };
        assert_eq!(lines(Filter { max_issues: 2, ..Filter::default() }), [1, 2]);
        assert_eq!(lines(Filter { max_same_issues: 3, ..Filter::default() }), [1, 2, 3]);
        assert_eq!(lines(Filter::default()), [1, 2, 3, 4]);
    }

    #[test]
    fn one_finding_a_line_when_asked() {
        let findings =
            vec![finding("a.go", 1, "mixed-map-locks"), finding("a.go", 1, "concurrent-map-write")];
        let kept = Filter { unique_by_line: true, ..Filter::default() }.apply(findings, none);
        assert_eq!(kept.diagnostics.len(), 1);
        assert_eq!(kept.diagnostics[0].rule, "concurrent-map-write");
        assert_eq!(kept.dropped.limits, 1);
    }
}
