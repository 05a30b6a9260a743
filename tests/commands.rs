//! The commands beside `run`: what they print, and that what is kept of it in the repository is current.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use program::{Outcome, module, run, run_plain, write};

fn told(line: &str) -> Outcome {
    run_plain(line.split_whitespace().map(Into::into).collect())
}

/// Compares a file of the repository with what it is made of; `UPDATE_DOCS=1` writes it.
fn assert_current(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, expected).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == expected, "{path} is out of date: UPDATE_DOCS=1 cargo test --test commands");
}

#[test]
fn the_version_is_printed_for_people_and_programs() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(told("version").out, format!("gomapcheck {version}\n"));
    assert_eq!(told("--version").out, format!("gomapcheck {version}\n"));
    assert_eq!(told("version --short").out, format!("{version}\n"));
    for line in ["version --json", "version --format json"] {
        let value: serde_json::Value = serde_json::from_str(&told(line).out).unwrap();
        assert_eq!(value["version"], version, "{line}");
    }
}

#[test]
fn rules_are_listed_for_programs() {
    let rules: Vec<serde_json::Value> = serde_json::from_str(&told("rules --format json").out).unwrap();
    let text = told("rules").out;
    assert_eq!(rules.len(), text.lines().count());
    for (rule, line) in rules.iter().zip(text.lines()) {
        assert_eq!(line.split_whitespace().next(), rule["name"].as_str());
        assert!(["stable", "preview"].contains(&rule["status"].as_str().unwrap()));
        assert!(rule["docs"].as_str().unwrap().contains("## Why"));
    }
}

#[test]
fn an_unknown_rule_is_told_with_the_nearest() {
    let outcome = told("explain mixed-locks");
    assert_eq!(outcome.code, 3);
    assert_eq!(
        outcome.err,
        "gomapcheck: error: there is no rule mixed-locks; did you mean mixed-map-locks?\n"
    );
}

#[test]
fn the_used_configuration_is_told() {
    let module = module(&[("sub/a.go", "package m\n"), ("gomapcheck.toml", "")]);
    let root = module.path().to_string_lossy().into_owned();
    let path = run(&module.path().join("sub"), "config path");
    assert_eq!((path.code, path.out), (0, format!("{root}/gomapcheck.toml\n")));
    let json = run(module.path(), "config path --json");
    assert!(json.out.contains("\"absolutePath\""), "{}", json.out);
    let none = run(module.path(), "config path --no-config");
    assert_eq!((none.code, &*none.out), (6, ""));
    assert_eq!(none.err.lines().count(), 1, "{}", none.err);
}

