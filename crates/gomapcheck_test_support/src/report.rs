//! Reading findings from the golangci-lint JSON that the tool prints.

use serde::Deserialize;
use thiserror::Error;

/// A line of a file, as a finding's text names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mention {
    /// The path as written.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

/// A finding as a user of the report sees it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// The path of the reported access.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u32,
    /// Its column in bytes, counted from 1.
    pub column: u32,
    /// The message; it opens with the rule's name.
    pub text: String,
    /// The other places that the message names as `file.go:line:column`.
    pub mentions: Vec<Mention>,
}

/// Output that is no report.
#[derive(Debug, Error)]
#[error("no golangci-lint JSON: {0}")]
pub struct ReportError(#[from] serde_json::Error);

impl Finding {
    /// A finding from its parts; the mentions are read from the text.
    #[must_use]
    pub fn new(file: &str, line: u32, column: u32, text: &str) -> Self {
        Self { file: file.replace('\\', "/"), line, column, text: text.to_owned(), mentions: mentions(text) }
    }

    /// The rule's name: what stands before the first colon.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.text.split_once(':').map_or(self.text.as_str(), |(rule, _)| rule)
    }
}

/// The findings of a report on one line of golangci-lint JSON; anything behind the first value is left unread.
///
/// # Errors
/// When the text does not begin with such a report.
pub fn read_findings(json: &str) -> Result<Vec<Finding>, ReportError> {
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Report>();
    let report = match values.next() {
        Some(report) => report?,
        None => serde_json::from_str(json)?,
    };
    let finding = |issue: &Issue| {
        Finding::new(&issue.position.filename, issue.position.line, issue.position.column, &issue.text)
    };
    let mut findings: Vec<_> = report.issues.iter().map(finding).collect();
    findings.sort();
    Ok(findings)
}

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "Issues")]
    issues: Vec<Issue>,
}

#[derive(Deserialize)]
struct Issue {
    #[serde(rename = "Text")]
    text: String,
    #[serde(rename = "Pos")]
    position: Position,
}

#[derive(Deserialize)]
struct Position {
    #[serde(rename = "Filename")]
    filename: String,
    #[serde(rename = "Line")]
    line: u32,
    #[serde(rename = "Column")]
    column: u32,
}

fn mentions(text: &str) -> Vec<Mention> {
    let between = |c: char| c.is_whitespace() || "()[]{}`'\",;".contains(c);
    let mut mentions: Vec<_> = text.split(between).filter_map(mention).collect();
    mentions.sort();
    mentions.dedup();
    mentions
}

fn mention(word: &str) -> Option<Mention> {
    let (file, rest) = word.split_once(".go:")?;
    let line = rest.split(':').next()?.trim_end_matches('.').parse().ok()?;
    Some(Mention { file: format!("{file}.go"), line })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

    use super::*;

    #[test]
    fn places_in_the_text_are_mentions() {
        let finding = Finding::new("a.go", 3, 1, "rule: m is read at b/c.go:7:2, started at (d.go:9:1).");
        let seen: Vec<_> = finding.mentions.iter().map(|m| (m.file.as_str(), m.line)).collect();
        assert_eq!(seen, [("b/c.go", 7), ("d.go", 9)]);
        assert_eq!(finding.rule(), "rule");
    }

    #[test]
    fn a_report_may_have_a_trailer() {
        let json = r#"{"Issues":[{"FromLinter":"x","Text":"r: t","Pos":{"Filename":"a.go","Offset":0,"Line":1,"Column":2}}],"Report":{}}
1 issues:"#;
        assert_eq!(read_findings(json).unwrap(), [Finding::new("a.go", 1, 2, "r: t")]);
    }

    #[test]
    fn silence_is_no_report() {
        assert!(read_findings("").is_err());
    }
}
