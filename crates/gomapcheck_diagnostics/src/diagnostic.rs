use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use gomapcheck_source::Position;

use crate::{Confidence, Severity};

/// A stretch of a file, ready to be printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// The path to print, with `/` between its parts.
    pub path: Arc<str>,
    /// The absolute path.
    pub absolute: Arc<str>,
    /// The first byte, counted from 0.
    pub offset: u32,
    /// Where that byte stands.
    pub start: Position,
    /// The byte after the last, counted from 0.
    pub end_offset: u32,
    /// Where that byte stands.
    pub end: Position,
    /// The column of `start` in UTF-16 code units, from 1.
    pub start_utf16: u32,
    /// The column of `end` in UTF-16 code units, from 1.
    pub end_utf16: u32,
}

impl Location {
    fn key(&self) -> (&str, Position, u32) {
        (&self.path, self.start, self.end_offset)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.start)
    }
}

impl PartialOrd for Location {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Location {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// A map as a reader knows it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MapName {
    /// As the reported access writes it: `s.items`.
    pub written: String,
    /// As what it is: `field Store.items`.
    pub declared: String,
}

/// A place that belongs to a finding, and what happens there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What, in a few words on one line.
    pub text: String,
}

/// One numbered step of the way to a finding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TraceStep {
    /// Where.
    pub location: Location,
    /// What happens there, on one line.
    pub text: String,
}

/// A finding, with all that a printer or a filter needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong and why, on one line, without the rule's name.
    pub message: String,
    /// The access to change.
    pub location: Location,
    /// The lines of that access, without line ends.
    pub source_lines: Vec<String>,
    /// How well it is shown.
    pub confidence: Confidence,
    /// How much it weighs.
    pub severity: Severity,
    /// What the configuration calls that in reports, where it uses a word of its own.
    pub severity_word: Option<Arc<str>>,
    /// The map.
    pub map: MapName,
    /// The access it collides with.
    pub other: Option<Related>,
    /// Both accesses, the launches, the calls between them and the locks, in reading order.
    pub trace: Vec<TraceStep>,
    /// The way of each goroutine that takes part, from its launch to its access; one way for a defect of one goroutine.
    pub flows: Vec<Vec<TraceStep>>,
    /// Further accesses with the same defect.
    pub also: Vec<Related>,
    /// What to do about it.
    pub advice: String,
    /// Whether the reported access stands in a generated file.
    pub generated: bool,
    /// Where the access stands in the diff that findings were chosen by, if it is new: the line of that file's part, from 1.
    pub diff_position: Option<u32>,
}

impl Diagnostic {
    /// The text of a report: the rule's name, then the message.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}: {}", self.rule, self.message)
    }

    /// The severity as reports write it.
    #[must_use]
    pub fn severity_text(&self) -> &str {
        self.severity_word.as_deref().unwrap_or(self.severity.as_str())
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By file, line, column, rule and message; what is left decides among equals, so that no two different findings tie.
impl Ord for Diagnostic {
    fn cmp(&self, other: &Self) -> Ordering {
        let position = |d: &Self| (d.location.start, d.rule);
        self.location
            .path
            .cmp(&other.location.path)
            .then_with(|| position(self).cmp(&position(other)))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| self.location.cmp(&other.location))
            .then_with(|| other.confidence.cmp(&self.confidence))
            .then_with(|| self.severity.cmp(&other.severity))
            .then_with(|| self.severity_word.cmp(&other.severity_word))
            .then_with(|| (&self.map, &self.other).cmp(&(&other.map, &other.other)))
            .then_with(|| (&self.trace, &self.also).cmp(&(&other.trace, &other.also)))
            .then_with(|| self.flows.cmp(&other.flows))
            .then_with(|| (&self.advice, &self.source_lines).cmp(&(&other.advice, &other.source_lines)))
            .then_with(|| self.generated.cmp(&other.generated))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A finding at `path:line:1`.
    pub(crate) fn finding(path: &str, line: u32, rule: &'static str) -> Diagnostic {
        let at = |column| Position { line, column };
        let location = Location {
            path: path.into(),
            absolute: format!("/module/{path}").into(),
            offset: line * 10,
            start: at(1),
            end_offset: line * 10 + 1,
            end: at(2),
            start_utf16: 1,
            end_utf16: 2,
        };
        Diagnostic {
            rule,
            message: "map m is written here".into(),
            location,
            source_lines: vec!["m[k] = v".into()],
            confidence: Confidence::Certain,
            severity: Severity::Error,
            severity_word: None,
            map: MapName { written: "m".into(), declared: "variable m".into() },
            other: None,
            trace: Vec::new(),
            flows: Vec::new(),
            also: Vec::new(),
            advice: String::new(),
            generated: false,
            diff_position: None,
        }
    }

    #[test]
    fn the_rule_opens_the_text() {
        let text = finding("a.go", 3, "concurrent-map-write").text();
        assert_eq!(text, "concurrent-map-write: map m is written here");
    }

    #[test]
    fn findings_order_by_file_then_line_then_rule() {
        let sorted = [
            finding("a.go", 9, "mixed-map-locks"),
            finding("a.go", 10, "concurrent-map-write"),
            finding("a.go", 10, "mixed-map-locks"),
            finding("b.go", 1, "concurrent-map-write"),
        ];
        let mut findings = sorted.to_vec();
        findings.reverse();
        findings.sort();
        assert_eq!(findings, sorted);
    }
}
