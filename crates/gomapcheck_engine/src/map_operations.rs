use gomapcheck_ir::{File, FunctionId, FunctionKind};
use gomapcheck_source::{FileId, LineIndex, PackageGraph, Position};
use gomapcheck_types::{Program, map_operations};
use rayon::prelude::*;

use crate::{Engine, Stage};

/// A map operation as `gomapcheck dump map-ops` prints it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MapOperationRecord {
    /// The file.
    pub path: String,
    /// Where the map operand begins.
    pub position: Position,
    /// `write`, `delete`, `clear`, `read`, `range` or `len`.
    pub operation: &'static str,
    /// The operand as Go code on one line.
    pub map: String,
    /// The declared function around it: `(*Store).Put`; empty outside functions.
    pub function: String,
}

impl Engine<'_> {
    /// Every map operation of the target packages, sorted by path, position and operation.
    #[must_use]
    pub fn map_operations(&self, graph: &PackageGraph) -> Vec<MapOperationRecord> {
        self.lower(&graph.targets);
        self.progress().begin(Stage::Typing, 0);
        let program = Program::check(self, &graph.targets);
        let files = self.files_of(&graph.targets);
        let mut records: Vec<_> =
            files.par_iter().flat_map_iter(|file| self.operations_of(&program, *file)).collect();
        // A file may belong to several packages only by mistake of its project; the list names each operation once.
        records.sort_unstable();
        records.dedup();
        records
    }

    fn operations_of(&self, program: &Program<'_>, id: FileId) -> Vec<MapOperationRecord> {
        let operations = map_operations(program, id);
        if operations.is_empty() {
            return Vec::new();
        }
        let (text, file) = (self.sources().text(id), program.ir(id));
        let path = self.sources().display_path(&self.sources().file(id).path);
        let lines = LineIndex::new(&text);
        let record = |operation: &gomapcheck_types::MapOperation| MapOperationRecord {
            path: path.clone(),
            position: lines.position(operation.span.start),
            operation: operation.op.as_str(),
            map: program.display_expr(id, file.unparen(operation.map)),
            function: operation.function.map_or_else(String::new, |f| declared_name(file, &text, f)),
        };
        operations.iter().map(record).collect()
    }
}

/// The name of the declared function around `function`; a method's with its receiver, as Go prints it.
fn declared_name(file: &File, text: &str, mut function: FunctionId) -> String {
    while let Some(parent) = file.function(function).parent {
        function = parent;
    }
    let declared = file.function(function);
    match (declared.kind, declared.receiver) {
        (FunctionKind::Initializer, _) => String::new(),
        (_, None) => declared.name.to_string(),
        (_, Some(receiver)) => {
            let ty = text.get(file.span(file.unparen(receiver.ty)).range()).unwrap_or_default();
            let ty: String = ty.split_whitespace().collect();
            let ty = if ty.starts_with('*') { format!("({ty})") } else { ty };
            format!("{ty}.{}", declared.name)
        }
    }
}
