use std::io;

use gomapcheck_diagnostics::{Diagnostic, Location, Related, TraceStep};
use serde::Serialize;

use crate::Notices;

/// The version of the raw format: it grows when a reader of the former one would misread the document. New keys do not count.
pub const RAW_VERSION: u32 = 1;

/// Writes findings for programs that choose among them by themselves, such as the golangci-lint plugin: one line of JSON with
/// absolute paths, byte offsets, lines and columns of every place that belongs to a finding.
///
/// `docs/raw-format.md` describes the keys.
///
/// # Errors
/// Those of `writer`.
pub fn write_raw(
    writer: &mut dyn io::Write,
    program_version: &str,
    diagnostics: &[Diagnostic],
    notices: Notices<'_>,
) -> io::Result<()> {
    let document = Document {
        version: RAW_VERSION,
        program: Program { name: "gomapcheck", version: program_version },
        findings: diagnostics.iter().map(Finding::of).collect(),
        warnings: notices.warnings,
        error: notices.error,
    };
    serde_json::to_writer(&mut *writer, &document)?;
    writer.write_all(b"\n")
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    program: Program<'a>,
    findings: Vec<Finding<'a>>,
    warnings: &'a [String],
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct Program<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    message: &'a str,
    confidence: &'static str,
    severity: &'static str,
    generated: bool,
    map: Map<'a>,
    location: Place<'a>,
    other: Option<Note<'a>>,
    trace: Vec<Note<'a>>,
    also: Vec<Note<'a>>,
    advice: &'a str,
}

#[derive(Serialize)]
struct Map<'a> {
    written: &'a str,
    declared: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    offset: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Note<'a> {
    text: &'a str,
    location: Place<'a>,
}

impl<'a> Finding<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        Self {
            rule: diagnostic.rule,
            message: &diagnostic.message,
            confidence: diagnostic.confidence.as_str(),
            severity: diagnostic.severity.as_str(),
            generated: diagnostic.generated,
            map: Map { written: &diagnostic.map.written, declared: &diagnostic.map.declared },
            location: Place::of(&diagnostic.location),
            other: diagnostic.other.as_ref().map(Note::of_related),
            trace: diagnostic.trace.iter().map(Note::of_step).collect(),
            also: diagnostic.also.iter().map(Note::of_related).collect(),
            advice: &diagnostic.advice,
        }
    }
}

impl<'a> Place<'a> {
    fn of(location: &'a Location) -> Self {
        Self {
            path: &location.absolute,
            start: Point {
                offset: location.offset,
                line: location.start.line,
                column: location.start.column,
            },
            end: Point { offset: location.end_offset, line: location.end.line, column: location.end.column },
        }
    }
}

impl<'a> Note<'a> {
    fn of_related(related: &'a Related) -> Self {
        Self { text: &related.text, location: Place::of(&related.location) }
    }

    fn of_step(step: &'a TraceStep) -> Self {
        Self { text: &step.text, location: Place::of(&step.location) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn raw(diagnostics: &[Diagnostic], notices: Notices<'_>) -> String {
        let mut bytes = Vec::new();
        write_raw(&mut bytes, "1.2.3", diagnostics, notices).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn nothing_found_is_an_empty_list() {
        insta::assert_snapshot!(
            raw(&[], Notices::default()),
            @r#"{"version":1,"program":{"name":"gomapcheck","version":"1.2.3"},"findings":[],"warnings":[],"error":null}"#
        );
    }

    #[test]
    fn every_place_has_its_absolute_path_and_both_ends() {
        let warnings = ["b/broken.go: cannot be read".to_owned()];
        let notices = Notices { warnings: &warnings, error: Some("./nosuch: no such directory") };
        insta::assert_snapshot!("raw", raw(&sample::findings(), notices));
    }
}
