//! Prints the lowered form of the Go files named on the command line.
#![allow(clippy::print_stdout, reason = "an example that prints")]
use gomapcheck_source::FileId;
use gomapcheck_syntax::{Mode, lower};

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        print!("{}", lower(FileId(0), &text, Mode::Whole));
    }
}
