use crate::pattern::Pattern;
use crate::{Conditions, Diagnostic};

/// Which findings a configuration leaves out: golangci-lint's `linters.exclusions`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Exclusions {
    /// Findings in these paths are left out.
    pub paths: Vec<Pattern>,
    /// Findings in files whose directory these match are left out; only golangci-lint 1 has them.
    pub directories: Vec<Pattern>,
    /// Where there are any, findings outside these paths are left out.
    pub paths_except: Vec<Pattern>,
    /// Findings for which a rule holds are left out.
    pub rules: Vec<Conditions>,
    /// Which of these are told when they leave nothing out.
    pub warn_unused: WarnUnused,
}

/// Which exclusions are told when they leave nothing out.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum WarnUnused {
    /// None.
    #[default]
    Never,
    /// Rules that name linters: others may serve linters that this run knows nothing of.
    Named,
    /// All.
    All,
}

/// Which parts of the exclusions have left something out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UsedExclusions {
    paths: Vec<bool>,
    paths_except: Vec<bool>,
    rules: Vec<bool>,
}

impl Exclusions {
    /// A record for a new run.
    #[must_use]
    pub fn unused(&self) -> UsedExclusions {
        UsedExclusions {
            paths: vec![false; self.paths.len()],
            paths_except: vec![false; self.paths_except.len()],
            rules: vec![false; self.rules.len()],
        }
    }

    /// Whether the finding's path is left out.
    pub fn exclude_path(&self, diagnostic: &Diagnostic, used: &mut UsedExclusions) -> bool {
        let path = &*diagnostic.location.path;
        if let Some(index) = self.paths.iter().position(|pattern| pattern.is_match(path)) {
            mark(&mut used.paths, index);
            return true;
        }
        let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
        if self.directories.iter().any(|pattern| pattern.is_match(directory)) {
            return true;
        }
        match self.paths_except.iter().position(|pattern| pattern.is_match(path)) {
            Some(index) => mark(&mut used.paths_except, index),
            None => return !self.paths_except.is_empty(),
        }
        false
    }

    /// Whether a rule leaves the finding out.
    pub fn exclude_by_rule(&self, diagnostic: &Diagnostic, used: &mut UsedExclusions) -> bool {
        let rule = self.rules.iter().position(|rule| rule.hold(diagnostic));
        if let Some(index) = rule {
            mark(&mut used.rules, index);
        }
        rule.is_some()
    }

    /// What has left nothing out, a sentence each, in the order of the configuration.
    #[must_use]
    pub fn complaints(&self, used: &UsedExclusions) -> Vec<String> {
        if self.warn_unused == WarnUnused::Never {
            return Vec::new();
        }
        let is_told = |rule: &Conditions| self.warn_unused == WarnUnused::All || !rule.linters.is_empty();
        let of_paths = |key: &str, patterns: &[Pattern], used: &[bool]| -> Vec<String> {
            let idle = patterns.iter().zip(used);
            let idle = idle.filter(|(_, used)| !**used && self.warn_unused == WarnUnused::All);
            idle.map(|(pattern, _)| format!("exclusions.{key}: {:?} matches no finding", pattern.written()))
                .collect()
        };
        let idle_rules = self.rules.iter().zip(&used.rules).enumerate();
        let idle_rules = idle_rules.filter(|(_, (rule, used))| !**used && is_told(rule));
        let of_rules = idle_rules.map(|(index, (rule, _))| {
            format!("exclusions.rules: number {} ({}) matches no finding", index + 1, described(rule))
        });
        let mut complaints = of_paths("paths", &self.paths, &used.paths);
        complaints.extend(of_paths("paths-except", &self.paths_except, &used.paths_except));
        complaints.extend(of_rules);
        complaints
    }
}

fn mark(used: &mut [bool], index: usize) {
    if let Some(used) = used.get_mut(index) {
        *used = true;
    }
}

