//! Which code is new, by golangci-lint's flags and keys.

use std::ffi::OsString;
use std::path::Path;

use gomapcheck_diagnostics::{Changes, Patch, PatchError};

use crate::choose::flags::ChooseFlags;
use crate::choose::git::{GitError, Repository};
use crate::choose::named_files::below;
use crate::config::Issues;

/// The variable that golangci-lint reads a diff from.
const PATCH_VARIABLE: &str = "GOLANGCI_DIFF_PROCESSOR_PATCH";

/// Where the changes are to be learnt from.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Source {
    /// A file with a diff.
    File(String),
    /// A diff itself.
    Text(String),
    MergeBase(String),
    Revision(String),
    Latest,
}

/// The changes that flags, environment or configuration name; nothing where they name none.
///
/// # Errors
/// A sentence for a warning: what cannot be found out hides no finding.
pub(crate) fn read(
    (flags, config): (&ChooseFlags, &Issues),
    directory: &Path,
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<Changes>, String> {
    let Some(source) = source(flags, config, variables) else { return Ok(None) };
    let whole_files = flags.whole_files.or(config.whole_files).unwrap_or(false);
    let patch = source.patch(directory);
    let patch = patch.map_err(|message| {
        format!("{}: {message}; findings in unchanged code are reported, too", source.name())
    });
    Ok(Some(Changes { patch: patch?, whole_files }))
}

/// A patch comes before a branch, a branch before a revision, whether flags or the configuration name it.
fn source(
    flags: &ChooseFlags,
    config: &Issues,
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Option<Source> {
    let either = |flag: &Option<String>, key: &Option<String>| {
        flag.as_ref().or(key.as_ref()).filter(|text| !text.is_empty()).cloned()
    };
    let patch_text = || variables(PATCH_VARIABLE).filter(|text| !text.is_empty());
    let file = either(&flags.new_from_patch, &config.new_from_patch).map(Source::File);
    file.or_else(|| patch_text().map(|text| Source::Text(text.to_string_lossy().into_owned())))
        .or_else(|| either(&flags.new_from_merge_base, &config.new_from_merge_base).map(Source::MergeBase))
        .or_else(|| either(&flags.new_from_rev, &config.new_from_rev).map(Source::Revision))
        .or_else(|| flags.new.or(config.new).unwrap_or(false).then_some(Source::Latest))
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::File(path) => format!("--new-from-patch {path}"),
            Self::Text(_) => PATCH_VARIABLE.to_owned(),
            Self::MergeBase(branch) => format!("--new-from-merge-base {branch}"),
            Self::Revision(revision) => format!("--new-from-rev {revision}"),
            Self::Latest => "--new".to_owned(),
        }
    }

    /// The changed files with absolute paths.
    fn patch(&self, directory: &Path) -> Result<Patch, String> {
        let of_text = |text: &str| {
            let patch = Patch::parse(text).map_err(|error: PatchError| error.to_string())?;
            Ok(placed(patch, directory))
        };
        let told = |error: GitError| error.to_string();
        match self {
            Self::File(path) => {
                let bytes = std::fs::read(directory.join(path)).map_err(|error| error.to_string())?;
                of_text(&String::from_utf8_lossy(&bytes))
            }
            Self::Text(text) => of_text(text),
            Self::MergeBase(branch) => Repository::around(directory)
                .and_then(|tree| tree.changes_since_merge_base(branch))
                .map_err(told),
            Self::Revision(revision) => {
                Repository::around(directory).and_then(|tree| tree.changes_since(revision)).map_err(told)
            }
            Self::Latest => {
                Repository::around(directory).and_then(|tree| tree.latest_changes()).map_err(told)
            }
        }
    }
}

/// A patch's paths begin in the working directory. One that was made at the top of a repository is used below it as well, so
/// where its files are not there, the directories above are tried: the nearest that has most of them is meant.
fn placed(patch: Patch, directory: &Path) -> Patch {
    let found = |base: &Path| patch.files().filter(|(path, _)| base.join(path).is_file()).count();
    let most = directory.ancestors().map(found).max().unwrap_or(0);
    let base = directory.ancestors().find(|base| found(base) == most).unwrap_or(directory).to_owned();
    patch.with_paths(|path| below(&base, path).to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(flags: &ChooseFlags, config: &Issues, variable: &str) -> Option<Source> {
        let variables =
            |name: &str| (name == PATCH_VARIABLE && !variable.is_empty()).then(|| variable.into());
        source(flags, config, &variables)
    }

    #[test]
    fn a_patch_comes_before_a_branch_and_that_before_a_revision() {
        let text = |text: &str| Some(text.to_owned());
        let mut flags = ChooseFlags {
            new: Some(true),
            new_from_rev: text("v1"),
            new_from_merge_base: text("main"),
            new_from_patch: text("p.diff"),
            ..ChooseFlags::default()
        };
        let none = Issues::default();
        assert_eq!(chosen(&flags, &none, "diff"), Some(Source::File("p.diff".to_owned())));
        flags.new_from_patch = None;
        assert_eq!(chosen(&flags, &none, "diff"), Some(Source::Text("diff".to_owned())));
        assert_eq!(chosen(&flags, &none, ""), Some(Source::MergeBase("main".to_owned())));
        flags.new_from_merge_base = None;
        assert_eq!(chosen(&flags, &none, ""), Some(Source::Revision("v1".to_owned())));
        flags.new_from_rev = None;
        assert_eq!(chosen(&flags, &none, ""), Some(Source::Latest));
        assert_eq!(chosen(&ChooseFlags::default(), &none, ""), None);
    }

    #[test]
    fn flags_beat_the_configuration_and_empty_ones_switch_it_off() {
        let text = |text: &str| Some(text.to_owned());
        let config = Issues { new_from_rev: text("v1"), new: Some(true), ..Issues::default() };
        let flags = |revision: &str, new: Option<bool>| ChooseFlags {
            new_from_rev: text(revision),
            new,
            ..ChooseFlags::default()
        };
        assert_eq!(chosen(&ChooseFlags::default(), &config, ""), Some(Source::Revision("v1".to_owned())));
        assert_eq!(chosen(&flags("v2", None), &config, ""), Some(Source::Revision("v2".to_owned())));
        assert_eq!(chosen(&flags("", None), &config, ""), Some(Source::Latest));
        assert_eq!(chosen(&flags("", Some(false)), &config, ""), None);
    }

    #[test]
    fn a_patch_of_the_whole_repository_serves_below_its_top() {
        let scratch = tempfile::tempdir().unwrap();
        let below = scratch.path().join("service");
        std::fs::create_dir_all(below.join("store")).unwrap();
        std::fs::write(below.join("store/store.go"), "").unwrap();
        std::fs::write(below.join("main.go"), "").unwrap();
        let changed = |path: &str, directory: &Path| {
            let patch = Patch::parse(&format!("--- a/{path}\n+++ b/{path}\n@@ -0,0 +1 @@\n+x\n")).unwrap();
            let placed = placed(patch, directory);
            let paths: Vec<String> = placed.files().map(|(path, _)| path.to_owned()).collect();
            paths[0].replace(&*scratch.path().to_string_lossy(), "")
        };
        assert_eq!(changed("store/store.go", &below), "/service/store/store.go");
        assert_eq!(changed("service/store/store.go", &below), "/service/store/store.go");
        assert_eq!(changed("gone.go", &below), "/service/gone.go");
    }
}
