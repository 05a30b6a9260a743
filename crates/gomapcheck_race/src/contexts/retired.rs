//! Package variables that serve while the program is initialised, and are nil ever after.

use gomapcheck_ir::{self as ir, ExprKind, FunctionKind, StmtKind};
use gomapcheck_source::FileId;
use gomapcheck_types::{Program, Resolution, ValueRef};
use rustc_hash::FxHashSet;

use crate::domain::{Key, KeyOwner};

/// The variables that an `init` function of these files sets to nil, and that nothing else assigns to. Sorted.
pub(crate) fn retired_variables(program: &Program<'_>, files: &[FileId]) -> Vec<Key> {
    let assignments: Vec<Assignment> =
        files.iter().flat_map(|file| assignments_to_values(program, *file)).collect();
    let retires = |one: &&Assignment| one.in_init && one.is_nil;
    let later: FxHashSet<ValueRef> =
        assignments.iter().filter(|one| !one.in_init).map(|one| one.variable).collect();
    let retired = assignments.iter().filter(retires).filter(|one| !later.contains(&one.variable));
    let mut keys: Vec<Key> = retired.map(|one| Key::owner(KeyOwner::Value(one.variable))).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// An assignment to a package variable as a whole.
struct Assignment {
    variable: ValueRef,
    in_init: bool,
    is_nil: bool,
}

fn assignments_to_values(program: &Program<'_>, file: FileId) -> Vec<Assignment> {
    let ir = program.ir(file);
    let is_init = |function: &&ir::Function| {
        function.kind == FunctionKind::Declared && function.name.as_str() == "init"
    };
    let bodies = ir.functions.iter().filter(is_init).filter_map(|init| init.body);
    let of_inits: FxHashSet<ir::StmtId> = bodies.flat_map(|body| ir.stmts_of(body)).copied().collect();
    let mut found = Vec::new();
    for (number, stmt) in ir.stmts.iter().enumerate() {
        let StmtKind::Assign { targets, op: None, values } = stmt.kind else { continue };
        let in_init = of_inits.contains(&ir::StmtId::new(number));
        let (targets, values) = (ir.exprs_of(targets), ir.exprs_of(values));
        for (n, target) in targets.iter().enumerate() {
            if let Resolution::Value(variable) = program.resolution(file, *target) {
                let is_nil = values.len() == targets.len() && is_nil(program, (file, ir), values[n]);
                found.push(Assignment { variable, in_init, is_nil });
            }
        }
    }
    found
}

fn is_nil(program: &Program<'_>, (file, ir): (FileId, &ir::File), expr: ir::ExprId) -> bool {
    let is_universe = matches!(program.resolution(file, expr), Resolution::Universe);
    is_universe && matches!(ir.kind(ir.unparen(expr)), ExprKind::Name(name) if name.as_str() == "nil")
}
