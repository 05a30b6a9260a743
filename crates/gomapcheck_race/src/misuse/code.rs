//! What the searches of this module ask of a file: whether two expressions mean the same variable, and what stands between
//! two places.

use std::cell::OnceCell;

use gomapcheck_ir::{
    self as ir, BinaryOp, ExprId, ExprKind, FunctionId, LocalId, StmtKind, StmtList, UnaryOp,
};
use gomapcheck_source::{FileId, Name, Span};
use gomapcheck_types::{Callee, FunctionRef, MethodTarget, Program, Resolution};

/// A file of a target package, with tables that are made when they are first needed.
pub(super) struct Code<'p> {
    pub(super) program: &'p Program<'p>,
    pub(super) file: FileId,
    pub(super) ir: &'p ir::File,
    assignments: OnceCell<Vec<Assignment>>,
    uses: OnceCell<Vec<(u32, LocalId)>>,
}

/// An assignment or definition of one operand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Assignment {
    /// Where the statement begins.
    pub(super) start: u32,
    /// What is assigned.
    pub(super) target: ExprId,
    /// The value, where there is one for this target alone.
    pub(super) value: Option<ExprId>,
    /// The same, or the one expression that gives all targets their values.
    pub(super) source: Option<ExprId>,
}

impl<'p> Code<'p> {
    pub(super) fn new(program: &'p Program<'p>, file: FileId) -> Self {
        let ir = program.ir(file);
        Self { program, file, ir, assignments: OnceCell::new(), uses: OnceCell::new() }
    }

    /// Whether two operands, evaluated with the same values of their variables, denote the same place: variables, fields and
    /// elements by the same index. Literals are the same as nothing, since the IR does not keep their text.
    pub(super) fn same(&self, a: ExprId, b: ExprId) -> bool {
        self.alike(a, b, &|_, _| false)
    }

    /// The same, where literals as long as each other pass for equal: for what makes a finding less likely.
    pub(super) fn may_be_same(&self, a: ExprId, b: ExprId) -> bool {
        self.alike(a, b, &|a, b| a.end - a.start == b.end - b.start)
    }

