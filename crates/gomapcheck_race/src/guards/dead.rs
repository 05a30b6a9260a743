//! Code that never runs: a declared constant, or a function that returns the same constant everywhere, decides the condition around
//! it.
//!
//! Asked for what is about to be reported, with the text of the functions at hand.

use gomapcheck_ir::{BinaryOp, ExprId, ExprKind, FunctionKind, StmtKind, UnaryOp, ValueKind};
use gomapcheck_source::FileId;
use gomapcheck_types::{FunctionRef, Program, Resolution};

use crate::conflict::{Confidence, Location};
use crate::evidence::{Finding, Side, TraceStep};

/// So many constants and calls are followed.
const DEEPEST: u8 = 4;

/// Findings of which one side is never reached are possible at best.
pub(crate) fn weaken_dead(program: &Program<'_>, findings: &mut [Finding<'_>]) {
    for finding in findings.iter_mut().filter(|finding| finding.confidence > Confidence::Possible) {
        let mut sides = [&finding.first].into_iter().chain(&finding.second);
        if sides.any(|side| places(side).any(|at| is_dead(program, at))) {
            finding.confidence = Confidence::Possible;
        }
    }
}

/// The places that lead to an access, and its own.
fn places<'s>(side: &'s Side<'_>) -> impl Iterator<Item = Location> + 's {
    let steps = side.trace.iter().filter_map(|step| match step {
        TraceStep::Call(call) => Some(call.location),
        TraceStep::Launch { location, .. } => Some(*location),
        TraceStep::Served { .. } => None,
    });
    steps.chain([side.access.location])
}

fn is_dead(program: &Program<'_>, at: Location) -> bool {
    let ir = program.ir(at.file);
    ir.stmts.iter().filter(|stmt| stmt.span.contains(at.span)).any(|stmt| match stmt.kind {
        StmtKind::If { condition, then, otherwise, .. } => {
            let is_then = ir.stmts_of(then).iter().any(|stmt| ir.stmt(*stmt).span.contains(at.span));
            let is_otherwise = otherwise.is_some_and(|stmt| ir.stmt(stmt).span.contains(at.span));
            (is_then || is_otherwise) && truth(program, at.file, condition, 0) == Some(is_otherwise)
        }
        _ => false,
    })
}

/// What a condition is, if the text tells.
fn truth(program: &Program<'_>, file: FileId, condition: ExprId, depth: u8) -> Option<bool> {
    let ir = program.ir(file);
    let condition = ir.unparen(condition);
    if depth > DEEPEST {
        return None;
    }
    let part = |part| truth(program, file, part, depth + 1);
    match ir.kind(condition) {
        ExprKind::Unary { op: UnaryOp::Not, operand } => part(operand).map(|operand| !operand),
        ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } => match (part(left), part(right)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        ExprKind::Binary { op: BinaryOp::LogicalOr, left, right } => match (part(left), part(right)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        ExprKind::Name(_) | ExprKind::Selector { .. } => {
            match (program.resolution(file, condition), ir.kind(condition)) {
                (Resolution::Universe, ExprKind::Name(name)) => match name.as_str() {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => None,
                },
                (Resolution::Value(value), _) => {
                    let declared = program.ir(value.file).value(value.value);
                    let init = declared
                        .init
                        .filter(|_| declared.kind == ValueKind::Constant && declared.result.is_none())?;
                    truth(program, value.file, init, depth + 1)
                }
                _ => None,
            }
        }
        ExprKind::Call { .. } => returned(program, program.callee(file, condition).declared()?, depth + 1),
        _ => None,
    }
}

/// The truth value that each `return` of a function gives.
fn returned(program: &Program<'_>, function: FunctionRef, depth: u8) -> Option<bool> {
    let ir = program.ir(function.file);
    let declared = ir.function(function.function);
    declared.body?;
    let is_of_literal = |span| {
        let mut literals = ir.functions.iter().filter(|other| other.kind == FunctionKind::Literal);
        literals.any(|literal| declared.span.contains(literal.span) && literal.span.contains(span))
    };
    let returns =
        ir.stmts.iter().filter(|stmt| declared.span.contains(stmt.span) && !is_of_literal(stmt.span));
    let mut values = returns.filter_map(|stmt| match stmt.kind {
        StmtKind::Return(values) => Some(match ir.exprs_of(values) {
            [value] => truth(program, function.file, *value, depth),
            _ => None,
        }),
        _ => None,
    });
    let first = values.next()??;
    values.all(|value| value == Some(first)).then_some(first)
}
