//! The import path of a tree that does not say it: old trees without go.mod, checked out anywhere.

use gomapcheck_source::Name;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::directory::PackageFiles;
use crate::paths;

/// A directory of the tree and the packages found in it.
pub(crate) type Found<'p> = (&'p Path, &'p [PackageFiles]);

/// First elements of import paths that belong to the standard library, in order.
const STANDARD: [&str; 52] = [
    "archive",
    "arena",
    "bufio",
    "builtin",
    "bytes",
    "cmd",
    "cmp",
    "compress",
    "container",
    "context",
    "crypto",
    "database",
    "debug",
    "embed",
    "encoding",
    "errors",
    "expvar",
    "flag",
    "fmt",
    "go",
    "hash",
    "html",
    "image",
    "index",
    "internal",
    "io",
    "iter",
    "log",
    "maps",
    "math",
    "mime",
    "net",
    "os",
    "path",
    "plugin",
    "reflect",
    "regexp",
    "runtime",
    "simd",
    "slices",
    "sort",
    "strconv",
    "strings",
    "structs",
    "sync",
    "syscall",
    "testing",
    "text",
    "time",
    "unicode",
    "unique",
    "unsafe",
];

/// Infers the import path of `root`.
///
/// A package of the tree may state its path in an import comment. Else the packages give it away by importing each other:
/// an import that ends in the path of an existing directory votes for what stands before that ending. Failing that, an
/// import whose last element is the root package's name is taken for the root package. The name of the directory is the
/// last resort.
pub(crate) fn import_path(root: &Path, found: &[Found<'_>]) -> String {
    from_comments(root, found)
        .or_else(|| from_votes(root, found))
        .or_else(|| from_root_package(root, found))
        .or_else(|| root.file_name().map(|name| name.to_string_lossy().into_owned()))
        .unwrap_or_default()
}

fn from_comments(root: &Path, found: &[Found<'_>]) -> Option<String> {
    found.iter().find_map(|(directory, packages)| {
        let below = paths::to_slash(directory.strip_prefix(root).ok()?);
        let comments =
            packages.iter().flat_map(|package| &package.files).filter_map(|file| file.import_comment);
        comments.map(Name::as_str).find_map(|comment| prefix_before(comment, &below))
    })
}

/// What stands in `path` before its ending `below`.
fn prefix_before(path: &str, below: &str) -> Option<String> {
    if below.is_empty() {
        return Some(path.to_owned());
    }
    let prefix = path.strip_suffix(below)?;
    if prefix.is_empty() { Some(String::new()) } else { prefix.strip_suffix('/').map(str::to_owned) }
}

fn from_votes(root: &Path, found: &[Found<'_>]) -> Option<String> {
    let mut directories = Directories { root, known: BTreeMap::new() };
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, count) in foreign_imports(found) {
        if directories.exists(&format!("vendor/{path}")) {
            continue;
        }
        if let Some(prefix) = directories.shortest_prefix(path) {
            *votes.entry(prefix).or_default() += count;
        }
    }
    // In a tie the longest prefix wins, then the first by text.
    let best =
        votes.iter().max_by_key(|(prefix, count)| (**count, prefix.len(), std::cmp::Reverse(**prefix)));
    best.map(|(prefix, _)| (*prefix).to_owned())
}

/// Imports that are not the standard library's, each with the number of packages that have it.
fn foreign_imports(found: &[Found<'_>]) -> BTreeMap<&'static str, usize> {
    let mut imports = BTreeMap::new();
    for package in found.iter().flat_map(|(_, packages)| *packages) {
        let paths = package.files.iter().flat_map(|file| &file.imports).map(|import| import.path.as_str());
        let paths: std::collections::BTreeSet<&str> = paths.filter(|path| !is_standard(path)).collect();
        for path in paths {
            *imports.entry(path).or_insert(0) += 1;
        }
    }
    imports
}

fn is_standard(path: &str) -> bool {
    path == "C"
        || path.starts_with('.')
        || STANDARD.binary_search(&path.split('/').next().unwrap_or_default()).is_ok()
}

struct Directories<'r> {
    root: &'r Path,
    known: BTreeMap<String, bool>,
}

impl Directories<'_> {
    /// The shortest prefix behind which `path` names a directory of the tree.
    fn shortest_prefix<'p>(&mut self, path: &'p str) -> Option<&'p str> {
        if self.exists(path) {
            return Some("");
        }
        let slashes = path.match_indices('/').map(|(offset, _)| offset);
        slashes
            .map(|slash| (&path[..slash], &path[slash + 1..]))
            .find(|(_, below)| self.exists(below))
            .map(|(p, _)| p)
    }

    fn exists(&mut self, below: &str) -> bool {
        if let Some(known) = self.known.get(below) {
            return *known;
        }
        let is_there = !below.is_empty() && self.root.join(PathBuf::from(below)).is_dir();
        self.known.insert(below.to_owned(), is_there);
        is_there
    }
}

fn from_root_package(root: &Path, found: &[Found<'_>]) -> Option<String> {
    let (_, packages) = found.iter().find(|(directory, _)| *directory == root)?;
    let name = packages.first()?.name.as_str();
    let name = name.strip_suffix("_test").unwrap_or(name);
    foreign_imports(found).into_keys().find(|path| path.rsplit('/').next() == Some(name)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::ChosenFile;
    use gomapcheck_source::{Import, Span};
    use std::sync::Arc;

    fn package(name: &str, imports: &[&str], comment: Option<&str>) -> Vec<PackageFiles> {
        let import = |path: &&str| Import { path: Name::new(path), span: Span::default() };
        let file = ChosenFile {
            path: PathBuf::new(),
            text: Arc::from(""),
            package_name: Name::new(name),
            is_test: false,
            generated: false,
            imports: imports.iter().map(import).collect(),
            import_comment: comment.map(Name::new),
        };
        vec![PackageFiles { name: Name::new(name), is_external_test: false, files: vec![file] }]
    }

    #[test]
    fn packages_that_import_each_other_give_the_path_away() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for below in ["pkg/mount", "daemon", "vendor/b.org/pkg/mount"] {
            std::fs::create_dir_all(root.join(below)).unwrap();
        }
        let imports = ["fmt", "github.com/o/n/pkg/mount", "github.com/o/n/daemon", "b.org/pkg/mount"];
        let packages = package("main", &imports, None);
        assert_eq!(import_path(root, &[(root, &packages)]), "github.com/o/n");
    }

    #[test]
    fn a_tree_may_be_the_source_directory_itself() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        std::fs::create_dir_all(root.join("a.org/x")).unwrap();
        let packages = package("y", &["a.org/x"], None);
        assert_eq!(import_path(root, &[(&root.join("b.org/y"), &packages)]), "");
    }

    #[test]
    fn import_comments_are_believed() {
        let packages = package("y", &[], Some("a.org/x/y"));
        assert_eq!(import_path(Path::new("/r"), &[(Path::new("/r/y"), &packages)]), "a.org/x");
    }

    #[test]
    fn the_root_package_is_known_by_its_name() {
        let root = package("lib", &["fmt"], None);
        let command = package("main", &["os", "github.com/o/lib", "github.com/p/q"], None);
        let found: [Found<'_>; 2] = [(Path::new("/r"), &root), (Path::new("/r/cmd"), &command)];
        assert_eq!(import_path(Path::new("/r"), &found), "github.com/o/lib");
        assert_eq!(import_path(Path::new("/r"), &[(Path::new("/r"), &root)]), "r");
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(STANDARD.is_sorted());
    }
}
