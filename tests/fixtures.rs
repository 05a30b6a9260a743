//! Every Go module of `testdata/` says what is to be found in it; this test runs the binary over each and compares.
//!
//! `testdata/pending.txt` lists the cases that are not right yet. `UPDATE_PENDING=1 cargo test --test fixtures` writes it
//! anew; a case that is listed and right fails the test, so that the list shrinks.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is")]

mod support;

use gomapcheck_test_support::{Fixture, Pending, Problem, Strength, compare, missing, read_findings};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const HEADING: &str = "Cases of testdata/ that the analysis does not get right yet: module/file.go:Function.\n\
                       Rewritten by UPDATE_PENDING=1 cargo test --test fixtures.";

#[test]
fn modules_are_found_and_each_expects_something_or_nothing_on_purpose() {
    let modules = support::modules();
    assert!(modules.len() >= 5, "{modules:?}");
    let wanted: usize = modules
        .iter()
        .flat_map(|module| fixtures(&support::testdata().join(module)))
        .map(|fixture| fixture.expectations.len())
        .sum();
    assert!(wanted >= 50, "{wanted} expectations");
}

#[test]
fn findings_are_what_the_fixtures_say() {
    let pending_path = support::testdata().join("pending.txt");
    let pending = Pending::parse(&fs::read_to_string(&pending_path).unwrap_or_default());
    let mut wrong = BTreeSet::new();
    let mut cases = BTreeSet::new();
    let mut difference = String::new();
    for module in support::modules() {
        let directory = support::testdata().join(&module);
        let fixtures = fixtures(&directory);
        cases.extend(names_of_cases(&module, &fixtures));
        for problem in problems(&directory, &fixtures) {
            let case = name_of_case(&module, &problem);
            if !pending.contains(&case) {
                writeln!(difference, "  testdata/{module}/{problem}").unwrap();
            }
            wrong.insert(case);
        }
    }
    if std::env::var_os("UPDATE_PENDING").is_some() {
        let listed: Pending = wrong.into_iter().collect();
        fs::write(&pending_path, listed.render(HEADING)).unwrap();
        return;
    }
    for case in pending.iter().filter(|case| !wrong.contains(*case)) {
        let why = if cases.contains(case) { "is right now" } else { "does not exist" };
        writeln!(difference, "  {case} {why}: take it out of testdata/pending.txt").unwrap();
    }
    assert!(difference.is_empty(), "\n{difference}");
}

#[test]
fn what_is_found_without_go_is_found_with_it() {
    let Some(root) = gomapcheck_test_support::go_root() else { return };
    let goroot = format!("--goroot={}", root.display());
    for module in support::modules() {
        let directory = support::testdata().join(&module);
        let with_go = run(&directory, &[&goroot]).unwrap();
        let lost: Vec<_> =
            run(&directory, &[]).unwrap().into_iter().filter(|finding| !with_go.contains(finding)).collect();
        assert!(lost.is_empty(), "testdata/{module}, found only where Go is not: {lost:#?}");
    }
}

fn problems(directory: &Path, fixtures: &[Fixture]) -> Vec<Problem> {
    let mut problems = match run(directory, &[]) {
        Ok(findings) => compare(fixtures, &findings),
        Err(message) => panic!("{}: {message}", directory.display()),
    };
    let asks_for_possible =
        fixtures.iter().flat_map(|fixture| &fixture.expectations).any(|e| e.strength == Strength::Possible);
    if asks_for_possible {
        match run(directory, &["--min-confidence", "possible"]) {
            Ok(findings) => problems.extend(missing(fixtures, &findings, Strength::Possible)),
            Err(message) => panic!("{}: {message}", directory.display()),
        }
    }
    problems
}

/// Runs the binary as a build server would and reads its JSON. Go is hidden from it unless the flags show it:
/// `cargo test` needs Rust alone, and must find the same everywhere.
fn run(directory: &Path, flags: &[&str]) -> Result<Vec<gomapcheck_test_support::Finding>, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_gomapcheck"))
        .arg("-C")
        .arg(directory)
        .arg(format!("--tests={}", support::reads_tests(directory)))
        .args(["--preview", "--output.json.path", "stdout", "--show-stats=false"])
        .args(["--max-issues-per-linter", "0", "--max-same-issues", "0"])
        .args(flags)
        .arg("./...")
        .env("PATH", "")
        .env_remove("GOROOT")
        .env_remove("GOPATH")
        .output()
        .map_err(|error| error.to_string())?;
    let code = output.status.code();
    let errors = String::from_utf8_lossy(&output.stderr);
    if !matches!(code, Some(0 | 1)) {
        return Err(format!("exit code {code:?}\n{errors}"));
    }
    let findings = read_findings(&String::from_utf8_lossy(&output.stdout))
        .map_err(|error| format!("{error}\n{errors}"))?;
    if (code == Some(1)) == findings.is_empty() {
        return Err(format!("exit code {code:?} with {} findings", findings.len()));
    }
    Ok(findings)
}

fn fixtures(module: &Path) -> Vec<Fixture> {
    let parse = |path: &Path| {
        let relative = path.strip_prefix(module).unwrap().to_string_lossy().replace('\\', "/");
        Fixture::parse(&relative, &fs::read_to_string(path).unwrap())
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let reads_tests = support::reads_tests(module);
    let files = support::go_files(module);
    files.iter().filter(|path| reads_tests || !support::is_test(path)).map(|path| parse(path)).collect()
}

fn name_of_case(module: &str, problem: &Problem) -> String {
    format!("{module}/{}:{}", problem.path, problem.case)
}

fn names_of_cases<'a>(module: &'a str, fixtures: &'a [Fixture]) -> impl Iterator<Item = String> + 'a {
    fixtures.iter().flat_map(move |fixture| {
        let cases = fixture.cases().chain(["package"]);
        cases.map(move |case| format!("{module}/{}:{case}", fixture.path))
    })
}
