//! Settings from files: where they are found, what they change, what is told of mistakes in them.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;

use program::{module, run, write};

/// A pool of the module's own whose method starts nothing in view.
const POOL: &str = "\
package m

type Pool struct{ tasks []func() }

func (p *Pool) Go(task func()) { p.tasks = append(p.tasks, task) }

func fill(p *Pool) map[int]int {
	squares := map[int]int{}
	for i := range 9 {
		p.Go(func() { squares[i] = i * i })
	}
	return squares
}
";

const RACE: &str = "\
package m

func fill() map[int]int {
	squares := map[int]int{}
	for i := range 9 {
		go func() { squares[i] = i * i }()
	}
	return squares
}
";

const QUIET: &str = "package m\n";

#[test]
fn users_add_launchers_of_their_own() {
    let module = module(&[("a.go", POOL)]);
    assert_eq!(run(module.path(), "").code, 0);
    write(module.path(), "gomapcheck.toml", "launchers = ['example.com/m.Pool.Go']\n");
    let outcome = run(module.path(), "--show-stats=false");
    insta::assert_snapshot!(outcome.shown(module.path()), @r"
    exit 1
    --- out
    a.go:10:17: concurrent-map-write: map squares (variable) is written here by several goroutines (a.go:10:17 in each), with no common lock; the goroutines that the loop starts run in parallel (map-concurrency)
    		p.Go(func() { squares[i] = i * i })
    		              ^
        1. started by m.Pool.Go in a loop here, at a.go:10:3
        2. squares is written in fill.func1, holding no lock, at a.go:10:17
        help: guard every access with one sync.Mutex, or give the map to one goroutine and wait for it before others look
    --- err
    ");
}

/// A type whose lock no one can see, and one whose comment declares a lock that a method forgets.
const STORES: &str = "\
package m

import \"sync\"

type Store struct{ items map[int]int }

func (s *Store) Put(i int) { s.items[i] = i }

type Table struct {
	mu   sync.Mutex
	rows map[int]int // guarded by mu
}

func (t *Table) Put(i int) { t.rows[i] = i }

func fill(s *Store) {
	for i := range 9 {
		go s.Put(i)
	}
}
";

#[test]
fn a_container_orders_access_by_itself() {
    let module = module(&[("a.go", STORES), ("gomapcheck.toml", "guard-comments = false\n")]);
    assert_eq!(run(module.path(), "").out.matches("(map-concurrency)").count(), 1);
    write(module.path(), "gomapcheck.toml", "guard-comments = false\ncontainers = ['example.com/m.Store']\n");
    assert_eq!(run(module.path(), "").code, 0);
}

#[test]
fn comments_on_locks_are_believed_unless_told_otherwise() {
    let module = module(&[("a.go", STORES), ("gomapcheck.toml", "containers = ['example.com/m.Store']\n")]);
    let outcome = run(module.path(), "");
    assert!(outcome.out.contains("unguarded-map-access"), "{}", outcome.out);
    write(module.path(), "gomapcheck.toml", "containers = ['example.com/m.Store']\nguard-comments = false\n");
    assert_eq!(run(module.path(), "").code, 0);
}

#[test]
fn golangci_lints_file_has_a_part_of_ours() {
    let module = module(&[("a.go", RACE)]);
    assert_eq!(run(module.path(), "").code, 1);
    let text = "version: '2'\nlinters:\n  enable: [errcheck]\n  settings:\n    errcheck: {no-such-key: 1}\n    custom:\n      \
                map-concurrency:\n        settings:\n          disable: [concurrent-map-write]\n";
    write(module.path(), ".golangci.yml", text);
    assert_eq!(run(module.path(), "").code, 0);
    assert_eq!(run(module.path(), "--no-config").code, 1);
    let path = module.path().join(".golangci.yml").to_string_lossy().into_owned();
    write(module.path(), "gomapcheck.toml", "");
    assert_eq!(run(module.path(), "").code, 1);
    assert_eq!(run(module.path(), &format!("-c {path}")).code, 0);
}

#[test]
fn the_parts_of_golangci_lints_file_that_concern_one_linter_are_honoured() {
    let tagged = format!("//go:build special\n\n{RACE}");
    let module = module(&[("b/b.go", QUIET), ("b/a_test.go", RACE), ("b/c.go", &tagged)]);
    let configure = |text: &str| write(module.path(), ".golangci.yml", &format!("version: '2'\n{text}"));
    configure("run: {issues-exit-code: 9}\n");
    assert_eq!(run(module.path(), "").code, 9);
    assert_eq!(run(module.path(), "--issues-exit-code 2").code, 2);
    configure("run: {tests: false}\n");
    assert_eq!(run(module.path(), "").code, 0);
    assert_eq!(run(module.path(), "--tests").code, 1);
    configure("run: {tests: false, build-tags: [special]}\noutput: {show-stats: false}\n");
    let outcome = run(module.path(), "");
    assert_eq!((outcome.code, &*outcome.err), (1, ""));
    configure("run: {timeout: 1}\n");
    assert_eq!(run(module.path(), "").code, 4);
    assert_eq!(run(module.path(), "--timeout 0").code, 1);
}

#[test]
fn paths_begin_at_the_configuration() {
    let module = module(&[("b/a.go", RACE), (".golangci.yml", "version: '2'\n")]);
    let below = module.path().join("b");
    assert!(run(&below, "").out.starts_with("b/a.go:6:"), "{}", run(&below, "").out);
    assert!(run(&below, "--no-config").out.starts_with("a.go:6:"));
    write(module.path(), ".golangci.yml", "");
    assert!(run(&below, "").out.starts_with("a.go:6:"), "version 1 begins at the working directory");
    write(module.path(), ".golangci.yml", "version: '2'\nrun: {relative-path-mode: gitroot}\n");
    let outcome = run(&below, "");
    assert!(outcome.code == 3 && outcome.err.contains("no .git is in"), "{}", outcome.err);
}

#[test]
fn golangci_lints_file_may_disable_us_by_name() {
    let text = "version: '2'\nlinters: {disable: [map-concurrency]}\n";
    let module = module(&[("a.go", RACE), (".golangci.yml", text)]);
    insta::assert_snapshot!(run(module.path(), "--output.json.path stdout").shown(module.path()), @r#"
    exit 0
    --- out
    {"Issues":[],"Report":{"Warnings":[{"Text":"DIR/.golangci.yml: linters.disable names map-concurrency, so nothing is analysed; take it out of there, or use --enable-only map-concurrency"}],"Linters":[{"Name":"map-concurrency","Enabled":true}]}}
    --- err
    gomapcheck: warning: DIR/.golangci.yml: linters.disable names map-concurrency, so nothing is analysed; take it out of there, or use --enable-only map-concurrency
    "#);
    write(module.path(), ".golangci.yml", "version: '2'\nlinters: {default: none, enable: [errcheck]}\n");
    assert_eq!(run(module.path(), "").code, 1, "who starts us wants us to run");
}

#[test]
fn our_file_may_stand_on_golangci_lints() {
    let theirs = "version: '2'\nrun: {issues-exit-code: 9}\noutput: {show-stats: false}\nlinters:\n  disable: [map-concurrency]\n  \
                  exclusions: {paths: ['^b/']}\n";
    let module = module(&[("a.go", RACE), ("b/b.go", RACE), (".golangci.yml", theirs)]);
    let configure =
        |text: &str| write(module.path(), "gomapcheck.toml", &format!("extends = '.golangci.yml'\n{text}"));
    configure("");
    let outcome = run(module.path(), "--output.text.print-issued-lines=false");
    assert_eq!((outcome.code, outcome.out.lines().count(), &*outcome.err), (9, 1, ""));
    configure("[run]\nissues-exit-code = 2\n[exclusions]\npaths = ['^a']\n");
    let outcome = run(module.path(), "--output.text.print-issued-lines=false");
    assert!(outcome.code == 2 && outcome.out.starts_with("b/b.go:"), "{}", outcome.out);
    write(module.path(), "gomapcheck.toml", "extends = 'other.toml'\n");
    write(module.path(), "other.toml", "preview = true\n");
    let outcome = run(module.path(), "");
    assert_eq!(outcome.code, 3);
    assert!(
        outcome.err.ends_with("extends takes a file of golangci-lint's, and other.toml is none\n"),
        "{}",
        outcome.err
    );
    configure("");
    write(module.path(), ".golangci.yml", "version: '3'\n");
    assert!(run(module.path(), "").err.contains(".golangci.yml: version: unsupported"));
}

#[test]
fn a_flag_beats_the_file() {
    let module =
        module(&[("a.go", RACE), ("gomapcheck.toml", "min-confidence = 'certain'\npreview = true\n")]);
    assert_eq!(run(module.path(), "").code, 1);
    let outcome = run(module.path(), "--min-confidence possible --preview=false --verbose");
    assert_eq!(outcome.code, 1);
    let settings = outcome.err.lines().find(|line| line.contains("settings from"));
    assert!(settings.is_some_and(|line| line.ends_with("gomapcheck.toml")), "{}", outcome.err);
}

#[test]
fn mistakes_are_errors_that_say_what_is_meant() {
    let module = module(&[("a.go", QUIET), ("gomapcheck.toml", "launcher = []\n"), ("b.yml", "[")]);
    let told = |line: &str| run(module.path(), line).shown(module.path());
    insta::assert_snapshot!(told(""), @r"
    exit 3
    --- out
    --- err
    gomapcheck: error: DIR/gomapcheck.toml: there is no setting launcher; did you mean launchers?
    ");
    let missing = run(module.path(), "--config missing.toml");
    assert!(missing.code == 3 && missing.err.contains("cannot read missing.toml"), "{}", missing.err);
    let broken = format!("--config {}", module.path().join("b.yml").display());
    assert_eq!(run(module.path(), &broken).code, 3);
    assert_eq!(run(module.path(), "--no-config").code, 0);
}

#[test]
fn what_others_say_is_left_alone() {
    let module = module(&[
        ("a.go", QUIET),
        (".golangci.toml", "version = '2'\n[linters.settings.custom.other.settings]\nx = 1\n"),
    ]);
    assert_eq!(run(module.path(), "").code, 0);
}

#[test]
fn the_documentations_examples_are_understood() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md")).unwrap();
    let example = |language: &str| {
        let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    let module = module(&[("a.go", QUIET), (".golangci.yml", &example("yaml"))]);
    assert_eq!(run(module.path(), "").code, 0);
    write(module.path(), "gomapcheck.toml", &example("toml"));
    assert_eq!(run(module.path(), "").code, 0);
}
