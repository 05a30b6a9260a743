//! Keys that carry a mark, `"new_" + key`, and conditions that keep what carries it away.

use gomapcheck_ir::{BinaryOp, ExprId, ExprKind, StmtKind, StmtList, UnaryOp};

use super::code::Code;

/// Whether `condition`, where it comes out as `holds`, says that `key` lacks the mark with which `made` has been made of it:
/// `!strings.HasPrefix(key, "new_")` for `"new_" + key`.
pub(super) fn says_unmarked(
    code: &Code<'_>,
    (condition, holds): (ExprId, bool),
    key: ExprId,
    made: ExprId,
) -> bool {
    let condition = code.ir.unparen(condition);
    let part = |part, holds| says_unmarked(code, (part, holds), key, made);
    match code.ir.kind(condition) {
        ExprKind::Unary { op: UnaryOp::Not, operand } => part(operand, !holds),
        ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } if holds => {
            part(left, true) || part(right, true)
        }
        ExprKind::Binary { op: BinaryOp::LogicalOr, left, right } if !holds => {
            part(left, false) || part(right, false)
        }
        ExprKind::Call { args, .. } if !holds => match (code.called(condition), code.ir.exprs_of(args)) {
            (Some((package, None, name)), [text, mark]) => {
                let (first, last) = ends(code, made);
                let is_mark = |end: ExprId| is_mark(code, *mark, end);
                let asks = match name.as_str() {
                    "HasPrefix" => is_mark(first),
                    "HasSuffix" => is_mark(last),
                    "Contains" => is_mark(first) || is_mark(last),
                    _ => false,
                };
                asks && package.as_str() == "strings" && code.same(*text, key)
            }
            _ => false,
        },
        _ => false,
    }
}

/// The same for the statements of a block that come before a place in it and lead away from there: `if … { continue }`.
pub(super) fn leaves_unmarked(
    code: &Code<'_>,
    (block, before): (StmtList, u32),
    key: ExprId,
    made: ExprId,
) -> bool {
    let statements = code.ir.stmts_of(block).iter().map(|stmt| code.ir.stmt(*stmt));
    statements.take_while(|stmt| stmt.span.end <= before).any(|stmt| match stmt.kind {
        StmtKind::If { condition, then, otherwise: None, .. } => {
            let last = code.ir.stmts_of(then).last().map(|last| code.ir.stmt(*last).kind);
            let leaves =
                matches!(last, Some(StmtKind::Continue(_) | StmtKind::Break(_) | StmtKind::Return(_)));
            leaves && says_unmarked(code, (condition, false), key, made)
        }
        _ => false,
    })
}

/// Whether `condition`, where it comes out as `holds`, says that a table other than `ranged` has `key`: names are listed there that
/// give way to longer ones, `if reserved[key] { m[key+"_"] = v }`, and those hardly are.
pub(super) fn says_listed(
    code: &Code<'_>,
    (condition, holds): (ExprId, bool),
    key: ExprId,
    ranged: ExprId,
) -> bool {
    let condition = code.ir.unparen(condition);
    let part = |part| says_listed(code, (part, true), key, ranged);
    match code.ir.kind(condition) {
        ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } if holds => part(left) || part(right),
        ExprKind::Index { base, indices } if holds => {
            let is_own = matches!(code.ir.exprs_of(indices), [index] if code.same(*index, key));
            is_own
                && !code.same(base, ranged)
                && code.program.is_map(code.program.type_of(code.file, base))
                && code.is_place(base)
        }
        _ => false,
    }
}

/// The first and the last part of a concatenation.
fn ends(code: &Code<'_>, text: ExprId) -> (ExprId, ExprId) {
    match code.ir.kind(code.ir.unparen(text)) {
        ExprKind::Binary { op: BinaryOp::Add, left, right } => (ends(code, left).0, ends(code, right).1),
        _ => (text, text),
    }
}

/// Whether a part of a key may have the mark in it: the same expression, or a constant that is as long.
fn is_mark(code: &Code<'_>, mark: ExprId, part: ExprId) -> bool {
    let length = |expr: ExprId| {
        let span = code.ir.span(code.ir.unparen(expr));
        span.end - span.start
    };
    let is_literal = |expr: ExprId| matches!(code.ir.kind(code.ir.unparen(expr)), ExprKind::Literal(_));
    code.same(mark, part) || (is_literal(mark) && is_literal(part) && length(part) >= length(mark))
}
