//! Which findings are reported: changed code, baselines, exclusions, severities, named files. Git is the real one.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop where it is")]

mod baseline;
mod changes;
mod configuration;
mod named_files;
mod nolint;
#[path = "../program/mod.rs"]
mod program;
mod repository;

use std::path::Path;

use program::{Outcome, run};

/// A store whose map is read and written without a lock; whether that is a race is up to who uses it.
pub(crate) const STORE: &str = "package m

type Store struct{ items map[string]int }

func (s *Store) Put(key string) {
	s.items[key] = 1
}

func (s *Store) Get(key string) int {
	return s.items[key]
}
";

/// Uses a store on one goroutine.
pub(crate) const USE: &str = "package m

func Use(s *Store) int {
	s.Put(\"a\")
	return s.Get(\"a\")
}
";

/// Uses a store on two.
pub(crate) const RACY_USE: &str = "package m

func Use(s *Store) int {
	go s.Put(\"a\")
	return s.Get(\"a\")
}
";

/// A race of its own in each such function.
pub(crate) fn racy_function(name: &str) -> String {
    format!(
        "\nfunc {name}(words []string) {{\n\tcounts := map[string]int{{}}\n\tfor _, word := range words {{\n\t\tgo func() {{\n\t\t\tcounts[word]++\n\t\t}}()\n\t}}\n}}\n"
    )
}

pub(crate) fn racy_file(names: &[&str]) -> String {
    let functions: String = names.iter().map(|name| racy_function(name)).collect();
    format!("package m\n{functions}")
}

/// Where findings are, as `file:line`.
pub(crate) fn places(outcome: &Outcome) -> Vec<String> {
    let is_finding = |line: &&str| line.ends_with("(map-concurrency)");
    let place = |line: &str| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
    outcome.out.lines().filter(is_finding).map(place).collect()
}

pub(crate) fn found(directory: &Path, line: &str) -> Vec<String> {
    places(&run(directory, line))
}

pub(crate) fn warning(outcome: &Outcome) -> &str {
    let line = outcome.err.lines().find(|line| line.starts_with("gomapcheck: warning: "));
    line.unwrap_or(&outcome.err).trim_start_matches("gomapcheck: warning: ")
}
