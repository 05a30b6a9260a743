//! Loops that change what they range over.
//!
//! One walk of each function, from its end to its start: what may come after a statement is known when the statement is met,
//! so a change after which the loop surely ends is told apart at once.

use gomapcheck_ir::{
    BinaryOp, Clause, ExprId, ExprKind, FunctionId, LocalId, StmtId, StmtKind, StmtList, UnaryOp,
};
use gomapcheck_source::{Name, Span};
use gomapcheck_types::{Builtin, Callee, Type};

use super::Misuse;
use super::code::Code;
use super::leaving::{Behind, Next, Target, after_break, after_continue};
use super::mark::{leaves_unmarked, says_listed, says_unmarked};
use super::slice_shortening::{looks_at_elements, shortens};
use crate::conflict::{Confidence, ConflictKind, Operation};

const INSERTED: &str = "the language leaves open whether the loop visits the new key";
const SHORTENED: &str = "the loop goes on over the old length and passes over the element that moved forward";

/// Loops that change the map or slice that they range over.
pub(super) fn find(code: &Code<'_>) -> Vec<Misuse> {
    if !code.ir.stmts.iter().any(|stmt| matches!(stmt.kind, StmtKind::Range { .. })) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (function, body) in code.bodies() {
        let mut walk = Walk {
            code,
            function,
            loops: Vec::new(),
            targets: Vec::new(),
            guards: Vec::new(),
            fallthrough: 0,
            repeating: 0,
            before: &[],
            behind: None,
            found,
        };
        walk.block(body, 0);
        found = walk.found;
    }
    found
}

/// A loop over a map or slice around the statement at hand.
struct Loop {
    over: ExprId,
    is_slice: bool,
    key: Option<ExprId>,
    value: Option<ExprId>,
    body: Span,
    statements: StmtList,
    bit: Next,
    /// Whether a loop around it, not over a collection, may range anew until nothing changes.
    repeated: bool,
}

/// A condition around the statement at hand.
#[derive(Clone, Copy)]
enum Guard<'c> {
    If { init: Option<StmtId>, condition: ExprId, holds: bool },
    Case { subject: ExprId, clause: &'c Clause },
}

struct Walk<'w, 'p> {
    code: &'w Code<'p>,
    function: FunctionId,
    loops: Vec<Loop>,
    targets: Vec<Target>,
    guards: Vec<Guard<'w>>,
    /// What comes where `fallthrough` leads.
    fallthrough: Next,
    /// How many loops that range over no collection are around.
    repeating: u32,
    /// The statements before this one in its block.
    before: &'w [StmtId],
    /// The `if` behind the statement at hand.
    behind: Option<Behind>,
    found: Vec<Misuse>,
}

