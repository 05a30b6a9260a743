use crate::LINTER;

/// A `//nolint` comment, read as golangci-lint reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nolint {
    first_line: u32,
    last_line: u32,
    scope: Scope,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Scope {
    All,
    Named(Vec<String>),
}

impl Nolint {
    /// Reads a comment and the lines it covers; `None` when golangci-lint would not take it for a directive.
    ///
    /// `comment` is the comment's text with or without its slashes. A reason needs `//` before it: without, it is part of the
    /// last linter's name, as in golangci-lint.
    #[must_use]
    pub fn parse(comment: &str, first_line: u32, last_line: u32) -> Option<Self> {
        let text = comment.trim_start_matches(['/', ' ']);
        let rest = text.strip_prefix("nolint")?;
        let scope = match rest.as_bytes().first() {
            None | Some(b' ') => Scope::All,
            Some(b':') => Scope::of_list(&rest[1..]),
            Some(_) => return None,
        };
        Some(Self { first_line, last_line, scope })
    }

    /// The linters that it names, in lower case; none when it means all.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match &self.scope {
            Scope::All => &[],
            Scope::Named(names) => names,
        }
    }

    /// Whether a finding of `rule` on `line` is to be dropped. The linter is known as `map-concurrency`, as `gomapcheck` and by
    /// the rule's own name.
    #[must_use]
    pub fn silences(&self, line: u32, rule: &str) -> bool {
        let covered = self.first_line <= line && line <= self.last_line;
        covered
            && match &self.scope {
                Scope::All => true,
                Scope::Named(names) => {
                    names.iter().any(|name| name == LINTER || name == "gomapcheck" || name == rule)
                }
            }
    }
}

impl Scope {
    fn of_list(list: &str) -> Self {
        // golangci-lint tests the text behind the colon for the prefix "all", so that `allxyz` means all as well.
        if list.starts_with("all") {
            return Self::All;
        }
        let list = list.split("//").next().unwrap_or_default();
        let names: Vec<String> = list.split(',').map(|name| name.trim().to_lowercase()).collect();
        if names.iter().any(|name| name == "all") { Self::All } else { Self::Named(names) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silences(comment: &str) -> bool {
        Nolint::parse(comment, 3, 5).is_some_and(|nolint| nolint.silences(4, "concurrent-map-write"))
    }

    #[test]
    fn a_directive_names_all_linters_or_this_one() {
        for comment in [
            "//nolint",
            "//nolint reason",
            "//nolint :x",
            "//nolint:all",
            "//nolint:allxyz",
            "//nolint:errcheck,ALL",
            "//nolint:map-concurrency",
            "//nolint:map-concurrency // filled before serving",
            "//nolint:errcheck, Map-Concurrency",
            "//nolint: map-concurrency",
            "// nolint:map-concurrency",
            "///nolint:map-concurrency",
            "//nolint:map-concurrency,x guarded",
            "//nolint:gomapcheck",
            "//nolint:concurrent-map-write",
        ] {
            assert!(silences(comment), "{comment}");
        }
    }

    #[test]
    fn what_golangci_lint_does_not_take_for_a_directive_is_none() {
        for comment in [
            "//NOLINT",
            "//nolints:map-concurrency",
            "//nolint// reason",
            "//nolint\tmap-concurrency",
            "//\tnolint",
            "//see nolint",
            "//nolint:errcheck",
            "//nolint:map-concurrency guarded",
            "//nolint:errcheck //nolint:map-concurrency",
            "//nolint:mixed-map-locks",
        ] {
            assert!(!silences(comment), "{comment}");
        }
    }

    #[test]
    fn only_covered_lines_are_silenced() {
        let nolint = Nolint::parse("nolint", 3, 5).unwrap();
        let covered: Vec<u32> = (1..8).filter(|line| nolint.silences(*line, "x")).collect();
        assert_eq!(covered, [3, 4, 5]);
    }
}
