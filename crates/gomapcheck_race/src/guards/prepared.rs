//! Maps that one function prepares under its lock, once and for all: `if s.ready { return }`. Whoever has called that comes
//! after all changes.
//!
//! Asked for what is about to be reported, with the text of the functions at hand.

use gomapcheck_ir::{self as ir, BinaryOp, ExprId, ExprKind, FunctionKind, StmtKind, UnaryOp};
use gomapcheck_source::{FileId, Span};
use gomapcheck_types::{Callee, FunctionRef, MethodTarget, Program, Resolution};

use crate::conflict::{Confidence, Location, LockMode, Operation};
use crate::contexts::{Openness, World};
use crate::evidence::{Finding, changes_map};
use crate::guards::{Site, SiteGroup};
use crate::summary::{Access, Thread};

/// How many calls up the call of the preparing function is looked for.
const DEEPEST: u8 = 2;

/// Findings about maps that are prepared before each of the accesses are possible at best.
pub(crate) fn weaken_prepared(
    world: &World<'_>,
    program: &Program<'_>,
    groups: &[SiteGroup<'_>],
    findings: &mut [Finding<'_>],
) {
    for finding in findings.iter_mut().filter(|finding| finding.confidence > Confidence::Possible) {
        let map = finding.key().outermost();
        let Ok(at) = groups.binary_search_by(|group| group.key.cmp(&map)) else { continue };
        let Some(preparation) = Preparation::of(world, program, &groups[at]) else { continue };
        let mut sides = [&finding.first].into_iter().chain(&finding.second).chain(&finding.others);
        if sides.all(|side| preparation.precedes(side.access)) {
            finding.confidence = Confidence::Possible;
        }
    }
}

/// A function that makes all changes to a map, and makes them once.
struct Preparation<'p> {
    world: &'p World<'p>,
    program: &'p Program<'p>,
    function: FunctionRef,
    /// What runs only once.
    section: Span,
}

impl<'p> Preparation<'p> {
    fn of(world: &'p World<'p>, program: &'p Program<'p>, group: &SiteGroup<'_>) -> Option<Self> {
        let is_change = |site: &&Site<'_>| {
            changes_map(site.access.operation) || site.access.operation == Operation::Replace
        };
        let mut changes = group.sites.iter().filter(is_change).map(|site| site.access).peekable();
        let function = changes.peek()?.function;
        let ir = program.ir(function.file);
        let declared = ir.function(function.function);
        if declared.kind == FunctionKind::Literal {
            return None;
        }
        let is_in_one = |access: &Access| {
            access.function == function && access.thread == Thread::Caller && access.stored.is_none()
        };
        let statements = ir.stmts_of(declared.body?);
        let search = Search::new(program, function.file);
        let (test, section) = statements.iter().find_map(|stmt| search.section(*stmt, declared.span))?;
        let is_under_lock = |access: &Access| {
            access.locks.surely.iter().any(|held| {
                held.mode == LockMode::Write
                    && !held.lock.key.is_once()
                    && !held.lock.key.is_flag()
                    && held.acquired.file == function.file
                    && declared.span.contains(held.acquired.span)
                    && held.acquired.span.start < test.at.start
            })
        };
        let is_once = |access: &Access| {
            is_in_one(access) && section.contains(access.location.span) && is_under_lock(access)
        };
        let mut changes = changes.collect::<Vec<_>>();
        changes.sort_by_key(|access| access.location);
        (changes.iter().all(|access| is_once(access)) && search.is_settled(&test, section, &changes))
            .then_some(Self { world, program, function, section })
    }

    /// Whether an access is part of the preparation, or comes after a call of it in its function, or in all callers of that.
    fn precedes(&self, access: &Access) -> bool {
        let is_part = access.function == self.function && self.section.contains(access.location.span);
        let base = || {
            let ir = self.program.ir(access.location.file);
            base_of(ir, access.operand)
        };
        is_part || self.is_called_before(access.location, base(), access.function, 0)
    }

    fn is_called_before(&self, at: Location, base: Option<ExprId>, function: FunctionRef, depth: u8) -> bool {
        let ir = self.program.ir(at.file);
        let search = Search::new(self.program, at.file);
        if search.calls(self.function).any(|(call, receiver)| {
            let span = ir.span(call);
            let is_of_object = match (receiver, base) {
                (Some(receiver), Some(base)) => search.is_same(receiver, base),
                _ => true,
            };
            is_of_object && (at.span.contains(span) || search.comes_first(span, at.span))
        }) {
            return true;
        }
        let Some(number) = self.world.summaries.number(function) else { return false };
        let number = self.world.outermost(number);
        let is_closed =
            self.world.openness[number as usize] == Openness::Closed && !self.world.is_launched(number);
        let mut callers = self.world.known_callers(number).peekable();
        depth < DEEPEST
            && is_closed
            && callers.peek().is_some()
            && callers.all(|edge| {
                let call = self.world.site(edge);
                let ir = self.program.ir(call.location.file);
                let made = (0..ir.exprs.len()).map(ExprId::new).find(|expr| {
                    ir.span(*expr) == call.location.span && matches!(ir.kind(*expr), ExprKind::Call { .. })
                });
                let base = made.and_then(|made| match ir.kind(made) {
                    ExprKind::Call { callee, .. } => base_of(ir, callee),
                    _ => None,
                });
                let caller = self.world.summaries.function(edge.caller);
                self.is_called_before(call.location, base, caller, depth + 1)
            })
    }
}

