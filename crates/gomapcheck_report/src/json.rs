use std::io;

use gomapcheck_diagnostics::{Diagnostic, LINTER};
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::go_json;

/// Which golangci-lint the JSON is shaped after.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JsonShape {
    /// Version 1.63 and later of the first series.
    V1,
    /// The second series.
    V2,
}

/// What a report says beside its findings.
#[derive(Clone, Copy, Default, Debug)]
pub struct Notices<'a> {
    /// What was passed over, a sentence each.
    pub warnings: &'a [String],
    /// The last error that did not end the run.
    pub error: Option<&'a str>,
}

/// Writes findings as one line of golangci-lint JSON, keys in golangci-lint's order.
pub(crate) fn write_json(
    writer: &mut dyn io::Write,
    diagnostics: &[Diagnostic],
    notices: Notices<'_>,
    shape: JsonShape,
) -> io::Result<()> {
    let document = Document {
        issues: Issues(diagnostics),
        report: Report {
            warnings: notices.warnings.iter().map(|text| Warning { text }).collect(),
            linters: [Linter {
                name: LINTER,
                enabled: true,
                enabled_by_default: (shape == JsonShape::V1).then_some(true),
            }],
            error: notices.error,
        },
    };
    go_json::write_line(writer, &document)
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document<'a> {
    #[serde(serialize_with = "each_issue")]
    issues: Issues<'a>,
    report: Report<'a>,
}

struct Issues<'a>(&'a [Diagnostic]);

/// One issue after the other, so that a long list is never held twice.
fn each_issue<S: Serializer>(issues: &Issues<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(issues.0.len()))?;
    for diagnostic in issues.0 {
        sequence.serialize_element(&Issue::of(diagnostic))?;
    }
    sequence.end()
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Issue<'a> {
    from_linter: &'static str,
    text: String,
    severity: &'a str,
    source_lines: &'a [String],
    pos: Pos<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_range: Option<LineRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hunk_pos: Option<u32>,
    expect_no_lint: bool,
    expected_no_lint_linter: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Pos<'a> {
    filename: &'a str,
    offset: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct LineRange {
    from: u32,
    to: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Report<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Warning<'a>>,
    linters: [Linter; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Warning<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Linter {
    name: &'static str,
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled_by_default: Option<bool>,
}

impl<'a> Issue<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        let location = &diagnostic.location;
        let several = diagnostic.source_lines.len() > 1;
        Self {
            from_linter: LINTER,
            text: diagnostic.text(),
            severity: diagnostic.severity_text(),
            source_lines: &diagnostic.source_lines,
            pos: Pos {
                filename: &location.path,
                offset: location.offset,
                line: location.start.line,
                column: location.start.column,
            },
            line_range: several.then_some(LineRange { from: location.start.line, to: location.end.line }),
            hunk_pos: diagnostic.diff_position,
            expect_no_lint: false,
            expected_no_lint_linter: "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn json(diagnostics: &[Diagnostic], notices: Notices<'_>, shape: JsonShape) -> String {
        let mut bytes = Vec::new();
        write_json(&mut bytes, diagnostics, notices, shape).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn no_finding_is_an_empty_list() {
        insta::assert_snapshot!(
            json(&[], Notices::default(), JsonShape::V2),
            @r#"{"Issues":[],"Report":{"Linters":[{"Name":"map-concurrency","Enabled":true}]}}"#
        );
        insta::assert_snapshot!(
            json(&[], Notices::default(), JsonShape::V1),
            @r#"{"Issues":[],"Report":{"Linters":[{"Name":"map-concurrency","Enabled":true,"EnabledByDefault":true}]}}"#
        );
    }

    #[test]
    fn findings_and_notices() {
        let warnings = ["b/broken.go: cannot be read".to_owned()];
        let notices = Notices { warnings: &warnings, error: Some("./nosuch: no such directory") };
        insta::assert_snapshot!("json", json(&sample::findings(), notices, JsonShape::V2));
    }
}
