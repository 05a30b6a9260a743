use std::path::{Path, PathBuf};

use gomapcheck_diagnostics::{Diagnostic, Location};

/// How reported paths look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum PathStyle {
    /// As they are.
    Relative,
    /// With this before them.
    Prefixed(String),
    /// Absolute.
    Absolute,
    /// Relative to this directory, the top of a repository; absolute elsewhere.
    Repository(PathBuf),
}

impl PathStyle {
    /// Paths as the repository around a directory knows them: those that annotations need, wherever the run starts and its
    /// configuration stands. Without a repository they are relative to the directory.
    pub(super) fn of_repository(directory: &Path) -> Self {
        let directory = std::fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
        let top = directory.ancestors().find(|above| above.join(".git").exists());
        Self::Repository(top.unwrap_or(&directory).to_owned())
    }

    /// Changes every path of the findings. Messages stay as they are, as golangci-lint's do.
    pub(super) fn apply(&self, diagnostics: &mut [Diagnostic]) {
        if *self == Self::Relative {
            return;
        }
        for diagnostic in diagnostics {
            let Diagnostic { location, other, trace, flows, also, .. } = diagnostic;
            let related = other.iter_mut().chain(also).map(|related| &mut related.location);
            let steps = trace.iter_mut().chain(flows.iter_mut().flatten()).map(|step| &mut step.location);
            for location in std::iter::once(location).chain(related).chain(steps) {
                self.change(location);
            }
        }
    }

    fn change(&self, location: &mut Location) {
        match self {
            Self::Relative => {}
            Self::Absolute => location.path = slashed(&location.absolute).into(),
            Self::Repository(top) => {
                let path = Path::new(&*location.absolute);
                let path = path.strip_prefix(top).unwrap_or(path).to_string_lossy();
                location.path = slashed(&path).into();
            }
            Self::Prefixed(prefix) => location.path = joined(prefix, &location.path).into(),
        }
    }
}

fn slashed(path: &str) -> String {
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

/// `prefix/path` with `.` and `..` resolved by name, as Go's `filepath.Join` does.
fn joined(prefix: &str, path: &str) -> String {
    let prefix = slashed(prefix);
    let root = if prefix.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in prefix.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_joined_by_name() {
        assert_eq!(joined("services/api", "store/a.go"), "services/api/store/a.go");
        assert_eq!(joined("./services/", "../lib/a.go"), "lib/a.go");
        assert_eq!(joined("a", "../../lib/a.go"), "../lib/a.go");
        assert_eq!(joined("/abs", "a.go"), "/abs/a.go");
    }
}
