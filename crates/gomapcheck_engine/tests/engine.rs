//! An engine over files in a directory: what it counts, keeps and passes over.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

use std::fs;
use std::sync::Mutex;

use gomapcheck_engine::{Engine, Progress, Silent, Stage};
use gomapcheck_project::{Options, Workspace};
use tempfile::TempDir;

fn module(files: &[(&str, &str)]) -> (TempDir, Workspace) {
    let directory = tempfile::tempdir().unwrap();
    for (path, text) in [("go.mod", "module example.com/m\n\ngo 1.24\n")].iter().chain(files) {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let workspace = Workspace::open(&Options::new(directory.path(), ["./..."])).unwrap();
    (directory, workspace)
}

#[test]
fn statistics_count_the_targets() {
    let a = "package m\n\nfunc f() { g := func() {}; g() }\n";
    let b = "package b\n\nfunc assembly()\n";
    let (_directory, workspace) = module(&[("a.go", a), ("b/b.go", b)]);
    let statistics = Engine::new(&workspace, &Silent).analyse(&workspace.graph()).unwrap().statistics;
    assert_eq!((statistics.packages, statistics.files, statistics.lines), (2, 2, 6));
    assert_eq!((statistics.functions, statistics.opaque_functions), (3, 0));
    assert_eq!(statistics.bytes, a.len() + b.len());
}

#[test]
fn a_function_that_cannot_be_read_is_counted_and_costs_nothing_else() {
    let text = "package m\n\nfunc broken() { if { ( }\n\nfunc whole(m map[int]int) { m[1] = 2 }\n";
    let (_directory, workspace) = module(&[("a.go", text)]);
    let engine = Engine::new(&workspace, &Silent);
    let statistics = engine.analyse(&workspace.graph()).unwrap().statistics;
    assert!(statistics.opaque_functions >= 1, "{statistics:?}");
    assert_eq!(statistics.lines, 5);
}

#[test]
fn directives_come_with_their_files() {
    let text = "package m\n\nvar a int //nolint:map-concurrency // because\n";
    let (_directory, workspace) = module(&[("a.go", text), ("b.go", "package m\n")]);
    let directives = Engine::new(&workspace, &Silent).directives(&workspace.graph().targets);
    let [file] = &directives[..] else { unreachable!("{directives:?}") };
    let [directive] = &file.directives[..] else { unreachable!("{file:?}") };
    assert_eq!((directive.first_line, directive.last_line), (3, 3));
    assert_eq!(&*directive.text, "nolint:map-concurrency // because");
}

#[test]
fn map_operations_name_their_place_and_function() {
    let text = "package m\n\ntype T struct{ m map[int]int }\n\nfunc (t T) f() { func() { (t.m)[1]++ }() }\n";
    let (_directory, workspace) = module(&[("p/a.go", text)]);
    let operations = Engine::new(&workspace, &Silent).map_operations(&workspace.graph());
    let shown: Vec<String> = operations
        .iter()
        .map(|o| format!("{}:{} {} {} in {}", o.path, o.position, o.operation, o.map, o.function))
        .collect();
    assert_eq!(shown, ["p/a.go:5:27 write t.m in T.f"]);
}

#[test]
fn a_literal_may_capture_the_variable_that_holds_it() {
    let text = "package m\n\nfunc f(run func(func())) {\n\tvar again func()\n\tagain = func() { run(again) }\n\t\
                go again()\n}\n";
    let (_directory, workspace) = module(&[("a.go", text)]);
    let analysis = Engine::new(&workspace, &Silent).analyse(&workspace.graph()).unwrap();
    assert!(analysis.conflicts.is_empty(), "{:?}", analysis.conflicts);
}

/// Writes down what it is told; stops the run after `stages` stages.
struct Log {
    told: Mutex<Vec<String>>,
    stages: usize,
}

impl Progress for Log {
    fn begin(&self, stage: Stage, total: usize) {
        self.told.lock().unwrap().push(format!("{} {total}", stage.as_str()));
    }

    fn advance(&self) {
        self.told.lock().unwrap().push("step".to_owned());
    }

    fn is_stopped(&self) -> bool {
        self.told.lock().unwrap().iter().filter(|told| *told != "step").count() > self.stages
    }
}

fn told(stages: usize) -> (Vec<String>, bool) {
    let (_directory, workspace) = module(&[("a.go", "package m\n"), ("b.go", "package m\n")]);
    let log = Log { told: Mutex::default(), stages };
    let ended = Engine::new(&workspace, &log).analyse(&workspace.graph()).is_some();
    (log.told.into_inner().unwrap(), ended)
}

#[test]
fn progress_is_told_stage_by_stage() {
    let (told, ended) = told(usize::MAX);
    assert_eq!(told, ["reading files 2", "step", "step", "resolving types 0", "looking for races 0"]);
    assert!(ended);
}

#[test]
fn a_stopped_run_has_no_result() {
    let (told, ended) = told(1);
    assert_eq!(told.last().map(String::as_str), Some("resolving types 0"));
    assert!(!ended);
}
