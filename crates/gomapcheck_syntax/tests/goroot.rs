//! Go's own source as an example of the language; skipped where there is no Go.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use gomapcheck_ir::OpaqueReason;
use gomapcheck_source::FileId;
use gomapcheck_syntax::{Mode, lower};
use rayon::prelude::*;

fn goroot() -> Option<PathBuf> {
    let output = Command::new("go").args(["env", "GOROOT"]).output().ok()?;
    let root = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()).join("src");
    root.is_dir().then_some(root)
}

fn go_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("a readable directory").flatten() {
        let path = entry.path();
        if path.is_dir() {
            // What lies in testdata is often wrong on purpose.
            if path.file_name().is_some_and(|name| name != "testdata") {
                go_files(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "go") {
            found.push(path);
        }
    }
}

fn broken_parts(path: &Path) -> Vec<String> {
    let text = String::from_utf8_lossy(&std::fs::read(path).expect("a readable file")).into_owned();
    let mut broken = Vec::new();
    for mode in [Mode::Whole, Mode::Declarations] {
        let file = lower(FileId(0), &text, mode);
        let opaque = file.functions.iter().filter(|f| f.opaque == Some(OpaqueReason::SyntaxError));
        broken.extend(opaque.map(|f| format!("{}: {} ({mode:?})", path.display(), f.name)));
        broken.extend(file.errors.iter().map(|span| format!("{}: {span:?} ({mode:?})", path.display())));
    }
    broken
}

#[test]
fn the_standard_library_is_understood() {
    let Some(root) = goroot() else { return };
    let mut files = Vec::new();
    go_files(&root, &mut files);
    assert!(files.len() > 1000, "{} files in {}", files.len(), root.display());
    files.sort();
    let broken: Vec<String> = files.par_iter().flat_map_iter(|path| broken_parts(path)).collect();
    assert!(broken.is_empty(), "not understood:\n{}", broken.join("\n"));
}
