use std::fmt::{self, Write};

use gomapcheck_source::Name;

use super::Printer;
use crate::{BinaryOp, Clause, ClauseId, ExprId, ExprList, StmtId, StmtKind, StmtList};

impl Printer<'_, '_, '_> {
    pub(super) fn block(&mut self, body: StmtList) -> fmt::Result {
        if body.is_empty() {
            return self.out.write_str("{}");
        }
        self.out.write_str("{\n")?;
        self.statements(body)?;
        self.line_start()?;
        self.out.write_char('}')
    }

    fn statements(&mut self, body: StmtList) -> fmt::Result {
        self.indent += 1;
        for id in self.file.stmts_of(body) {
            self.line_start()?;
            self.stmt(*id)?;
            self.out.write_char('\n')?;
        }
        self.indent -= 1;
        Ok(())
    }

    fn line_start(&mut self) -> fmt::Result {
        (0..self.indent).try_for_each(|_| self.out.write_str("    "))
    }

    fn stmt(&mut self, id: StmtId) -> fmt::Result {
        match self.file.stmt(id).kind {
            StmtKind::Bad => self.out.write_char('?'),
            StmtKind::Expr(expr) => self.expr(expr),
            StmtKind::Send { channel, value } => {
                self.expr(channel)?;
                self.out.write_str(" <- ")?;
                self.expr(value)
            }
            StmtKind::IncDec(operand) => {
                self.expr(operand)?;
                self.out.write_str("++")
            }
            StmtKind::Assign { targets, op, values } => self.assign(targets, assign_sign(op), values),
            StmtKind::Define { targets, values } => self.assign(targets, " := ", values),
            StmtKind::Declare { targets, ty, values } => self.declare(targets, ty, values),
            StmtKind::DeclareType(id) => self.type_decl(id.index(), self.file.type_decl(id)),
            StmtKind::Go(call) => self.keyword("go ", call),
            StmtKind::Defer(call) => self.keyword("defer ", call),
            StmtKind::Return(values) => {
                self.out.write_str(if values.is_empty() { "return" } else { "return " })?;
                self.exprs(values)
            }
            StmtKind::Break(label) => self.jump("break", label),
            StmtKind::Continue(label) => self.jump("continue", label),
            StmtKind::Goto(label) => self.jump("goto", Some(label)),
            StmtKind::Fallthrough => self.out.write_str("fallthrough"),
            StmtKind::Block(body) => self.block(body),
            StmtKind::Labeled { label, stmt } => {
                write!(self.out, "{label}: ")?;
                self.stmt(stmt)
            }
            kind => self.compound(kind),
        }
    }

    fn compound(&mut self, kind: StmtKind) -> fmt::Result {
        match kind {
            StmtKind::If { init, condition, then, otherwise } => {
                self.out.write_str("if ")?;
                self.init(init)?;
                self.expr(condition)?;
                self.out.write_char(' ')?;
                self.block(then)?;
                let Some(otherwise) = otherwise else { return Ok(()) };
                self.out.write_str(" else ")?;
                self.stmt(otherwise)
            }
            StmtKind::For { init, condition, post, body } => self.for_loop(init, condition, post, body),
            StmtKind::Range { key, value, define, over, body } => {
                self.out.write_str("for ")?;
                self.range_targets(key, value, define)?;
                self.keyword("range ", over)?;
                self.out.write_char(' ')?;
                self.block(body)
            }
            StmtKind::Switch { init, subject, clauses, clause_count } => {
                self.out.write_str("switch ")?;
                self.init(init)?;
                if let Some(subject) = subject {
                    self.expr(subject)?;
                    self.out.write_char(' ')?;
                }
                self.clauses(clauses, clause_count)
            }
            StmtKind::TypeSwitch { init, subject, clauses, clause_count } => {
                self.out.write_str("switch ")?;
                self.init(init)?;
                self.expr(subject)?;
                self.out.write_str(".(type) ")?;
                self.clauses(clauses, clause_count)
            }
            StmtKind::Select { clauses, clause_count } => {
                self.out.write_str("select ")?;
                self.clauses(clauses, clause_count)
            }
            _ => Ok(()),
        }
    }

    fn for_loop(
        &mut self,
        init: Option<StmtId>,
        condition: Option<ExprId>,
        post: Option<StmtId>,
        body: StmtList,
    ) -> fmt::Result {
        self.out.write_str("for ")?;
        if let Some(init) = init {
            self.stmt(init)?;
        }
        self.out.write_str("; ")?;
        if let Some(condition) = condition {
            self.expr(condition)?;
        }
        self.out.write_str("; ")?;
        if let Some(post) = post {
            self.stmt(post)?;
            self.out.write_char(' ')?;
        }
        self.block(body)
    }

    fn range_targets(&mut self, key: Option<ExprId>, value: Option<ExprId>, define: bool) -> fmt::Result {
        let Some(key) = key else { return Ok(()) };
        self.expr(key)?;
        if let Some(value) = value {
            self.keyword(", ", value)?;
        }
        self.out.write_str(if define { " := " } else { " = " })
    }

    fn clauses(&mut self, first: ClauseId, count: u32) -> fmt::Result {
        if count == 0 {
            return self.out.write_str("{}");
        }
        self.out.write_str("{\n")?;
        for clause in self.file.clauses_of(first, count) {
            self.clause(clause)?;
        }
        self.line_start()?;
        self.out.write_char('}')
    }

    fn clause(&mut self, clause: &Clause) -> fmt::Result {
        self.line_start()?;
        self.out.write_str(if clause.is_default { "default" } else { "case " })?;
        if let Some(communication) = clause.communication {
            self.stmt(communication)?;
        }
        self.exprs(clause.cases)?;
        self.out.write_char(':')?;
        if let Some(local) = clause.local {
            self.out.write_str(" with ")?;
            self.local(local)?;
        }
        self.out.write_char('\n')?;
        self.statements(clause.body)
    }

    fn init(&mut self, init: Option<StmtId>) -> fmt::Result {
        let Some(init) = init else { return Ok(()) };
        self.stmt(init)?;
        self.out.write_str("; ")
    }

    fn assign(&mut self, targets: ExprList, sign: &str, values: ExprList) -> fmt::Result {
        self.exprs(targets)?;
        self.out.write_str(sign)?;
        self.exprs(values)
    }

    fn declare(&mut self, targets: ExprList, ty: Option<ExprId>, values: ExprList) -> fmt::Result {
        self.out.write_str("var ")?;
        self.exprs(targets)?;
        if let Some(ty) = ty {
            self.keyword(" ", ty)?;
        }
        if values.is_empty() {
            return Ok(());
        }
        self.out.write_str(" = ")?;
        self.exprs(values)
    }

    fn keyword(&mut self, keyword: &str, operand: ExprId) -> fmt::Result {
        self.out.write_str(keyword)?;
        self.expr(operand)
    }

    fn jump(&mut self, keyword: &str, label: Option<Name>) -> fmt::Result {
        match label {
            Some(label) => write!(self.out, "{keyword} {label}"),
            None => self.out.write_str(keyword),
        }
    }
}

fn assign_sign(op: Option<BinaryOp>) -> &'static str {
    match op {
        None => " = ",
        Some(BinaryOp::Add) => " += ",
        Some(BinaryOp::Shift) => " <<= ",
        Some(_) => " -= ",
    }
}
