//! The layers of ARCHITECTURE.md, held against the manifests.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Which of our crates each crate may use, beside `source`, which all may.
const ALLOWED: &[(&str, &[&str])] = &[
    ("gomapcheck", &["cli"]),
    ("gomapcheck_benchmark", &["engine", "ir", "project", "race", "syntax", "types"]),
    ("gomapcheck_cli", &["diagnostics", "engine", "project", "report", "rules"]),
    ("gomapcheck_diagnostics", &[]),
    ("gomapcheck_engine", &["ir", "race", "syntax", "types"]),
    ("gomapcheck_ir", &[]),
    ("gomapcheck_project", &[]),
    ("gomapcheck_queries", &[]),
    ("gomapcheck_race", &["ir", "types"]),
    ("gomapcheck_report", &["diagnostics"]),
    ("gomapcheck_rules", &["diagnostics", "race"]),
    ("gomapcheck_source", &[]),
    ("gomapcheck_syntax", &["ir", "queries"]),
    ("gomapcheck_test_support", &[]),
    ("gomapcheck_types", &["ir"]),
];

#[test]
fn a_crate_uses_only_what_stands_below_it() {
    let metadata = metadata();
    let mut seen = BTreeSet::new();
    let mut forbidden = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap().to_owned();
        let allowed = allowed(&name);
        for dependency in package["dependencies"].as_array().unwrap() {
            let used = dependency["name"].as_str().unwrap();
            // Development dependencies may look anywhere: tests of a low layer run the whole pipeline.
            if dependency["kind"].is_null() && used.starts_with("gomapcheck") && !allowed.contains(used) {
                forbidden.push(format!("{name} -> {used}"));
            }
        }
        seen.insert(name);
    }
    assert!(forbidden.is_empty(), "edges that the architecture does not allow: {forbidden:?}");
    let listed: BTreeSet<String> = ALLOWED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, listed, "left: crates of the workspace, right: crates with a place in ALLOWED");
}

#[test]
fn the_map_names_every_crate_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let words = map.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let named: BTreeSet<&str> = words.filter(|word| word.starts_with("gomapcheck_")).collect();
    let folders: Vec<String> = fs::read_dir(root.join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let folders: BTreeSet<&str> = folders.iter().map(String::as_str).chain(["gomapcheck_queries"]).collect();
    let missing: Vec<_> = folders.difference(&named).filter(|name| **name != "gomapcheck_queries").collect();
    let gone: Vec<_> = named.difference(&folders).collect();
    assert!(missing.is_empty() && gone.is_empty(), "ARCHITECTURE.md misses {missing:?} and names {gone:?}");
    assert!(map.lines().count() <= 150, "a map of at most 150 lines is read");
}

fn allowed(name: &str) -> BTreeSet<String> {
    let table: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    let below = table.get(name).copied().unwrap_or_default().iter().chain(&["source"]);
    below.map(|short| format!("gomapcheck_{short}")).collect()
}

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
