use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{FileId, Name, PackageId, Span};

/// A language version such as 1.22. Ordered; patch levels do not count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct GoVersion {
    /// The first number, 1 so far.
    pub major: u16,
    /// The second number.
    pub minor: u16,
}

impl GoVersion {
    /// What Go assumes where a go.mod file names no version.
    pub const UNSTATED_IN_MODULE: Self = Self { major: 1, minor: 16 };
    /// The newest language this release knows; used outside modules.
    pub const LATEST: Self = Self { major: 1, minor: 27 };

    /// Whether each iteration of a three-clause or range loop has its own variables (Go 1.22 and later).
    #[must_use]
    pub fn has_per_iteration_loop_variables(self) -> bool {
        self >= Self { major: 1, minor: 22 }
    }
}

/// What part a file plays in its package.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FileRole {
    /// An ordinary file.
    Source,
    /// A `_test.go` file, in-package or external.
    Test,
}

/// How far a package is to be analysed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Arrangement {
    /// Chosen by the patterns: lowered whole, analysed, reported on.
    Target,
    /// In the main module or workspace, but outside the patterns: declarations only, not reported on.
    Neighbour,
    /// From another module, vendor, GOPATH or GOROOT: declarations only.
    Dependency,
}

/// One import declaration as written, found without parsing the whole file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// The path between the quotes.
    pub path: Name,
    /// Where the quoted path stands.
    pub span: Span,
}

/// A Go source file; its text comes from [`Provider::text`].
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its id.
    pub id: FileId,
    /// The package it belongs to.
    pub package: PackageId,
    /// Absolute path.
    pub path: PathBuf,
    /// How many bytes it has.
    pub size: usize,
    /// Ordinary or test file.
    pub role: FileRole,
    /// Whether its head says `// Code generated … DO NOT EDIT.` (golangci-lint's strict reading).
    pub generated: bool,
}

/// A package: the files that one build takes from one directory.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its id.
    pub id: PackageId,
    /// Import path; an external test package carries the path of the package that it tests, with `_test` behind it.
    pub import_path: Name,
    /// The name in its package clauses.
    pub name: Name,
    /// Absolute directory.
    pub directory: PathBuf,
    /// Target, neighbour or dependency.
    pub arrangement: Arrangement,
    /// Whether it belongs to Go's standard library.
    pub standard: bool,
    /// The language version its module states.
    pub go_version: GoVersion,
    /// Its files in the order of their names, test files after the others.
    pub files: Vec<FileId>,
}

/// What went wrong without ending the run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ProblemKind {
    /// A pattern that names no package, a directory that is not there.
    Pattern,
    /// A go.mod or go.work file that cannot be understood.
    ModuleFile,
    /// A file or directory that cannot be read.
    Unreadable,
    /// A source file whose head cannot be understood or that contradicts its package.
    Source,
}

/// A warning with its path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// What kind of trouble.
    pub kind: ProblemKind,
    /// The file, directory or pattern.
    pub path: PathBuf,
    /// One sentence: what happened and what to do about it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

/// What a run starts from: the packages chosen by the patterns, in the order of their import paths.
#[derive(Clone, Debug, Default)]
pub struct PackageGraph {
    /// The chosen packages.
    pub targets: Vec<PackageId>,
    /// What was passed over, and why.
    pub problems: Vec<Problem>,
}

/// Packages and files, by id and on demand.
///
/// Dependencies are found when a stage first asks for them, so that a run reads no more than it needs. Implementations
/// answer the same question in the same way for the whole run, whichever thread asks.
pub trait Provider: Sync {
    /// The package with this id.
    fn package(&self, id: PackageId) -> Arc<Package>;

    /// The file with this id.
    fn file(&self, id: FileId) -> Arc<SourceFile>;

    /// A file's text; empty when it can no longer be read. Bytes that are not UTF-8 are replaced one by one by `?`, a byte
    /// order mark by three blanks, so that offsets are those of the file on disk.
    fn text(&self, id: FileId) -> Arc<str>;

    /// Says that the text is unlikely to be asked for again: it need not be kept in memory.
    fn release_text(&self, id: FileId);

    /// The package that an import of `path` means in `importer`; `None` when it cannot be found, and for `"C"` and `"unsafe"`.
    fn resolve_import(&self, importer: PackageId, path: Name) -> Option<PackageId>;

    /// What to print for a path of this run: relative to where the run began.
    fn display_path(&self, path: &Path) -> String;
}
