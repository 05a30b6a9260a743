use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use gomapcheck_ir::{self as ir, ExprId, ExprKind};
use gomapcheck_source::{Arrangement, FileId, GoVersion, LineIndex, Name, Package, PackageId};
use gomapcheck_syntax::{Mode, lower};
use gomapcheck_types::{Callee, IrProvider, MethodTarget, Program, map_operations};

/// Packages written in one string: `-- import/path --` begins another one, text before the first is `example`.
pub(crate) struct Fixture {
    texts: Vec<String>,
    packages: Vec<Arc<Package>>,
    files: Vec<Arc<ir::File>>,
    by_path: BTreeMap<String, PackageId>,
}

impl Fixture {
    pub(crate) fn new(text: &str) -> Self {
        let mut sections: Vec<(String, String)> = vec![("example".to_owned(), String::new())];
        for line in text.lines() {
            match line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                Some(path) => sections.push((path.to_owned(), String::new())),
                None => writeln!(sections.last_mut().unwrap().1, "{line}").unwrap(),
            }
        }
        let mut fixture =
            Self { texts: Vec::new(), packages: Vec::new(), files: Vec::new(), by_path: BTreeMap::new() };
        for (index, (path, text)) in sections.into_iter().enumerate() {
            let id = u32::try_from(index).unwrap();
            let file = lower(FileId(id), &text, Mode::Whole);
            fixture.packages.push(Arc::new(Package {
                id: PackageId(id),
                import_path: Name::new(&path),
                name: file.package_name,
                directory: PathBuf::from(&path),
                arrangement: Arrangement::Target,
                standard: false,
                go_version: GoVersion::LATEST,
                files: vec![FileId(id)],
            }));
            fixture.files.push(Arc::new(file));
            fixture.texts.push(text);
            fixture.by_path.insert(path, PackageId(id));
        }
        fixture
    }

    pub(crate) fn targets(&self) -> Vec<PackageId> {
        self.packages.iter().map(|package| package.id).collect()
    }
}

impl IrProvider for Fixture {
    fn package(&self, id: PackageId) -> Arc<Package> {
        Arc::clone(&self.packages[id.index()])
    }

    fn resolve_import(&self, _importer: PackageId, path: Name) -> Option<PackageId> {
        self.by_path.get(path.as_str()).copied()
    }

    fn ir(&self, file: FileId) -> Arc<ir::File> {
        Arc::clone(&self.files[file.index()])
    }
}

/// Holds every comment of the fixture against what the program says.
#[track_caller]
pub(crate) fn check(text: &str) {
    let fixture = Fixture::new(text);
    let program = Program::check(&fixture, &fixture.targets());
    let mut expected = String::new();
    let mut found = String::new();
    for (index, text) in fixture.texts.iter().enumerate() {
        let file = FileId(u32::try_from(index).unwrap());
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            for (kind, answer) in [("type", type_at as Answer), ("calls", callee_at), ("ops", operations_at)]
            {
                if let Some((code, comment)) = line.split_once(&format!("// {kind}: ")) {
                    let range = start..start + code.trim_end().len();
                    let code = code.trim();
                    writeln!(expected, "{code} // {kind}: {}", comment.trim()).unwrap();
                    let answer = answer(&program, &fixture, file, range);
                    writeln!(found, "{code} // {kind}: {answer}").unwrap();
                }
            }
            start += line.len();
        }
    }
    assert!(!expected.is_empty(), "the fixture states nothing");
    assert_eq!(found, expected, "found on the left, stated on the right");
}

type Answer = fn(&Program<'_>, &Fixture, FileId, std::ops::Range<usize>) -> String;

/// The longest expression within the line that ends where its code ends, and satisfies the condition.
fn last_expr(ir: &ir::File, line: &std::ops::Range<usize>, wanted: fn(ExprKind) -> bool) -> Option<ExprId> {
    (0..ir.exprs.len())
        .map(ExprId::new)
        .filter(|id| wanted(ir.kind(*id)))
        .filter(|id| ir.span(*id).range().start >= line.start && ir.span(*id).range().end == line.end)
        .min_by_key(|id| ir.span(*id).start)
}

fn type_at(program: &Program<'_>, _: &Fixture, file: FileId, line: std::ops::Range<usize>) -> String {
    match last_expr(program.ir(file), &line, |_| true) {
        Some(expr) => program.display_type(program.type_of(file, expr)),
        None => "no expression".to_owned(),
    }
}

fn callee_at(program: &Program<'_>, _: &Fixture, file: FileId, line: std::ops::Range<usize>) -> String {
    let Some(call) = last_expr(program.ir(file), &line, |kind| matches!(kind, ExprKind::Call { .. })) else {
        return "no call".to_owned();
    };
    let function = |f| {
        let name = program.function_name(f);
        match name.receiver {
            Some(receiver) => format!("{}.{receiver}.{}", name.package, name.name),
            None => format!("{}.{}", name.package, name.name),
        }
    };
    match program.callee(file, call) {
        Callee::Unknown => "unknown".to_owned(),
        Callee::Conversion(id) => format!("conversion to {}", program.display_type(id)),
        Callee::Builtin(builtin) => format!("builtin {builtin:?}"),
        Callee::Function(f) => function(f),
        Callee::ExternalFunction(path, name) => format!("external {path}.{name}"),
        Callee::Method { receiver, selection } => {
            let receiver = program.display_expr(file, receiver);
            let steps: String =
                selection.embedded.iter().map(|f| format!(".{}", program.field(*f).name)).collect();
            let method = match selection.method {
                MethodTarget::Declared(f) => function(f),
                MethodTarget::Interface(Some(decl), name) => {
                    format!("interface {}.{name}", program.type_name(decl).1)
                }
                MethodTarget::Interface(None, name) => format!("interface {name}"),
                MethodTarget::External(path, owner, name) => format!("external {path}.{owner}.{name}"),
            };
            format!("{method} on {receiver}{steps}")
        }
        Callee::MethodExpression(f) => format!("method expression {}", function(f)),
        Callee::Literal(f) => format!("literal {}", program.ir(file).function(f).name),
        Callee::Value(expr) => format!("value of {}", program.display_expr(file, expr)),
    }
}

fn operations_at(
    program: &Program<'_>,
    fixture: &Fixture,
    file: FileId,
    line: std::ops::Range<usize>,
) -> String {
    let lines = LineIndex::new(&fixture.texts[file.index()]);
    let here = lines.position(u32::try_from(line.start).unwrap()).line;
    let operations: Vec<String> = map_operations(program, file)
        .into_iter()
        .filter(|operation| lines.position(operation.span.start).line == here)
        .map(|operation| {
            let text = Some(fixture.texts[file.index()].as_str());
            let map = ir::ExprText::new(program.ir(file), operation.map, text);
            format!("{} {map}", operation.op.as_str())
        })
        .collect();
    if operations.is_empty() { "none".to_owned() } else { operations.join(", ") }
}
