//! Functions that are mentioned other than to be called: whoever gets one may call it.

use std::cell::LazyCell;

use gomapcheck_ir::{self as ir, ExprKind};
use gomapcheck_source::FileId;
use gomapcheck_types::{FunctionRef, MethodTarget, Program, Resolution};

use crate::conflict::Location;
use crate::contexts::facts::outermost;

/// A mention of a function other than to call it.
#[derive(Clone, Copy)]
pub(super) struct ValueUse {
    /// What is mentioned.
    pub(super) function: FunctionRef,
    /// Where.
    pub(super) location: Location,
    /// The declared function or initialiser in which it is.
    pub(super) within: FunctionRef,
}

/// The functions that a file mentions other than as what a call calls, and where.
pub(super) fn used_as_values(program: &Program<'_>, file: FileId) -> Vec<ValueUse> {
    let ir = program.ir(file);
    let mut called = vec![false; ir.exprs.len()];
    for expr in &ir.exprs {
        if let ExprKind::Call { callee, .. } = expr.kind {
            let callee = ir.unparen(callee);
            called[callee.index()] = true;
            if let ExprKind::Index { base, .. } = ir.kind(callee) {
                called[ir.unparen(base).index()] = true;
            }
        }
    }
    let mut values = Vec::new();
    let declared = LazyCell::new(|| declared_functions(ir));
    for (index, expr) in ir.exprs.iter().enumerate() {
        let location = Location { file, span: expr.span };
        if let (ExprKind::Function(literal), false) = (expr.kind, called[index]) {
            let function = FunctionRef::new(file, literal);
            values.push(ValueUse { function, location, within: outermost(ir, function) });
        }
        if called[index] || !matches!(expr.kind, ExprKind::Name(_) | ExprKind::Selector { .. }) {
            continue;
        }
        let function = match program.resolution(file, ir::ExprId::new(index)) {
            Resolution::Function(f) | Resolution::MethodExpression(f) => f,
            Resolution::Method(selection) => match selection.method {
                MethodTarget::Declared(f) => f,
                _ => continue,
            },
            _ => continue,
        };
        let after = declared.partition_point(|(start, _)| *start <= expr.span.start);
        if let Some((_, around)) = declared.get(after.saturating_sub(1)) {
            values.push(ValueUse { function, location, within: FunctionRef::new(file, *around) });
        }
    }
    values
}

/// The functions of a file that stand in no other, by where they begin.
fn declared_functions(ir: &ir::File) -> Vec<(u32, ir::FunctionId)> {
    let numbered = ir.functions.iter().enumerate().filter(|(_, function)| function.parent.is_none());
    let mut declared: Vec<_> =
        numbered.map(|(n, function)| (function.span.start, ir::FunctionId::new(n))).collect();
    declared.sort_unstable();
    declared
}
