//! Paths as text: import paths, printed paths, absolute directories.

use std::io;
use std::path::{Component, Path, PathBuf};

/// The directory as an absolute path. Symbolic links stay as written, as people know their trees by these names, unless
/// `..` makes their meaning unclear.
pub(crate) fn absolute(directory: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(directory)?;
    if absolute.components().any(|component| component == Component::ParentDir) {
        return std::fs::canonicalize(absolute);
    }
    Ok(absolute)
}

/// Joins and resolves `.` and `..` by text alone.
pub(crate) fn join(base: &Path, relative: &Path) -> PathBuf {
    let mut joined = PathBuf::new();
    for component in base.join(relative).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                joined.pop();
            }
            other => joined.push(other),
        }
    }
    joined
}

/// `path` as text with slashes.
pub(crate) fn to_slash(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// `path` seen from `base`, climbing with `../` where it lies outside; absolute if they share nothing.
pub(crate) fn relative_text(path: &Path, base: &Path) -> String {
    if let Ok(below) = path.strip_prefix(base) {
        return if below.as_os_str().is_empty() { ".".to_owned() } else { to_slash(below) };
    }
    let shared = path.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    let shares_a_directory = path.components().take(shared).any(|c| matches!(c, Component::Normal(_)));
    if !shares_a_directory {
        return to_slash(path);
    }
    let climbs = base.components().count() - shared;
    let below: PathBuf = path.components().skip(shared).collect();
    format!("{}{}", "../".repeat(climbs), to_slash(&below))
}

/// Joins two import paths, either of which may be empty.
pub(crate) fn join_import(prefix: &str, below: &str) -> String {
    match (prefix.is_empty(), below.is_empty()) {
        (true, _) => below.to_owned(),
        (_, true) => prefix.to_owned(),
        _ => format!("{prefix}/{below}"),
    }
}

/// What stands in `path` behind `prefix`, by whole elements; the empty prefix lies before everything.
pub(crate) fn below_import<'p>(path: &'p str, prefix: &str) -> Option<&'p str> {
    if prefix.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(prefix)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// `path` and its parents, longest first, the empty one last.
pub(crate) fn import_prefixes(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        (!path.is_empty()).then(|| path.rsplit_once('/').map_or("", |(parent, _)| parent))
    })
}

/// A vendored package's path as its importers write it: what stands behind the last element `vendor`.
pub(crate) fn without_vendor(path: &str) -> &str {
    match path.rsplit_once("vendor/") {
        Some((above, below)) if above.is_empty() || above.ends_with('/') => below,
        _ => path,
    }
}

/// Whether an import path looks like the standard library's: its first element has no dot.
pub(crate) fn looks_standard(path: &str) -> bool {
    !path.split('/').next().unwrap_or_default().contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_paths_are_relative_to_the_run() {
        let base = Path::new("/home/g/m");
        assert_eq!(relative_text(Path::new("/home/g/m/a/b.go"), base), "a/b.go");
        assert_eq!(relative_text(Path::new("/home/g/n/b.go"), base), "../n/b.go");
        assert_eq!(relative_text(Path::new("/opt/go/src/a.go"), base), "/opt/go/src/a.go");
        assert_eq!(relative_text(base, base), ".");
    }

    #[test]
    fn vendored_packages_go_by_the_path_that_imports_them() {
        assert_eq!(without_vendor("a/vendor/b.org/c"), "b.org/c");
        assert_eq!(without_vendor("vendor/b.org/c"), "b.org/c");
        assert_eq!(without_vendor("a/myvendor/c"), "a/myvendor/c");
        assert_eq!(without_vendor("a/vendor"), "a/vendor");
    }

    #[test]
    fn import_paths_nest_by_elements() {
        assert_eq!(below_import("a/b/c", "a/b"), Some("c"));
        assert_eq!(below_import("a/bc", "a/b"), None);
        assert_eq!(below_import("a", "a"), Some(""));
        assert_eq!(import_prefixes("a/b").collect::<Vec<_>>(), ["a/b", "a", ""]);
    }
}
