//! Conditions: what is known on either side of a branch.

use gomapcheck_ir::{BinaryOp, ExprId, ExprKind, ExprList, StmtId, StmtKind, UnaryOp, ValueKind};
use gomapcheck_types::{Builtin, Callee, Resolution, Type};

use crate::conflict::LockMode;
use crate::domain::Condition;
use crate::models::LockOperation;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::Value;

impl Interpreter<'_> {
    /// A condition: the states in which it holds and in which it does not.
    pub(super) fn condition(&mut self, mut state: State, expr: ExprId) -> (Option<State>, Option<State>) {
        let expr = self.ir.unparen(expr);
        match self.ir.kind(expr) {
            ExprKind::Unary { op: UnaryOp::Not, operand } => {
                let (yes, no) = self.condition(state, operand);
                (no, yes)
            }
            ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } => {
                let (yes, no) = self.condition(state, left);
                let Some(yes) = yes else { return (None, no) };
                let (both, second) = self.condition(yes, right);
                (both, crate::summarise::paths::join(no, second))
            }
            ExprKind::Binary { op: BinaryOp::LogicalOr, left, right } => {
                let (yes, no) = self.condition(state, left);
                let Some(no) = no else { return (yes, None) };
                let (second, neither) = self.condition(no, right);
                (crate::summarise::paths::join(yes, second), neither)
            }
            ExprKind::Call { .. } => {
                if let Some(held) = self.try_lock(&mut state, expr) {
                    let no = state.clone();
                    state.locks.acquire(held);
                    return (Some(state), Some(no));
                }
                self.eval(&mut state, expr);
                if self.take_ended() { (None, None) } else { self.by_outcome(state, expr) }
            }
            _ if self.constant_condition(expr).is_some() => match self.constant_condition(expr) {
                Some(true) => (Some(state), None),
                _ => (None, Some(state)),
            },
            _ => {
                let told = self.eval(&mut state, expr);
                let (yes, no) = match self.known_by(expr) {
                    Some(known) => {
                        let (yes, no) = self.by_outcome(state, expr);
                        let no =
                            no.and_then(|no| self.assume(no, Condition { holds: !known.holds, ..known }));
                        (yes.and_then(|yes| self.assume(yes, known)), no)
                    }
                    None => self.by_outcome(state, expr),
                };
                (yes, no.map(|no| self.if_closed(no, expr, &told)))
            }
        }
    }

    /// `value, ok := <-ch`: where `ok` is false, the channel is closed.
    fn if_closed(&mut self, mut state: State, expr: ExprId, told: &Value) -> State {
        let is_local = matches!(self.ir.kind(expr), ExprKind::Local(_));
        if is_local && matches!(told, Value::Reference(_)) {
            self.receive(&mut state, told, true);
        }
        state
    }

    /// What a constant says that is declared as `true` or `false`: `const debug = false` makes code unreachable.
    pub(super) fn constant_condition(&self, expr: ExprId) -> Option<bool> {
        if !matches!(self.ir.kind(expr), ExprKind::Name(_) | ExprKind::Selector { .. }) {
            return None;
        }
        let Resolution::Value(value) = self.program.resolution(self.file, expr) else { return None };
        let ir = self.program.ir(value.file);
        let declared = ir.values.get(value.value.index())?;
        match (declared.kind, ir.kind(ir.unparen(declared.init?))) {
            (ValueKind::Constant, ExprKind::Name(name)) if name.as_str() == "true" => Some(true),
            (ValueKind::Constant, ExprKind::Name(name)) if name.as_str() == "false" => Some(false),
            _ => None,
        }
    }

    /// Whether a return gives an error that is made there: `return nil, errors.New("…")`.
    pub(super) fn returns_new_error(&self, values: ExprList) -> bool {
        let Some(last) = self.ir.exprs_of(values).last() else { return false };
        let ExprKind::Call { callee, .. } = self.ir.kind(self.ir.unparen(*last)) else { return false };
        match self.ir.kind(self.ir.unparen(callee)) {
            ExprKind::Selector { base, name } => {
                let package = self.ir.kind(self.ir.unparen(base));
                let of_errors = matches!(package, ExprKind::Name(package) if package.as_str() == "errors");
                name.as_str() == "Errorf" || of_errors
            }
            _ => false,
        }
    }

    /// Whether a condition sees an error: `err != nil`.
    pub(super) fn is_failure(&self, condition: ExprId) -> bool {
        let ExprKind::Binary { op: BinaryOp::NotEqual, left, right } =
            self.ir.kind(self.ir.unparen(condition))
        else {
            return false;
        };
        let is_nil =
            matches!(self.ir.kind(self.ir.unparen(right)), ExprKind::Name(name) if name.as_str() == "nil");
        is_nil && self.is_error_variable(left)
    }

    /// Whether an expression is a variable for an error, going by its name and its type.
    pub(super) fn is_error_variable(&self, expr: ExprId) -> bool {
        let expr = self.ir.unparen(expr);
        let is_named_so = |name: &str| name == "err" || name.ends_with("Err") || name.starts_with("err");
        matches!(self.ir.kind(expr), ExprKind::Local(local) if is_named_so(self.ir.local(local).name.as_str()))
            && matches!(self.shape(self.type_of(expr)), Type::Interface(_))
    }

    /// Whether a condition sees a panic: `if r := recover(); r != nil`, `if recover() != nil`.
    pub(super) fn is_recovery(&self, init: Option<StmtId>, condition: ExprId) -> bool {
        let ExprKind::Binary { op: BinaryOp::NotEqual, left, .. } = self.ir.kind(self.ir.unparen(condition))
        else {
            return false;
        };
        let left = self.ir.unparen(left);
        let defined = init.map(|init| self.ir.stmt(init).kind);
        match (self.ir.kind(left), defined) {
            (ExprKind::Local(local), Some(StmtKind::Define { targets, values })) => {
                let is_it = |target: &ExprId| self.ir.kind(*target) == ExprKind::Local(local);
                self.ir.exprs_of(targets).iter().any(is_it)
                    && self.ir.exprs_of(values).iter().any(|value| self.is_recover(*value))
            }
            _ => self.is_recover(left),
        }
    }

    fn is_recover(&self, expr: ExprId) -> bool {
        matches!(self.ir.kind(self.ir.unparen(expr)), ExprKind::Call { .. })
            && matches!(
                self.program.callee(self.file, self.ir.unparen(expr)),
                Callee::Builtin(Builtin::Recover)
            )
    }

    /// What is known to be held after a successful `TryLock`, when the call is one.
    pub(super) fn try_lock(&mut self, state: &mut State, call: ExprId) -> Option<crate::domain::Held> {
        let (operation, lock) = self.lock_call(state, call)?;
        match operation {
            LockOperation::Try(mode) => Some(self.held(lock, mode, call)),
            _ => None,
        }
    }

    pub(super) fn held(&self, lock: crate::domain::Lock, mode: LockMode, at: ExprId) -> crate::domain::Held {
        crate::domain::Held {
            lock: lock.into(),
            mode,
            aliased: self.is_aliased_lock(at),
            acquired: self.location(self.ir.span(at)),
        }
    }
}
