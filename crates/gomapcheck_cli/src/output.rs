//! Which reports go where.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_report::{JsonShape, Notices, TextStyle, write_json, write_text};

use crate::Streams;
use crate::error::CliError;
use crate::flags::{Color, ReportFlags};

/// A report to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Report {
    format: Format,
    destination: Destination,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    /// Text; `colored` when golangci-lint 1's format of that name asks for colours on a terminal.
    Text {
        colored: bool,
    },
    Json(JsonShape),
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Destination {
    Out,
    Err,
    File(PathBuf),
}

impl Destination {
    fn parse(text: &str) -> Self {
        match text {
            "stdout" | "" => Self::Out,
            "stderr" => Self::Err,
            path => Self::File(path.into()),
        }
    }
}

/// The reports that the flags ask for; text on standard output when they ask for none.
pub(crate) fn reports(flags: &ReportFlags) -> Result<Vec<Report>, CliError> {
    let report = |format, destination: &str| Report { format, destination: Destination::parse(destination) };
    let text = flags.text_path.iter().map(|path| report(Format::Text { colored: true }, path));
    let json = flags.json_path.iter().map(|path| report(Format::Json(JsonShape::V2), path));
    let mut reports: Vec<Report> = text.chain(json).collect();
    for entry in flags.out_format.iter().flat_map(|formats| formats.split(',')) {
        let (name, path) = entry.split_once(':').unwrap_or((entry, "stdout"));
        reports.push(report(format_of_first_series(name)?, path));
    }
    if reports.is_empty() {
        reports.push(report(Format::Text { colored: true }, "stdout"));
    }
    Ok(reports)
}

fn format_of_first_series(name: &str) -> Result<Format, CliError> {
    match name {
        "json" => Ok(Format::Json(JsonShape::V1)),
        "line-number" => Ok(Format::Text { colored: false }),
        "colored-line-number" => Ok(Format::Text { colored: true }),
        _ => {
            let known = "json, line-number, colored-line-number";
            Err(CliError::Usage(format!("{name} is no value for --out-format; it takes {known}")))
        }
    }
}

/// What reports have in common.
pub(crate) struct Contents<'a> {
    /// The findings, sorted.
    pub(crate) diagnostics: &'a [Diagnostic],
    /// What else is to be said.
    pub(crate) notices: Notices<'a>,
    /// Where relative files go.
    pub(crate) directory: &'a Path,
}

/// Writes every report; the first that cannot be written ends it.
pub(crate) fn write_all(
    reports: &[Report],
    contents: &Contents<'_>,
    flags: &ReportFlags,
    variables: &dyn Fn(&str) -> Option<OsString>,
    streams: &mut Streams<'_>,
) -> Result<(), CliError> {
    for report in reports {
        let watched = match report.destination {
            Destination::Out => streams.out_is_terminal,
            Destination::Err => streams.err_is_terminal,
            Destination::File(_) => false,
        };
        let colors = match flags.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => watched && variables("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        match &report.destination {
            Destination::Out => {
                report.write(&mut *streams.out, contents, flags, colors).map_err(CliError::stdout)
            }
            Destination::Err => report
                .write(&mut *streams.err, contents, flags, colors)
                .map_err(|source| CliError::Write { destination: "standard error".to_owned(), source }),
            Destination::File(path) => {
                let path = contents.directory.join(path);
                create(&path)
                    .and_then(|mut file| report.write(&mut file, contents, flags, colors))
                    .map_err(|source| CliError::Write { destination: path.display().to_string(), source })
            }
        }?;
    }
    Ok(())
}

fn create(path: &Path) -> io::Result<fs::File> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create(path)
}

impl Report {
    fn write(
        &self,
        stream: &mut dyn Write,
        contents: &Contents<'_>,
        flags: &ReportFlags,
        colors: bool,
    ) -> io::Result<()> {
        let mut writer = BufWriter::new(stream);
        match self.format {
            Format::Json(shape) => write_json(&mut writer, contents.diagnostics, contents.notices, shape),
            Format::Text { colored } => {
                let style = TextStyle { colors: colors && colored, details: flags.details };
                write_text(&mut writer, contents.diagnostics, style)
            }
        }?;
        writer.flush()
    }
}
