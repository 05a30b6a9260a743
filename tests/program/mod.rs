//! Calling the program in a directory of files.

#![allow(dead_code, reason = "each test file uses a part")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use gomapcheck_cli::Streams;
use tempfile::TempDir;

/// What a run gave.
pub(crate) struct Outcome {
    /// The exit code.
    pub(crate) code: u8,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Outcome {
    /// Exit code and both streams as one text, without what differs from run to run.
    pub(crate) fn shown(&self, directory: &Path) -> String {
        let real = fs::canonicalize(directory).unwrap();
        let text = format!("exit {}\n--- out\n{}--- err\n{}", self.code, self.out, self.err);
        text.replace(&*real.to_string_lossy(), "DIR")
            .replace(&*directory.to_string_lossy(), "DIR")
            .lines()
            .map(|line| without_time(line) + "\n")
            .collect()
    }
}

/// The summary line without its seconds.
fn without_time(line: &str) -> String {
    let is_number = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    match line.split_once(" in ") {
        Some((before, time)) if line.starts_with("gomapcheck: ") && is_number(time) => {
            let after = time.split_once(" s").map_or("", |(_, after)| after);
            format!("{before} in TIME{after}")
        }
        _ => line.to_owned(),
    }
}

/// A module `example.com/m` of these files.
pub(crate) fn module(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), "go.mod", "module example.com/m\n\ngo 1.24\n");
    for (path, text) in files {
        write(directory.path(), path, text);
    }
    directory
}

pub(crate) fn write(directory: &Path, path: &str, text: &str) {
    let path = directory.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs the program in `directory`, with no environment and no terminal.
pub(crate) fn run(directory: &Path, line: &str) -> Outcome {
    run_with(directory, line, &|_| None)
}

/// The same with these variables in its environment.
pub(crate) fn run_with(
    directory: &Path,
    line: &str,
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Outcome {
    let mut arguments = vec![OsString::from("-C"), directory.into()];
    arguments.extend(line.split_whitespace().map(OsString::from));
    call(arguments, variables)
}

pub(crate) fn run_plain(arguments: Vec<OsString>) -> Outcome {
    call(arguments, &|_| None)
}

fn call(arguments: Vec<OsString>, variables: &dyn Fn(&str) -> Option<OsString>) -> Outcome {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams =
        Streams { out: &mut out, err: &mut err, out_is_terminal: false, err_is_terminal: false };
    let code = gomapcheck_cli::run(arguments, variables, &mut streams).number();
    Outcome { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}