/// What decides whether something is still to be done.
struct Test {
    /// Where it stands.
    at: Span,
    /// What it looks at.
    looked_at: Resolution,
    /// Whether that is compared with nil.
    is_nil: bool,
}

/// What the text of one file is asked for.
pub(super) struct Search<'p> {
    pub(super) program: &'p Program<'p>,
    pub(super) file: FileId,
    pub(super) ir: &'p ir::File,
}

impl<'p> Search<'p> {
    pub(super) fn new(program: &'p Program<'p>, file: FileId) -> Self {
        Self { program, file, ir: program.ir(file) }
    }

    /// The part of a function that runs only where a flag is down or a map missing, if this statement says so: its own body, or
    /// all that follows a body that returns.
    fn section(&self, stmt: ir::StmtId, function: Span) -> Option<(Test, Span)> {
        let stmt = self.ir.stmt(stmt);
        let StmtKind::If { init: None, condition, then, otherwise: None } = stmt.kind else { return None };
        let (looked_at, is_nil, is_done) = self.test(condition)?;
        let test = Test { at: self.ir.span(condition), looked_at, is_nil };
        if !is_done {
            return Some((test, stmt.span));
        }
        let last = self.ir.stmts_of(then).last()?;
        let returns = matches!(self.ir.stmt(*last).kind, StmtKind::Return(_));
        returns.then_some((test, Span { start: stmt.span.end, end: function.end }))
    }

    /// `ready`, `!ready`, `items == nil`, `items != nil`: what is looked at, whether for nil, and whether the condition holds
    /// where all is done.
    fn test(&self, condition: ExprId) -> Option<(Resolution, bool, bool)> {
        let condition = self.ir.unparen(condition);
        match self.ir.kind(condition) {
            ExprKind::Unary { op: UnaryOp::Not, operand } => {
                let (looked_at, is_nil, is_done) = self.test(operand)?;
                Some((looked_at, is_nil, !is_done))
            }
            ExprKind::Binary { op: op @ (BinaryOp::Equal | BinaryOp::NotEqual), left, right }
                if self.is_word(right, "nil") =>
            {
                Some((self.shared(left)?, true, op == BinaryOp::NotEqual))
            }
            _ => Some((self.shared(condition)?, false, true)),
        }
    }

    /// The one statement that gives a variable its value: where it stands, its targets and its values.
    pub(super) fn given(&self, variable: ir::LocalId) -> Option<(Span, &'p [ExprId], &'p [ExprId])> {
        let is_it = |target: &ExprId| self.ir.kind(*target) == ExprKind::Local(variable);
        let mut given = self.ir.stmts.iter().filter_map(|stmt| match stmt.kind {
            StmtKind::Define { targets, values } | StmtKind::Assign { targets, values, .. } => {
                let targets = self.ir.exprs_of(targets);
                targets.iter().any(is_it).then(|| (stmt.span, targets, self.ir.exprs_of(values)))
            }
            _ => None,
        });
        let only = given.next()?;
        given.next().is_none().then_some(only)
    }

    /// Whether an expression is a word of the language: `nil`, `true`.
    pub(super) fn is_word(&self, expr: ExprId, word: &str) -> bool {
        matches!(self.ir.kind(self.ir.unparen(expr)), ExprKind::Name(name) if name.as_str() == word)
    }

    /// The field or package variable that an expression names.
    pub(super) fn shared(&self, expr: ExprId) -> Option<Resolution> {
        let resolution = self.program.resolution(self.file, self.ir.unparen(expr));
        matches!(resolution, Resolution::Field(_) | Resolution::Value(_)).then_some(resolution)
    }

    /// Whether what the test looks at says for good that all is done, once it does: the map itself is put in place here, or
    /// the flag is raised here, and nothing puts it down.
    fn is_settled(&self, test: &Test, section: Span, changes: &[&Access]) -> bool {
        if test.is_nil {
            return changes.iter().any(|access| {
                access.operation == Operation::Replace
                    && is_one(&self.program.resolution(self.file, access.operand), &test.looked_at)
            });
        }
        let (declared_in, name) = match &test.looked_at {
            Resolution::Field(selection) => {
                (selection.field.structure.file, self.program.field(selection.field).name)
            }
            Resolution::Value(value) => (value.file, self.program.ir(value.file).value(value.value).name),
            _ => return false,
        };
        // Other packages may put it down.
        if name.is_exported() {
            return false;
        }
        let package = self.program.package_of(declared_in);
        let files = package.files.iter().filter(|file| !self.program.is_test(**file));
        let mut is_raised = false;
        let all_raise = files.into_iter().all(|file| {
            let search = Search::new(self.program, *file);
            search.assignments(&test.looked_at).all(|(at, raises)| {
                is_raised |= raises && *file == self.file && section.contains(at);
                raises
            })
        });
        all_raise && is_raised
    }

