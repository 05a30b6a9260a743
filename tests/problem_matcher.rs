//! GitHub's problem matcher in `action/` understands the text that the program prints.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;
mod support;

use program::run;
use regex::Regex;
use serde_json::Value;

#[test]
fn the_matcher_takes_the_first_line_of_every_finding_and_no_other() {
    let document: Value = serde_json::from_str(include_str!("../action/problem-matcher.json")).unwrap();
    let matcher = &document["problemMatcher"][0];
    assert_eq!(matcher["owner"], "gomapcheck");
    let pattern = &matcher["pattern"][0];
    let regex = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let group = |name: &str| usize::try_from(pattern[name].as_u64().unwrap()).unwrap();

    let quickstart = support::testdata().join("quickstart");
    let text = run(&quickstart, "--no-config --show-stats=false");
    let json = run(&quickstart, "--no-config --show-stats=false --output.json.path=stdout");
    let report: Value = serde_json::from_str(&json.out).unwrap();
    let expected: Vec<Vec<String>> = report["Issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| {
            let position = &issue["Pos"];
            let (code, message) = issue["Text"].as_str().unwrap().split_once(": ").unwrap();
            let (line, column) = (position["Line"].to_string(), position["Column"].to_string());
            let file = position["Filename"].as_str().unwrap();
            vec![file.into(), line, column, code.into(), message.into()]
        })
        .collect();
    let matched: Vec<Vec<String>> = text
        .out
        .lines()
        .filter_map(|line| regex.captures(line))
        .map(|found| {
            ["file", "line", "column", "code", "message"].map(|name| found[group(name)].to_owned()).to_vec()
        })
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(matched, expected, "{}", text.out);
}
