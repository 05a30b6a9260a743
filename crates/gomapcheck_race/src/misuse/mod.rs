//! Defects of one goroutine's own code, told from one function's statements: no summaries, no pairs.
//!
//! * [`range_mutation`]: a loop inserts into the map that it ranges over.
//! * [`slice_shortening`]: a loop shortens the slice that it ranges over.
//! * [`sync_map`]: a `sync.Map` is looked into and then changed in two steps.

mod code;
mod leaving;
mod mark;
mod range_mutation;
mod slice_shortening;
mod sync_map;

use gomapcheck_ir::{ExprId, FunctionId};
use gomapcheck_source::FileId;
use gomapcheck_types::{FunctionRef, Program, Resolution};
use rayon::prelude::*;

use crate::analyse::Options;
use crate::conflict::{AccessEvidence, Confidence, Conflict, ConflictKind, Location, MapName, Operation};
use crate::evidence::Names;
use code::Code;

/// A defect, before it is put into words.
#[derive(Clone, Debug)]
struct Misuse {
    kind: ConflictKind,
    confidence: Confidence,
    /// The function whose statements these are.
    function: FunctionId,
    /// The operand that is changed, and how.
    changed: (ExprId, Operation),
    /// The operand of the loop or of the look before, and what is done with it.
    other: (ExprId, Operation),
    /// Whether the operand is a slice.
    is_slice: bool,
    /// What is wrong with it.
    reason: &'static str,
}

/// The defects in the files of the target packages, sorted.
pub(crate) fn conflicts(program: &Program<'_>, options: &Options<'_>) -> Vec<Conflict> {
    let mut files: Vec<FileId> = program.functions().map(|function| function.file).collect();
    files.dedup();
    let mut conflicts: Vec<Conflict> =
        files.par_iter().flat_map_iter(|file| in_file(program, options, *file)).collect();
    conflicts.sort();
    conflicts
}

fn in_file(program: &Program<'_>, options: &Options<'_>, file: FileId) -> Vec<Conflict> {
    let code = Code::new(program, file);
    let mut found = range_mutation::find(&code);
    found.extend(sync_map::find(&code));
    found.sort_by_key(|misuse| (misuse.kind, code.ir.span(misuse.changed.0)));
    let writer = Writer { code: &code, names: Names::new(program), in_test: (options.is_test)(file) };
    let mut conflicts: Vec<(FunctionId, Conflict)> = Vec::new();
    for misuse in found {
        let conflict = writer.conflict(&misuse);
        let same = conflicts.iter_mut().rev().find(|(function, known)| {
            *function == misuse.function && known.kind == conflict.kind && known.map == conflict.map
        });
        match same {
            Some((_, known)) if known.confidence >= conflict.confidence => known.others.push(conflict.first),
            _ => conflicts.push((misuse.function, conflict)),
        }
    }
    conflicts.into_iter().map(|(_, conflict)| conflict).collect()
}

struct Writer<'w, 'p> {
    code: &'w Code<'p>,
    names: Names<'w, 'p>,
    in_test: bool,
}

impl Writer<'_, '_> {
    fn conflict(&self, misuse: &Misuse) -> Conflict {
        let first = self.access(misuse.function, misuse.changed);
        let slice = if misuse.is_slice { "slice " } else { "" };
        let declared = self.declared(misuse.changed.0);
        Conflict {
            kind: misuse.kind,
            confidence: misuse.confidence,
            map: MapName { written: first.expression.clone(), declared: format!("{slice}{declared}") },
            second: Some(self.access(misuse.function, misuse.other)),
            guard: None,
            reason: misuse.reason.to_owned(),
            others: Vec::new(),
            first,
        }
    }

    fn access(&self, function: FunctionId, (operand, operation): (ExprId, Operation)) -> AccessEvidence {
        let file = self.code.file;
        AccessEvidence {
            location: Location { file, span: self.code.ir.span(operand) },
            operation,
            expression: self.code.program.display_expr(file, operand),
            function: self.names.function(FunctionRef::new(file, function)),
            in_test: self.in_test,
            locks: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// What declares an operand: `field Store.items`, `package variable cache`, `variable seen`.
    fn declared(&self, operand: ExprId) -> String {
        let (program, file) = (self.code.program, self.code.file);
        let written = program.display_expr(file, operand);
        match program.resolution(file, operand) {
            Resolution::Local(_) => format!("variable {written}"),
            Resolution::Value(_) | Resolution::ExternalValue(..) => format!("package variable {written}"),
            Resolution::Field(selection) => {
                let owner = program.field_owner(selection.field).map(|owner| program.type_name(owner).1);
                let owner = owner.map_or("struct", |name| name.as_str());
                format!("field {owner}.{}", program.field(selection.field).name)
            }
            _ => written,
        }
    }
}