    /// Where a file assigns to a flag, and whether that raises it.
    pub(super) fn assignments<'t>(&'t self, flag: &'t Resolution) -> impl Iterator<Item = (Span, bool)> + 't {
        let is_flag = |expr: ExprId| {
            let expr = self.ir.unparen(expr);
            matches!(self.ir.kind(expr), ExprKind::Selector { .. } | ExprKind::Name(_))
                && is_one(&self.program.resolution(self.file, expr), flag)
        };
        let is_true = |expr: ExprId| self.is_word(expr, "true");
        let assigned = self.ir.stmts.iter().flat_map(move |stmt| {
            let StmtKind::Assign { targets, op, values } = stmt.kind else { return Vec::new() };
            let (targets, values) = (self.ir.exprs_of(targets), self.ir.exprs_of(values));
            let raises = |n: usize| op.is_none() && targets.len() == values.len() && is_true(values[n]);
            let flags = targets.iter().enumerate().filter(|(_, target)| is_flag(**target));
            flags.map(|(n, _)| (stmt.span, raises(n))).collect::<Vec<_>>()
        });
        let taken = self.ir.exprs.iter().filter_map(move |expr| match expr.kind {
            ExprKind::Unary { op: UnaryOp::Address, operand } if is_flag(operand) => Some((expr.span, false)),
            _ => None,
        });
        assigned.chain(taken)
    }

    /// The calls of a function in this file, each with what stands before the dot.
    fn calls(&self, function: FunctionRef) -> impl Iterator<Item = (ExprId, Option<ExprId>)> + '_ {
        (0..self.ir.exprs.len()).map(ExprId::new).filter_map(move |expr| {
            let ExprKind::Call { .. } = self.ir.kind(expr) else { return None };
            match self.program.callee(self.file, expr) {
                Callee::Function(f) if f == function => Some((expr, None)),
                Callee::Method { receiver, selection } => {
                    matches!(selection.method, MethodTarget::Declared(f) if f == function)
                        .then_some((expr, Some(receiver)))
                }
                _ => None,
            }
        })
    }

    /// Whether both name the same variable, or the same field of the same one.
    pub(super) fn is_same(&self, a: ExprId, b: ExprId) -> bool {
        let (a, b) = (self.ir.unparen(a), self.ir.unparen(b));
        match (self.ir.kind(a), self.ir.kind(b)) {
            (ExprKind::Local(one), ExprKind::Local(other)) => one == other,
            (ExprKind::Name(one), ExprKind::Name(other)) => one == other,
            (ExprKind::Selector { base: x, name: one }, ExprKind::Selector { base: y, name: other }) => {
                one == other && self.is_same(x, y)
            }
            _ => false,
        }
    }

    /// Whether whoever comes to `late` has surely made the call before: it stands in no branch, loop, literal or deferred
    /// statement in which `late` does not stand, too.
    fn comes_first(&self, call: Span, late: Span) -> bool {
        let is_apart = |span: Span| span.contains(call) && !span.contains(late);
        let of_literals = |function: &&ir::Function| function.kind == FunctionKind::Literal;
        let of_function =
            |function: &&ir::Function| function.kind != FunctionKind::Literal && function.span.contains(call);
        call.end <= late.start
            && self.ir.functions.iter().find(of_function).is_some_and(|f| f.span.contains(late))
            && !self.ir.functions.iter().filter(of_literals).any(|literal| is_apart(literal.span))
            && self.ir.stmts.iter().filter(|stmt| stmt.span.contains(call)).all(|stmt| {
                let is_with = stmt.span.contains(late);
                match stmt.kind {
                    StmtKind::If { init, condition, otherwise, .. } => {
                        let is_head = self.ir.span(condition).contains(call)
                            || init.is_some_and(|init| self.ir.stmt(init).span.contains(call));
                        let other = otherwise.map(|other| self.ir.stmt(other).span);
                        is_head
                            || (is_with
                                && !other.is_some_and(|other| other.contains(late) && !other.contains(call)))
                    }
                    StmtKind::Switch { .. } | StmtKind::TypeSwitch { .. } | StmtKind::Select { .. } => false,
                    StmtKind::Go(_) | StmtKind::Defer(_) => false,
                    StmtKind::For { .. }
                    | StmtKind::Range { .. }
                    | StmtKind::Block(_)
                    | StmtKind::Labeled { .. } => is_with,
                    _ => true,
                }
            })
    }
}

/// What stands before the last dot.
fn base_of(ir: &ir::File, expr: ExprId) -> Option<ExprId> {
    match ir.kind(ir.unparen(expr)) {
        ExprKind::Selector { base, .. } => Some(base),
        _ => None,
    }
}

/// Whether both are the same field or package variable.
pub(super) fn is_one(a: &Resolution, b: &Resolution) -> bool {
    match (a, b) {
        (Resolution::Field(a), Resolution::Field(b)) => a.field == b.field,
        (Resolution::Value(a), Resolution::Value(b)) => a == b,
        _ => false,
    }
}
