//! Go's race detector judges the fixtures: it must report a race in every `TestRacy_…` and none in any `TestSafe_…`.
//!
//! The drivers are the `_test.go` files of `testdata/`. Each module is built once; each racy test runs in a process of its
//! own, since a race may end the process. Without a Go toolchain that has the race detector the test says so and passes;
//! with `CI=true` it fails instead.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test may stop where it is")]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How often a racy test may run before its race counts as not shown.
const ATTEMPTS: usize = 10;

/// A test of a built package.
struct Case {
    binary: PathBuf,
    directory: PathBuf,
    name: String,
}

#[test]
fn the_race_detector_agrees_with_the_fixtures() {
    let scratch = tempfile::tempdir().unwrap();
    if let Err(reason) = race_detector_works(scratch.path()) {
        let in_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
        assert!(!in_ci, "the race detector must run in CI: {reason}");
        eprintln!("skipped: {reason}");
        return;
    }
    let mut cases = Vec::new();
    let mut failures = Vec::new();
    for module in support::modules() {
        let directory = support::testdata().join(&module);
        let binaries = scratch.path().join(&module);
        std::fs::create_dir_all(&binaries).unwrap();
        failures.extend(vet(&directory));
        match build(&directory, &binaries) {
            Ok(()) => cases.extend(tests_below(&directory, &directory, &binaries)),
            Err(message) => failures.push(message),
        }
    }
    let racy = cases.iter().filter(|case| case.name.starts_with("TestRacy_")).count();
    eprintln!("{racy} racy and {} safe cases", cases.len() - racy);
    failures.extend(run_all(&cases));
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    assert!(racy >= 50 && cases.len() - racy >= 50, "{racy} racy of {}", cases.len());
}

fn race_detector_works(scratch: &Path) -> Result<(), String> {
    std::fs::write(scratch.join("go.mod"), "module probe\n").unwrap();
    // The fixtures use what Go 1.25 has brought: an older one is as good as none.
    let probe = "package main\n\nimport \"sync\"\n\nfunc main() { new(sync.WaitGroup).Go(func() {}) }\n";
    std::fs::write(scratch.join("main.go"), probe).unwrap();
    let output = go(scratch).args(["build", "-race", "-o"]).arg(scratch.join("probe")).arg(".").output();
    match output {
        Err(error) => Err(format!("no Go toolchain: {error}")),
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("no race detector: {}", text(&output))),
    }
}

fn go(directory: &Path) -> Command {
    let mut command = Command::new("go");
    command.current_dir(directory);
    command
        .env("GOFLAGS", "-mod=readonly")
        .env("GOPROXY", "off")
        .env("GOTOOLCHAIN", "local")
        .env("GOWORK", "off");
    command.env("CGO_ENABLED", "1");
    command
}

fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// `go vet` without the checks that the fixtures break on purpose.
fn vet(directory: &Path) -> Option<String> {
    let output =
        go(directory).args(["vet", "-copylocks=false", "-loopclosure=false", "./..."]).output().unwrap();
    (!output.status.success()).then(|| format!("go vet in {}:\n{}", directory.display(), text(&output)))
}

fn build(directory: &Path, binaries: &Path) -> Result<(), String> {
    let output =
        go(directory).args(["test", "-race", "-c", "-o"]).arg(binaries).arg("./...").output().unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("go test -race -c in {}:\n{}", directory.display(), text(&output))),
    }
}

/// The tests of the packages below a directory; `go test -c` names a binary after the last element of its package.
fn tests_below(module: &Path, directory: &Path, binaries: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for file in support::go_files(directory).into_iter().filter(|file| support::is_test(file)) {
        let package = file.parent().unwrap();
        let name = package.file_name().unwrap().to_string_lossy();
        let binary = binaries.join(format!("{name}.test"));
        assert!(package.starts_with(module));
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let test = line.strip_prefix("func ").and_then(|header| header.split_once('('));
            if let Some((test, _)) = test
                && (test.starts_with("TestRacy_") || test.starts_with("TestSafe_"))
            {
                cases.push(Case {
                    binary: binary.clone(),
                    directory: package.to_owned(),
                    name: test.to_owned(),
                });
            }
        }
    }
    cases
}

/// Runs the cases on a few threads; the messages come in the order of the cases.
fn run_all(cases: &[Case]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some((index, case)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, cases.get(i)?)))
        {
            if let Err(message) = judge(case) {
                failures.lock().unwrap().push((index, message));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    failures.into_iter().map(|(_, message)| message).collect()
}

fn judge(case: &Case) -> Result<(), String> {
    if case.name.starts_with("TestSafe_") {
        let output = run(case);
        return match output.status.success() {
            true => Ok(()),
            false => Err(format!("{}: not safe:\n{}", describe(case), text(&output))),
        };
    }
    match (0..ATTEMPTS).any(|_| shows_race(&run(case))) {
        true => Ok(()),
        false => Err(format!("{}: no race seen in {ATTEMPTS} runs", describe(case))),
    }
}

fn run(case: &Case) -> Output {
    Command::new(&case.binary)
        .args(["-test.parallel", "8", "-test.timeout", "60s", "-test.run", &format!("^{}$", case.name)])
        .env("GORACE", "halt_on_error=0 exitcode=66 atexit_sleep_ms=0")
        .current_dir(&case.directory)
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", case.binary.display()))
}

fn shows_race(output: &Output) -> bool {
    let text = text(output);
    text.contains("WARNING: DATA RACE") || text.contains("fatal error: concurrent map")
}

fn describe(case: &Case) -> String {
    format!("{} in {}", case.name, case.directory.display())
}
