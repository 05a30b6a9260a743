//! Lists the functions and places that could not be lowered in the Go files below the named directories.
#![allow(clippy::print_stdout, reason = "an example that prints")]
use std::path::Path;

use gomapcheck_ir::OpaqueReason;
use gomapcheck_source::{FileId, LineIndex};
use gomapcheck_syntax::{Mode, lower};

fn main() {
    for path in std::env::args().skip(1) {
        visit(Path::new(&path));
    }
}

fn visit(path: &Path) {
    if path.is_dir() {
        let mut entries: Vec<_> =
            std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| visit(entry));
    } else if path.extension().is_some_and(|extension| extension == "go") {
        let Ok(text) = std::fs::read_to_string(path) else { return };
        let file = lower(FileId(0), &text, Mode::Whole);
        let lines = LineIndex::new(&text);
        for function in file.functions.iter().filter(|f| f.opaque == Some(OpaqueReason::SyntaxError)) {
            println!("{}:{}: opaque {}", path.display(), lines.position(function.span.start), function.name);
        }
        for span in &file.errors {
            println!(
                "{}:{}: error {:.60?}",
                path.display(),
                lines.position(span.start),
                &text.get(span.range())
            );
        }
    }
}
