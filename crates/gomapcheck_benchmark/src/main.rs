//! Benches of gomapcheck's stages against the raw parse of the same files.
//!
//! `cargo run --release -p gomapcheck_benchmark -- parse DIR...` parses every Go file below the directories with all
//! cores, then parses and lowers the same files, and prints both times and their ratio.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints its figures")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gomapcheck_benchmark::{Rounds, parse_bench};

// The allocator of the product: the IR is memory more than anything else.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let directories: Vec<PathBuf> = match arguments.next().as_deref() {
        Some("parse") => arguments.map(PathBuf::from).collect(),
        _ => Vec::new(),
    };
    if directories.is_empty() {
        eprintln!("usage: gomapcheck_benchmark parse DIR...");
        return ExitCode::FAILURE;
    }
    let mut files = Vec::new();
    for directory in &directories {
        collect(directory, &mut files);
    }
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    println!("{}", parse_bench(&texts, Rounds(3)));
    ExitCode::SUCCESS
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_directory {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "go") {
            files.push(path);
        }
    }
}
