//! Small Go trees on disk, written as pairs of path and text.

use std::path::{Path, PathBuf};

/// A temporary directory with files; gone when the test ends.
pub(crate) struct Tree {
    _guard: tempfile::TempDir,
    path: PathBuf,
}

impl Tree {
    /// Writes the files, making directories as needed.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let guard = tempfile::tempdir().unwrap();
        // Where the temporary directory is itself behind a symbolic link, Go shows the real path.
        let path = std::fs::canonicalize(guard.path()).unwrap();
        for (name, text) in files {
            let file = path.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        Self { _guard: guard, path }
    }

    /// The directory.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}
