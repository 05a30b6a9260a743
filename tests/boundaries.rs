//! The page of known misses and false alarms names every function of `testdata/boundaries`, and no other.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn is_boundary(name: &str) -> bool {
    ["missed", "Missed", "falseAlarm"].iter().any(|prefix| name.starts_with(prefix))
}

#[test]
fn the_page_names_every_boundary() {
    let directory = support::testdata().join("boundaries");
    let mut declared = BTreeSet::new();
    for file in support::go_files(&directory).into_iter().filter(|file| !support::is_test(file)) {
        for line in fs::read_to_string(file).unwrap().lines().filter(|line| line.starts_with("func ")) {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric());
            declared.extend(words.filter(|word| is_boundary(word)).map(str::to_owned));
        }
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/boundaries.md");
    let page = fs::read_to_string(page).unwrap();
    let named: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .map(str::to_owned)
        .collect();
    assert!(declared.len() >= 10, "{declared:?}");
    assert_eq!(declared, named, "left: functions of testdata/boundaries, right: rows of docs/boundaries.md");
}
