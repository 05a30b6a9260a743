//! Asking git what has changed: the only place where it is run.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use gomapcheck_diagnostics::Patch;

use crate::choose::named_files::below;

/// A question to git that had no answer, in a few words.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct GitError(String);

/// A working tree of git's.
pub(crate) struct Repository {
    top: PathBuf,
    environment: Environment,
    /// Where a link leads to the working directory: where it really is, and how it is written.
    link: Option<(PathBuf, PathBuf)>,
}

impl Repository {
    /// The working tree around a directory, which is absolute.
    pub(crate) fn around(directory: &Path) -> Result<Self, GitError> {
        let mut environment = Environment::around(directory);
        let answers = environment.ask(directory, &["rev-parse", "--show-cdup", "--absolute-git-dir"])?;
        let (up, git_directory) = answers.split_once('\n').unwrap_or_default();
        environment.keep_index_of(Path::new(git_directory.trim_end()));
        let steps = up.split('/').filter(|part| *part == "..").count();
        let top_of = |directory: &Path| directory.ancestors().nth(steps).map(Path::to_owned);
        if let Some(top) = top_of(directory).filter(|top| environment.is_given || has_repository(top)) {
            return Ok(Self { top, environment, link: None });
        }
        // Git goes up from where the directory really is; a link leads there from elsewhere.
        let real = std::fs::canonicalize(directory).map_err(|error| GitError(error.to_string()))?;
        let top = top_of(&real).unwrap_or_else(|| real.clone());
        Ok(Self { top, environment, link: Some((real, directory.to_owned())) })
    }

    /// What is in the working tree and not in the revision; untracked files are wholly new.
    pub(crate) fn changes_since(&self, revision: &str) -> Result<Patch, GitError> {
        let revision = checked(revision)?;
        let mut patch = self.diff(&[revision]).map_err(|error| self.explained(error))?;
        self.add_untracked(&mut patch)?;
        Ok(self.absolute(patch))
    }

    /// What is in the working tree and not in the last revision that it shares with a branch.
    pub(crate) fn changes_since_merge_base(&self, branch: &str) -> Result<Patch, GitError> {
        let branch = checked(branch)?;
        let base = self.ask(&["merge-base", branch, "HEAD"]).map_err(|GitError(message)| {
            let message = match message.is_empty() {
                true => format!("{branch} and HEAD have no common ancestor"),
                false => message,
            };
            self.explained(GitError(message))
        })?;
        self.changes_since(base.trim_end())
    }

    /// What is in the working tree and neither staged nor committed; if nothing is, what the last commit changed.
    pub(crate) fn latest_changes(&self) -> Result<Patch, GitError> {
        let mut patch = self.diff(&[])?;
        self.add_untracked(&mut patch)?;
        if patch.is_empty() {
            patch = self.diff(&["HEAD~"]).map_err(|error| self.explained(error))?;
        }
        Ok(self.absolute(patch))
    }

    fn diff(&self, revisions: &[&str]) -> Result<Patch, GitError> {
        // Whatever the user's configuration makes of diffs, this is how they are read.
        let fixed = [
            "diff",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            "--find-renames",
            "--unified=3",
            "--submodule=diff",
        ];
        let arguments: Vec<&str> = fixed.iter().chain(revisions).copied().chain(["--"]).collect();
        let text = self.ask(&arguments)?;
        Patch::parse(&text).map_err(|error| GitError(format!("git diff is not understood: {error}")))
    }

    fn add_untracked(&self, patch: &mut Patch) -> Result<(), GitError> {
        let files = self.ask(&["ls-files", "-z", "--others", "--exclude-standard"])?;
        for path in files.split('\0').filter(|path| path.ends_with(".go")) {
            patch.add_new_file(path);
        }
        Ok(())
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, GitError> {
        self.environment.ask(&self.top, arguments)
    }

    fn absolute(&self, patch: Patch) -> Patch {
        let as_written = |path: PathBuf| match &self.link {
            Some((real, written)) => path.strip_prefix(real).map_or(path.clone(), |rest| written.join(rest)),
            None => path,
        };
        patch.with_paths(|path| as_written(below(&self.top, path)).to_string_lossy().into_owned())
    }

    /// The error with what most often is behind it on a build machine.
    fn explained(&self, GitError(message): GitError) -> GitError {
        let is_shallow = self.ask(&["rev-parse", "--is-shallow-repository"]);
        match is_shallow.is_ok_and(|answer| answer.trim_end() == "true") {
            true => GitError(format!(
                "{message}; this clone is shallow, so fetch more of its history first (fetch-depth: 0, or git fetch --unshallow)"
            )),
            false => GitError(message),
        }
    }
}

/// Whether a working tree begins here: with a directory, or with a file in submodules and further working trees.
fn has_repository(directory: &Path) -> bool {
    directory.join(".git").exists()
}

/// What looks like a flag would be taken for one.
fn checked(revision: &str) -> Result<&str, GitError> {
    match revision.starts_with('-') {
        true => Err(GitError(format!("{revision} is no revision"))),
        false => Ok(revision),
    }
}

/// What git is told of repositories by variables. A hook gets them for the repository of the commit, written for the directory
/// that it starts in; the run may be about another one.
#[derive(Default)]
struct Environment {
    /// Whether the variables say where the repository is, as none is around the directory.
    is_given: bool,
    /// The index of a commit that is being made.
    index: Option<PathBuf>,
}

impl Environment {
    fn around(directory: &Path) -> Self {
        let is_within = |directory: &Path| directory.ancestors().any(has_repository);
        let is_behind_link = || std::fs::canonicalize(directory).is_ok_and(|real| is_within(&real));
        Self { is_given: !is_within(directory) && !is_behind_link(), index: None }
    }

    fn keep_index_of(&mut self, git_directory: &Path) {
        let index = variable("GIT_INDEX_FILE");
        self.index = index.filter(|index| self.is_given || index.starts_with(git_directory));
    }

    fn ask(&self, directory: &Path, arguments: &[&str]) -> Result<String, GitError> {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(directory);
        // Messages that can be read by everyone, no writing to the index, no waiting for a password.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        if self.is_given {
            let given = ["GIT_DIR", "GIT_WORK_TREE"];
            command.envs(given.into_iter().filter_map(|name| Some((name, variable(name)?))));
        }
        command.envs(self.index.iter().map(|index| ("GIT_INDEX_FILE", index)));
        let output = command.output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => GitError("git is not installed, or not on the PATH".to_owned()),
            _ => GitError(format!("git cannot be run: {error}")),
        })?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            false => Err(GitError(complaint(&String::from_utf8_lossy(&output.stderr)))),
        }
    }
}

/// A path that a variable holds, relative to where this program runs.
fn variable(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os(name).filter(|path| !path.is_empty())?;
    std::path::absolute(path).ok()
}

/// The line that says what went wrong: advice may stand before and behind it.
fn complaint(told: &str) -> String {
    let stripped =
        |line: &str| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")).map(str::to_owned);
    told.lines().find_map(stripped).or_else(|| told.lines().next().map(str::to_owned)).unwrap_or_default()
}
