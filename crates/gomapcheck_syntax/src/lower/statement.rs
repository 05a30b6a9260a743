use gomapcheck_ir::{ExprId, ExprKind, ExprList, LocalKind, StmtId, StmtKind, StmtList};
use gomapcheck_source::{Name, Span};

use super::expression::assignment_op;
use super::{Lowering, MAX_DEPTH};
use crate::kind::Kind;
use crate::symbols::{BLANK, Entity, SymbolId};

impl Lowering<'_, '_> {
    /// Lowers the children of a statement list into the block being collected.
    pub(super) fn lower_statement_list(&mut self) {
        self.each_child(|this, kind| {
            if kind != Kind::Semicolon {
                this.lower_stmt();
            }
        });
    }

    /// Lowers the current node into the block being collected: no statement for an empty one, one for each line of a
    /// declaration, else one.
    pub(super) fn lower_stmt(&mut self) {
        let span = self.walk.span();
        if self.depth >= MAX_DEPTH {
            self.give_up();
            self.stmt(StmtKind::Bad, span);
            return;
        }
        self.depth += 1;
        if let Some(kind) = self.lower_stmt_kind(span) {
            self.stmt(kind, span);
        }
        self.depth -= 1;
    }

    fn lower_stmt_kind(&mut self, span: Span) -> Option<StmtKind> {
        let kind = self.walk.kind();
        Some(match kind {
            Kind::ExpressionStatement => StmtKind::Expr(self.lower_first_operand(span)),
            Kind::ShortVarDeclaration => self.lower_short_declaration(LocalKind::Variable),
            Kind::AssignmentStatement => self.lower_assignment(),
            Kind::IfStatement => self.lower_if(span),
            Kind::ReturnStatement => self.lower_return(),
            Kind::ForStatement => self.lower_for(),
            Kind::DeferStatement => StmtKind::Defer(self.lower_first_operand(span)),
            Kind::GoStatement => StmtKind::Go(self.lower_first_operand(span)),
            Kind::Block => StmtKind::Block(self.lower_block()),
            Kind::IncStatement | Kind::DecStatement => StmtKind::IncDec(self.lower_first_operand(span)),
            Kind::SendStatement => match self.lower_two_statement_operands() {
                Some((channel, value)) => StmtKind::Send { channel, value },
                None => StmtKind::Bad,
            },
            Kind::ReceiveStatement => self.lower_receive(),
            Kind::VarDeclaration | Kind::ConstDeclaration => {
                self.lower_local_values(kind);
                return None;
            }
            Kind::TypeDeclaration => {
                let function = self.function_here();
                self.lower_type_declaration(Some(function));
                return None;
            }
            Kind::ExpressionSwitchStatement => self.lower_switch(),
            Kind::TypeSwitchStatement => self.lower_type_switch(span),
            Kind::SelectStatement => self.lower_select(),
            Kind::LabeledStatement => self.lower_labeled(span)?,
            Kind::BreakStatement => StmtKind::Break(self.lower_label()),
            Kind::ContinueStatement => StmtKind::Continue(self.lower_label()),
            Kind::GotoStatement => self.lower_label().map_or(StmtKind::Bad, StmtKind::Goto),
            Kind::FallthroughStatement => StmtKind::Fallthrough,
            Kind::EmptyStatement => return None,
            _ => {
                self.give_up();
                StmtKind::Bad
            }
        })
    }

    /// Lowers the current node as exactly one statement.
    pub(super) fn lower_single_stmt(&mut self) -> StmtId {
        let span = self.walk.span();
        let mark = self.scratch.stmts.len();
        self.lower_stmt();
        if self.scratch.stmts.len() != mark + 1 {
            let block = self.finish_stmts(mark);
            self.stmt(StmtKind::Block(block), span);
        }
        self.pop_stmt(span)
    }

    fn pop_stmt(&mut self, span: Span) -> StmtId {
        match self.scratch.stmts.pop() {
            Some(stmt) => stmt,
            None => {
                self.stmt(StmtKind::Bad, span);
                StmtId::new(self.file.stmts.len() - 1)
            }
        }
    }

    /// Lowers a block in a scope of its own.
    pub(super) fn lower_block(&mut self) -> StmtList {
        self.scratch.symbols.open();
        let body = self.lower_block_contents();
        self.scratch.symbols.close();
        body
    }

