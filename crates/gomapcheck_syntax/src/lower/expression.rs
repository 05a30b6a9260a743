use gomapcheck_ir::{BinaryOp, ExprId, ExprKind, ExprList, LiteralKind, UnaryOp};
use gomapcheck_source::Span;

use super::{Lowering, MAX_DEPTH};
use crate::kind::Kind;
use crate::lexical::{is_identifier_byte, to_u32};

/// From how many operands on a chain such as `a + b + …` is folded as a balanced tree.
const LONG_CHAIN: usize = 32;

impl Lowering<'_, '_> {
    /// Lowers the current node, an expression or a type.
    pub(super) fn lower_expr(&mut self) -> ExprId {
        let span = self.walk.span();
        if self.depth >= MAX_DEPTH {
            self.give_up();
            return self.expr(ExprKind::Bad, span);
        }
        self.depth += 1;
        let kind = self.lower_expr_kind(span);
        self.depth -= 1;
        match kind {
            Ok(kind) => self.expr(kind, span),
            Err(same) => same,
        }
    }

    /// What the current node is; `Err` when it is no more than the expression inside it.
    fn lower_expr_kind(&mut self, span: Span) -> Result<ExprKind, ExprId> {
        Ok(match self.walk.kind() {
            Kind::Identifier | Kind::TypeIdentifier => {
                let symbol = self.symbol_here();
                self.resolve(symbol, span)
            }
            Kind::SelectorExpression => self.lower_selector(span),
            Kind::CallExpression => self.lower_call(span),
            Kind::IndexExpression | Kind::GenericType | Kind::TypeInstantiationExpression => {
                self.lower_index()
            }
            Kind::StringLiteral => ExprKind::Literal(LiteralKind::String),
            Kind::IntLiteral if self.text(span) == "0" => ExprKind::Literal(LiteralKind::Zero),
            Kind::IntLiteral if self.text(span) == "1" => ExprKind::Literal(LiteralKind::One),
            Kind::IntLiteral => ExprKind::Literal(LiteralKind::Int),
            Kind::FloatLiteral => ExprKind::Literal(LiteralKind::Float),
            Kind::ImaginaryLiteral => ExprKind::Literal(LiteralKind::Imaginary),
            Kind::RuneLiteral => ExprKind::Literal(LiteralKind::Rune),
            Kind::BinaryExpression => return Err(self.lower_binary(span)),
            Kind::UnaryExpression => self.lower_unary(),
            Kind::CompositeLiteral => self.lower_composite(),
            Kind::LiteralValue => self.lower_elided_composite(),
            Kind::LiteralElement => return Err(self.lower_first_child(span)),
            Kind::FuncLiteral => self.lower_function_literal(),
            Kind::ParenthesizedExpression | Kind::ParenthesizedType => {
                ExprKind::Paren(self.lower_first_operand(span))
            }
            Kind::SliceExpression => self.lower_slice(),
            Kind::TypeAssertionExpression => self.lower_assertion(),
            Kind::TypeConversionExpression => self.lower_conversion(),
            Kind::QualifiedType => self.lower_qualified_type(),
            Kind::PointerType => {
                ExprKind::Unary { op: UnaryOp::Deref, operand: self.lower_first_operand(span) }
            }
            Kind::NegatedType => {
                ExprKind::Unary { op: UnaryOp::Tilde, operand: self.lower_first_operand(span) }
            }
            Kind::SliceType => ExprKind::SliceType(self.lower_first_operand(span)),
            Kind::MapType => self.lower_map_type(),
            Kind::ArrayType => self.lower_array_type(true),
            Kind::ImplicitLengthArrayType => self.lower_array_type(false),
            Kind::ChannelType => self.lower_channel_type(),
            Kind::StructType => self.lower_struct_type(),
            Kind::InterfaceType => self.lower_interface_type(),
            Kind::FunctionType => ExprKind::FunctionType(self.lower_signature().0),
            Kind::TypeElem | Kind::TypeConstraint => return Err(self.lower_constraint()),
            _ => {
                self.give_up();
                ExprKind::Bad
            }
        })
    }

