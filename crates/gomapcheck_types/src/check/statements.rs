//! Statements: where variables get their types.

use gomapcheck_ir::{Clause, ExprId, ExprKind, ExprList, LocalKind, StmtId, StmtKind, StmtList, UnaryOp};
use smallvec::{SmallVec, smallvec};

use super::{Checker, DEEPEST, Mode};
use crate::{Basic, Type, TypeId};

type Types = SmallVec<[TypeId; 4]>;

impl Checker<'_, '_> {
    pub(super) fn block(&mut self, list: StmtList) {
        for stmt in self.ir.stmts_of(list) {
            self.stmt(*stmt);
        }
    }

    fn stmt(&mut self, id: StmtId) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        self.stmt_kind(self.ir.stmt(id).kind);
        self.depth -= 1;
    }

    fn stmt_kind(&mut self, kind: StmtKind) {
        match kind {
            StmtKind::Bad
            | StmtKind::DeclareType(_)
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Goto(_)
            | StmtKind::Fallthrough => {}
            StmtKind::Expr(expr) | StmtKind::IncDec(expr) | StmtKind::Go(expr) | StmtKind::Defer(expr) => {
                self.infer(expr);
            }
            StmtKind::Send { channel, value } => {
                self.infer(channel);
                self.infer(value);
            }
            StmtKind::Assign { targets, values, .. } => {
                self.infer_all(targets);
                self.infer_all(values);
            }
            StmtKind::Define { targets, values } => self.declare(targets, None, values),
            StmtKind::Declare { targets, ty, values } => self.declare(targets, ty, values),
            StmtKind::Return(values) => self.infer_all(values),
            StmtKind::Block(body) => self.block(body),
            StmtKind::If { init, condition, then, otherwise } => {
                self.optional(init);
                self.infer(condition);
                self.block(then);
                self.optional(otherwise);
            }
            StmtKind::Switch { init, subject, clauses, clause_count } => {
                self.optional(init);
                if let Some(subject) = subject {
                    self.infer(subject);
                }
                for clause in self.ir.clauses_of(clauses, clause_count) {
                    self.infer_all(clause.cases);
                    self.block(clause.body);
                }
            }
            StmtKind::TypeSwitch { init, subject, clauses, clause_count } => {
                self.optional(init);
                let subject = self.infer(subject).ty;
                for clause in self.ir.clauses_of(clauses, clause_count) {
                    self.type_clause(clause, subject);
                }
            }
            StmtKind::Select { clauses, clause_count } => {
                for clause in self.ir.clauses_of(clauses, clause_count) {
                    self.optional(clause.communication);
                    self.block(clause.body);
                }
            }
            StmtKind::For { init, condition, post, body } => {
                self.optional(init);
                if let Some(condition) = condition {
                    self.infer(condition);
                }
                self.optional(post);
                self.block(body);
            }
            StmtKind::Range { key, value, define, over, body } => {
                self.range(key, value, define, over);
                self.block(body);
            }
            StmtKind::Labeled { stmt, .. } => self.stmt(stmt),
        }
    }

    fn optional(&mut self, stmt: Option<StmtId>) {
        if let Some(stmt) = stmt {
            self.stmt(stmt);
        }
    }

    /// `:=`, and `var` and `const` in a function.
    fn declare(&mut self, targets: ExprList, ty: Option<ExprId>, values: ExprList) {
        let ty = ty.map(|ty| self.type_expr(ty));
        let targets = self.ir.exprs_of(targets);
        let values = self.ir.exprs_of(values);
        let types: Types = match values {
            [one] if targets.len() > 1 => self.several(*one, targets.len()),
            _ => values.iter().map(|value| self.infer(*value).ty).collect(),
        };
        for (index, target) in targets.iter().enumerate() {
            let found = ty.or_else(|| types.get(index).copied()).unwrap_or(TypeId::UNKNOWN);
            self.bind(*target, found);
        }
    }

    /// Gives a variable its type where it is declared; elsewhere the target is an operand.
    fn bind(&mut self, target: ExprId, ty: TypeId) {
        if let ExprKind::Local(local) = self.ir.kind(target) {
            let declaration = self.ir.local(local);
            if declaration.span == self.ir.span(target) {
                let constant = declaration.kind == LocalKind::Constant;
                let ty = if constant { ty } else { self.world.default_type(ty) };
                self.set_local(local, ty);
            }
        }
        self.infer(target);
    }

    /// The types of an expression that gives `count` values: a call, or a comma-ok form.
    pub(super) fn several(&mut self, expr: ExprId, count: usize) -> Types {
        let ty = self.infer(expr).ty;
        let mut types: Types = match (self.world.types.ty(ty), self.ir.kind(self.ir.unparen(expr))) {
            (Type::Tuple(types), _) => types.iter().copied().collect(),
            (
                _,
                ExprKind::Index { .. }
                | ExprKind::Assert { .. }
                | ExprKind::Unary { op: UnaryOp::Receive, .. },
            ) => smallvec![ty, TypeId::basic(Basic::UntypedBool)],
            _ => SmallVec::new(),
        };
        types.resize(count.max(types.len()), TypeId::UNKNOWN);
        types
    }

    /// A clause of a type switch: with one type its variable has that type, else the subject's.
    fn type_clause(&mut self, clause: &Clause, subject: TypeId) {
        let mut narrowed = subject;
        for case in self.ir.exprs_of(clause.cases) {
            let operand = self.infer(*case);
            if clause.cases.len() == 1 && operand.ty != TypeId::NIL {
                narrowed = match operand.mode {
                    Mode::Type => operand.ty,
                    // A name of a package that is not at hand can only be a type here.
                    Mode::External(..) => self.type_expr(*case),
                    _ => TypeId::UNKNOWN,
                };
            }
        }
        if let Some(local) = clause.local {
            self.set_local(local, narrowed);
        }
        self.block(clause.body);
    }

    fn range(&mut self, key: Option<ExprId>, value: Option<ExprId>, define: bool, over: ExprId) {
        let over = self.infer(over).ty;
        let types = self.iteration_types(over);
        for (target, ty) in [(key, types.0), (value, types.1)] {
            match target {
                Some(target) if define => self.bind(target, ty),
                Some(target) => {
                    self.infer(target);
                }
                None => {}
            }
        }
    }

    /// What an iteration gives.
    fn iteration_types(&self, over: TypeId) -> (TypeId, TypeId) {
        match self.core(over) {
            Type::Map { key, value } => (*key, *value),
            Type::Slice(elem) | Type::Array(elem) => (TypeId::INT, *elem),
            Type::Pointer(to) => match self.core(*to) {
                Type::Array(elem) => (TypeId::INT, *elem),
                _ => (TypeId::UNKNOWN, TypeId::UNKNOWN),
            },
            Type::Basic(Basic::String | Basic::UntypedString) => (TypeId::INT, TypeId::basic(Basic::Int32)),
            Type::Basic(_) => (over, TypeId::UNKNOWN),
            Type::Chan(_, elem) => (*elem, TypeId::UNKNOWN),
            Type::Signature(shape) => {
                let yielded = shape.params.first().and_then(|yields| self.world.signature_shape(*yields));
                let nth = |n: usize| yielded.and_then(|shape| shape.params.get(n).copied());
                (nth(0).unwrap_or(TypeId::UNKNOWN), nth(1).unwrap_or(TypeId::UNKNOWN))
            }
            _ => (TypeId::UNKNOWN, TypeId::UNKNOWN),
        }
    }
}
