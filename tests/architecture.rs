//! Which crate may use which: the manifests against the table of ARCHITECTURE.md.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

type Edges = BTreeMap<String, BTreeSet<String>>;

#[test]
fn crates_use_only_what_the_architecture_allows() {
    let allowed = allowed_edges();
    for (user, used) in actual_edges() {
        let may_use =
            allowed.get(&user).unwrap_or_else(|| panic!("{user} is not in ARCHITECTURE.md's table"));
        let wrong: Vec<_> = used.difference(may_use).collect();
        assert!(wrong.is_empty(), "{user} must not use {wrong:?}");
    }
}

#[test]
fn every_crate_has_a_line_in_the_map() {
    let text = architecture();
    for name in
        actual_edges().keys().filter(|name| name.as_str() != "gomapcheck" && name.as_str() != "queries")
    {
        assert!(text.contains(&format!("\n  gomapcheck_{name} ")), "{name}");
    }
    assert!(text.lines().count() <= 150, "a map must be short");
}

fn architecture() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap()
}

/// The rows of the table "crate | may use", with all names in backquotes.
fn allowed_edges() -> Edges {
    let text = architecture();
    let (_, table) = text.split_once("| crate | may use |\n").unwrap();
    let mut edges = Edges::new();
    for row in table.lines().skip(1).take_while(|line| line.starts_with('|')) {
        let mut cells = row.trim_matches('|').split('|');
        let (users, used) = (names(cells.next().unwrap()), names(cells.next().unwrap()));
        for user in users {
            edges.entry(user).or_default().extend(used.iter().cloned());
        }
    }
    edges
}

fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Our crates and what they use of each other; dependencies of tests alone are free.
fn actual_edges() -> Edges {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let edges = packages.iter().map(|package| {
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let used = dependencies.filter(|dependency| dependency["kind"] != "dev");
        let used = used.map(|dependency| dependency["name"].as_str().unwrap());
        let used = used.filter(|name| name.starts_with("gomapcheck_")).map(short);
        (short(package["name"].as_str().unwrap()), used.collect())
    });
    edges.collect()
}

fn short(name: &str) -> String {
    name.strip_prefix("gomapcheck_").unwrap_or(name).to_owned()
}