    /// Whether a child is an expression or a type, rather than a token.
    fn is_operand(kind: Kind) -> bool {
        kind != Kind::Other && (kind as u8) < (Kind::Semicolon as u8)
    }

    /// Lowers every operand among the children onto the stack of expressions.
    pub(super) fn lower_operands(&mut self) {
        self.each_child(|this, kind| {
            if Self::is_operand(kind) {
                let operand = this.lower_expr();
                this.scratch.exprs.push(operand);
            }
        });
    }

    pub(super) fn lower_two_operands(&mut self) -> Option<(ExprId, ExprId)> {
        let mark = self.scratch.exprs.len();
        self.lower_operands();
        let pair = match self.scratch.exprs.get(mark..) {
            Some([first, second, ..]) => Some((*first, *second)),
            _ => None,
        };
        self.scratch.exprs.truncate(mark);
        pair
    }

    /// Lowers the only operand among the children.
    pub(super) fn lower_first_operand(&mut self, span: Span) -> ExprId {
        let mut first = None;
        self.each_child(|this, kind| {
            if first.is_none() && Self::is_operand(kind) {
                first = Some(this.lower_expr());
            }
        });
        first.unwrap_or_else(|| self.expr(ExprKind::Bad, span))
    }

    fn lower_first_child(&mut self, span: Span) -> ExprId {
        self.lower_first_operand(span)
    }

    /// Lowers the current node's expressions: an expression list.
    pub(super) fn lower_expr_list(&mut self) -> ExprList {
        let mark = self.scratch.exprs.len();
        self.lower_operands();
        self.finish_exprs(mark)
    }

    fn lower_selector(&mut self, span: Span) -> ExprKind {
        // Usually a dot and a name are all that follows the operand: no need to walk over them.
        if self.walk.enter() {
            let operand = self.operand_span(span);
            let rest = Span { start: operand.end, end: span.end };
            if let Some(name) = self.text(rest).strip_prefix('.').filter(|name| is_identifier(name)) {
                let base = self.lower_operand(operand);
                self.walk.leave();
                let symbol = self.scratch.symbols.intern(name);
                return ExprKind::Selector { base, name: self.scratch.symbols.name(symbol) };
            }
            self.walk.leave_for_again();
        }
        self.lower_spaced_selector()
    }

    /// Where the first operand of the expression at `whole` stands, the walk being at it. A name may have had another one in
    /// the text that was parsed: see [`crate::operands`].
    fn operand_span(&self, whole: Span) -> Span {
        let span = self.walk.span();
        if self.walk.kind() != Kind::Identifier {
            return span;
        }
        let text = self.text(Span { start: span.start, end: whole.end });
        let length = text.bytes().take_while(|byte| is_identifier_byte(*byte)).count();
        Span { end: span.start.saturating_add(to_u32(length)), ..span }
    }

    fn lower_operand(&mut self, span: Span) -> ExprId {
        if self.walk.kind() != Kind::Identifier {
            return self.lower_expr();
        }
        let symbol = self.scratch.symbols.intern(self.text(span));
        let name = self.resolve(symbol, span);
        self.expr(name, span)
    }

    fn lower_spaced_selector(&mut self) -> ExprKind {
        let mut base = None;
        let mut name = None;
        self.each_child(|this, kind| match kind {
            Kind::FieldIdentifier => name = Some(this.name_here()),
            _ => base = Some(this.lower_expr()),
        });
        match (base, name) {
            (Some(base), Some(name)) => ExprKind::Selector { base, name },
            _ => ExprKind::Bad,
        }
    }

