//! What the program does for its user: flags, streams, exit codes. Most tests call it without a process.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;

use std::fs;
use std::process::Command;

use program::{module, run, run_plain, write};

const QUIET: &str = "package m\n\nvar total int\n";

#[test]
fn a_clean_module_says_what_was_analysed() {
    let module = module(&[("a.go", QUIET), ("b/b.go", "package b\n"), ("a_test.go", "package m\n")]);
    insta::assert_snapshot!(run(module.path(), "").shown(module.path()), @r"
    exit 0
    --- out
    --- err
    gomapcheck: 2 packages, 3 files, 5 lines: 0 findings in TIME
    ");
    insta::assert_snapshot!(run(module.path(), "--tests=false ./b").shown(module.path()), @r"
    exit 0
    --- out
    --- err
    gomapcheck: 1 package, 1 file, 1 line: 0 findings in TIME
    ");
}

#[test]
fn json_is_one_line_and_nothing_else() {
    let module = module(&[("a.go", QUIET)]);
    let v2 = run(module.path(), "run --output.json.path stdout --show-stats=false ./...");
    insta::assert_snapshot!(v2.shown(module.path()), @r#"
    exit 0
    --- out
    {"Issues":[],"Report":{"Linters":[{"Name":"map-concurrency","Enabled":true}]}}
    --- err
    "#);
    let v1 = run(module.path(), "--out-format json --show-stats=false ./...");
    insta::assert_snapshot!(v1.shown(module.path()), @r#"
    exit 0
    --- out
    {"Issues":[],"Report":{"Linters":[{"Name":"map-concurrency","Enabled":true,"EnabledByDefault":true}]}}
    --- err
    "#);
}

#[test]
fn reports_go_where_they_are_sent() {
    let module = module(&[("a.go", QUIET)]);
    let outcome = run(
        module.path(),
        "--output.json.path reports/map.json --output.text.path stderr --show-stats=false",
    );
    assert_eq!((outcome.code, &*outcome.out, &*outcome.err), (0, "", ""));
    let written = fs::read_to_string(module.path().join("reports/map.json")).unwrap();
    assert!(written.starts_with("{\"Issues\":[],"), "{written}");
}

#[test]
fn no_library_at_all_is_asked_for_with_an_empty_name() {
    let module = module(&[("a.go", QUIET)]);
    for flags in ["--goroot= --gopath= ./...", "--goroot=/nowhere --gopath=/nowhere ./..."] {
        let outcome = run(module.path(), flags);
        assert_eq!((outcome.code, &*outcome.out), (0, ""), "{flags}: {}", outcome.err);
    }
}

#[test]
fn a_report_that_cannot_be_written_is_a_failure() {
    let module = module(&[("a.go", QUIET)]);
    let outcome = run(module.path(), "--output.json.path a.go/x.json");
    assert_eq!(outcome.code, 3);
    assert!(
        outcome.err.contains("cannot write to ") && outcome.err.contains("a.go/x.json"),
        "{}",
        outcome.err
    );
}

#[test]
fn a_place_without_go_files_has_its_own_exit_code() {
    let module = module(&[("empty/readme.md", "")]);
    insta::assert_snapshot!(run(module.path(), "./...").shown(module.path()), @r"
    exit 5
    --- out
    --- err
    gomapcheck: error: ./...: matched no packages; no directory in its reach holds Go files
    gomapcheck: 0 packages, 0 files, 0 lines: 0 findings in TIME; passed over: 1 problem told above
    ");
    assert_eq!(run(module.path(), "./empty").code, 5);
}

#[test]
fn a_pattern_without_a_match_is_told_and_the_rest_is_done() {
    let module = module(&[("a.go", QUIET)]);
    insta::assert_snapshot!(run(module.path(), "./nosuch .").shown(module.path()), @r"
    exit 7
    --- out
    --- err
    gomapcheck: error: ./nosuch: matched no packages; there is no directory DIR/nosuch
    gomapcheck: 1 package, 1 file, 3 lines: 0 findings in TIME; passed over: 1 problem told above
    ");
    let json = run(module.path(), "--output.json.path stdout --show-stats=false ./nosuch .");
    assert!(json.out.contains("\"Error\":\"./nosuch: "), "{}", json.out);
}

#[test]
fn a_broken_go_mod_is_told_and_the_rest_is_done() {
    let module = module(&[("a.go", QUIET)]);
    write(module.path(), "go.mod", "modul example.com/m\n");
    let outcome = run(module.path(), "./...");
    assert_eq!(outcome.code, 7, "{}", outcome.err);
    assert!(outcome.err.starts_with("gomapcheck: error: "), "{}", outcome.err);
    assert!(outcome.err.contains("go.mod") && outcome.err.contains("1 package, 1 file"), "{}", outcome.err);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told_and_the_rest_is_done() {
    let module = module(&[("a.go", QUIET)]);
    std::os::unix::fs::symlink("nowhere.go", module.path().join("b.go")).unwrap();
    let outcome = run(module.path(), "./...");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.err.contains("warning: ") && outcome.err.contains("b.go"), "{}", outcome.err);
}

#[test]
fn a_missing_directory_is_a_failure() {
    let module = module(&[]);
    let outcome = run(&module.path().join("nosuch"), "./...");
    assert_eq!(outcome.code, 3);
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
}

#[test]
fn a_wrong_flag_is_a_failure_told_in_one_sentence() {
    let outcome = run_plain(vec!["--min-confidnce".into(), "likely".into()]);
    assert_eq!(outcome.code, 3);
    assert_eq!(
        outcome.err,
        "gomapcheck: error: unknown flag --min-confidnce; did you mean --min-confidence?\n"
    );
}

#[test]
fn the_time_may_run_out() {
    let module = module(&[("a.go", QUIET)]);
    let outcome = run(module.path(), "--timeout 1ns");
    assert_eq!((outcome.code, &*outcome.out), (4, ""));
}

#[test]
fn every_listed_rule_is_explained() {
    let rules = run_plain(vec!["rules".into()]);
    assert_eq!(rules.code, 0);
    for line in rules.out.lines() {
        let name = line.split_whitespace().next().unwrap();
        let explained = run_plain(vec!["explain".into(), name.into()]);
        assert!(explained.out.starts_with(&format!("# {name}\n")), "{}", explained.out);
        assert!(explained.out.contains("## Why\n") && explained.out.contains("## Good\n"), "{name}");
    }
    let unknown = run_plain(vec!["explain".into(), "map-race".into()]);
    assert_eq!((unknown.code, unknown.err.contains("`gomapcheck rules` lists them")), (3, true));
}

#[test]
fn map_operations_are_dumped_as_json_lines() {
    let text = "package m\n\nvar m = map[string]int{}\n\ntype T struct{ m map[int]bool }\n\n\
                func (t *T) F() int {\n\tgo func() { delete(t.m, 1) }()\n\tm[\"a\"]++\n\treturn len(m)\n}\n";
    let module = module(&[("p/a.go", text)]);
    let outcome = run(module.path(), "dump map-ops ./...");
    insta::assert_snapshot!(outcome.shown(module.path()), @r#"
    exit 0
    --- out
    {"file":"p/a.go","line":8,"col":21,"op":"delete","map":"t.m","in":"(*T).F"}
    {"file":"p/a.go","line":9,"col":2,"op":"write","map":"m","in":"(*T).F"}
    {"file":"p/a.go","line":10,"col":13,"op":"len","map":"m","in":"(*T).F"}
    --- err
    "#);
}

#[test]
fn the_intermediate_representation_is_dumped() {
    let module = module(&[("a.go", QUIET)]);
    let outcome = run(module.path(), "dump ir a.go");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.starts_with("// a.go\npackage m\n"), "{}", outcome.out);
}

#[test]
fn the_summaries_of_functions_are_dumped() {
    let module = module(&[("a.go", "package m\n\nfunc Put(m map[int]int) { m[1] = 2 }\n")]);
    let outcome = run(module.path(), "dump summaries");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.starts_with("Put\n  access write "), "{}", outcome.out);
}

#[test]
fn the_binary_hands_the_exit_code_on() {
    let module = module(&[("a.go", QUIET)]);
    let output =
        Command::new(env!("CARGO_BIN_EXE_gomapcheck")).arg("-C").arg(module.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let output = Command::new(env!("CARGO_BIN_EXE_gomapcheck")).arg("--nosuch").output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
}

/// A distribution's Go is often older than the Go that a module asks for: what it does not have yet is still known.
#[test]
fn an_old_standard_library_hides_nothing() {
    let module = module(&[(
        "a.go",
        "package m\n\nimport \"sync\"\n\nfunc F(keys []string) int {\n\tm := map[string]int{}\n\tvar group sync.WaitGroup\n\t\
         for _, key := range keys {\n\t\tgroup.Go(func() { m[key]++ })\n\t}\n\tgroup.Wait()\n\treturn len(m)\n}\n",
    )]);
    let root = tempfile::tempdir().unwrap();
    let old = "package sync\n\ntype WaitGroup struct{ n int }\n\nfunc (wg *WaitGroup) Add(delta int) {}\n\nfunc (wg *WaitGroup) Wait() {}\n";
    write(root.path(), "src/sync/waitgroup.go", old);
    write(root.path(), "VERSION", "go1.19.8\n");
    let variables = |name: &str| (name == "GOROOT").then(|| root.path().into());
    let outcome = program::run_with(module.path(), "", &variables);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.out.contains("a.go:9:21: concurrent-map-write"), "{}", outcome.out);
}