fn described(rule: &Conditions) -> String {
    let patterns = [
        ("path", &rule.path),
        ("path-except", &rule.path_except),
        ("text", &rule.text),
        ("source", &rule.source),
    ];
    let written = patterns.iter().filter_map(|(key, pattern)| {
        pattern.as_ref().map(|pattern| format!("{key} {:?}", pattern.written()))
    });
    let linters = (!rule.linters.is_empty()).then(|| format!("linters {}", rule.linters.join(" ")));
    written.chain(linters).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::tests::finding;

    fn patterns(written: &[&str]) -> Vec<Pattern> {
        written.iter().map(|written| Pattern::new(written, true).unwrap()).collect()
    }

    fn all() -> Exclusions {
        Exclusions { warn_unused: WarnUnused::All, ..Exclusions::default() }
    }

    fn kept(exclusions: &Exclusions, paths: &[&'static str]) -> (Vec<&'static str>, Vec<String>) {
        let mut used = exclusions.unused();
        let mut is_kept = |path: &&'static str| {
            let finding = finding(path, 3, "mixed-map-locks");
            !exclusions.exclude_path(&finding, &mut used) && !exclusions.exclude_by_rule(&finding, &mut used)
        };
        let kept = paths.iter().copied().filter(|path| is_kept(path)).collect();
        (kept, exclusions.complaints(&used))
    }

    #[test]
    fn paths_are_expressions_not_globs() {
        let exclusions = Exclusions { paths: patterns(&["b", r"\.pb\.go$"]), ..all() };
        let (kept, unused) = kept(&exclusions, &["b/b.go", "lib/x.go", "a/x.go"]);
        assert_eq!(kept, ["a/x.go"]);
        assert_eq!(unused, [r#"exclusions.paths: "\\.pb\\.go$" matches no finding"#]);
    }

    #[test]
    fn paths_except_keeps_what_it_names() {
        let exclusions = Exclusions { paths_except: patterns(&["^cmd/", "^x/"]), ..all() };
        let (kept, unused) = kept(&exclusions, &["cmd/a.go", "a.go"]);
        assert_eq!(kept, ["cmd/a.go"]);
        assert_eq!(unused, [r#"exclusions.paths-except: "^x/" matches no finding"#]);
    }

    #[test]
    fn a_rule_leaves_out_what_meets_all_its_conditions() {
        let rule = |path: &str, linters: &[&str]| Conditions {
            path: Pattern::new(path, true).ok(),
            linters: linters.iter().map(|name| (*name).to_owned()).collect(),
            ..Conditions::default()
        };
        let rules = vec![rule("_test", &["map-concurrency"]), rule("a.go", &["errcheck"])];
        let exclusions = Exclusions { rules, ..all() };
        let (kept, unused) = kept(&exclusions, &["a_test.go", "a.go"]);
        assert_eq!(kept, ["a.go"]);
        assert_eq!(
            unused,
            [r#"exclusions.rules: number 2 (path "a.go", linters errcheck) matches no finding"#]
        );
    }

    #[test]
    fn directories_are_matched_without_the_file() {
        let directories = patterns(&["(^|/)third_party($|/)", "go$"]);
        let exclusions = Exclusions { directories, ..Exclusions::default() };
        let paths = ["third_party/x/a.go", "lib/third_party.go", "go/a.go", "a.go"];
        assert_eq!(kept(&exclusions, &paths).0, ["lib/third_party.go", "a.go"]);
    }

    #[test]
    fn only_what_cannot_serve_others_is_told_where_others_read_along() {
        let rule = |linters: &[&str]| Conditions {
            path: Pattern::new("x", true).ok(),
            linters: linters.iter().map(|name| (*name).to_owned()).collect(),
            ..Conditions::default()
        };
        let rules = vec![rule(&[]), rule(&["map-concurrency"])];
        let mut exclusions =
            Exclusions { paths: patterns(&["x"]), rules, warn_unused: WarnUnused::Named, ..all() };
        let unused = kept(&exclusions, &["a.go"]).1;
        assert_eq!(
            unused,
            [r#"exclusions.rules: number 2 (path "x", linters map-concurrency) matches no finding"#]
        );
        exclusions.warn_unused = WarnUnused::Never;
        assert!(kept(&exclusions, &["a.go"]).1.is_empty());
    }
}