    /// Lowers `f(args)`, `f[T](args)`, `make(T, n)`.
    fn lower_call(&mut self, span: Span) -> ExprKind {
        let mut callee = None;
        let mut args = ExprList::EMPTY;
        let mut spread = false;
        self.each_child(|this, kind| match kind {
            Kind::ArgumentList => (args, spread) = this.lower_arguments(),
            Kind::TypeArguments => {
                let end = this.walk.span().end;
                let indices = this.lower_expr_list();
                if let Some(base) = callee {
                    let span = Span { start: this.file.span(base).start, end };
                    callee = Some(this.expr(ExprKind::Index { base, indices }, span));
                }
            }
            _ => {
                let operand = this.operand_span(span);
                callee = Some(this.lower_operand(operand));
            }
        });
        callee.map_or(ExprKind::Bad, |callee| ExprKind::Call { callee, args, spread })
    }

    fn lower_arguments(&mut self) -> (ExprList, bool) {
        let mark = self.scratch.exprs.len();
        let mut spread = false;
        self.each_child(|this, kind| {
            let argument = match kind {
                Kind::Comma => return,
                Kind::VariadicArgument => {
                    spread = true;
                    let span = this.walk.span();
                    this.lower_first_operand(span)
                }
                _ => this.lower_expr(),
            };
            this.scratch.exprs.push(argument);
        });
        (self.finish_exprs(mark), spread)
    }

    /// Lowers `T(x)` where the grammar saw a type.
    fn lower_conversion(&mut self) -> ExprKind {
        let Some((callee, operand)) = self.lower_two_operands() else { return ExprKind::Bad };
        let mark = self.scratch.exprs.len();
        self.scratch.exprs.push(operand);
        ExprKind::Call { callee, args: self.finish_exprs(mark), spread: false }
    }

    /// Lowers `x[i]` and `f[T, U]`.
    fn lower_index(&mut self) -> ExprKind {
        let mut base = None;
        let mark = self.scratch.exprs.len();
        self.each_child(|this, kind| {
            if base.is_none() {
                base = Some(this.lower_expr());
            } else if kind == Kind::TypeArguments {
                this.lower_operands();
            } else if Self::is_operand(kind) {
                let index = this.lower_expr();
                this.scratch.exprs.push(index);
            }
        });
        let indices = self.finish_exprs(mark);
        base.map_or(ExprKind::Bad, |base| ExprKind::Index { base, indices })
    }

    fn lower_slice(&mut self) -> ExprKind {
        let mark = self.scratch.exprs.len();
        let mut base = None;
        self.each_child(|this, kind| {
            if kind == Kind::Colon {
                return;
            }
            let operand = this.lower_expr();
            match base {
                None => base = Some(operand),
                Some(_) => this.scratch.exprs.push(operand),
            }
        });
        let bounds = self.finish_exprs(mark);
        base.map_or(ExprKind::Bad, |base| ExprKind::Slice { base, bounds })
    }

    fn lower_assertion(&mut self) -> ExprKind {
        match self.lower_two_operands() {
            Some((operand, ty)) => ExprKind::Assert { operand, ty: Some(ty) },
            None => ExprKind::Bad,
        }
    }

    fn lower_unary(&mut self) -> ExprKind {
        let mut op = None;
        let mut operand = None;
        self.each_child(|this, kind| match unary_op(kind) {
            Some(found) => op = Some(found),
            None => operand = Some(this.lower_expr()),
        });
        match (op, operand) {
            (Some(op), Some(operand)) => ExprKind::Unary { op, operand },
            _ => ExprKind::Bad,
        }
    }

