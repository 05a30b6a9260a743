//! Settings from files: `gomapcheck.toml`, or our part of golangci-lint's configuration.
//!
//! A file of golangci-lint's is read for `linters.settings.custom.map-concurrency.settings` alone; the rest belongs to others.

mod discover;
mod document;
mod settings;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use gomapcheck_diagnostics::Confidence;
use gomapcheck_engine::UserRow;

use crate::error::CliError;
use crate::flags::ConfigFlags;

/// What a configuration asks for; empty where none is found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Config {
    /// The file, where there is one.
    pub(crate) path: Option<PathBuf>,
    /// Report nothing weaker.
    pub(crate) min_confidence: Option<Confidence>,
    /// Report the findings of preview rules as well.
    pub(crate) preview: Option<bool>,
    /// Rules that are reported although they are in preview.
    pub(crate) enable: Vec<String>,
    /// Rules that are not reported.
    pub(crate) disable: Vec<String>,
    /// What the user's own functions do.
    pub(crate) rows: Vec<UserRow>,
}

impl Config {
    /// Whether the findings of a rule are wanted.
    pub(crate) fn wants(&self, rule: &str, is_preview: bool, previews: bool) -> bool {
        let is_in = |list: &[String]| list.iter().any(|name| name == rule);
        !is_in(&self.disable) && (!is_preview || previews || is_in(&self.enable))
    }
}

/// Reads the configuration that the flags name, or the one that belongs to what is analysed.
///
/// # Errors
/// If the named file cannot be read, or ours says something that is not understood.
pub(crate) fn load(
    flags: &ConfigFlags,
    (directory, patterns): (&Path, &[String]),
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Config, CliError> {
    let (path, is_named) = match &flags.config {
        Some(path) => (discover::with_home(path, variables), true),
        None if flags.no_config => return Ok(Config::default()),
        None => match discover::find(directory, patterns, variables) {
            Some(path) => (path, false),
            None => return Ok(Config::default()),
        },
    };
    let text =
        std::fs::read_to_string(&path).map_err(|source| CliError::Read { path: path.clone(), source })?;
    let wrong = |message: String| CliError::Config { path: path.clone(), message };
    let document = match document::parse(&path, &text) {
        Ok(document) => document,
        // A file of golangci-lint's that does not speak of this linter is for others to read, and they may read it more leniently.
        Err(_) if !is_named && !discover::is_ours(&path) && !text.contains(document::LINTER) => {
            return Ok(Config::default());
        }
        Err(message) => return Err(wrong(message)),
    };
    let is_ours = match is_named {
        true => !document::is_golangci(&path, &document),
        false => discover::is_ours(&path),
    };
    let ours = if is_ours { Some(&document) } else { document::of_golangci(&document) };
    let config = ours.map(settings::read).transpose().map_err(wrong)?.unwrap_or_default();
    Ok(Config { path: Some(path), ..config })
}