impl<'w> Walk<'w, '_> {
    fn block(&mut self, block: StmtList, mut after: Next) -> Next {
        let code = self.code;
        let (stmts, mut behind) = (code.ir.stmts_of(block), None);
        for (index, stmt) in stmts.iter().enumerate().rev() {
            (self.before, self.behind) = (&stmts[..index], behind);
            after = self.stmt(*stmt, None, after);
            behind = self.behind.take();
        }
        after
    }

    /// What may come from before the statement on, given what may come after it.
    fn stmt(&mut self, id: StmtId, label: Option<Name>, after: Next) -> Next {
        let code = self.code;
        let behind = self.behind.take();
        match code.ir.stmt(id).kind {
            StmtKind::Assign { targets, values, .. } => {
                self.assignment(code.ir.exprs_of(targets), code.ir.exprs_of(values), after);
                after
            }
            StmtKind::IncDec(target) => {
                self.insertion(target, after);
                after
            }
            StmtKind::Expr(call) if self.never_returns(call) => 0,
            StmtKind::Return(_) | StmtKind::Goto(_) => 0,
            StmtKind::Break(label) => after_break(code, &self.targets, label, self.before),
            StmtKind::Continue(label) => after_continue(&self.targets, label),
            StmtKind::Fallthrough => self.fallthrough,
            StmtKind::Block(block) => self.block(block, after),
            StmtKind::Labeled { label, stmt } => {
                self.behind = behind;
                self.stmt(stmt, Some(label), after)
            }
            StmtKind::If { init, condition, then, otherwise } => {
                self.branches(init, condition, then, otherwise, after)
            }
            StmtKind::Switch { subject, clauses, clause_count, .. } => {
                self.clauses((label, behind), subject, code.ir.clauses_of(clauses, clause_count), after)
            }
            StmtKind::TypeSwitch { clauses, clause_count, .. }
            | StmtKind::Select { clauses, clause_count } => {
                self.clauses((label, behind), None, code.ir.clauses_of(clauses, clause_count), after)
            }
            StmtKind::For { body, .. } => {
                self.repeating += 1;
                self.targets.push(Target { label, after_break: after, after_continue: Some(after), behind });
                self.block(body, after);
                self.targets.pop();
                self.repeating -= 1;
                after
            }
            StmtKind::Range { key, value, over, body, .. } => {
                self.range((label, behind), (key, value), over, body, after);
                after
            }
            _ => after,
        }
    }

    fn branches(
        &mut self,
        init: Option<StmtId>,
        condition: ExprId,
        then: StmtList,
        otherwise: Option<StmtId>,
        after: Next,
    ) -> Next {
        self.guards.push(Guard::If { init, condition, holds: true });
        let then = self.block(then, after);
        self.guards.pop();
        self.guards.push(Guard::If { init, condition, holds: false });
        let is_simple = init.is_none() && otherwise.is_none();
        let otherwise = otherwise.map_or(after, |stmt| self.stmt(stmt, None, after));
        self.guards.pop();
        self.behind = is_simple.then_some(Behind { condition, then });
        init.map_or(then | otherwise, |init| self.stmt(init, None, then | otherwise))
    }

    fn clauses(
        &mut self,
        (label, behind): (Option<Name>, Option<Behind>),
        subject: Option<ExprId>,
        clauses: &'w [Clause],
        after: Next,
    ) -> Next {
        self.targets.push(Target { label, after_break: after, after_continue: None, behind });
        let outer = std::mem::replace(&mut self.fallthrough, after);
        let has_default = clauses.iter().any(|clause| clause.is_default);
        let mut before = if has_default { 0 } else { after };
        for clause in clauses.iter().rev() {
            self.guards.extend(subject.map(|subject| Guard::Case { subject, clause }));
            let begin = self.block(clause.body, after);
            if subject.is_some() {
                self.guards.pop();
            }
            self.fallthrough = begin;
            before |= begin;
        }
        self.fallthrough = outer;
        self.targets.pop();
        before
    }

    fn range(
        &mut self,
        (label, behind): (Option<Name>, Option<Behind>),
        (key, value): (Option<ExprId>, Option<ExprId>),
        over: ExprId,
        body: StmtList,
        after: Next,
    ) {
        let ty = self.code.program.type_of(self.code.file, over);
        let is_map = self.code.program.is_map(ty);
        let is_slice =
            !is_map && matches!(self.code.program.ty(self.code.program.core_type(ty)), Type::Slice(_));
        let bit = 1_u64.checked_shl(u32::try_from(self.loops.len()).unwrap_or(u32::MAX)).unwrap_or(0);
        let is_followed = (is_map || is_slice) && bit != 0 && self.code.is_place(over);
        let end = if is_followed { after | bit } else { after };
        if is_followed {
            let repeated = self.repeating > 0;
            let (statements, body) = (body, self.code.block_span(body));
            self.loops.push(Loop { over, is_slice, key, value, body, statements, bit, repeated });
        }
        self.targets.push(Target { label, after_break: after, after_continue: Some(end), behind });
        self.block(body, end);
        self.targets.pop();
        if is_followed {
            self.loops.pop();
        }
    }

    fn never_returns(&self, call: ExprId) -> bool {
        let call = self.code.ir.unparen(call);
        let ExprKind::Call { callee, .. } = self.code.ir.kind(call) else { return false };
        match self.code.ir.kind(self.code.ir.unparen(callee)) {
            ExprKind::Selector { name, .. } => {
                matches!(
                    name.as_str(),
                    "Fatal" | "Fatalf" | "Fatalln" | "Exit" | "FailNow" | "Goexit" | "Panicf"
                )
            }
            ExprKind::Name(_) => {
                matches!(self.code.program.callee(self.code.file, call), Callee::Builtin(Builtin::Panic))
            }
            _ => false,
        }
    }

    fn assignment(&mut self, targets: &[ExprId], values: &[ExprId], after: Next) {
        if self.loops.is_empty() || after == 0 {
            return;
        }
        for (index, target) in targets.iter().enumerate() {
            self.insertion(*target, after);
            if let Some(value) = values.get(index).filter(|_| targets.len() == values.len()) {
                self.shortening(*target, *value, after);
            }
        }
    }

    /// The loop over this very operand that may go on after a change of it.
    fn loop_over(&self, operand: ExprId, is_slice: bool, after: Next) -> Option<&Loop> {
        let is_over = |around: &&Loop| {
            around.is_slice == is_slice && around.bit & after != 0 && self.code.same(around.over, operand)
        };
        self.loops.iter().rev().find(is_over)
    }

    fn shortening(&mut self, target: ExprId, value: ExprId, after: Next) {
        let code = self.code;
        let Some(around) = self.loop_over(target, true, after) else { return };
        let is_shortening = |assignment: &super::code::Assignment| {
            assignment.value.is_some_and(|value| shortens(code, assignment.target, value))
        };
        if !shortens(code, target, value)
            || code.is_changed(target, around.body, &is_shortening)
            || !looks_at_elements(code, [around.key, around.value], around.over, around.body)
        {
            return;
        }
        // An element that is looked for by what it is, or by a key of it, is mostly the only one.
        let is_sought = self.is_equal_to_given(around.body, &self.parts_of_element(around));
        let confidence = if is_sought { Confidence::Possible } else { Confidence::Likely };
        let misuse = self.misuse(confidence, (target, Operation::Delete), around, SHORTENED);
        self.found.push(misuse);
    }

    fn insertion(&mut self, target: ExprId, after: Next) {
        let code = self.code;
        let target = code.ir.unparen(target);
        let ExprKind::Index { base, indices } = code.ir.kind(target) else { return };
        let [key] = code.ir.exprs_of(indices) else { return };
        let Some(around) = self.loop_over(base, false, after) else { return };
        if code.is_changed(base, around.body, &|_| false) || self.is_own_key(*key, base) {
            return;
        }
        // Where one key alone leads to the insertion, a new key that the loop comes to changes nothing.
        let is_doubtful = around.repeated
            || self.is_for_one_key(around)
            || self.is_unmarked(*key, around)
            || self.is_found(target, true)
            || !(self.grows_from_own(*key, around) || self.is_found(target, false));
        let confidence = if is_doubtful { Confidence::Possible } else { Confidence::Likely };
        let misuse = self.misuse(confidence, (base, Operation::Write), around, INSERTED);
        self.found.push(misuse);
    }

    /// The variables in which a loop has its element.
    fn parts_of_element(&self, around: &Loop) -> Vec<LocalId> {
        [around.key, around.value].into_iter().flatten().filter_map(|part| self.code.local(part)).collect()
    }

    /// Whether a condition within `body` asks that something of a loop's `own` variables equals a value from outside the
    /// loop that is no literal.
    fn is_equal_to_given(&self, body: Span, own: &[LocalId]) -> bool {
        let code = self.code;
        let is_of_element = |expr: ExprId| code.mentions(code.ir.span(expr), own);
        let is_given = |expr: ExprId| {
            let is_place = code.is_place(expr);
            is_place && !is_of_element(expr) && !code.is_changed(expr, body, &|_| false)
        };
        self.guards.iter().any(|guard| match guard {
            Guard::If { condition, holds: true, .. } => {
                body.contains(code.ir.span(*condition))
                    && code.has_equality(*condition, &|a, b| is_of_element(a) && is_given(b))
            }
            _ => false,
        })
    }

    /// Whether the statement runs for one key of a loop over a map alone.
    fn is_for_one_key(&self, around: &Loop) -> bool {
        let code = self.code;
        let Some(own) = around.key else { return false };
        self.guards.iter().any(|guard| match guard {
            Guard::If { condition, holds: true, .. } => {
                around.body.contains(code.ir.span(*condition))
                    && code.has_equality(*condition, &|a, b| code.same(a, own) && code.is_constant(b))
            }
            Guard::Case { subject, clause } => {
                let cases = code.ir.exprs_of(clause.cases);
                code.same(*subject, own)
                    && !clause.is_default
                    && cases.iter().all(|case| code.is_constant(*case))
            }
            Guard::If { .. } => false,
        })
    }

    fn misuse(
        &self,
        confidence: Confidence,
        changed: (ExprId, Operation),
        around: &Loop,
        reason: &'static str,
    ) -> Misuse {
        Misuse {
            kind: ConflictKind::RangeMutation,
            confidence,
            function: self.function,
            changed,
            other: (around.over, Operation::Iterate),
            is_slice: around.is_slice,
            reason,
        }
    }

    /// Whether a key is that of a loop over the same map, so that it is in the map already.
    fn is_own_key(&self, key: ExprId, map: ExprId) -> bool {
        let loops = self.loops.iter().filter(|around| self.code.same(around.over, map));
        loops
            .filter_map(|around| Some((around, around.key?)))
            .any(|(around, own)| self.is_copy_of(key, own, around.body) || self.is_compared(key, own))
    }

    /// Whether an expression is the unchanged variable, a conversion of it, or a variable that is only a copy of it.
    fn is_copy_of(&self, expr: ExprId, variable: ExprId, body: Span) -> bool {
        let code = self.code;
        let expr = code.ir.unparen(expr);
        if code.same(expr, variable) {
            return !code.is_changed(variable, body, &|_| false);
        }
        match code.ir.kind(expr) {
            ExprKind::Call { args, .. } => match code.ir.exprs_of(args) {
                [arg] => {
                    matches!(code.program.callee(code.file, expr), Callee::Conversion(_))
                        && self.is_copy_of(*arg, variable, body)
                }
                _ => false,
            },
            ExprKind::Local(_) => {
                let own = code.assignments(body).iter().filter(|assigned| code.same(assigned.target, expr));
                let mut values = own.map(|assigned| assigned.value);
                let first = values.next().flatten();
                values.next().is_none()
                    && first.is_some_and(|value| {
                        code.local(value) != code.local(expr) && self.is_copy_of(value, variable, body)
                    })
            }
            _ => false,
        }
    }

    /// Whether a condition around the statement compares the loop's key with this key.
    fn is_compared(&self, key: ExprId, own: ExprId) -> bool {
        self.guards.iter().any(|guard| match guard {
            Guard::If { condition, holds, .. } => self.says_equal(*condition, *holds, key, own),
            Guard::Case { subject, clause } => {
                let mut cases = self.code.ir.exprs_of(clause.cases).iter();
                self.code.same(*subject, own) && cases.any(|case| self.code.may_be_same(*case, key))
            }
        })
    }

    fn says_equal(&self, condition: ExprId, holds: bool, key: ExprId, own: ExprId) -> bool {
        let code = self.code;
        match code.ir.kind(code.ir.unparen(condition)) {
            ExprKind::Binary { op: BinaryOp::LogicalAnd | BinaryOp::LogicalOr, left, right } => {
                self.says_equal(left, holds, key, own) || self.says_equal(right, holds, key, own)
            }
            ExprKind::Unary { op: UnaryOp::Not, operand } => self.says_equal(operand, !holds, key, own),
            ExprKind::Binary { op, left, right } => {
                let is_equal = op == if holds { BinaryOp::Equal } else { BinaryOp::NotEqual };
                is_equal
                    && (code.same(left, own) && code.may_be_same(right, key)
                        || code.same(right, own) && code.may_be_same(left, key))
            }
            _ => false,
        }
    }

    /// Whether a condition around the statement has found the element, `if _, ok := m[k]; ok { m[k] = … }`, or has found that
    /// it is missing.
    fn is_found(&self, element: ExprId, present: bool) -> bool {
        let code = self.code;
        let looked_up = |init: StmtId| match code.ir.stmt(init).kind {
            StmtKind::Define { targets, values } | StmtKind::Assign { targets, values, .. } => {
                match (code.ir.exprs_of(targets), code.ir.exprs_of(values)) {
                    ([_, found], [value]) if code.may_be_same(*value, element) => code.local(*found),
                    _ => None,
                }
            }
            _ => None,
        };
        self.guards.iter().any(|guard| match guard {
            Guard::If { init: Some(init), condition, holds } => {
                looked_up(*init).is_some_and(|found| self.says_true(*condition, *holds == present, found))
            }
            _ => false,
        })
    }

    fn says_true(&self, condition: ExprId, holds: bool, found: LocalId) -> bool {
        let code = self.code;
        match code.ir.kind(code.ir.unparen(condition)) {
            ExprKind::Local(local) => holds && local == found,
            ExprKind::Unary { op: UnaryOp::Not, operand } => self.says_true(operand, !holds, found),
            ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } if holds => {
                self.says_true(left, holds, found) || self.says_true(right, holds, found)
            }
            _ => false,
        }
    }

    /// Whether a key is surely another one than the loop's own, made from it by an operator: `m[key+"s"]`. What a function
    /// makes of a key, such as its lower-case form, mostly stays the same when the loop comes to it; a key that comes from
    /// elsewhere, such as the value's own name for itself, may be in the map already.
    fn grows_from_own(&self, key: ExprId, around: &Loop) -> bool {
        let code = self.code;
        let Some(own) = around.key.and_then(|own| code.local(own)) else { return false };
        let Some(key) = self.made_key(key, around) else { return false };
        matches!(code.ir.kind(key), ExprKind::Binary { .. }) && self.code.mentions(code.ir.span(key), &[own])
    }

    /// What a key is: where it is a variable of the loop's body, what that has been given once.
    fn made_key(&self, key: ExprId, around: &Loop) -> Option<ExprId> {
        let code = self.code;
        let key = code.ir.unparen(key);
        let Some(local) = code.local(key) else { return Some(key) };
        let mut assigned =
            code.assignments(around.body).iter().filter(|a| code.local(a.target) == Some(local));
        let value = assigned.next()?.value?;
        assigned.next().is_none().then(|| code.ir.unparen(value))
    }

    /// Whether the statement runs for keys alone that lack the mark of the new one: a new key that the loop comes to is passed
    /// over.
    fn is_unmarked(&self, key: ExprId, around: &Loop) -> bool {
        let (Some(own), Some(made)) = (around.key, self.made_key(key, around)) else { return false };
        let is_asked = |guard: &Guard<'_>| match guard {
            Guard::If { condition, holds, .. } => {
                around.body.contains(self.code.ir.span(*condition))
                    && (says_unmarked(self.code, (*condition, *holds), own, made)
                        || says_listed(self.code, (*condition, *holds), own, around.over))
            }
            Guard::Case { .. } => false,
        };
        let at = self.code.ir.span(key).start;
        self.guards.iter().any(is_asked) || leaves_unmarked(self.code, (around.statements, at), own, made)
    }
}
