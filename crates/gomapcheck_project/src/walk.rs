//! Directories and the names in them.

use gomapcheck_source::ProblemKind;
use rayon::prelude::*;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use crate::problems::Problems;

/// A file that may be Go source, judged by its name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    pub(crate) name: OsString,
    /// A symbolic link, which may turn out to lead to a directory.
    pub(crate) is_link: bool,
}

/// A directory's Go files, in the order of their names.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) directory: PathBuf,
    pub(crate) files: Vec<Entry>,
}

/// How far a walk goes.
#[derive(Debug, Default)]
pub(crate) struct WalkRules {
    /// Whether to look into directories called `vendor`.
    pub(crate) enter_vendor: bool,
    /// Whether to look into directories that hold a go.mod file.
    pub(crate) enter_modules: bool,
    /// Directories that go.mod says to ignore, with their trees.
    pub(crate) ignored: IgnoredDirectories,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// Directories with Go files.
    pub(crate) listings: Vec<Listing>,
    /// Modules that the walk did not enter.
    pub(crate) nested_modules: Vec<PathBuf>,
}

/// The `ignore` lines of a go.mod file.
#[derive(Clone, Debug, Default)]
pub(crate) struct IgnoredDirectories {
    anchored: Vec<PathBuf>,
    anywhere: Vec<PathBuf>,
}

impl IgnoredDirectories {
    /// `./x` means that directory alone, `x` every directory of that name.
    pub(crate) fn new(root: &Path, patterns: &[String]) -> Self {
        let mut ignored = Self::default();
        for pattern in patterns {
            match pattern.strip_prefix("./") {
                Some(below) => ignored.anchored.push(root.join(below)),
                None => ignored.anywhere.push(PathBuf::from(pattern)),
            }
        }
        ignored
    }

    fn contains(&self, directory: &Path) -> bool {
        self.anchored.iter().any(|path| directory == path)
            || self.anywhere.iter().any(|path| directory.ends_with(path))
    }
}

/// Finds all directories with Go files in the tree of `base`, level by level, each level in parallel.
///
/// Below `base`, directories whose names begin with `_` or `.` and those called `testdata` are left out. Symbolic links
/// to directories are not followed, except `base` itself, so no cycle can trap the walk.
pub(crate) fn walk(base: &Path, rules: &WalkRules, problems: &Problems) -> Walk {
    let mut found = Walk::default();
    let mut level = vec![base.to_path_buf()];
    while !level.is_empty() {
        let contents: Vec<(PathBuf, io::Result<Contents>)> = level
            .into_par_iter()
            .map(|directory| {
                let contents = read(&directory);
                (directory, contents)
            })
            .collect();
        level = Vec::new();
        for (directory, contents) in contents {
            let contents = match contents {
                Ok(contents) => contents,
                Err(error) => {
                    report_unreadable(&directory, &error, problems);
                    continue;
                }
            };
            if contents.has_module_file && directory != base && !rules.enter_modules {
                found.nested_modules.push(directory);
                continue;
            }
            let subdirectories = contents.subdirectories.into_iter().filter(|name| is_walked(name));
            if directory.file_name() != Some(OsStr::new("vendor")) || rules.enter_vendor || directory == base
            {
                level.extend(
                    subdirectories
                        .map(|name| directory.join(name))
                        .filter(|path| !rules.ignored.contains(path)),
                );
            }
            if !contents.files.is_empty() {
                found.listings.push(Listing { directory, files: contents.files });
            }
        }
    }
    found
}

/// Lists the Go files of one directory.
pub(crate) fn list(directory: &Path) -> io::Result<Listing> {
    Ok(Listing { directory: directory.to_path_buf(), files: read(directory)?.files })
}

/// Whether an error means that a directory is simply not there, as most places where a package might be.
pub(crate) fn is_absence(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename | InvalidInput)
}

pub(crate) fn report_unreadable(path: &Path, error: &io::Error, problems: &Problems) {
    problems.add(ProblemKind::Unreadable, path, format!("cannot be read and was passed over: {error}"));
}

struct Contents {
    files: Vec<Entry>,
    subdirectories: Vec<OsString>,
    has_module_file: bool,
}

/// Reads a directory without a system call for each name: the kind of an entry comes with its name.
fn read(directory: &Path) -> io::Result<Contents> {
    let mut contents = Contents { files: Vec::new(), subdirectories: Vec::new(), has_module_file: false };
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        if kind.is_dir() {
            contents.subdirectories.push(name);
        } else if name == "go.mod" {
            contents.has_module_file = true;
        } else if is_go_file_name(&name) && (kind.is_file() || kind.is_symlink()) {
            contents.files.push(Entry { name, is_link: kind.is_symlink() });
        }
    }
    contents.files.sort_unstable();
    Ok(contents)
}

/// Go passes over files whose names begin with `_` or `.`.
fn is_go_file_name(name: &OsStr) -> bool {
    let bytes = name.as_encoded_bytes();
    bytes.ends_with(b".go") && !bytes.starts_with(b"_") && !bytes.starts_with(b".")
}

fn is_walked(name: &OsStr) -> bool {
    let bytes = name.as_encoded_bytes();
    !bytes.starts_with(b"_") && !bytes.starts_with(b".") && bytes != b"testdata"
}