    fn alike(&self, a: ExprId, b: ExprId, literals: &dyn Fn(Span, Span) -> bool) -> bool {
        let (a, b) = (self.ir.unparen(a), self.ir.unparen(b));
        let all = |a, b| {
            let (a, b) = (self.ir.exprs_of(a), self.ir.exprs_of(b));
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.alike(*a, *b, literals))
        };
        match (self.ir.kind(a), self.ir.kind(b)) {
            (ExprKind::Local(a), ExprKind::Local(b)) => a == b,
            (ExprKind::Name(a), ExprKind::Name(b)) => a == b && !a.is_blank(),
            (ExprKind::Selector { base: a, name: x }, ExprKind::Selector { base: b, name: y }) => {
                x == y && self.alike(a, b, literals)
            }
            (ExprKind::Unary { op: x, operand: a }, ExprKind::Unary { op: y, operand: b }) => {
                x == y && x != UnaryOp::Receive && self.alike(a, b, literals)
            }
            (
                ExprKind::Binary { op: x, left: a, right: c },
                ExprKind::Binary { op: y, left: b, right: d },
            ) => x == y && self.alike(a, b, literals) && self.alike(c, d, literals),
            (ExprKind::Index { base: a, indices: x }, ExprKind::Index { base: b, indices: y }) => {
                self.alike(a, b, literals) && all(x, y)
            }
            (ExprKind::Call { callee: a, args: x, .. }, ExprKind::Call { callee: b, args: y, .. }) => {
                self.alike(a, b, literals) && all(x, y)
            }
            (
                ExprKind::Composite { ty: Some(a), elements: x },
                ExprKind::Composite { ty: Some(b), elements: y },
            ) => {
                let (x, y) = (self.ir.elements_of(x), self.ir.elements_of(y));
                self.alike(a, b, literals)
                    && x.len() == y.len()
                    && x.iter()
                        .zip(y)
                        .all(|(x, y)| x.key_name == y.key_name && self.alike(x.value, y.value, literals))
            }
            (ExprKind::Literal(x), ExprKind::Literal(y)) => {
                x == y && literals(self.ir.span(a), self.ir.span(b))
            }
            _ => false,
        }
    }

    /// Whether a condition can hold only where an equality does whose sides satisfy `wanted`, in one order or the other.
    pub(super) fn has_equality(&self, condition: ExprId, wanted: &dyn Fn(ExprId, ExprId) -> bool) -> bool {
        match self.ir.kind(self.ir.unparen(condition)) {
            ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } => {
                self.has_equality(left, wanted) || self.has_equality(right, wanted)
            }
            ExprKind::Binary { op: BinaryOp::Equal, left, right } => {
                wanted(left, right) || wanted(right, left)
            }
            _ => false,
        }
    }

    /// Whether an expression is a literal or a declared constant.
    pub(super) fn is_constant(&self, expr: ExprId) -> bool {
        let expr = self.ir.unparen(expr);
        match self.ir.kind(expr) {
            ExprKind::Literal(_) => true,
            ExprKind::Name(_) | ExprKind::Selector { .. } => match self.program.resolution(self.file, expr) {
                Resolution::Value(value) => {
                    self.program.ir(value.file).value(value.value).kind == ir::ValueKind::Constant
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether an operand is a variable, or fields and elements of one: evaluating it twice gives the same place.
    pub(super) fn is_place(&self, operand: ExprId) -> bool {
        match self.ir.kind(self.ir.unparen(operand)) {
            ExprKind::Local(_) | ExprKind::Name(_) => true,
            ExprKind::Selector { base, .. } | ExprKind::Unary { op: UnaryOp::Deref, operand: base } => {
                self.is_place(base)
            }
            ExprKind::Index { base, .. } => self.is_place(base),
            _ => false,
        }
    }

    /// The assignments whose statements begin within a span, in order.
    pub(super) fn assignments(&self, within: Span) -> &[Assignment] {
        let all = self.assignments.get_or_init(|| self.collect_assignments());
        let begin = all.partition_point(|assignment| assignment.start < within.start);
        let end = all.partition_point(|assignment| assignment.start < within.end);
        all.get(begin..end).unwrap_or_default()
    }

    fn collect_assignments(&self) -> Vec<Assignment> {
        let mut all = Vec::new();
        for stmt in &self.ir.stmts {
            let start = stmt.span.start;
            match stmt.kind {
                StmtKind::Assign { targets, values, .. }
                | StmtKind::Define { targets, values }
                | StmtKind::Declare { targets, values, .. } => {
                    let (targets, values) = (self.ir.exprs_of(targets), self.ir.exprs_of(values));
                    let is_paired = targets.len() == values.len();
                    for (index, target) in targets.iter().enumerate() {
                        let value = values.get(index).copied().filter(|_| is_paired);
                        let source = value.or_else(|| values.first().copied());
                        all.push(Assignment { start, target: *target, value, source });
                    }
                }
                StmtKind::IncDec(target) => all.push(Assignment { start, target, value: None, source: None }),
                StmtKind::Range { key, value, .. } => {
                    let targets = [key, value].into_iter().flatten();
                    all.extend(targets.map(|target| Assignment { start, target, value: None, source: None }));
                }
                _ => {}
            }
        }
        all.sort_by_key(|assignment| assignment.start);
        all
    }

    /// Whether this variable, or one that leads to it, is assigned by a statement that begins within a span and is not
    /// `excepted`.
    pub(super) fn is_changed(
        &self,
        place: ExprId,
        within: Span,
        excepted: &dyn Fn(&Assignment) -> bool,
    ) -> bool {
        let assignments = self.assignments(within);
        !assignments.is_empty() && self.is_changed_by(place, assignments, excepted)
    }

    fn is_changed_by(
        &self,
        place: ExprId,
        assignments: &[Assignment],
        excepted: &dyn Fn(&Assignment) -> bool,
    ) -> bool {
        let place = self.ir.unparen(place);
        if assignments.iter().any(|assignment| self.same(assignment.target, place) && !excepted(assignment)) {
            return true;
        }
        let part = |part| self.is_changed_by(part, assignments, excepted);
        match self.ir.kind(place) {
            ExprKind::Selector { base, .. } | ExprKind::Unary { operand: base, .. } => part(base),
            ExprKind::Binary { left, right, .. } => part(left) || part(right),
            ExprKind::Index { base, indices: others } | ExprKind::Call { callee: base, args: others, .. } => {
                part(base) || self.ir.exprs_of(others).iter().any(|other| part(*other))
            }
            ExprKind::Composite { elements, .. } => {
                self.ir.elements_of(elements).iter().any(|element| part(element.value))
            }
            _ => false,
        }
    }

    /// Whether one of these variables is named within a span.
    pub(super) fn mentions(&self, within: Span, locals: &[LocalId]) -> bool {
        let uses = self.uses.get_or_init(|| {
            let of = |expr: &ir::Expr| match expr.kind {
                ExprKind::Local(local) => Some((expr.span.start, local)),
                _ => None,
            };
            let mut uses: Vec<_> = self.ir.exprs.iter().filter_map(of).collect();
            uses.sort_unstable();
            uses
        });
        let begin = uses.partition_point(|(start, _)| *start < within.start);
        uses.iter()
            .skip(begin)
            .take_while(|(start, _)| *start < within.end)
            .any(|(_, local)| locals.contains(local))
    }

    /// The variable that an expression is.
    pub(super) fn local(&self, expr: ExprId) -> Option<LocalId> {
        match self.ir.kind(self.ir.unparen(expr)) {
            ExprKind::Local(local) => Some(local),
            _ => None,
        }
    }

    /// The span of a block's statements.
    pub(super) fn block_span(&self, block: StmtList) -> Span {
        match self.ir.stmts_of(block) {
            [first, .., last] => Span::new(self.ir.stmt(*first).span.start, self.ir.stmt(*last).span.end),
            [only] => self.ir.stmt(*only).span,
            [] => Span::default(),
        }
    }

    /// Package, receiver and name of the function that a call calls.
    pub(super) fn called(&self, call: ExprId) -> Option<(Name, Option<Name>, Name)> {
        match self.program.callee(self.file, call) {
            Callee::ExternalFunction(package, name) => Some((package, None, name)),
            Callee::Method { selection, .. } => match selection.method {
                MethodTarget::External(package, receiver, name) => Some((package, Some(receiver), name)),
                MethodTarget::Declared(function) => Some(self.named(function)),
                MethodTarget::Interface(..) => None,
            },
            Callee::Function(function) => Some(self.named(function)),
            _ => None,
        }
    }

    fn named(&self, function: FunctionRef) -> (Name, Option<Name>, Name) {
        let name = self.program.function_name(function);
        (name.package, name.receiver, name.name)
    }

    /// Functions with a body, in order.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (FunctionId, StmtList)> + '_ {
        self.ir.functions_with_ids().filter_map(|(id, function)| Some((id, function.body?)))
    }
}
