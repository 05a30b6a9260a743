//! Malformed configurations: each has one clear sentence with the file in it, and exit code 3.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;

use std::fs;
use std::path::Path;

use program::{module, run, write};

const QUIET: &str = "package m\n";

/// What is told of a configuration with these bytes: one line, and the exit code says failure.
fn told(name: &str, bytes: &[u8]) -> String {
    let module = module(&[("a.go", QUIET)]);
    fs::write(module.path().join(name), bytes).unwrap();
    sentence(module.path(), "")
}

fn sentence(directory: &Path, line: &str) -> String {
    let outcome = run(directory, line);
    assert_eq!((outcome.code, &*outcome.out), (3, ""), "{}", outcome.err);
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    assert!(outcome.err.len() < 500, "{}", outcome.err);
    let told = outcome.err.trim_end().strip_prefix("gomapcheck: error: ").unwrap();
    told.replace(&format!("{}/", fs::canonicalize(directory).unwrap().display()), "")
}

#[test]
fn what_is_no_text() {
    insta::assert_snapshot!(told("gomapcheck.toml", b"\x7fELF\x02\x01\x01\x00\xff\xfe"), @"gomapcheck.toml: is not UTF-8 text (byte 8); save it in that encoding");
    insta::assert_snapshot!(told(".golangci.yml", &[0xff, 0xfe, b'r', 0, b'u', 0, b'n', 0]), @".golangci.yml: is not UTF-8 text (byte 0); save it in that encoding");
    insta::assert_snapshot!(told(".golangci.yml", b"run: \xe9t\xe9\n"), @".golangci.yml: is not UTF-8 text (byte 5); save it in that encoding");
    insta::assert_snapshot!(told(".golangci.yml", b"run: {}\x00\x01\x02\n"), @".golangci.yml: is no YAML: control characters are not allowed at position 7");
    insta::assert_snapshot!(told("gomapcheck.toml", b"preview = true\x00\n"), @"gomapcheck.toml: is no TOML: TOML parse error at line 1, column 11: invalid boolean, expected `true`");
    insta::assert_snapshot!(told(".golangci.json", b"\x1f\x8b\x08"), @".golangci.json: is not UTF-8 text (byte 1); save it in that encoding");
}

