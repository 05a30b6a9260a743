//! `issues`: how many findings are reported, and whether only those of changed lines.

use crate::config::document::{Dialect, Document};
use crate::error::CliError;

/// What a configuration says of the choice among findings; what it does not say is `None` or false.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Issues {
    /// At most so many findings; 0 for all.
    pub(crate) max_issues_per_linter: Option<usize>,
    /// At most so many with the same text; 0 for all.
    pub(crate) max_same_issues: Option<usize>,
    /// One finding a line.
    pub(crate) uniq_by_line: Option<bool>,
    /// Only findings on lines that are not committed yet.
    pub(crate) new: Option<bool>,
    /// Only findings on lines changed since this revision.
    pub(crate) new_from_rev: Option<String>,
    /// Only findings on lines changed since the branch left this one.
    pub(crate) new_from_merge_base: Option<String>,
    /// Only findings on lines that this patch adds.
    pub(crate) new_from_patch: Option<String>,
    /// With one of the above: anywhere in changed files.
    pub(crate) whole_files: Option<bool>,
    /// Whether suggested edits are made.
    pub(crate) fix: Option<bool>,
}

/// Reads `issues`.
pub(super) fn read(document: &Document) -> Result<Issues, CliError> {
    let issues = document.section("issues")?;
    let text = |key: &str| Ok(issues.text(key)?.filter(|text| !text.is_empty()));
    let mut uniq_by_line = issues.switch("uniq-by-line")?;
    if uniq_by_line.is_none() && document.dialect() == Dialect::Golangci1 {
        uniq_by_line = document.section("output")?.switch("uniq-by-line")?;
    }
    Ok(Issues {
        max_issues_per_linter: issues.count("max-issues-per-linter")?,
        max_same_issues: issues.count("max-same-issues")?,
        uniq_by_line,
        new: issues.switch("new")?,
        new_from_rev: text("new-from-rev")?,
        new_from_merge_base: text("new-from-merge-base")?,
        new_from_patch: text("new-from-patch")?,
        whole_files: issues.switch("whole-files")?,
        fix: issues.switch("fix")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    #[test]
    fn all_keys_are_read() {
        let text = "[issues]\nmax-issues-per-linter = 50\nmax-same-issues = 3\nuniq-by-line = true\nnew = true\n\
                    new-from-rev = 'HEAD~'\nnew-from-merge-base = 'main'\nnew-from-patch = 'p.diff'\nwhole-files = true\nfix = true\n";
        let issues = read(&document("gomapcheck.toml", text).unwrap()).unwrap();
        let expected = Issues {
            max_issues_per_linter: Some(50),
            max_same_issues: Some(3),
            uniq_by_line: Some(true),
            new: Some(true),
            new_from_rev: Some("HEAD~".to_owned()),
            new_from_merge_base: Some("main".to_owned()),
            new_from_patch: Some("p.diff".to_owned()),
            whole_files: Some(true),
            fix: Some(true),
        };
        assert_eq!(issues, expected);
    }

    #[test]
    fn the_first_version_had_a_key_elsewhere() {
        let text = "output: {uniq-by-line: false}\n";
        assert_eq!(read(&document(".golangci.yml", text).unwrap()).unwrap().uniq_by_line, Some(false));
    }
}