    fn lower_two_statement_operands(&mut self) -> Option<(ExprId, ExprId)> {
        self.lower_two_operands()
    }

    /// Lowers `targets := values`: the new variables live only after the statement.
    pub(super) fn lower_short_declaration(&mut self, kind: LocalKind) -> StmtKind {
        let names = self.scratch.parameter_names.len();
        let mut defined = false;
        let mut values = ExprList::EMPTY;
        self.each_child(|this, child| match child {
            Kind::Define => defined = true,
            _ if defined => values = this.lower_values(child),
            _ => this.collect_names(),
        });
        let targets = self.define_names(names, kind);
        StmtKind::Define { targets, values }
    }

    /// Collects the names on the left of `:=`; what is no name there cannot be lowered.
    fn collect_names(&mut self) {
        self.each_child(|this, child| match child {
            Kind::Identifier => {
                let name = (this.symbol_here(), this.walk.span());
                this.scratch.parameter_names.push(name);
            }
            Kind::Comma => {}
            _ => this.give_up(),
        });
    }

    /// Turns the names collected since `mark` into targets of `:=`.
    fn define_names(&mut self, mark: usize, kind: LocalKind) -> ExprList {
        let exprs = self.scratch.exprs.len();
        for index in mark..self.scratch.parameter_names.len() {
            let (symbol, span) = self.scratch.parameter_names[index];
            let target = self.define_name(symbol, span, kind);
            self.scratch.exprs.push(target);
        }
        self.scratch.parameter_names.truncate(mark);
        self.finish_exprs(exprs)
    }

    /// A name on the left of `:=` is assigned when its own scope declares it as a variable, else it is new.
    fn define_name(&mut self, symbol: SymbolId, span: Span, kind: LocalKind) -> ExprId {
        if symbol != BLANK
            && let Some(Entity::Local(local)) = self.scratch.symbols.lookup_here(symbol)
        {
            self.record_use(local, span);
            return self.expr(ExprKind::Local(local), span);
        }
        self.declare_target(symbol, kind, span)
    }

    fn lower_values(&mut self, kind: Kind) -> ExprList {
        if kind == Kind::ExpressionList {
            return self.lower_expr_list();
        }
        let mark = self.scratch.exprs.len();
        let value = self.lower_expr();
        self.scratch.exprs.push(value);
        self.finish_exprs(mark)
    }

    fn lower_assignment(&mut self) -> StmtKind {
        let mut targets = None;
        let mut op = None;
        let mut values = ExprList::EMPTY;
        self.each_child(|this, kind| {
            if let Some(found) = assignment_op(kind) {
                op = found;
            } else if targets.is_none() {
                targets = Some(this.lower_values(kind));
            } else {
                values = this.lower_values(kind);
            }
        });
        StmtKind::Assign { targets: targets.unwrap_or_default(), op, values }
    }

    /// Lowers the receive of a `select` clause: `<-c`, `x = <-c`, `x, ok := <-c`.
    fn lower_receive(&mut self) -> StmtKind {
        let mut token = Kind::Other;
        self.each_child(|_, kind| {
            if matches!(kind, Kind::Define | Kind::Assign) {
                token = kind;
            }
        });
        match token {
            Kind::Define => self.lower_short_declaration(LocalKind::Variable),
            Kind::Assign => self.lower_assignment(),
            _ => {
                let span = self.walk.span();
                StmtKind::Expr(self.lower_first_operand(span))
            }
        }
    }

    fn lower_return(&mut self) -> StmtKind {
        let mut values = ExprList::EMPTY;
        self.each_child(|this, kind| {
            if kind == Kind::ExpressionList {
                values = this.lower_expr_list();
            }
        });
        StmtKind::Return(values)
    }

    fn lower_label(&mut self) -> Option<Name> {
        let mut label = None;
        self.each_child(|this, kind| {
            if kind == Kind::LabelName {
                label = Some(this.name_here());
            }
        });
        label
    }

