//! Loops that call a function to start its goroutine again, when the last one has failed or is over: `for { err := c.start() … }`.
//!
//! Whoever wants several goroutines counts them, or ranges over what each of them is to have; or gives each its own thing,
//! as who accepts connections does. A loop without end that calls a function, always with the same things, and finds the
//! goroutine of its last round still running would be a leak: some end of the old one comes before, though nobody sees it.

use gomapcheck_ir::{self as ir, ExprId, ExprKind, StmtKind};
use gomapcheck_source::Span;
use gomapcheck_types::{FunctionRef, Program, Type};

use crate::summary::{Launch, Multiplicity};

/// Whether a launch of `function` is repeated by such a loop alone.
pub(super) fn is_started_again(program: &Program<'_>, function: FunctionRef, launch: &Launch) -> bool {
    let Multiplicity::Loop { start, end } = launch.multiplicity else { return false };
    let ir = program.ir(function.file);
    let call = ir.span(launch.site);
    // What stands in the loop itself, or in a literal there, is started as often as the loop wants.
    if launch.calls.first().is_none_or(|step| step.location.span != call) {
        return false;
    }
    let around = ir
        .stmts
        .iter()
        .filter(|stmt| start <= stmt.span.start && stmt.span.end <= end && stmt.span.contains(call));
    let mut innermost: Option<Span> = None;
    for stmt in around {
        match stmt.kind {
            StmtKind::For { init, condition, post, .. } => {
                if condition.is_some() && (init.is_some() || post.is_some()) {
                    return false;
                }
            }
            StmtKind::Range { over, .. } => {
                if !is_channel(program, function, over) {
                    return false;
                }
            }
            _ => continue,
        }
        if innermost.is_none_or(|span| span.contains(stmt.span)) {
            innermost = Some(stmt.span);
        }
    }
    innermost.is_some_and(|round| !has_anything_of(ir, launch.site, round))
}

fn is_channel(program: &Program<'_>, function: FunctionRef, over: ExprId) -> bool {
    let ty = program.underlying(program.type_of(function.file, over));
    matches!(program.ty(ty), Type::Chan(..))
}

/// Whether a call names a variable that each round of a loop has anew.
fn has_anything_of(ir: &ir::File, call: ExprId, round: Span) -> bool {
    let call = ir.span(call);
    ir.exprs.iter().filter(|expr| call.contains(expr.span)).any(|expr| match expr.kind {
        ExprKind::Local(local) => {
            let declared = ir.local(local).span;
            round.contains(declared) && !call.contains(declared)
        }
        _ => false,
    })
}
