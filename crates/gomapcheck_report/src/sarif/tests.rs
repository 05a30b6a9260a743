//! What GitHub's code scanning and SARIF 2.1.0 ask of a document, checked by hand: they list it in prose.

use std::path::Path;

use gomapcheck_diagnostics::Diagnostic;
use serde_json::Value;

use super::*;
use crate::sample;

fn document(diagnostics: &[Diagnostic], notices: Notices<'_>) -> Value {
    let rules = sample::rules();
    let contents = Contents { diagnostics, notices, rules: &rules, base: Path::new("/module") };
    let mut bytes = Vec::new();
    write_sarif(&mut bytes, &contents).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn strings<'a>(value: &'a Value, pointers: &[&str]) -> Vec<&'a str> {
    pointers
        .iter()
        .map(|pointer| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default())
        .collect()
}

/// Everything required stands there and is not empty.
fn check(document: &Value) {
    assert_eq!(document["version"], "2.1.0");
    assert!(document["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let run = &document["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "gomapcheck");
    assert!(run["automationDetails"]["id"].as_str().unwrap().ends_with('/'));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        let texts = strings(
            rule,
            &[
                "/id",
                "/name",
                "/shortDescription/text",
                "/fullDescription/text",
                "/help/text",
                "/help/markdown",
            ],
        );
        assert!(texts.iter().all(|text| !text.is_empty()), "{rule}");
        assert!(
            ["very-high", "high", "medium", "low"].contains(&strings(rule, &["/properties/precision"])[0])
        );
    }
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        assert!(!strings(result, &["/partialFingerprints/primaryLocationLineHash"])[0].is_empty());
        check_places(result);
        let primary = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(primary["startLine"], primary["endLine"], "a pull request shows alerts of one line");
    }
}

/// Every place below a value has a relative URI and a region that does not end before it starts.
fn check_places(value: &Value) {
    if let Some(place) = value.get("physicalLocation") {
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let is_legal = |byte: u8| byte.is_ascii_graphic() && !b"\"<>[]\\^`{|}:?#".contains(&byte);
        assert!(uri.bytes().all(is_legal) && !uri.starts_with('/'), "{uri}");
        let [start_line, start_column, end_line, end_column] =
            ["startLine", "startColumn", "endLine", "endColumn"]
                .map(|key| place["region"][key].as_u64().unwrap());
        assert!(start_line >= 1 && start_column >= 1 && (start_line, start_column) <= (end_line, end_column));
    }
    match value {
        Value::Array(values) => values.iter().for_each(check_places),
        Value::Object(fields) => fields.values().for_each(check_places),
        _ => {}
    }
}

#[test]
fn a_race_is_two_threads_and_its_other_places_are_linked() {
    let document = document(&sample::findings(), Notices::default());
    check(&document);
    insta::assert_snapshot!("sarif", serde_json::to_string_pretty(&document).unwrap());
}

#[test]
fn nothing_required_is_missing_whatever_the_text() {
    let document = document(&sample::hostile(), Notices::default());
    check(&document);
    let results = &document["runs"][0]["results"];
    let texts: Vec<&str> =
        results.as_array().unwrap().iter().map(|result| strings(result, &["/message/text"])[0]).collect();
    assert!(texts[0].contains(" written at [store/store.go:8:29](1) by another "), "{texts:?}");
    assert!(texts[1].contains(" m[k\\](1) "), "a link of ours alone is a link: {texts:?}");
}

#[test]
fn columns_are_utf_16_and_lines_end_where_they_end() {
    let mut findings = sample::hostile();
    // `/* é */` is a byte longer in UTF-8.
    let region = |document: &Value, index: usize| {
        document["runs"][0]["results"][index]["locations"][0]["physicalLocation"]["region"].clone()
    };
    let all = document(&findings, Notices::default());
    assert_eq!(findings[0].location.start.column, 18);
    assert_eq!(region(&all, 0)["startColumn"], 17);
    assert_eq!(region(&all, 3)["endColumn"], 29, "not before it starts");
    findings[3].location.start_utf16 = 2;
    assert_eq!(region(&document(&findings, Notices::default()), 3)["endColumn"], 13);
}

#[test]
fn a_link_is_found_although_a_prefix_was_put_in_front() {
    let mut findings = sample::findings();
    let other = findings[0].other.as_mut().unwrap();
    other.location.path = "services/api/store/store.go".into();
    let document = document(&findings, Notices::default());
    let text = document["runs"][0]["results"][0]["message"]["text"].as_str().unwrap();
    assert!(text.contains(" [store/store.go:8:29](1) "), "{text}");
}

#[test]
fn no_findings_and_what_was_passed_over() {
    let warnings = ["b/broken.go: cannot be read".to_owned()];
    let document = document(&[], Notices { warnings: &warnings, error: Some("./nosuch: no such directory") });
    check(&document);
    let run = &document["runs"][0];
    assert_eq!(run["results"], serde_json::json!([]));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().len(), 2);
}
