//! Which reports go where, and how they look.

mod flags;
mod format_name;
mod looks;
mod order;
mod paths;
mod wanted;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_report::{Contents, Format, RuleDescription};
use gomapcheck_rules::Status;

use crate::config::Config;
use crate::error::CliError;
use crate::flags::Color;
use crate::{Streams, whole_file};
pub(crate) use flags::{DESTINATIONS, OutputFlags};
pub(crate) use format_name::FormatName;
use paths::PathStyle;
use wanted::{Destination, Report};

/// What is written at the end of a run.
pub(crate) struct Plan {
    directory: PathBuf,
    reports: Vec<Report>,
    color: Color,
    order: Vec<String>,
    paths: PathStyle,
}

impl Plan {
    /// What flags and configuration ask for; files are relative to `directory`.
    ///
    /// # Errors
    /// If a format or an order does not exist, or a report cannot go where it should: better told before the work than after.
    pub(crate) fn new(flags: &OutputFlags, config: &Config, directory: &Path) -> Result<Self, CliError> {
        let order = flags.sort_order();
        order::check(order)?;
        let order = if order.is_empty() { config.output.sort_order.clone() } else { order.to_vec() };
        let prefix = flags.path_prefix().or(config.output.path_prefix.as_deref());
        let paths = match (flags.path_mode(), prefix.filter(|prefix| !prefix.is_empty())) {
            (Some("repository"), _) => PathStyle::of_repository(directory),
            (Some("abs"), _) => PathStyle::Absolute,
            (None, _) if config.output.absolute_paths => PathStyle::Absolute,
            (_, Some(prefix)) => PathStyle::Prefixed(prefix.to_owned()),
            (_, None) => PathStyle::Relative,
        };
        let reports = wanted::reports(flags, config)?;
        for report in &reports {
            if let Destination::File(path) = &report.destination
                && directory.join(path).is_dir()
            {
                return Err(CliError::Write {
                    destination: directory.join(path).display().to_string(),
                    source: io::ErrorKind::IsADirectory.into(),
                });
            }
        }
        Ok(Self { directory: directory.to_owned(), reports, color: flags.color(), order, paths })
    }

    /// Sorts sorted findings as asked, and changes their paths to those that are reported.
    pub(crate) fn arrange(&self, diagnostics: &mut [Diagnostic]) {
        order::sort(diagnostics, &self.order);
        self.paths.apply(diagnostics);
    }

    /// Writes every report. What cannot be written does not keep the others from it.
    ///
    /// # Errors
    /// The last of the reports that cannot be written; those before it are told here. A reader that has seen enough and left,
    /// as `head` does, is none.
    pub(crate) fn write(
        &self,
        contents: &Contents<'_>,
        variables: &dyn Fn(&str) -> Option<OsString>,
        streams: &mut Streams<'_>,
    ) -> Result<(), CliError> {
        let mut failure = None;
        for report in &self.reports {
            let format = report.format.with_colors(self.has_colors(&report.destination, variables, streams));
            let outcome = match &report.destination {
                Destination::Out => to_stream(&mut *streams.out, format, contents).map_err(CliError::stdout),
                Destination::Err => to_stream(&mut *streams.err, format, contents)
                    .map_err(|source| CliError::Write { destination: "standard error".to_owned(), source }),
                Destination::File(path) => {
                    let path = self.directory.join(path);
                    whole_file::create(&path, |writer| format.write(writer, contents))
                        .map_err(|source| CliError::Write { destination: path.display().to_string(), source })
                }
            };
            if let Err(error) = outcome
                && let Some(earlier) = failure.replace(error)
            {
                streams.error(&earlier.to_string());
            }
        }
        failure.map_or(Ok(()), Err)
    }

    fn has_colors(
        &self,
        destination: &Destination,
        variables: &dyn Fn(&str) -> Option<OsString>,
        streams: &Streams<'_>,
    ) -> bool {
        let is_watched = match destination {
            Destination::Out => streams.out_is_terminal,
            Destination::Err => streams.err_is_terminal,
            Destination::File(_) => false,
        };
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                is_watched
                    && variables("NO_COLOR").is_none_or(|value| value.is_empty())
                    && variables("TERM").is_none_or(|value| value != "dumb")
            }
        }
    }
}

fn to_stream(stream: &mut dyn Write, format: Format, contents: &Contents<'_>) -> io::Result<()> {
    let mut writer = BufWriter::new(stream);
    match format.write(&mut writer, contents).and_then(|()| writer.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is left of the report has no reader any more.
            drop(writer.into_parts());
            Ok(())
        }
        outcome => outcome,
    }
}

/// All rules as reports describe them.
pub(crate) fn rule_descriptions() -> Vec<RuleDescription> {
    let describe = |metadata: &'static gomapcheck_rules::Metadata| RuleDescription {
        name: metadata.name,
        summary: metadata.summary(),
        markdown: without_marks(&metadata.markdown()),
        severity: metadata.severity,
        preview: metadata.status == Status::Preview,
    };
    gomapcheck_rules::all().iter().map(|rule| describe(rule.metadata())).collect()
}

/// The documentation without what its tests read: the marks of lines that are to be found.
fn without_marks(markdown: &str) -> String {
    let without = |line: &str| match line.split_once(" // want") {
        Some((code, _)) => format!("{code} // reported\n"),
        None => format!("{line}\n"),
    };
    markdown.lines().map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_describe_every_rule() {
        for rule in rule_descriptions() {
            assert!(rule.markdown.contains(" // reported\n"), "{}", rule.markdown);
            assert!(!rule.markdown.contains("// want"), "{}", rule.markdown);
        }
    }
}
