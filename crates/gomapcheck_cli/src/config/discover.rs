//! Which file configures a run: the search of golangci-lint, with a file of our own before its files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Our own file.
const OURS: &str = "gomapcheck.toml";

/// The files of a directory, in the order in which they are asked for.
const NAMES: [&str; 5] = [OURS, ".golangci.json", ".golangci.toml", ".golangci.yaml", ".golangci.yml"];

/// The file that configures a run: of the working directory, of the first pattern's directory and those above it, of the home
/// directory. The first directory that has one wins.
pub(super) fn find(
    directory: &Path,
    patterns: &[String],
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Option<PathBuf> {
    let in_directory =
        |directory: &Path| NAMES.iter().map(|name| directory.join(name)).find(|path| path.is_file());
    let working = std::path::absolute(directory).ok()?;
    let first = patterns.first().map_or_else(|| working.clone(), |pattern| named(&working, pattern));
    let home = variables("HOME").map(PathBuf::from);
    std::iter::once(working.as_path())
        .chain(first.ancestors())
        .chain(home.as_deref().filter(|home| home.is_absolute()))
        .find_map(in_directory)
}

/// Whether a file is ours by its name.
pub(super) fn is_ours(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == OURS)
}

/// `~` at the beginning of a path is the home directory.
pub(super) fn with_home(path: &Path, variables: &dyn Fn(&str) -> Option<OsString>) -> PathBuf {
    match (path.strip_prefix("~"), variables("HOME")) {
        (Ok(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => path.to_owned(),
    }
}

/// The directory that a pattern names, as far as it exists.
fn named(working: &Path, pattern: &str) -> PathBuf {
    let plain = pattern.split("...").next().unwrap_or_default();
    let mut path = normalised(&working.join(plain));
    while !path.is_dir() && path.pop() {}
    path
}

/// Without `.` and `..`, whose parents would be no parents.
fn normalised(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn found(root: &Path, directory: &str, patterns: &[&str], home: Option<&str>) -> Option<String> {
        let patterns: Vec<String> = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        let home = home.map(|home| root.join(home).into_os_string());
        let variables = |name: &str| home.clone().filter(|_| name == "HOME");
        let path = find(&root.join(directory), &patterns, &variables)?;
        path.strip_prefix(root).ok().map(|path| path.to_string_lossy().into_owned())
    }

    #[test]
    fn the_nearest_directory_wins() {
        let scratch = tempfile::tempdir().unwrap();
        let root = scratch.path();
        for path in ["a/.golangci.yml", "a/b/gomapcheck.toml", "a/b/.golangci.json", "c/.golangci.toml"] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), "").unwrap();
        }
        fs::create_dir_all(root.join("a/b/d")).unwrap();
        let found = |directory, patterns: &[&str], home| found(root, directory, patterns, home);
        assert_eq!(found("a", &[], None).as_deref(), Some("a/.golangci.yml"));
        assert_eq!(found("a/b", &["./..."], None).as_deref(), Some("a/b/gomapcheck.toml"));
        assert_eq!(found("a/b/d", &[], None).as_deref(), Some("a/b/gomapcheck.toml"));
        // The working directory's own file comes before the pattern's.
        assert_eq!(found("a", &["./b/..."], None).as_deref(), Some("a/.golangci.yml"));
        assert_eq!(found("", &["./a/b/d/..."], None).as_deref(), Some("a/b/gomapcheck.toml"));
        assert_eq!(found("a/b/d", &["../../nowhere"], None).as_deref(), Some("a/.golangci.yml"));
        assert_eq!(found("", &[], Some("c")).as_deref(), Some("c/.golangci.toml"));
    }

    #[test]
    fn a_tilde_is_the_home_directory() {
        let home = |name: &str| (name == "HOME").then(|| OsString::from("/home/a"));
        assert_eq!(with_home(Path::new("~/x.toml"), &home), Path::new("/home/a/x.toml"));
        assert_eq!(with_home(Path::new("x~.toml"), &home), Path::new("x~.toml"));
    }
}
