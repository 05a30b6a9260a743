use std::io;

use gomapcheck_diagnostics::{Diagnostic, Fingerprint, LINTER};
use serde::{Serialize, Serializer};

use crate::severity::Words;
use crate::{Contents, go_json};

const SEVERITIES: Words =
    Words { own: ["info", "major", "critical"], known: &["info", "minor", "major", "critical", "blocker"] };

/// Writes Code Climate's issues as golangci-lint does, one array on one line. GitLab shows the description alone, so the rule
/// stands in it, and wants fingerprints that differ.
pub(crate) fn write_code_climate(writer: &mut dyn io::Write, contents: &Contents<'_>) -> io::Result<()> {
    go_json::write_line(writer, &Issues(contents))
}

struct Issues<'a>(&'a Contents<'a>);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let issues = self.0.with_fingerprints();
        serializer.collect_seq(issues.map(|(diagnostic, fingerprint)| Issue::of(diagnostic, fingerprint)))
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    severity: &'static str,
    fingerprint: String,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

impl<'a> Issue<'a> {
    fn of(diagnostic: &'a Diagnostic, fingerprint: Fingerprint) -> Self {
        Self {
            description: format!("{LINTER}: {}", diagnostic.text()),
            check_name: LINTER,
            severity: SEVERITIES.of(diagnostic),
            fingerprint: fingerprint.to_string(),
            location: Place {
                path: &diagnostic.location.path,
                lines: Lines { begin: diagnostic.location.start.line },
            },
        }
    }
}
