//! Each row of the library tables does what it says: for every one a small Go function is generated that uses the API, beside
//! a miniature of its package, and the program must find in it, or pass over, what the row promises.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is")]

mod program;
mod rows;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gomapcheck_race::models::Models;
use rows::{Case, Expected, Package};

#[test]
fn each_row_does_what_it_says() {
    let catalogue = Models::new().catalogue();
    let packages = rows::packages(&catalogue);
    let cases: usize = packages.iter().map(|package| package.cases.len()).sum();
    assert!(cases >= 6000, "{cases} cases");
    let module = program::module(&[]);
    for (number, package) in packages.iter().enumerate() {
        let (source, _) = package.source(number);
        program::write(module.path(), &format!("p{number}/p.go"), &source);
    }
    for (path, stub) in rows::stubs(&catalogue) {
        program::write(module.path(), &format!("vendor/{path}/stub.go"), &stub);
    }
    let line = "--min-confidence possible --tests=false --show-stats=false --output.json.path stdout ./...";
    let outcome = program::run(module.path(), line);
    let found = found_lines(&outcome.out);
    let mut wrong = String::new();
    for (number, package) in packages.iter().enumerate() {
        let lines = found.get(&format!("p{number}/p.go")).cloned().unwrap_or_default();
        judge(package, number, &lines, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {cases} cases are wrong:\n{wrong}", wrong.lines().count());
}

/// Compares the findings of one file with what its cases expect.
fn judge(package: &Package, number: usize, found: &[usize], wrong: &mut String) {
    let (_, starts) = package.source(number);
    for (index, (case, start)) in package.cases.iter().zip(&starts).enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(usize::MAX);
        let is_found = found.iter().any(|line| (*start..end).contains(line));
        if is_found != (case.expected == Expected::Found) {
            let Case { row, code, expected } = case;
            writeln!(wrong, "{row}: {expected:?}: {}", code.replace('\n', " ").replace('\t', "")).unwrap();
        }
    }
}

/// The lines of the findings, by file.
fn found_lines(report: &str) -> BTreeMap<String, Vec<usize>> {
    let report: serde_json::Value = serde_json::from_str(report).unwrap();
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for issue in report["Issues"].as_array().unwrap() {
        let line = usize::try_from(issue["Pos"]["Line"].as_u64().unwrap()).unwrap();
        found.entry(issue["Pos"]["Filename"].as_str().unwrap().to_owned()).or_default().push(line);
    }
    found
}