    fn lower_labeled(&mut self, span: Span) -> Option<StmtKind> {
        let mut label = None;
        let mut stmt = None;
        self.each_child(|this, kind| match kind {
            Kind::LabelName => label = Some(this.name_here()),
            Kind::Colon => {}
            _ => stmt = Some(this.lower_single_stmt()),
        });
        let stmt = stmt.unwrap_or_else(|| {
            self.stmt(StmtKind::Block(StmtList::EMPTY), Span { start: span.end, end: span.end });
            self.pop_stmt(span)
        });
        Some(StmtKind::Labeled { label: label?, stmt })
    }

    fn lower_if(&mut self, span: Span) -> StmtKind {
        let mut init = None;
        let mut condition = None;
        let mut then = None;
        let mut otherwise = None;
        self.scratch.symbols.open();
        self.each_child(|this, kind| match kind {
            Kind::Block if then.is_none() => then = Some(this.lower_block()),
            Kind::Block | Kind::IfStatement => otherwise = Some(this.lower_single_stmt()),
            Kind::Semicolon => {}
            _ if is_simple_statement(kind) => init = Some(this.lower_single_stmt()),
            _ => condition = Some(this.lower_expr()),
        });
        self.scratch.symbols.close();
        let condition = condition.unwrap_or_else(|| self.expr(ExprKind::Bad, span));
        StmtKind::If { init, condition, then: then.unwrap_or_default(), otherwise }
    }

    fn lower_for(&mut self) -> StmtKind {
        let mut header = ForHeader::default();
        let mut body = StmtList::EMPTY;
        self.scratch.symbols.open();
        self.each_child(|this, kind| match kind {
            Kind::Block => body = this.lower_block(),
            Kind::ForClause => this.lower_for_clause(&mut header),
            Kind::RangeClause => this.lower_range_clause(&mut header),
            _ => header.condition = Some(this.lower_expr()),
        });
        self.scratch.symbols.close();
        match header.over {
            Some(over) => {
                let ForHeader { key, value, define, .. } = header;
                StmtKind::Range { key, value, define, over, body }
            }
            None => {
                let ForHeader { init, condition, post, .. } = header;
                StmtKind::For { init, condition, post, body }
            }
        }
    }

    fn lower_for_clause(&mut self, header: &mut ForHeader) {
        let mut semicolons = 0;
        self.each_child(|this, kind| match kind {
            Kind::Semicolon => semicolons += 1,
            Kind::ShortVarDeclaration if semicolons == 0 => {
                let span = this.walk.span();
                let define = this.lower_short_declaration(LocalKind::Loop);
                this.stmt(define, span);
                header.init = Some(this.pop_stmt(span));
            }
            _ if semicolons == 0 => header.init = Some(this.lower_single_stmt()),
            _ if semicolons == 1 => header.condition = Some(this.lower_expr()),
            _ => header.post = Some(this.lower_single_stmt()),
        });
    }

    /// Lowers `key, value := range over`: what is ranged over does not see the variables.
    fn lower_range_clause(&mut self, header: &mut ForHeader) {
        let define = self.range_defines();
        let names = self.scratch.parameter_names.len();
        let mut targets = ExprList::EMPTY;
        self.each_child(|this, kind| match kind {
            Kind::Define | Kind::Assign => {}
            Kind::ExpressionList if define => this.collect_names(),
            Kind::ExpressionList => targets = this.lower_expr_list(),
            _ => header.over = Some(this.lower_expr()),
        });
        if define {
            targets = self.define_names(names, LocalKind::Loop);
        }
        let mut targets = self.file.exprs_of(targets).iter().copied();
        header.define = define;
        header.key = targets.next();
        header.value = targets.next();
    }

    fn range_defines(&mut self) -> bool {
        let mut defines = false;
        self.each_child(|_, kind| defines |= kind == Kind::Define);
        defines
    }
}

#[derive(Default)]
struct ForHeader {
    init: Option<StmtId>,
    condition: Option<ExprId>,
    post: Option<StmtId>,
    key: Option<ExprId>,
    value: Option<ExprId>,
    define: bool,
    over: Option<ExprId>,
}

/// Whether the node may stand before the `;` of an `if`, `switch` or `for`.
pub(super) fn is_simple_statement(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ExpressionStatement
            | Kind::SendStatement
            | Kind::IncStatement
            | Kind::DecStatement
            | Kind::AssignmentStatement
            | Kind::ShortVarDeclaration
            | Kind::EmptyStatement
    )
}
