//! Files as arguments: `gomapcheck a/x.go b/y.go`, as pre-commit and editors give them.
//!
//! Go takes named files for a whole package. But a race needs the rest of its package, and its callers: so the module around
//! each file is analysed, and what has an access in a named file is reported.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use gomapcheck_diagnostics::NamedPlaces;
use gomapcheck_project::Options;

/// What an argument names.
enum Argument {
    File(PathBuf),
    Directory(PathBuf),
    Tree(PathBuf),
    /// Nothing that is there; whoever expands patterns tells so.
    Missing,
    /// Packages that are not named by a directory.
    Other,
}

/// Widens the patterns to the modules of the files among them. Gives back what was named; nothing where no file was, or where
/// what else was named is no place.
pub(crate) fn widen(options: &mut Options) -> Option<NamedPlaces> {
    let directory = absolute(&options.directory)?;
    let mut places = NamedPlaces::default();
    let mut patterns = Vec::new();
    let mut modules = BTreeSet::new();
    for pattern in &options.patterns {
        match argument(pattern, &directory) {
            Argument::File(path) => {
                match surroundings(&path, &options.environment.gopath) {
                    Some(Surroundings::Module(root)) => {
                        modules.insert(root.join("...").to_string_lossy().into_owned());
                    }
                    Some(Surroundings::Package(directory)) => {
                        modules.insert(directory.to_string_lossy().into_owned());
                    }
                    None => patterns.push(pattern.clone()),
                }
                places.files.insert(path);
                continue;
            }
            Argument::Directory(path) => drop(places.directories.insert(path)),
            Argument::Tree(path) => drop(places.trees.insert(path)),
            Argument::Missing => {}
            Argument::Other => return None,
        }
        patterns.push(pattern.clone());
    }
    if places.files.is_empty() {
        return None;
    }
    patterns.extend(modules);
    options.patterns = patterns;
    Some(places)
}

fn argument(pattern: &str, directory: &Path) -> Argument {
    let path = plain(&directory.join(pattern));
    let is_dotted = pattern.starts_with('.') || Path::new(pattern).is_absolute();
    match pattern.split_once("...") {
        None if pattern.ends_with(".go") && path.is_file() => Argument::File(path),
        None if path.is_dir() => Argument::Directory(path),
        None if pattern.ends_with(".go") || is_dotted => Argument::Missing,
        Some((before, "")) if before.is_empty() || before.ends_with('/') => {
            let tree = plain(&directory.join(before));
            match tree.is_dir() {
                true => Argument::Tree(tree),
                false if is_dotted => Argument::Missing,
                false => Argument::Other,
            }
        }
        _ => Argument::Other,
    }
}

enum Surroundings {
    Module(PathBuf),
    Package(PathBuf),
}

/// What a file is analysed with: its module, or its package in a workspace of the old style. A file of neither is alone.
fn surroundings(file: &Path, gopath: &[PathBuf]) -> Option<Surroundings> {
    let package = file.parent()?;
    let module = package.ancestors().find(|directory| directory.join("go.mod").is_file());
    let is_in_workspace = || gopath.iter().any(|root| package.starts_with(root.join("src")));
    match module {
        Some(root) => Some(Surroundings::Module(root.to_owned())),
        None => is_in_workspace().then(|| Surroundings::Package(package.to_owned())),
    }
}

/// An absolute path without `.` and `..`: the one by which the files of a run in this directory are known. Links stay as they are
/// written, unless `..` makes their meaning unclear.
pub(crate) fn absolute(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let is_unclear = path.components().any(|component| component == Component::ParentDir);
    let real = is_unclear.then(|| std::fs::canonicalize(&path).ok()).flatten();
    Some(real.unwrap_or_else(|| plain(&path)))
}

/// A path that a diff names, as this system writes it.
pub(crate) fn below(base: &Path, path: &str) -> PathBuf {
    plain(&path.split('/').fold(base.to_owned(), |base, part| base.join(part)))
}

fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let scratch = tempfile::tempdir().unwrap();
        for file in files {
            let path = scratch.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        scratch
    }

    /// The patterns after widening, and the places that were named.
    fn widened(root: &Path, directory: &str, patterns: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut options = Options::new(root.join(directory), patterns.iter().copied());
        options.environment.gopath = vec![root.join("gopath")];
        let places = widen(&mut options).unwrap_or_default();
        let relative = |text: &str| text.replace(&*root.to_string_lossy(), "ROOT");
        let named = places.files.iter().chain(&places.directories).chain(&places.trees);
        let named = named.map(|path| relative(&path.to_string_lossy())).collect();
        (options.patterns.iter().map(|pattern| relative(pattern)).collect(), named)
    }

    #[test]
    fn files_are_analysed_with_their_modules() {
        let scratch = tree(&["go.mod", "a/x.go", "b/y.go", "tools/go.mod", "tools/z.go"]);
        let (patterns, named) = widened(scratch.path(), "", &["a/x.go", "./b/y.go", "tools/z.go"]);
        assert_eq!(patterns, ["ROOT/...", "ROOT/tools/..."]);
        assert_eq!(named, ["ROOT/a/x.go", "ROOT/b/y.go", "ROOT/tools/z.go"]);
        let (patterns, named) = widened(scratch.path(), "a", &["x.go", "../b"]);
        assert_eq!(patterns, ["../b", "ROOT/..."]);
        assert_eq!(named, ["ROOT/a/x.go", "ROOT/b"]);
        let (patterns, named) = widened(scratch.path(), "", &["a/...", "./nowhere/...", "b/y.go"]);
        assert_eq!(patterns, ["a/...", "./nowhere/...", "ROOT/..."]);
        assert_eq!(named, ["ROOT/b/y.go", "ROOT/a"]);
    }

    #[test]
    fn files_outside_modules_are_analysed_with_their_package_or_alone() {
        let scratch = tree(&["gopath/src/p/x.go", "lone.go"]);
        let (patterns, named) = widened(scratch.path(), "", &["gopath/src/p/x.go", "lone.go"]);
        assert_eq!(patterns, ["lone.go", "ROOT/gopath/src/p"]);
        assert_eq!(named, ["ROOT/gopath/src/p/x.go", "ROOT/lone.go"]);
    }

    #[test]
    fn without_files_or_beside_import_paths_nothing_changes() {
        let scratch = tree(&["go.mod", "a/x.go"]);
        for patterns in [&["./..."][..], &["a"], &["a/x.go", "example.com/m/a"], &["nowhere.go"]] {
            let (after, named) = widened(scratch.path(), "", patterns);
            assert_eq!((after, named), (patterns.iter().map(|p| (*p).to_owned()).collect(), Vec::new()));
        }
    }
}
