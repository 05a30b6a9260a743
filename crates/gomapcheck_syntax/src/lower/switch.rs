use gomapcheck_ir::{Clause, ClauseId, ExprId, ExprKind, ExprList, LocalKind, StmtId, StmtKind};
use gomapcheck_source::Span;

use super::statement::is_simple_statement;
use super::{Lowering, to_u32};
use crate::kind::Kind;
use crate::symbols::{BLANK, SymbolId};

impl Lowering<'_, '_> {
    /// Lowers `switch init; subject { … }`.
    pub(super) fn lower_switch(&mut self) -> StmtKind {
        let mark = self.scratch.clauses.len();
        let mut init = None;
        let mut subject = None;
        self.scratch.symbols.open();
        self.each_child(|this, kind| match kind {
            Kind::ExpressionCase | Kind::DefaultCase => this.lower_clause(None),
            Kind::Semicolon => {}
            _ if is_simple_statement(kind) => init = Some(this.lower_single_stmt()),
            _ => subject = Some(this.lower_expr()),
        });
        self.scratch.symbols.close();
        let (clauses, clause_count) = self.finish_clauses(mark);
        StmtKind::Switch { init, subject, clauses, clause_count }
    }

    /// Lowers `switch init; x := subject.(type) { … }`.
    pub(super) fn lower_type_switch(&mut self, span: Span) -> StmtKind {
        let mark = self.scratch.clauses.len();
        let mut init: Option<StmtId> = None;
        let mut subject: Option<ExprId> = None;
        let mut alias = None;
        self.scratch.symbols.open();
        self.each_child(|this, kind| match kind {
            Kind::TypeCase | Kind::DefaultCase => this.lower_clause(alias),
            Kind::ExpressionList => alias = this.type_switch_variable(),
            Kind::Semicolon | Kind::Define | Kind::TypeKeyword => {}
            _ if is_simple_statement(kind) => init = Some(this.lower_single_stmt()),
            _ => subject = Some(this.lower_expr()),
        });
        self.scratch.symbols.close();
        let (clauses, clause_count) = self.finish_clauses(mark);
        let subject = subject.unwrap_or_else(|| self.expr(ExprKind::Bad, span));
        StmtKind::TypeSwitch { init, subject, clauses, clause_count }
    }

    fn type_switch_variable(&mut self) -> Option<(SymbolId, Span)> {
        let mut variable = None;
        self.each_child(|this, kind| {
            if kind == Kind::Identifier {
                variable = Some((this.symbol_here(), this.walk.span()));
            }
        });
        variable.filter(|(symbol, _)| *symbol != BLANK)
    }

    /// Lowers `select { … }`.
    pub(super) fn lower_select(&mut self) -> StmtKind {
        let mark = self.scratch.clauses.len();
        self.each_child(|this, kind| {
            if matches!(kind, Kind::CommunicationCase | Kind::DefaultCase) {
                this.lower_clause(None);
            }
        });
        let (clauses, clause_count) = self.finish_clauses(mark);
        StmtKind::Select { clauses, clause_count }
    }

    /// Lowers one clause, which is a scope; a type switch's variable is new in each.
    fn lower_clause(&mut self, variable: Option<(SymbolId, Span)>) {
        let span = self.walk.span();
        let is_default = self.walk.kind() == Kind::DefaultCase;
        let cases_mark = self.scratch.exprs.len();
        let body_mark = self.scratch.stmts.len();
        let mut communication = None;
        let mut in_body = false;
        let mut local = None;
        self.scratch.symbols.open();
        self.each_child(|this, kind| match kind {
            Kind::Colon if !in_body => {
                in_body = true;
                local = variable.map(|(symbol, span)| this.declare_local(symbol, LocalKind::Variable, span));
            }
            Kind::StatementList => this.lower_statement_list(),
            Kind::ExpressionList => this.lower_operands(),
            Kind::SendStatement | Kind::ReceiveStatement => communication = Some(this.lower_single_stmt()),
            Kind::Comma => {}
            _ if !in_body => {
                let case = this.lower_expr();
                this.scratch.exprs.push(case);
            }
            _ => this.give_up(),
        });
        self.scratch.symbols.close();
        let cases: ExprList = self.finish_exprs(cases_mark);
        let body = self.finish_stmts(body_mark);
        self.scratch.clauses.push(Clause { cases, is_default, communication, local, body, span });
    }

    fn finish_clauses(&mut self, mark: usize) -> (ClauseId, u32) {
        let first = ClauseId::new(self.file.clauses.len());
        let count = to_u32(self.scratch.clauses.len() - mark);
        self.file.clauses.extend(self.scratch.clauses.drain(mark..));
        (first, count)
    }
}
