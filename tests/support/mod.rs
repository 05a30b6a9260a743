//! Where the fixtures are.

#![allow(dead_code, reason = "each test uses what it needs")]

use std::fs;
use std::path::{Path, PathBuf};

/// The directory of the fixtures.
pub(crate) fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata")
}

/// The fixture modules, as directories relative to `testdata/`; the stand-ins for libraries are none.
pub(crate) fn modules() -> Vec<String> {
    let is_module = |name: &String| testdata().join(name).join("go.mod").is_file();
    names(&testdata()).into_iter().filter(is_module).collect()
}

/// The Go files below a directory, sorted.
pub(crate) fn go_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for name in names(directory) {
        let path = directory.join(&name);
        if path.is_dir() {
            files.extend(go_files(&path));
        } else if name.ends_with(".go") {
            files.push(path);
        }
    }
    files
}

/// Whether the module's test files are fixtures, too, rather than drivers of the race detector.
pub(crate) fn reads_tests(module: &Path) -> bool {
    let go_mod = fs::read_to_string(module.join("go.mod")).unwrap_or_default();
    go_mod.contains("// Its test files are the fixtures.")
}

/// Whether the file is a test file: in most modules a driver, which the analysis does not read.
pub(crate) fn is_test(path: &Path) -> bool {
    path.to_string_lossy().ends_with("_test.go")
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    let mut names: Vec<_> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
