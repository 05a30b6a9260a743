//! docs/neighbours.md: who finds what in its example is what these programs print.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop where it is")]

mod program;

use std::path::Path;
use std::process::Command;

use program::{module, run};

const PAGE: &str = include_str!("../docs/neighbours.md");

/// The text of the first block of this language behind a mark.
fn block(mark: &str, language: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("<!-- {mark} -->\n```{language}\n")).unwrap();
    rest.split_once("```\n").unwrap().0
}

/// The lines that begin with a place, sorted, paths without `./`.
fn places(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.trim_start_matches("./"));
    let mut lines: Vec<String> =
        lines.filter(|line| line.starts_with("cache.go:")).map(str::to_owned).collect();
    lines.sort();
    lines
}

fn told_by(program: &str, arguments: &[&str], directory: &Path) -> Option<String> {
    let output =
        Command::new(program).args(arguments).current_dir(directory).env("GOFLAGS", "").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

#[test]
fn gomapcheck_finds_its_part() {
    let module = module(&[("cache.go", block("example", "go"))]);
    let outcome = run(module.path(), "--output.text.print-issued-lines=false");
    assert_eq!(outcome.code, 1);
    assert_eq!(places(&outcome.out), places(block("gomapcheck", "text")), "{}", outcome.out);
}

#[test]
fn go_vet_finds_its_part() {
    let module = module(&[("cache.go", block("example", "go"))]);
    let has_waitgroup = told_by("go", &["tool", "vet", "help"], module.path())
        .is_some_and(|help| help.lines().any(|line| line.trim_start().starts_with("waitgroup")));
    if !has_waitgroup {
        eprintln!("skipped: there is no go whose vet has the waitgroup analyser (1.25)");
        return;
    }
    let told = told_by("go", &["vet", "."], module.path()).unwrap();
    assert_eq!(places(&told), places(block("go vet", "text")), "{told}");
}

#[test]
fn staticcheck_finds_its_part() {
    let module = module(&[("cache.go", block("example", "go"))]);
    let program = std::env::var("STATICCHECK").unwrap_or_else(|_| "staticcheck".to_owned());
    match told_by(&program, &["."], module.path()) {
        Some(told) => assert_eq!(places(&told), places(block("staticcheck", "text")), "{told}"),
        None => eprintln!("skipped: there is no staticcheck"),
    }
}

#[test]
fn no_place_is_reported_twice() {
    let lines = |mark| -> Vec<String> {
        let entries = places(block(mark, "text")).into_iter();
        entries.map(|entry| entry.split(':').take(2).collect::<Vec<_>>().join(":")).collect()
    };
    let ours = lines("gomapcheck");
    assert!(lines("go vet").iter().chain(&lines("staticcheck")).all(|place| !ours.contains(place)));
}
