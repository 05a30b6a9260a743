//! Recognises statements that shorten a slice in place, and loops that see it.

use gomapcheck_ir::{BinaryOp, ExprId, ExprKind};
use gomapcheck_source::Span;
use gomapcheck_types::{Builtin, Callee};

use super::code::Code;

/// Whether `target = value` removes elements of `target` in place: `s = append(s[:i], s[i+1:]...)` or
/// `s = slices.Delete(s, i, j)`. What comes behind moves forward in the array that a loop over `s` still reads.
pub(super) fn shortens(code: &Code<'_>, target: ExprId, value: ExprId) -> bool {
    let value = code.ir.unparen(value);
    let ExprKind::Call { args, spread, .. } = code.ir.kind(value) else { return false };
    match code.ir.exprs_of(args) {
        [head, tail] if spread => {
            matches!(code.program.callee(code.file, value), Callee::Builtin(Builtin::Append))
                && leaves_out(code, target, *head, *tail)
        }
        [slice, ..] => {
            code.same(*slice, target)
                && code.called(value).is_some_and(|(package, receiver, name)| {
                    receiver.is_none()
                        && matches!(package.as_str(), "slices" | "golang.org/x/exp/slices")
                        && matches!(name.as_str(), "Delete" | "DeleteFunc" | "Compact" | "CompactFunc")
                })
        }
        [] => false,
    }
}

/// Whether a loop over `over` sees its elements one after the other: it has variables for them, or an index of its own that it
/// moves on. `for range s` alone only counts.
pub(super) fn looks_at_elements(
    code: &Code<'_>,
    parts: [Option<ExprId>; 2],
    over: ExprId,
    body: Span,
) -> bool {
    let is_blank = |part: ExprId| matches!(code.ir.kind(part), ExprKind::Name(name) if name.is_blank());
    if parts.into_iter().flatten().any(|part| !is_blank(part)) {
        return true;
    }
    let is_moved_on = |index: ExprId| {
        code.local(index).is_some_and(|local| !body.contains(code.ir.local(local).span))
            && code.is_changed(index, body, &|_| false)
    };
    code.ir.exprs.iter().filter(|expr| body.contains(expr.span)).any(|expr| match expr.kind {
        ExprKind::Index { base, indices } => {
            code.same(base, over) && code.ir.exprs_of(indices).iter().any(|index| is_moved_on(*index))
        }
        _ => false,
    })
}

/// Whether `append(head, tail...)` is `target` without some elements in between.
fn leaves_out(code: &Code<'_>, target: ExprId, head: ExprId, tail: ExprId) -> bool {
    let (Some((head, Bound::High(end))), Some((tail, Bound::Low(start)))) =
        (sliced(code, head), sliced(code, tail))
    else {
        return false;
    };
    code.same(head, target) && code.same(tail, target) && is_before(code, end, start)
}

/// The one bound of `s[:high]` or `s[low:]`.
enum Bound {
    Low(ExprId),
    High(ExprId),
}

fn sliced(code: &Code<'_>, expr: ExprId) -> Option<(ExprId, Bound)> {
    let expr = code.ir.unparen(expr);
    let ExprKind::Slice { base, bounds } = code.ir.kind(expr) else { return None };
    let [bound] = code.ir.exprs_of(bounds) else { return None };
    // The bounds are kept without their places; in `s[:high]` nothing but the bracket follows.
    let is_last = code.ir.span(*bound).end + 1 == code.ir.span(expr).end;
    Some((base, if is_last { Bound::High(*bound) } else { Bound::Low(*bound) }))
}

/// Whether the first index is surely written as smaller: `i` and `i+1`, `i-1` and `i`. In the insertion
/// `append(s[:i+1], s[i:]...)` it is greater.
fn is_before(code: &Code<'_>, end: ExprId, start: ExprId) -> bool {
    let (end, start) = (code.ir.unparen(end), code.ir.unparen(start));
    match (code.ir.kind(end), code.ir.kind(start)) {
        (_, ExprKind::Binary { op: BinaryOp::Add, left, right }) => {
            code.same(left, end) || code.same(right, end) || is_sum_of_less(code, end, left)
        }
        (ExprKind::Binary { op: BinaryOp::Arithmetic, left, .. }, _) => code.same(left, start),
        _ => false,
    }
}

/// Whether `i - n` is met by `i + n`.
fn is_sum_of_less(code: &Code<'_>, end: ExprId, base: ExprId) -> bool {
    matches!(code.ir.kind(end), ExprKind::Binary { op: BinaryOp::Arithmetic, left, .. } if code.same(left, base))
}
