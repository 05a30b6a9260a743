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
}

impl PathStyle {
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