#[test]
fn what_is_of_another_language() {
    insta::assert_snapshot!(told("gomapcheck.toml", b"run:\n  timeout: 5m\n"), @"gomapcheck.toml: is no TOML: TOML parse error at line 1, column 5: key with no value, expected `=`");
    insta::assert_snapshot!(told(".golangci.yml", b"[run]\ntimeout = '5m'\n"), @".golangci.yml: holds a list where keys are wanted");
    insta::assert_snapshot!(told(".golangci.json", b"run: {}\n"), @".golangci.json: is no JSON: expected value at line 1 column 1");
    insta::assert_snapshot!(told(".golangci.json", b"{\"run\": {},}\n"), @".golangci.json: is no JSON: trailing comma at line 1 column 12");
    insta::assert_snapshot!(told(".golangci.yml", b"<<<<<<< HEAD\nrun: {}\n=======\nrun: {tests: false}\n>>>>>>> x\n"), @".golangci.yml: is no YAML: mapping values are not allowed in this context at line 2 column 4");
    insta::assert_snapshot!(told(".golangci.yml", b"just a sentence\n"), @r#".golangci.yml: holds "just a sentence" where keys are wanted"#);
    insta::assert_snapshot!(told(".golangci.json", b"[]"), @".golangci.json: holds a list where keys are wanted");
}

#[test]
fn what_is_said_twice_or_out_of_place() {
    insta::assert_snapshot!(told("gomapcheck.toml", b"preview = true\npreview = false\n"), @"gomapcheck.toml: is no TOML: TOML parse error at line 2, column 1: duplicate key");
    insta::assert_snapshot!(told("gomapcheck.toml", b"[run]\n[output]\n[run]\n"), @"gomapcheck.toml: is no TOML: TOML parse error at line 3, column 2: duplicate key");
    insta::assert_snapshot!(told(".golangci.yml", b"run: {}\noutput: {}\nrun: {}\n"), @r#".golangci.yml: is no YAML: duplicate entry with key "run""#);
    insta::assert_snapshot!(told(".golangci.yml", b"run:\n\ttests: true\n"), @".golangci.yml: is no YAML: found character that cannot start any token at line 2 column 1, while scanning for the next token; lines are indented with blanks, not with tabs");
    insta::assert_snapshot!(told(".golangci.yml", b"run:\n  tests: true\n output: {}\n"), @".golangci.yml: is no YAML: did not find expected key at line 3 column 2, while parsing a block mapping");
    insta::assert_snapshot!(told(".golangci.yml", b"run: *nowhere\n"), @".golangci.yml: is no YAML: unknown anchor at line 1 column 6");
    insta::assert_snapshot!(told(".golangci.yml", b"run: {<<: 3}\n"), @".golangci.yml: is no YAML: the merge key << takes tables only");
    insta::assert_snapshot!(told(".golangci.yml", b"run: [tests, true\n"), @".golangci.yml: is no YAML: did not find expected ',' or ']' at line 2 column 1, while parsing a flow sequence at line 1 column 6");
}

#[test]
fn what_is_too_much() {
    let deep = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(50_000), close.repeat(50_000))
    };
    insta::assert_snapshot!(told(".golangci.yml", deep("[", "", "]").as_bytes()), @".golangci.yml: is no YAML: more than 1000 brackets are open at line 1");
    insta::assert_snapshot!(told(".golangci.yml", deep("{a: ", "1", "}").as_bytes()), @".golangci.yml: is no YAML: more than 1000 brackets are open at line 1");
    insta::assert_snapshot!(told(".golangci.yml", deep("- ", "1", "").as_bytes()), @".golangci.yml: is no YAML: recursion limit exceeded at line 1 column 257");
    insta::assert_snapshot!(told(".golangci.json", deep("[", "", "]").as_bytes()), @".golangci.json: is no JSON: recursion limit exceeded at line 1 column 128");
    insta::assert_snapshot!(told(".golangci.json", deep("{\"a\":", "1", "}").as_bytes()), @".golangci.json: is no JSON: recursion limit exceeded at line 1 column 636");
    insta::assert_snapshot!(told("gomapcheck.toml", format!("a = {}", deep("[", "", "]")).as_bytes()), @"gomapcheck.toml: is no TOML: TOML parse error at line 1, column 85: cannot recurse further; max recursion depth met");
    insta::assert_snapshot!(told("gomapcheck.toml", format!("{}a = 1", "a.".repeat(50_000)).as_bytes()), @"gomapcheck.toml: is no TOML: recursion limit");
    insta::assert_snapshot!(told("gomapcheck.toml", format!("[{}a]\n", "a.".repeat(50_000)).as_bytes()), @"gomapcheck.toml: is no TOML: recursion limit");
    insta::assert_snapshot!(told(".golangci.yml", &vec![b'#'; 5 << 20]), @".golangci.yml: is larger than 1 MiB; is it a configuration?");
    let mut laughs = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let alias = format!("*l{}", level - 1);
        laughs += &format!("l{level}: &l{level} [{}]\n", [&*alias; 10].join(", "));
    }
    insta::assert_snapshot!(told(".golangci.yml", laughs.as_bytes()), @".golangci.yml: is no YAML: repetition limit exceeded");
}

#[test]
fn what_is_no_file() {
    let module = module(&[("a.go", QUIET), ("conf/x.txt", "")]);
    let named = |name: &str| sentence(module.path(), &format!("-c {}", module.path().join(name).display()));
    insta::assert_snapshot!(named("conf"), @"conf: is a directory; name the file in it");
    insta::assert_snapshot!(named("nowhere.yml"), @"cannot read nowhere.yml: No such file or directory (os error 2)");
    insta::assert_snapshot!(named("a.go/x.yml"), @"cannot read a.go/x.yml: Not a directory (os error 20)");
}

