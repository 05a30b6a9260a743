//! What becomes of a finding: reports, `//nolint`, limits, exit codes, and the same bytes in every run.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod program;

use std::fs;
use std::process::Command;

use program::{Outcome, module, run};
use tempfile::TempDir;

/// A map written by goroutines of a loop; `{}` is where a comment may stand.
const RACE: &str = "package store

func Count(words []string, done chan bool) map[string]int {
	counts := map[string]int{}
	for _, word := range words {
		go func() {
			counts[word]++ {}
			done <- true
		}()
	}
	return counts
}
";

fn race_with(comment: &str) -> String {
    RACE.replace(" {}", comment)
}

fn racy_module() -> TempDir {
    module(&[("store/store.go", &race_with(""))])
}

fn json(outcome: &Outcome) -> serde_json::Value {
    serde_json::from_str(&outcome.out).unwrap()
}

fn texts(outcome: &Outcome) -> Vec<String> {
    let report = json(outcome);
    let issues = report["Issues"].as_array().unwrap();
    issues.iter().map(|issue| issue["Text"].as_str().unwrap().to_owned()).collect()
}

const JSON: &str = "--output.json.path stdout --show-stats=false";

/// A controller that changes what its lister gives; neither the lister's type nor the object's is at hand.
const CACHED: &str = r#"package controller

import (
	informers "k8s.io/client-go/informers/core/v1"
	listers "k8s.io/client-go/listers/core/v1"
)

const seen = "seen"

type Controller struct {
	nodes listers.NodeLister
	pods  informers.PodInformer
}

func (c *Controller) Mark(name string) {
	node, _ := c.nodes.Get(name)
	node.Labels[seen] = name
	copied := node.DeepCopy()
	copied.Labels[seen] = name
}

func (c *Controller) Sweep(namespace string) {
	pods, _ := c.pods.Lister().Pods(namespace).List(nil)
	for _, pod := range pods {
		annotations := pod.GetAnnotations()
		delete(annotations, seen)
		pod.Spec.Containers[0] = nil
	}
}
"#;

#[test]
fn an_object_of_a_cache_is_followed_though_its_type_is_not_at_hand() {
    let module = module(&[("controller/controller.go", CACHED)]);
    assert_eq!(
        texts(&run(module.path(), &format!("{JSON} ./..."))),
        [
            "concurrent-map-write: map node.Labels (field NodeLister.Get().Labels) is written here, where others may be using it; \
             the cache gives the same object to all who ask",
            "concurrent-map-write: map annotations (field Pods.List().Annotations) is deleted from here, where others may be \
             using it; the cache gives the same object to all who ask",
        ]
    );
}

/// What is known of a group and of a router is the call that made it; neither library is at hand.
const MADE_ELSEWHERE: &str = r#"package served

import (
	"context"
	"net/http"

	"github.com/gorilla/mux"
	"golang.org/x/sync/errgroup"
)

func Count(ctx context.Context, words []string) map[string]int {
	counts := map[string]int{}
	group, _ := errgroup.WithContext(ctx)
	for _, word := range words {
		group.Go(func() error {
			counts[word]++
			return nil
		})
	}
	_ = group.Wait()
	counts[""] = len(counts)
	return counts
}

type server struct{ hits map[string]int }

func (s *server) hit(_ http.ResponseWriter, request *http.Request) { s.hits[request.URL.Path]++ }

func Serve() error {
	s := &server{hits: map[string]int{}}
	router := mux.NewRouter()
	router.PathPrefix("/api").Subrouter().HandleFunc("/hit", s.hit)
	return http.ListenAndServe("", router)
}
"#;

#[test]
fn groups_and_routers_are_known_by_what_makes_them() {
    let module = module(&[("served/served.go", MADE_ELSEWHERE)]);
    let outcome = run(module.path(), &format!("{JSON} ./..."));
    let texts: Vec<String> =
        texts(&outcome).iter().map(|text| text.split(", ").next().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        texts,
        [
            "concurrent-map-write: map counts (variable) is written here by several goroutines (served/served.go:16:4 in each)",
            "concurrent-map-write: map s.hits (field server.hits) is written here by several goroutines (served/served.go:27:70 in \
             each)",
        ]
    );
}

