//! Git repositories to try things in.

#![allow(dead_code, reason = "each test file uses a part")]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A repository with a module `example.com/m` in its first commit, on the branch `main`.
pub(crate) struct Repository {
    directory: TempDir,
}

impl Repository {
    /// A repository of these files; nothing, and a word about it, where there is no git.
    pub(crate) fn of(files: &[(&str, &str)]) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no git");
            return None;
        }
        let repository = Self { directory: crate::program::module(files) };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit();
        Some(repository)
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Commits all that is there.
    pub(crate) fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        git_in(self.path(), arguments);
    }

    /// What git prints.
    pub(crate) fn told_by_git(&self, arguments: &[&str]) -> String {
        String::from_utf8_lossy(&output(self.path(), arguments).stdout).into_owned()
    }

    /// Runs git; whether it succeeded.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> bool {
        output(self.path(), arguments).status.success()
    }
}

/// Runs git, which must succeed.
pub(crate) fn git_in(directory: &Path, arguments: &[&str]) {
    let output = output(directory, arguments);
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs git, whatever the user's own configuration says.
fn output(directory: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .args(arguments)
        .current_dir(directory)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@example.com")])
        .envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@example.com")])
        .output()
        .unwrap()
}
