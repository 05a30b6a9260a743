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
fn a_file_of_others_is_left_alone() {
    let module =
        module(&[("a.go", QUIET), (".golangci.toml", "[linters.settings.custom.other.settings]\nx = 1\n")]);
    assert_eq!(run(module.path(), "").code, 0);
    let broken = self::module(&[("a.go", QUIET), (".golangci.yml", "run:\n  timeout: 1m\nrun:\n")]);
    assert_eq!(run(broken.path(), "").code, 0);
    write(broken.path(), ".golangci.yml", "run: {}\nrun: {} # map-concurrency\n");
    assert_eq!(run(broken.path(), "").code, 3);
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
