//! The map operations of Go's standard library, held against what go/types says.
//!
//! Runs where a `go` is on the PATH, and says so where there is none.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that fails has failed")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use gomapcheck_ir as ir;
use gomapcheck_project::{Environment, Options, Workspace};
use gomapcheck_source::{Arrangement, FileId, LineIndex, Name, Package, PackageId, Provider};
use gomapcheck_syntax::{Mode, lower};
use gomapcheck_types::{IrProvider, Program, map_operations};

/// File, line, column, operation.
type Operation = (String, u32, u32, String);

const LEAST_RECALL: f64 = 99.7;
const LEAST_PRECISION: f64 = 99.9;

#[test]
fn the_standard_library() {
    let Some(goroot) = gomapcheck_test_support::go_root() else { return };
    let mut truth = go_types_says(&goroot);
    let mut found = we_say(&goroot);
    compare("with tests", &truth, &found);
    let in_source = |operation: &Operation| !operation.0.ends_with("_test.go");
    truth.retain(in_source);
    found.retain(in_source);
    compare("without tests", &truth, &found);
}

fn compare(what: &str, truth: &BTreeSet<Operation>, found: &BTreeSet<Operation>) {
    assert!(truth.len() > 1000, "the oracle works");
    let both = truth.intersection(found).count();
    for missed in truth.difference(found).take(20) {
        eprintln!("missed: {missed:?}");
    }
    for invented in found.difference(truth).take(20) {
        eprintln!("not in the truth: {invented:?}");
    }
    let recall = percent(both, truth.len());
    let precision = percent(both, found.len());
    eprintln!("{what}: recall {recall:.2} % precision {precision:.2} % of {} operations", truth.len());
    assert!(recall >= LEAST_RECALL, "recall {recall}");
    assert!(precision >= LEAST_PRECISION, "precision {precision}");
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap().max(1))
}

fn go_types_says(goroot: &Path) -> BTreeSet<Operation> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/oracle.go");
    let mut command = Command::new("go");
    command.arg("run").arg(program).arg("-tests").arg(goroot.join("src"));
    for (name, value) in [
        ("GO111MODULE", "off"),
        ("CGO_ENABLED", "0"),
        ("GOOS", "linux"),
        ("GOARCH", "amd64"),
        ("GOFLAGS", ""),
    ] {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let operation = |line: &str| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap().to_owned();
        (next(), next().parse().unwrap(), next().parse().unwrap(), next())
    };
    String::from_utf8(output.stdout).unwrap().lines().map(operation).collect()
}

fn we_say(goroot: &Path) -> BTreeSet<Operation> {
    let root = goroot.join("src").canonicalize().unwrap();
    let mut options = Options::new(&root, ["./..."]);
    options.cgo = Some(false);
    options.goos = Some("linux".to_owned());
    options.goarch = Some("amd64".to_owned());
    options.environment = Environment { goroot: Some(goroot.to_owned()), ..Environment::default() };
    let workspace = Workspace::open(&options).unwrap();
    let targets = workspace.graph().targets;
    let provider = Lowering { irs: (0..20_000).map(|_| OnceLock::new()).collect(), workspace };
    let program = Program::check(&provider, &targets);
    let mut found = BTreeSet::new();
    for file in targets.iter().flat_map(|id| provider.workspace.package(*id).files.clone()) {
        let source = provider.workspace.file(file);
        let name = source.path.strip_prefix(&root).unwrap().to_str().unwrap();
        let lines = LineIndex::new(&provider.workspace.text(file));
        for operation in map_operations(&program, file) {
            let position = lines.position(operation.span.start);
            found.insert((name.to_owned(), position.line, position.column, operation.op.as_str().to_owned()));
        }
    }
    found
}

struct Lowering {
    workspace: Workspace,
    irs: Vec<OnceLock<Arc<ir::File>>>,
}

impl IrProvider for Lowering {
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
            Arc::new(lower(
                id,
                &self.workspace.text(id),
                if target { Mode::Whole } else { Mode::Declarations },
            ))
        });
        Arc::clone(lowered)
    }
}
