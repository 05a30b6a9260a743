//! Holding findings against expectations, both ways.

use crate::fixture::{Expectation, Fixture, Scope, Strength};
use crate::report::{Finding, Mention};
use std::fmt;

/// A difference between what a fixture expects and what was found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The fixture's path.
    pub path: String,
    /// The line it concerns.
    pub line: u32,
    /// The function or method around that line, or `package`.
    pub case: String,
    /// What is wrong, in one line or a few.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{} in {}: {}", self.path, self.line, self.case, self.message)
    }
}

/// The differences between the fixtures of a module and the findings at the default confidence: expectations that no
/// finding meets, findings that meet no expectation, maps that were to be reported once and were not.
#[must_use]
pub fn compare(fixtures: &[Fixture], findings: &[Finding]) -> Vec<Problem> {
    let mut problems = missing(fixtures, findings, Strength::Default);
    for finding in findings {
        let expected = fixtures
            .iter()
            .flat_map(|fixture| fixture.expectations.iter().map(move |wanted| (fixture, wanted)))
            .any(|(fixture, wanted)| wanted.strength == Strength::Default && meets(finding, fixture, wanted));
        if !expected {
            problems.push(unexpected(fixtures, finding));
        }
    }
    problems.sort();
    problems
}

/// The expectations of one strength that the findings do not meet.
#[must_use]
pub fn missing(fixtures: &[Fixture], findings: &[Finding], strength: Strength) -> Vec<Problem> {
    let mut problems = Vec::new();
    for fixture in fixtures {
        for wanted in fixture.expectations.iter().filter(|wanted| wanted.strength == strength) {
            let meeting = findings.iter().filter(|finding| meets(finding, fixture, wanted)).count();
            let message = match (meeting, wanted.scope) {
                (0, _) => format!("expected, not found: {}", describe(wanted)),
                (1, _) | (_, Scope::Line) => continue,
                (count, Scope::File) => format!("expected once, found {count} times: {}", describe(wanted)),
            };
            problems.push(problem(fixture, wanted.line, message));
        }
    }
    problems
}

fn meets(finding: &Finding, fixture: &Fixture, wanted: &Expectation) -> bool {
    let here = |file: &str, line: u32| {
        same_file(file, &fixture.path) && (wanted.scope == Scope::File || line == wanted.line)
    };
    let there = |mention: &Mention| here(&mention.file, mention.line);
    wanted.rule.as_deref().is_none_or(|rule| rule == finding.rule())
        && wanted.pattern.is_match(&finding.text)
        && (here(&finding.file, finding.line)
            || (wanted.scope == Scope::Line && finding.mentions.iter().any(there)))
}

/// A message may shorten a path to its end; a report may lengthen it.
fn same_file(left: &str, right: &str) -> bool {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

fn unexpected(fixtures: &[Fixture], finding: &Finding) -> Problem {
    let message = format!("found, not expected: {}", finding.text);
    match fixtures.iter().find(|fixture| same_file(&finding.file, &fixture.path)) {
        Some(fixture) => problem(fixture, finding.line, message),
        None => {
            Problem { path: finding.file.clone(), line: finding.line, case: "package".to_owned(), message }
        }
    }
}

fn problem(fixture: &Fixture, line: u32, message: String) -> Problem {
    Problem { path: fixture.path.clone(), line, case: fixture.case(line).to_owned(), message }
}

fn describe(wanted: &Expectation) -> String {
    match &wanted.rule {
        Some(rule) => format!("{rule} /{}/", wanted.pattern),
        None => format!("/{}/", wanted.pattern),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

    use super::*;

    fn check(text: &str, findings: &[Finding]) -> Vec<String> {
        let fixture = Fixture::parse("dir/a.go", text).unwrap();
        compare(&[fixture], findings).iter().map(ToString::to_string).collect()
    }

    const WRITE: &str = "func F() {\n\tm[k] = v // want concurrent-map-write \"m is\"\n}\n";

    #[test]
    fn a_finding_on_the_line_meets_the_expectation() {
        let finding = Finding::new("dir/a.go", 2, 2, "concurrent-map-write: m is written");
        assert!(check(WRITE, &[finding]).is_empty());
    }

    #[test]
    fn a_finding_that_names_the_line_as_the_other_access_does_too() {
        let finding = Finding::new("dir/a.go", 9, 2, "concurrent-map-write: m is written, also at a.go:2:2");
        assert!(check(WRITE, &[finding]).is_empty());
    }

    #[test]
    fn another_rule_does_not() {
        let finding = Finding::new("dir/a.go", 2, 2, "mixed-map-locks: m is written");
        assert_eq!(
            check(WRITE, &[finding]),
            [
                "dir/a.go:2 in F: expected, not found: concurrent-map-write /m is/",
                "dir/a.go:2 in F: found, not expected: mixed-map-locks: m is written",
            ]
        );
    }

    #[test]
    fn a_map_wanted_once_may_be_reported_anywhere_in_the_file_but_once() {
        let text = "func F() {\n\t// want-map \"m\"\n}\n";
        let finding = Finding::new("dir/a.go", 40, 1, "mixed-map-locks: m");
        assert!(check(text, std::slice::from_ref(&finding)).is_empty());
        let twice = [finding.clone(), finding];
        assert_eq!(check(text, &twice), ["dir/a.go:2 in F: expected once, found 2 times: /m/"]);
    }

    #[test]
    fn a_possible_finding_is_not_expected_by_default() {
        let text = "func F() {\n\tm[k] = v // want-possible \"m\"\n}\n";
        assert!(check(text, &[]).is_empty());
        let fixture = Fixture::parse("dir/a.go", text).unwrap();
        assert_eq!(missing(&[fixture], &[], Strength::Possible).len(), 1);
    }
}
