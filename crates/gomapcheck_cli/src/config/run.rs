//! `run`: which code is analysed, how long it may take, and where paths begin.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::document::{Dialect, Document};
use crate::error::CliError;

/// What a configuration says of the run; what it does not say is `None` or empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Run {
    /// How long the run may take; zero for ever.
    pub(crate) timeout: Option<Duration>,
    /// How many threads work; 0 for one for each processor.
    pub(crate) concurrency: Option<usize>,
    /// Whether `_test.go` files are analysed.
    pub(crate) tests: Option<bool>,
    /// Build tags, to which those of the command line are added.
    pub(crate) build_tags: Vec<String>,
    /// The exit code when there are findings.
    pub(crate) issues_exit_code: Option<u8>,
    /// Where reported paths begin.
    pub(crate) relative_path_mode: RelativePathMode,
}

/// The directory to which reported paths, exclusion paths and report files are relative.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum RelativePathMode {
    /// The working directory; the default without a file and of golangci-lint 1.
    #[default]
    WorkingDirectory,
    /// The configuration file's; the default of a file.
    Configuration,
    /// That of the nearest go.mod.
    GoMod,
    /// That of the nearest .git.
    GitRoot,
}

/// Reads `run`.
pub(super) fn read(document: &Document) -> Result<Run, CliError> {
    let run = document.section("run")?;
    let is_first = document.dialect() == Dialect::Golangci1;
    run.word("modules-download-mode", &["mod", "readonly", "vendor"])?;
    let relative_path_mode =
        match run.word("relative-path-mode", &["gomod", "gitroot", "cfg", "wd"])?.as_deref() {
            Some("gomod") => RelativePathMode::GoMod,
            Some("gitroot") => RelativePathMode::GitRoot,
            Some("wd") => RelativePathMode::WorkingDirectory,
            Some(_) => RelativePathMode::Configuration,
            None if is_first || document.path().is_none() => RelativePathMode::WorkingDirectory,
            None => RelativePathMode::Configuration,
        };
    let issues_exit_code = run.count("issues-exit-code")?;
    let is_code = |code: usize| {
        u8::try_from(code)
            .map_err(|_| run.wrong("issues-exit-code", format!("takes a number up to 255, not {code}")))
    };
    Ok(Run {
        timeout: run.duration("timeout")?,
        concurrency: run.count("concurrency")?,
        tests: run.switch("tests")?,
        build_tags: run.texts("build-tags")?,
        issues_exit_code: issues_exit_code.map(is_code).transpose()?,
        relative_path_mode,
    })
}

impl RelativePathMode {
    /// The directory for a run in `working`, an absolute path, that is configured by `file`.
    ///
    /// # Errors
    /// If there is no go.mod or .git where one is asked for.
    pub(super) fn base(self, working: &Path, file: Option<&Path>) -> Result<PathBuf, CliError> {
        let above = |name: &str, mode: &str| {
            let found = working.ancestors().find(|directory| directory.join(name).exists());
            found.map(Path::to_owned).ok_or_else(|| CliError::Config {
                path: file.unwrap_or(working).to_owned(),
                message: format!(
                    "run.relative-path-mode is {mode}, but no {name} is in {} or above",
                    working.display()
                ),
            })
        };
        match self {
            Self::GoMod => above("go.mod", "gomod"),
            Self::GitRoot => above(".git", "gitroot"),
            Self::WorkingDirectory => Ok(working.to_owned()),
            Self::Configuration => {
                // A configuration from a pipe (`-c /dev/stdin`) has no place of its own.
                let file = file.filter(|file| file.is_file()).and_then(|file| std::path::absolute(file).ok());
                let directory = file.as_deref().and_then(Path::parent);
                Ok(directory.unwrap_or(working).to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    #[test]
    fn all_keys_are_read() {
        let text = "run:\n  timeout: 1m30s\n  concurrency: 2\n  tests: false\n  build-tags: [a, b]\n  issues-exit-code: 9\n  \
                    relative-path-mode: gomod\n  modules-download-mode: vendor\n";
        let run = read(&document(".golangci.yml", &format!("version: '2'\n{text}")).unwrap()).unwrap();
        let expected = Run {
            timeout: Some(Duration::from_secs(90)),
            concurrency: Some(2),
            tests: Some(false),
            build_tags: vec!["a".to_owned(), "b".to_owned()],
            issues_exit_code: Some(9),
            relative_path_mode: RelativePathMode::GoMod,
        };
        assert_eq!(run, expected);
    }

    #[test]
    fn paths_begin_where_golangci_lint_lets_them() {
        let mode = |name: &str, text: &str| read(&document(name, text).unwrap()).unwrap().relative_path_mode;
        assert_eq!(mode(".golangci.yml", "version: '2'\n"), RelativePathMode::Configuration);
        assert_eq!(mode(".golangci.yml", ""), RelativePathMode::WorkingDirectory);
        assert_eq!(mode("gomapcheck.toml", ""), RelativePathMode::Configuration);
        assert_eq!(
            read(&Document::default()).unwrap().relative_path_mode,
            RelativePathMode::WorkingDirectory
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        let message = |text: &str| read(&document("gomapcheck.toml", text).unwrap()).unwrap_err().to_string();
        insta::assert_snapshot!(message("run.modules-download-mode = 'all'"), @r#"gomapcheck.toml: run.modules-download-mode takes mod, readonly or vendor, not "all""#);
        insta::assert_snapshot!(message("run.relative-path-mode = 'root'"), @r#"gomapcheck.toml: run.relative-path-mode takes gomod, gitroot, cfg or wd, not "root""#);
        insta::assert_snapshot!(message("run.issues-exit-code = 256"), @"gomapcheck.toml: run.issues-exit-code takes a number up to 255, not 256");
    }

    #[test]
    fn a_base_is_looked_for_upwards() {
        let scratch = tempfile::tempdir().unwrap();
        let deep = scratch.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(scratch.path().join("a/go.mod"), "").unwrap();
        assert_eq!(RelativePathMode::GoMod.base(&deep, None).unwrap(), scratch.path().join("a"));
        let missing = RelativePathMode::GitRoot.base(Path::new("/nowhere"), None).unwrap_err().to_string();
        insta::assert_snapshot!(missing, @"/nowhere: run.relative-path-mode is gitroot, but no .git is in /nowhere or above");
    }
}
