//! Maps that a function takes out of a field: `items := s.items`, `go use(items)`, `s.items = make(…)`, all under one lock. Whoever
//! takes the lock later finds the new map.
//!
//! Asked for what is about to be reported, with the text of the functions at hand.

use gomapcheck_ir::{ExprKind, FunctionKind, StmtKind};
use gomapcheck_source::Span;
use gomapcheck_types::{FunctionRef, Program};

use crate::conflict::{Confidence, LockMode, Operation};
use crate::contexts::World;
use crate::domain::Held;
use crate::evidence::{Finding, Side};
use crate::guards::prepared::Search;

/// Findings about a map that one side has taken out of the field in which the other finds it are possible at best.
pub(crate) fn weaken_taken(world: &World<'_>, program: &Program<'_>, findings: &mut [Finding<'_>]) {
    for finding in findings.iter_mut().filter(|finding| finding.confidence > Confidence::Possible) {
        let Some(second) = &finding.second else { continue };
        let first = &finding.first;
        if is_taken_from(world, program, first, second) || is_taken_from(world, program, second, first) {
            finding.confidence = Confidence::Possible;
        }
    }
}

/// Whether one side uses a map that was taken out of its field under a lock which the other side holds.
fn is_taken_from(world: &World<'_>, program: &Program<'_>, user: &Side<'_>, other: &Side<'_>) -> bool {
    let file = user.access.location.file;
    let search = Search::new(program, file);
    let ir = search.ir;
    let ExprKind::Local(used) = ir.kind(ir.unparen(user.access.operand)) else { return false };
    let Some((defined, [_], [field])) = search.given(used) else { return false };
    if search.shared(*field).is_none() || other.access.by_alias {
        return false;
    }
    let Some(function) = function_around(&search, defined) else { return false };
    let Some(number) = world.summaries.number(function) else { return false };
    world.summaries.at(number).sites.iter().any(|site| {
        let is_taken = |held: &Held| {
            held.mode == LockMode::Write
                && held.acquired.file == file
                && held.acquired.span.end <= defined.start
                && !held.lock.key.is_flag()
                && other.locks.mode_of_key(&held.lock.key) == Some(LockMode::Write)
        };
        site.operation == Operation::Replace
            && site.function == function
            && defined.end <= site.location.span.start
            && search.is_same(*field, site.operand)
            && site.locks.surely.iter().any(is_taken)
            && is_reached(&search, function, Span { start: defined.end, end: site.location.span.end })
    })
}

/// The declared function in which a statement stands, itself and not in a literal.
fn function_around(search: &Search<'_>, at: Span) -> Option<FunctionRef> {
    let mut around = search.ir.functions_with_ids().filter(|(_, function)| function.span.contains(at));
    let (id, function) = around.next()?;
    let is_only = function.kind != FunctionKind::Literal && around.next().is_none();
    is_only.then_some(FunctionRef::new(search.file, id))
}

/// Whether what follows a statement of a function's own block is reached from there: it stands in the same block, and nothing in
/// between returns.
fn is_reached(search: &Search<'_>, function: FunctionRef, way: Span) -> bool {
    let ir = search.ir;
    let declared = ir.function(function.function);
    let own = declared.body.map_or(&[][..], |body| ir.stmts_of(body));
    let is_of_literal = |span: Span| {
        let mut literals = ir.functions.iter().filter(|other| other.kind == FunctionKind::Literal);
        literals.any(|literal| way.contains(literal.span) && literal.span.contains(span))
    };
    let returns = |stmt: &gomapcheck_ir::Stmt| {
        matches!(stmt.kind, StmtKind::Return(_) | StmtKind::Goto(_))
            && way.contains(stmt.span)
            && !is_of_literal(stmt.span)
    };
    let is_own = |at: u32| own.iter().any(|stmt| ir.stmt(*stmt).span.end == at);
    let last = own
        .iter()
        .map(|stmt| ir.stmt(*stmt))
        .find(|stmt| stmt.span.contains(Span { start: way.end, end: way.end }));
    is_own(way.start)
        && last.is_some_and(|last| matches!(last.kind, StmtKind::Assign { .. }))
        && !ir.stmts.iter().any(returns)
}
