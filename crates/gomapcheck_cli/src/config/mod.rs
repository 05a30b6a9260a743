//! Settings from files: `gomapcheck.toml`, or golangci-lint's configuration.
//!
//! A file becomes a [`Document`], whatever its format; a reader for each of its parts makes values of it, one file a part. Of
//! golangci-lint's file only the keys that concern a single linter are read; the rest belongs to others.

mod conditions;
mod discover;
mod document;
mod exclusions;
mod extends;
mod issues;
mod keys;
mod linters;
mod output;
mod run;
pub(crate) mod schema;
mod section;
mod settings;
mod severity;
mod yaml;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use gomapcheck_diagnostics::{Confidence, Exclusions, Generated, SeverityRules};
use gomapcheck_engine::UserRow;

pub(crate) use document::{Dialect, Document};
pub(crate) use issues::Issues;
pub(crate) use output::{Format, Output};
pub(crate) use run::Run;
pub(crate) use section::{Section, nearest};

use crate::error::CliError;
use crate::flags::ConfigFlags;

/// What a configuration asks for; empty where none is found. Flags beat it; lists add up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Config {
    /// The file, for readers of further parts.
    pub(crate) document: Document,
    /// `run`: what is analysed, and how long.
    pub(crate) run: Run,
    /// `output`: which reports are written.
    pub(crate) output: Output,
    /// `issues`: limits and changed lines.
    pub(crate) issues: Issues,
    /// Which files count as generated.
    pub(crate) generated: Generated,
    /// `exclusions`: findings that are left out.
    pub(crate) exclusions: Exclusions,
    /// `severity`: what findings weigh in reports.
    pub(crate) severity: SeverityRules,
    /// What disables this linter by name, in words: golangci-lint's file, or a flag.
    pub(crate) disabled_by: Option<String>,
    /// Report nothing weaker.
    pub(crate) min_confidence: Option<Confidence>,
    /// Report the findings of preview rules as well.
    pub(crate) preview: Option<bool>,
    /// Rules that are reported although they are in preview.
    pub(crate) enable: Vec<String>,
    /// Rules that are not reported.
    pub(crate) disable: Vec<String>,
    /// Whether comments on locks are read.
    pub(crate) guard_comments: Option<bool>,
    /// What the user's own functions and types do.
    pub(crate) rows: Vec<UserRow>,
    /// The file with findings that are known.
    pub(crate) baseline: Option<PathBuf>,
}

impl Config {
    /// The file, where there is one.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.document.path()
    }

    /// Whose names `output` has for formats.
    pub(crate) fn dialect(&self) -> Dialect {
        self.output.dialect
    }

    /// Whether the findings of a rule are wanted.
    pub(crate) fn wants(&self, rule: &str, is_preview: bool, previews: bool) -> bool {
        let is_in = |list: &[String]| list.iter().any(|name| name == rule);
        !is_in(&self.disable) && (!is_preview || previews || is_in(&self.enable))
    }

    /// The directory to which reported paths, exclusion paths and report files are relative, in a run in `directory`.
    ///
    /// # Errors
    /// If the configuration asks for that of a go.mod or .git that is not there.
    pub(crate) fn base_path(&self, directory: &Path) -> Result<PathBuf, CliError> {
        let absolute = std::path::absolute(directory);
        let working = absolute.map_err(|source| CliError::Read { path: directory.to_owned(), source })?;
        self.run.relative_path_mode.base(&working, self.path())
    }
}

/// The configuration that the flags name, or the one that belongs to what is analysed.
pub(crate) fn find(
    flags: &ConfigFlags,
    (directory, patterns): (&Path, &[String]),
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Option<PathBuf> {
    match &flags.config {
        Some(path) => Some(discover::with_home(path, variables)),
        None if flags.no_config => None,
        None => discover::find(directory, patterns, variables),
    }
}

/// Reads the configuration that [`find`] finds.
///
/// # Errors
/// If the file cannot be read, or one of our keys says something that is not understood.
pub(crate) fn load(
    flags: &ConfigFlags,
    place: (&Path, &[String]),
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Config, CliError> {
    match find(flags, place, variables) {
        Some(path) => read(Document::read(&path)?),
        None => Ok(Config::default()),
    }
}

/// Reads every part of a document.
fn read(document: Document) -> Result<Config, CliError> {
    keys::check(&document)?;
    let (generated, exclusions) = exclusions::read(&document)?;
    let config = Config {
        generated,
        exclusions,
        severity: severity::read(&document)?,
        run: run::read(&document)?,
        output: output::read(&document)?,
        issues: issues::read(&document)?,
        disabled_by: linters::disabled_by(&document)?,
        ..settings::read(&document.settings()?)?
    };
    extends::complete(Config { document, ..config })
}