    /// Lowers a chain of binary operators without recursion along its left side: generated code has chains of thousands
    /// of operands.
    fn lower_binary(&mut self, span: Span) -> ExprId {
        let mut levels = 0_usize;
        while self.walk.kind() == Kind::BinaryExpression && self.walk.enter() {
            levels += 1;
        }
        let mark = self.scratch.exprs.len();
        let mut operators = Vec::new();
        let first = self.lower_expr();
        self.scratch.exprs.push(first);
        for _ in 0..levels {
            let mut op = BinaryOp::Arithmetic;
            while self.walk.advance() {
                let kind = self.walk.kind();
                match binary_op(kind) {
                    Some(found) => op = found,
                    None => {
                        let operand = self.lower_expr();
                        self.scratch.exprs.push(operand);
                        operators.push(op);
                    }
                }
            }
            self.walk.leave();
        }
        let operands: Vec<ExprId> = self.scratch.exprs.drain(mark..).collect();
        self.fold(&operands, &operators).unwrap_or_else(|| self.expr(ExprKind::Bad, span))
    }

    /// Combines operands from left to right. Runs of one associative operator in long chains become balanced trees, so
    /// that the result is never deeper than its number of runs plus a logarithm.
    fn fold(&mut self, operands: &[ExprId], operators: &[BinaryOp]) -> Option<ExprId> {
        let mut left = *operands.first()?;
        let mut next = 0;
        let mut runs = 0;
        while let Some(op) = operators.get(next) {
            let run = operators[next..].iter().take_while(|other| *other == op).count();
            let right = operands.get(next + 1..=next + run)?;
            if operators.len() < LONG_CHAIN {
                left = right.iter().fold(left, |left, right| self.binary(*op, left, *right));
            } else {
                let mut all = vec![left];
                all.extend_from_slice(right);
                left = self.balanced(*op, &all)?;
            }
            next += run;
            runs += 1;
            if runs > MAX_DEPTH {
                self.give_up();
                return None;
            }
        }
        Some(left)
    }

    fn balanced(&mut self, op: BinaryOp, operands: &[ExprId]) -> Option<ExprId> {
        match operands {
            [] => None,
            [only] => Some(*only),
            _ => {
                let (left, right) = operands.split_at(operands.len() / 2);
                let left = self.balanced(op, left)?;
                let right = self.balanced(op, right)?;
                Some(self.binary(op, left, right))
            }
        }
    }

    fn binary(&mut self, op: BinaryOp, left: ExprId, right: ExprId) -> ExprId {
        let span = Span { start: self.file.span(left).start, end: self.file.span(right).end };
        self.expr(ExprKind::Binary { op, left, right }, span)
    }
}

fn is_identifier(text: &str) -> bool {
    text.bytes().all(is_identifier_byte)
}

fn unary_op(kind: Kind) -> Option<UnaryOp> {
    Some(match kind {
        Kind::Star => UnaryOp::Deref,
        Kind::Ampersand => UnaryOp::Address,
        Kind::Arrow => UnaryOp::Receive,
        Kind::Bang => UnaryOp::Not,
        Kind::Minus => UnaryOp::Negate,
        Kind::Plus => UnaryOp::Plus,
        Kind::Caret => UnaryOp::Complement,
        _ => return None,
    })
}

fn binary_op(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::LogicalAnd => BinaryOp::LogicalAnd,
        Kind::LogicalOr => BinaryOp::LogicalOr,
        Kind::Equal => BinaryOp::Equal,
        Kind::NotEqual => BinaryOp::NotEqual,
        Kind::Order => BinaryOp::Order,
        Kind::Shift => BinaryOp::Shift,
        Kind::Plus => BinaryOp::Add,
        Kind::Minus | Kind::Star | Kind::Arithmetic | Kind::Ampersand | Kind::Bar | Kind::Caret => {
            BinaryOp::Arithmetic
        }
        _ => return None,
    })
}

/// The operator of `op=`; none for a plain `=`.
pub(super) fn assignment_op(kind: Kind) -> Option<Option<BinaryOp>> {
    Some(match kind {
        Kind::Assign => None,
        Kind::AssignAdd => Some(BinaryOp::Add),
        Kind::AssignShift => Some(BinaryOp::Shift),
        Kind::AssignArithmetic => Some(BinaryOp::Arithmetic),
        _ => return None,
    })
}
