use crate::pattern::Pattern;
use crate::{Diagnostic, LINTER};

/// What a rule of a configuration asks of a finding; what it does not mention always holds.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Conditions {
    /// Found in the finding's path.
    pub path: Option<Pattern>,
    /// Not found in the finding's path.
    pub path_except: Option<Pattern>,
    /// Found in the finding's text.
    pub text: Option<Pattern>,
    /// Found in the source line of the finding.
    pub source: Option<Pattern>,
    /// The linters that are meant, all when empty.
    pub linters: Vec<String>,
}

impl Conditions {
    /// How many of the conditions linters, path, text and source are given; the two kinds of path count as one.
    #[must_use]
    pub fn count(&self) -> usize {
        [
            !self.linters.is_empty(),
            self.path.is_some() || self.path_except.is_some(),
            self.text.is_some(),
            self.source.is_some(),
        ]
        .into_iter()
        .filter(|given| *given)
        .count()
    }

    /// Whether this linter, or one of its rules, is among those that are meant by name.
    #[must_use]
    pub fn name_this_linter(&self, is_rule: impl Fn(&str) -> bool) -> bool {
        self.linters.iter().any(|name| is_linter(name) || is_rule(name))
    }

    /// Whether all conditions hold.
    #[must_use]
    pub fn hold(&self, diagnostic: &Diagnostic) -> bool {
        let path = &*diagnostic.location.path;
        let source = || diagnostic.source_lines.first().map_or("", |line| line.as_str());
        let found = |pattern: &Option<Pattern>, text: &str| {
            pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
        };
        let is_meant = self.linters.is_empty()
            || self.linters.iter().any(|name| is_linter(name) || name == diagnostic.rule);
        is_meant
            && found(&self.path, path)
            && self.path_except.as_ref().is_none_or(|pattern| !pattern.is_match(path))
            && (self.text.is_none() || found(&self.text, &diagnostic.text()))
            && found(&self.source, source())
    }
}

/// Whether a name means this linter as a whole.
pub(crate) fn is_linter(name: &str) -> bool {
    name == LINTER || name == "gomapcheck"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::tests::finding;

    fn pattern(written: &str) -> Option<Pattern> {
        Pattern::new(written, true).ok()
    }

    #[test]
    fn all_that_is_given_must_hold() {
        let holds = |conditions: Conditions| conditions.hold(&finding("lib/a.go", 3, "mixed-map-locks"));
        let none = Conditions::default;
        assert!(holds(none()));
        assert!(holds(Conditions {
            path: pattern("^lib/"),
            text: pattern("^mixed-map-locks: map m"),
            ..none()
        }));
        assert!(!holds(Conditions { path: pattern("^lib/"), text: pattern("^map m"), ..none() }));
        assert!(holds(Conditions { source: pattern(r"^m\[k\] = v$"), ..none() }));
        assert!(!holds(Conditions { path_except: pattern("lib"), ..none() }));
        assert!(holds(Conditions { path_except: pattern("cmd"), ..none() }));
    }

    #[test]
    fn linters_are_this_one_or_one_of_its_rules() {
        let holds = |names: &[&str]| {
            let linters = names.iter().map(|name| (*name).to_owned()).collect();
            Conditions { linters, ..Conditions::default() }.hold(&finding("a.go", 3, "mixed-map-locks"))
        };
        assert!(
            holds(&["map-concurrency"]) && holds(&["errcheck", "gomapcheck"]) && holds(&["mixed-map-locks"])
        );
        assert!(!holds(&["errcheck"]) && !holds(&["concurrent-map-write"]));
    }
}
