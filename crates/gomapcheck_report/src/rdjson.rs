use std::io;

use gomapcheck_diagnostics::{Diagnostic, Location};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::severity::Words;
use crate::{PROGRAM, PROGRAM_URL, evidence};

const SEVERITIES: Words = Words { own: ["INFO", "WARNING", "ERROR"], known: &["INFO", "WARNING", "ERROR"] };

/// Writes reviewdog's diagnostics as one document.
pub(crate) fn write_rdjson(writer: &mut dyn io::Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    serde_json::to_writer(&mut *writer, &Document { source: SOURCE, diagnostics: Entries(diagnostics) })?;
    writer.write_all(b"\n")
}

/// Writes reviewdog's diagnostics, each on a line of its own.
pub(crate) fn write_rdjsonl(writer: &mut dyn io::Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    for diagnostic in diagnostics {
        let entry = Entry { source: Some(SOURCE), ..Entry::of(diagnostic) };
        serde_json::to_writer(&mut *writer, &entry)?;
        writer.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Clone, Copy, Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

const SOURCE: Source = Source { name: PROGRAM, url: PROGRAM_URL };

#[derive(Serialize)]
struct Document<'a> {
    source: Source,
    diagnostics: Entries<'a>,
}

struct Entries<'a>(&'a [Diagnostic]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.0.len()))?;
        for diagnostic in self.0 {
            sequence.serialize_element(&Entry::of(diagnostic))?;
        }
        sequence.end()
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    location: Place<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedPlace<'a>>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct RelatedPlace<'a> {
    message: &'a str,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    range: Range,
}

/// reviewdog counts columns in bytes of UTF-8, as Go does.
#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

impl<'a> Entry<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        Self {
            message: format!("{}{}", diagnostic.message, evidence::advice(diagnostic)),
            location: Place::of(&diagnostic.location),
            severity: SEVERITIES.of(diagnostic),
            source: None,
            code: Code { value: diagnostic.rule },
            related_locations: evidence::related(diagnostic).into_iter().map(RelatedPlace::of).collect(),
        }
    }
}

impl<'a> RelatedPlace<'a> {
    fn of((location, message): (&'a Location, &'a str)) -> Self {
        Self { message, location: Place::of(location) }
    }
}

impl<'a> Place<'a> {
    fn of(location: &'a Location) -> Self {
        let Location { path, start, end, .. } = location;
        Self {
            path,
            range: Range {
                start: Point { line: start.line, column: start.column },
                end: Point { line: end.line, column: end.column },
            },
        }
    }
}