#[test]
fn a_configuration_is_verified_as_a_run_reads_it() {
    let module = module(&[("a.go", "package m\n"), ("gomapcheck.toml", "preview = true\n")]);
    let right = run(module.path(), "config verify");
    assert_eq!((right.code, &*right.out), (0, ""));
    write(module.path(), "gomapcheck.toml", "[run]\ntimeout = 5\n");
    let wrong = run(module.path(), "config verify");
    assert_eq!(wrong.shown(module.path()), run(module.path(), "").shown(module.path()));
    insta::assert_snapshot!(wrong.shown(module.path()), @r#"
    exit 3
    --- out
    --- err
    gomapcheck: error: DIR/gomapcheck.toml: run.timeout takes a time such as "90s" or "5m", not 5
    "#);
}

#[test]
fn the_schemas_are_current() {
    assert_current("schema/gomapcheck.schema.json", &told("config schema").out);
    assert_current("schema/golangci.schema.json", &told("config golangci-schema").out);
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = told(&format!("completion {shell}")).out;
        for word in ["min-confidence", "explain", "completion"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        assert!(!script.contains("disable-all"), "{shell}: flags that have no effect are not offered");
    }
}

#[test]
fn the_completions_of_bash_are_understood_by_it() {
    let Ok(mut bash) = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn() else { return };
    bash.stdin.take().unwrap().write_all(told("completion bash").out.as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
}

#[test]
fn the_manual_page_is_current() {
    assert_current("docs/gomapcheck.1", &told("man").out);
}

#[test]
fn recipes_of_an_earlier_checker_work() {
    let race = "package m\n\nfunc fill() {\n\tm := map[int]int{}\n\tfor i := range 9 {\n\t\tgo func() { m[i] = i }()\n\t}\n}\n";
    let module = module(&[("pkg/deep/a.go", race), ("clean/b.go", "package clean\n")]);
    assert_eq!(run(module.path(), "--dir ./pkg --fail-on-risky-map-access").code, 1);
    assert_eq!(run(module.path(), "-dir pkg").code, 1);
    assert_eq!(run(module.path(), "--dir ./clean --fail-on-risky-map-access").code, 0);
    assert_eq!(run(module.path(), "--dir . --fail-on-risky-map-access --issues-exit-code 0").code, 1);
    assert_eq!(run(module.path(), "--dir . --fail-on-risky-map-access=false").code, 0);
    assert_eq!(run(module.path(), "--dir ./nowhere --fail-on-risky-map-access").code, 5);
}

#[test]
fn recipes_of_golangci_lint_work() {
    let race = "package m\n\nfunc fill() {\n\tm := map[int]int{}\n\tfor i := range 9 {\n\t\tgo func() { m[i] = i }()\n\t}\n}\n";
    let disabled = "version: '2'\nlinters: {disable: [map-concurrency]}\n";
    let module = module(&[("a.go", race), (".golangci.yml", disabled)]);
    assert_eq!(run(module.path(), "run --enable-only map-concurrency ./...").code, 1);
    let disabled = run(module.path(), "run --no-config -D map-concurrency");
    assert!(
        disabled.code == 0 && disabled.err.contains("warning: --disable names map-concurrency, so nothing"),
        "{}",
        disabled.err
    );
    assert_eq!(run(module.path(), "run --no-config --disable-all -E map-concurrency").code, 1);
    assert_eq!(run(module.path(), "run --no-config --disable concurrent-map-write").code, 0);
    assert_eq!(run(module.path(), "run --no-config --enable-only mixed-map-locks").code, 0);
    let fix = run(module.path(), "run --no-config --fix --show-stats=false");
    assert_eq!(fix.code, 1);
    assert_eq!(fix.err, "gomapcheck: warning: --fix changes nothing: no rule suggests edits\n");
}

/// The rows of the keys in a table of the schema.
fn rows(table: &serde_json::Value) -> String {
    let mut rows = "| key | takes | default | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for (name, key) in table["properties"].as_object().unwrap() {
        let Some(takes) = takes(key) else { continue };
        let default = key.get("default").map(|default| format!("`{default}`")).unwrap_or_default();
        rows += &format!("| `{name}` | {takes} | {default} | {} |\n", key["description"].as_str().unwrap());
    }
    rows
}

/// What a key takes, in words; `None` for tables, which have rows of their own.
fn takes(key: &serde_json::Value) -> Option<String> {
    let words = |list: &serde_json::Value| -> String {
        let words: Vec<String> =
            list.as_array().unwrap().iter().map(|word| format!("`{}`", word.as_str().unwrap())).collect();
        words.join(", ")
    };
    match key["type"].as_str().unwrap() {
        "boolean" => Some("true or false".to_owned()),
        "integer" => Some("a number".to_owned()),
        "string" if key["enum"].is_array() => Some(words(&key["enum"])),
        "string" if key["pattern"].is_string() => Some("a time".to_owned()),
        "string" => Some("a text".to_owned()),
        "array" if key["items"]["type"] == "object" => None,
        "array" => Some(match (&key["items"]["enum"], &key["items"]["pattern"]) {
            (list, _) if list.as_array().is_some_and(|list| list.len() < 5) => {
                format!("a list of {}", words(list))
            }
            (list, _) if list.is_array() => "a list of rules".to_owned(),
            (_, pattern) if pattern.is_string() => "a list of functions or types".to_owned(),
            _ => "a list of texts".to_owned(),
        }),
        _ => None,
    }
}

#[test]
fn the_documentation_has_every_key_with_its_default() {
    let schema: serde_json::Value = serde_json::from_str(&told("config schema").out).unwrap();
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md")).unwrap();
    let mut expected = String::new();
    let mut rest = &*page;
    while let Some((before, behind)) = rest.split_once("<!-- keys: ") {
        let (name, behind) = behind.split_once("-->\n").unwrap();
        let (_, behind) = behind.split_once("<!-- end -->").unwrap();
        let mut table = &schema;
        for part in name.trim().split('.').filter(|part| !part.is_empty()) {
            let inner = &table["properties"][part];
            table = if inner["type"] == "array" { &inner["items"] } else { inner };
        }
        expected += &format!("{before}<!-- keys: {name}-->\n\n{}\n<!-- end -->", rows(table));
        rest = behind;
    }
    expected += rest;
    assert_current("docs/configuration.md", &expected);
}
