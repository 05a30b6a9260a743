//! Prints the map operations of packages as JSON lines: `mapops [--tests] [--goroot DIR] [--gopath DIR] DIR [PATTERN…]`.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, reason = "a tool for developers")]

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use gomapcheck_ir as ir;
use gomapcheck_project::{Environment, Options, Workspace};
use gomapcheck_source::{Arrangement, FileId, LineIndex, Name, Package, PackageId, Provider};
use gomapcheck_syntax::{Mode, lower};
use gomapcheck_types::{IrProvider, Program, map_operations};

const MOST_FILES: usize = 200_000;

struct Files {
    workspace: Workspace,
    irs: Vec<OnceLock<Arc<ir::File>>>,
}

impl IrProvider for Files {
    fn package(&self, id: PackageId) -> Arc<Package> {
        self.workspace.package(id)
    }

    fn resolve_import(&self, importer: PackageId, path: Name) -> Option<PackageId> {
        self.workspace.resolve_import(importer, path)
    }

    fn ir(&self, id: FileId) -> Arc<ir::File> {
        let lowered = self.irs[id.index()].get_or_init(|| {
            let file = self.workspace.file(id);
            let target = self.workspace.package(file.package).arrangement == Arrangement::Target;
            Arc::new(lower(id, &file.text, if target { Mode::Whole } else { Mode::Declarations }))
        });
        Arc::clone(lowered)
    }
}

fn main() {
    let mut options = Options::new(".", std::iter::empty::<String>());
    options.tests = false;
    options.cgo = Some(false);
    options.goos = Some("linux".to_owned());
    options.goarch = Some("amd64".to_owned());
    let mut directory = None;
    let mut environment = Environment::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().map(PathBuf::from).expect("a value");
        match argument.as_str() {
            "--tests" => options.tests = true,
            "--goroot" => environment.goroot = Some(value()),
            "--gopath" => environment.gopath.push(value()),
            _ if directory.is_none() => directory = Some(PathBuf::from(argument)),
            _ => options.patterns.push(argument),
        }
    }
    if options.patterns.is_empty() {
        options.patterns.push("./...".to_owned());
    }
    options.environment = environment;
    options.directory = directory.expect("a directory");
    let root = options.directory.canonicalize().expect("the directory");

    let start = Instant::now();
    let workspace = Workspace::open(&options).expect("a workspace");
    for problem in workspace.problems().iter().take(10) {
        eprintln!("{problem}");
    }
    let graph = workspace.graph();
    let files = Files { workspace, irs: std::iter::repeat_with(OnceLock::new).take(MOST_FILES).collect() };
    let opened = Instant::now();
    let all: Vec<FileId> =
        graph.targets.iter().flat_map(|id| files.workspace.package(*id).files.clone()).collect();
    {
        use rayon::prelude::*;
        all.par_iter().for_each(|id| {
            files.ir(*id);
        });
    }
    let lowered = Instant::now();
    let program = Program::check(&files, &graph.targets);
    let checked = Instant::now();

    let mut rows = Vec::new();
    for file in &all {
        let source = files.workspace.file(*file);
        let path = source.path.strip_prefix(&root).unwrap_or(&source.path).to_string_lossy().into_owned();
        let lines = LineIndex::new(&source.text);
        for operation in map_operations(&program, *file) {
            let position = lines.position(operation.span.start);
            let ir = program.ir(*file);
            let map = ir::ExprText::new(ir, ir.unparen(operation.map), Some(&source.text)).to_string();
            rows.push((path.clone(), position.line, position.column, operation.op.as_str(), map));
        }
    }
    rows.sort();
    let mut out = std::io::stdout().lock();
    for (file, line, col, op, map) in &rows {
        let row = serde_json::json!({"file": file, "line": line, "col": col, "op": op, "map": map, "in": ""});
        writeln!(out, "{row}").expect("standard output");
    }
    eprintln!(
        "{} operations, {} files; open {:.2?}, lower {:.2?}, types {:.2?}, list {:.2?}",
        rows.len(),
        all.len(),
        opened - start,
        lowered - opened,
        checked - lowered,
        checked.elapsed()
    );
}
