//! Benches of gomapcheck's stages against the raw parse of the same files.
//!
//! `cargo run --release -p gomapcheck_benchmark -- parse DIR...` parses every Go file below the directories with all
//! cores, then parses and lowers the same files, and prints both times and their ratio.
//! `… -- analyse [--tests=false] DIR` runs everything over the packages below the directory and parses their files; it prints
//! the times, their ratio, and the memory at its peak.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints its figures")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gomapcheck_benchmark::{Rounds, Tree, analyse_bench, parse_bench};

// The allocator of the product: the IR is memory more than anything else.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str =
    "usage: gomapcheck_benchmark parse DIR...\n       gomapcheck_benchmark analyse [--tests=false] DIR";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let (flags, directories): (Vec<String>, Vec<String>) = arguments.partition(|a| a.starts_with('-'));
    let directories: Vec<PathBuf> = directories.into_iter().map(PathBuf::from).collect();
    match (command.as_str(), flags.as_slice()) {
        (_, _) if directories.is_empty() => usage(),
        ("parse", []) => parse(&directories),
        ("analyse", []) => analyse(&directories, true),
        ("analyse", [flag]) if flag == "--tests=false" => analyse(&directories, false),
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::FAILURE
}

fn parse(directories: &[PathBuf]) -> ExitCode {
    let mut files = Vec::new();
    for directory in directories {
        collect(directory, &mut files);
    }
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    println!("{}", parse_bench(&texts, Rounds(3)));
    ExitCode::SUCCESS
}

/// The peak is the process's own, so a second directory would hide behind the first: each has a run of its own.
fn analyse(directories: &[PathBuf], tests: bool) -> ExitCode {
    let [directory] = directories else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    match analyse_bench(&Tree { directory: directory.clone(), tests }, 3) {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", directory.display());
            ExitCode::FAILURE
        }
    }
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