#[test]
fn a_directory_of_that_name_is_passed_over() {
    let module = module(&[("a.go", QUIET), ("gomapcheck.toml/x", ""), (".golangci.yml/x", "")]);
    assert_eq!(run(module.path(), "").code, 0);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let module = module(&[("a.go", QUIET), ("gomapcheck.toml", "")]);
    let path = module.path().join("gomapcheck.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The super-user reads everything.
    if fs::read(&path).is_err() {
        insta::assert_snapshot!(sentence(module.path(), ""), @"cannot read gomapcheck.toml: Permission denied (os error 13)");
    }
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("nowhere", &path).unwrap();
    assert_eq!(run(module.path(), "").code, 0, "a link to nowhere is no file");
}

#[test]
fn little_or_nothing_is_right() {
    let module = module(&[("a.go", QUIET)]);
    for (name, text) in [
        ("gomapcheck.toml", ""),
        ("gomapcheck.toml", "\u{feff}preview = true\n"),
        ("gomapcheck.toml", "preview = true\r\n[run]\r\ntests = false\r\n"),
        (".golangci.yml", ""),
        (".golangci.yml", "---\n"),
        (".golangci.yml", "# nothing\n"),
        (".golangci.yml", "run:\noutput: ~\n"),
        (".golangci.yml", "run: &run {tests: true}\nx-more: {<<: *run, timeout: 1m}\n"),
        (".golangci.yml", "RUN: {Tests: true}\r\n"),
        (".golangci.json", "{}"),
        (".golangci.json", ""),
        (".golangci.toml", ""),
    ] {
        write(module.path(), name, text);
        let outcome = run(module.path(), "--show-stats=false");
        assert_eq!((outcome.code, &*outcome.err), (0, ""), "{name}: {text:?}");
        fs::remove_file(module.path().join(name)).unwrap();
    }
}

#[test]
fn values_that_contradict_each_other_or_mean_nothing() {
    let ours = |text: &str| told("gomapcheck.toml", text.as_bytes());
    insta::assert_snapshot!(ours("[run]\ntimeout = 'soon'\n"), @r#"gomapcheck.toml: run.timeout takes a time such as "90s" or "5m", not "soon""#);
    insta::assert_snapshot!(ours("[run]\nconcurrency = -1\n"), @"gomapcheck.toml: run.concurrency takes a whole number from 0, not -1");
    insta::assert_snapshot!(ours("[run]\nconcurrency = 1.5\n"), @"gomapcheck.toml: run.concurrency takes a whole number from 0, not 1.5");
    insta::assert_snapshot!(ours("run = true\n"), @"gomapcheck.toml: run takes a table of keys, not true");
    insta::assert_snapshot!(ours("[severity]\nrules = [{severity = 'error', text = 'x'}]\n"), @r#"gomapcheck.toml: severity.default is needed where there are rules; "@linter" keeps the rules' own"#);
    insta::assert_snapshot!(ours("[[exclusions.rules]]\ntext = 'x'\n"), @"gomapcheck.toml: exclusions.rules[0] needs at least 2 of linters, path, text and source");
    insta::assert_snapshot!(ours("[[exclusions.rules]]\ntext = 'x'\npath = '['\n"), @r#"gomapcheck.toml: exclusions.rules[0].path: "[" is no regular expression: unclosed character class"#);
    insta::assert_snapshot!(ours("[exclusions]\npaths = ['(']\n"), @r#"gomapcheck.toml: exclusions.paths: "(" is no regular expression: unclosed group"#);
    let theirs = |text: &str| told(".golangci.yml", format!("version: '2'\n{text}").as_bytes());
    insta::assert_snapshot!(theirs("run: {timeout: 5 minutes}\n"), @r#".golangci.yml: run.timeout takes a time such as "90s" or "5m", not "5 minutes""#);
    insta::assert_snapshot!(theirs("run: {modules-download-mode: net}\n"), @r#".golangci.yml: run.modules-download-mode takes mod, readonly or vendor, not "net""#);
    insta::assert_snapshot!(theirs("output: {formats: [json]}\n"), @".golangci.yml: output.formats takes a table of keys, not a list");
    insta::assert_snapshot!(theirs("linters: [errcheck]\n"), @".golangci.yml: linters takes a table of keys, not a list");
    insta::assert_snapshot!(theirs("issues: {max-same-issues: three}\n"), @r#".golangci.yml: issues.max-same-issues takes a whole number from 0, not "three""#);
}
