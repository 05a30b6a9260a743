//! Where `break` and `continue` lead, given what a flag says that is raised right before: `found = true; break`, and behind the
//! loop `if found { break }`.

use gomapcheck_ir::{BinaryOp, ExprId, ExprKind, StmtId, StmtKind, UnaryOp};
use gomapcheck_source::Name;
use gomapcheck_types::Resolution;

use super::code::Code;

/// The loops, as a set of bits by depth, whose next iteration may come.
pub(super) type Next = u64;

/// What `break` and `continue` may leave or continue.
pub(super) struct Target {
    pub(super) label: Option<Name>,
    pub(super) after_break: Next,
    /// None for `switch` and `select`.
    pub(super) after_continue: Option<Next>,
    /// The `if` right behind it.
    pub(super) behind: Option<Behind>,
}

/// An `if` without an initialisation or an `else`.
#[derive(Clone, Copy)]
pub(super) struct Behind {
    pub(super) condition: ExprId,
    /// What may come where the condition holds.
    pub(super) then: Next,
}

/// What may come after a `break` behind these statements of its block.
pub(super) fn after_break(
    code: &Code<'_>,
    targets: &[Target],
    label: Option<Name>,
    before: &[StmtId],
) -> Next {
    let is_meant = |target: &&Target| label.is_none() || target.label == label;
    let Some(target) = targets.iter().rev().find(is_meant) else { return 0 };
    match target.behind {
        Some(behind) if is_raised(code, behind.condition, before) => behind.then,
        _ => target.after_break,
    }
}

/// What may come after a `continue`.
pub(super) fn after_continue(targets: &[Target], label: Option<Name>) -> Next {
    let is_meant = |target: &Target| label.is_none() || target.label == label;
    let next = |target: &Target| target.after_continue.filter(|_| is_meant(target));
    targets.iter().rev().find_map(next).unwrap_or(0)
}

/// Whether a condition surely holds after these statements, going by the variables that the last of them assign.
fn is_raised(code: &Code<'_>, condition: ExprId, before: &[StmtId]) -> bool {
    match code.ir.kind(code.ir.unparen(condition)) {
        ExprKind::Binary { op: BinaryOp::LogicalOr, left, right } => {
            is_raised(code, left, before) || is_raised(code, right, before)
        }
        ExprKind::Binary { op: BinaryOp::NotEqual, left, right } if is_universal(code, right, "nil") => {
            last_value(code, left, before).is_some_and(|value| is_something(code, value))
        }
        ExprKind::Unary { op: UnaryOp::Not, operand } => {
            last_value(code, operand, before).is_some_and(|value| is_universal(code, value, "false"))
        }
        ExprKind::Local(_) => {
            last_value(code, condition, before).is_some_and(|value| is_universal(code, value, "true"))
        }
        _ => false,
    }
}

/// What a variable has been given last, by one of the simple statements that end here.
fn last_value(code: &Code<'_>, variable: ExprId, before: &[StmtId]) -> Option<ExprId> {
    let variable = code.local(variable)?;
    for stmt in before.iter().rev() {
        match code.ir.stmt(*stmt).kind {
            StmtKind::Assign { targets, values, op: None } => {
                let (targets, values) = (code.ir.exprs_of(targets), code.ir.exprs_of(values));
                if let Some(at) = targets.iter().position(|target| code.local(*target) == Some(variable)) {
                    return values.get(at).copied().filter(|_| targets.len() == values.len());
                }
            }
            StmtKind::Expr(_) | StmtKind::IncDec(_) | StmtKind::Define { .. } => {}
            _ => return None,
        }
    }
    None
}

fn is_universal(code: &Code<'_>, expr: ExprId, name: &str) -> bool {
    let expr = code.ir.unparen(expr);
    matches!(code.ir.kind(expr), ExprKind::Name(written) if written.as_str() == name)
        && code.program.resolution(code.file, expr) == Resolution::Universe
}

/// Whether a value is hardly nil: a new one, or a variable of its own, such as a loop's.
fn is_something(code: &Code<'_>, value: ExprId) -> bool {
    matches!(
        code.ir.kind(code.ir.unparen(value)),
        ExprKind::Unary { op: UnaryOp::Address, .. } | ExprKind::Composite { .. } | ExprKind::Local(_)
    )
}
