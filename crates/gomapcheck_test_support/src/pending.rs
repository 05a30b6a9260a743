//! The list of cases that the analysis does not get right yet.

use std::collections::BTreeSet;

/// Names of cases, one a line, as `module/path/file.go:Function`; a line that begins with `#` is a comment.
///
/// The list can only shrink by itself: a case that is listed and right is an error, like one that is wrong and not listed.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Pending {
    cases: BTreeSet<String>,
}

impl Pending {
    /// Reads the list.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.collect()
    }

    /// Whether the case is listed.
    #[must_use]
    pub fn contains(&self, case: &str) -> bool {
        self.cases.contains(case)
    }

    /// The names, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.cases.iter().map(String::as_str)
    }

    /// The list as it is written to the file, under the given heading.
    #[must_use]
    pub fn render(&self, heading: &str) -> String {
        let heading = heading.lines().map(|line| format!("# {line}\n"));
        heading.chain(self.cases.iter().map(|case| format!("{case}\n"))).collect()
    }
}

impl<Name: Into<String>> FromIterator<Name> for Pending {
    fn from_iter<Names: IntoIterator<Item = Name>>(names: Names) -> Self {
        Self { cases: names.into_iter().map(Into::into).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rendered_is_read_back() {
        let pending: Pending = ["b/b.go:G", "a/a.go:F"].into_iter().collect();
        let text = pending.render("Not yet.\nShrinks.");
        assert_eq!(text, "# Not yet.\n# Shrinks.\na/a.go:F\nb/b.go:G\n");
        assert_eq!(Pending::parse(&text), pending);
    }
}