#[test]
fn text_shows_the_line_the_way_to_it_and_what_to_do() {
    let module = racy_module();
    insta::assert_snapshot!(run(module.path(), "./...").shown(module.path()), @r"
    exit 1
    --- out
    store/store.go:7:4: concurrent-map-write: map counts (variable) is written here by several goroutines (store/store.go:7:4 in each), with no common lock; the goroutines that the loop starts run in parallel (map-concurrency)
    			counts[word]++
    			^
        1. started by the go statement in a loop here, at store/store.go:6:6
        2. counts is written in Count.func1, holding no lock, at store/store.go:7:4
        help: guard every access with one sync.Mutex, or give the map to one goroutine and wait for it before others look
    --- err
    gomapcheck: 1 package, 1 file, 12 lines: 1 finding in TIME
    ");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let module = racy_module();
    assert!(!run(module.path(), "--color auto").out.contains('\x1b'));
    assert!(run(module.path(), "--color always").out.contains("\x1b[1mstore/store.go:7\x1b[22m:4: \x1b[31m"));
}

#[test]
fn json_points_at_the_bytes_of_the_map() {
    let module = racy_module();
    let outcome = run(module.path(), JSON);
    assert_eq!(outcome.code, 1);
    let issue = &json(&outcome)["Issues"][0];
    let offset = usize::try_from(issue["Pos"]["Offset"].as_u64().unwrap()).unwrap();
    assert!(race_with("")[offset..].starts_with("counts[word]++"));
    assert_eq!(issue["Pos"]["Filename"], "store/store.go");
    assert_eq!((&issue["Pos"]["Line"], &issue["Pos"]["Column"]), (&7.into(), &4.into()));
    assert_eq!(issue["SourceLines"], serde_json::json!(["\t\t\tcounts[word]++"]));
    assert_eq!(issue["FromLinter"], "map-concurrency");
    assert!(issue["Text"].as_str().unwrap().starts_with("concurrent-map-write: map counts (variable)"));
}

/// `GOLANGCI_JSON_CHECKER` names a program that takes `--root DIR FILE` and fails if FILE is not golangci-lint's JSON.
#[test]
fn json_satisfies_an_outside_checker() {
    let Some(checker) = std::env::var_os("GOLANGCI_JSON_CHECKER") else { return };
    let module = racy_module();
    for (flag, version) in [("--output.json.path report.json", "2"), ("--out-format json:report.json", "1")] {
        assert_eq!(run(module.path(), &format!("{flag} --show-stats=false")).code, 1);
        let output = Command::new(&checker)
            .args(["--linter", "map-concurrency", "--sorted", "--bytes", "--version", version, "--root"])
            .args([module.path(), &module.path().join("report.json")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn nolint_silences_the_line_the_statement_or_the_file() {
    for (comment, silenced) in [
        (" //nolint", true),
        (" //nolint:map-concurrency // one word only", true),
        (" //nolint:gomapcheck", true),
        (" //nolint:concurrent-map-write", true),
        (" //nolint:errcheck", false),
        (" // nolint: map-concurrency", true),
    ] {
        let module = module(&[("store/store.go", &race_with(comment))]);
        assert_eq!(texts(&run(module.path(), JSON)).is_empty(), silenced, "{comment}");
    }
    let above = race_with("").replace("func Count", "//nolint:map-concurrency\nfunc Count");
    assert_eq!(run(module(&[("a.go", &above)]).path(), "./...").code, 0);
    let file = race_with("").replace("package store", "//nolint:map-concurrency\npackage store");
    let outcome = run(module(&[("a.go", &file)]).path(), "./...");
    assert!(outcome.err.contains("not shown: 1 by //nolint"), "{}", outcome.err);
}

#[test]
fn findings_in_generated_files_are_not_shown() {
    let generated = format!("// Code generated by hand. DO NOT EDIT.\n\n{}", race_with(""));
    let outcome = run(module(&[("a.go", &generated)]).path(), "./...");
    assert_eq!((outcome.code, &*outcome.out), (0, ""));
    assert!(outcome.err.contains("not shown: 1 in generated files"), "{}", outcome.err);
}

#[test]
fn limits_keep_the_first_findings_in_order() {
    let second = race_with("").replace("Count", "Tally").replace("counts", "tallies");
    let module = module(&[("store/a.go", &race_with("")), ("store/b.go", &second)]);
    let all = texts(&run(module.path(), JSON));
    assert_eq!(all.len(), 2);
    assert_eq!(texts(&run(module.path(), &format!("{JSON} --max-issues-per-linter 1"))), all[..1]);
    assert_eq!(texts(&run(module.path(), &format!("{JSON} --max-same-issues 1"))), all);
}

#[test]
fn the_exit_code_for_findings_may_be_chosen() {
    let module = racy_module();
    assert_eq!(run(module.path(), "./...").code, 1);
    assert_eq!(run(module.path(), "--issues-exit-code 0 ./...").code, 0);
    assert_eq!(run(module.path(), "--issues-exit-code 9 ./...").code, 9);
    assert_eq!(run(module.path(), "./nosuch ./store").code, 1, "findings go before errors");
}

#[test]
fn paths_are_relative_to_where_the_run_began() {
    let module = racy_module();
    let outcome = run(&module.path().join("store"), JSON);
    assert_eq!(json(&outcome)["Issues"][0]["Pos"]["Filename"], "store.go");
}

#[test]
fn every_run_prints_the_same_bytes() {
    let files: Vec<(String, String)> = (0..40)
        .map(|n| (format!("p{}/f{n}.go", n % 7), race_with("").replace("Count", &format!("Count{n}"))))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let module = module(&files);
    let printed = |threads: u32| {
        let outcome = run(module.path(), &format!("--threads {threads} --show-stats=false"));
        assert_eq!(outcome.code, 1);
        outcome.out
    };
    let one = printed(1);
    assert_eq!(one.matches("(map-concurrency)").count(), 40);
    assert!(one == printed(16) && one == printed(16), "threads change the report");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let module = racy_module();
    fs::write(module.path().join("run.sh"), "\"$1\" -C \"$2\" --show-stats=false | true\n").unwrap();
    if cfg!(unix) {
        let output = Command::new("sh")
            .arg(module.path().join("run.sh"))
            .args([env!("CARGO_BIN_EXE_gomapcheck").as_ref(), module.path().as_os_str()])
            .output()
            .unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
