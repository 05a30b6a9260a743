//! Operands and operators.

use gomapcheck_ir::{BinaryOp, ExprId, ExprKind, ExprList, LiteralKind, UnaryOp};
use smallvec::SmallVec;

use super::{Checker, DEEPEST, Mode, Operand};
use crate::type_expr::Arguments;
use crate::{Basic, FunctionRef, Type, TypeId, TypeParamRef};

impl Checker<'_, '_> {
    /// Types an expression and all below it.
    pub(super) fn infer(&mut self, expr: ExprId) -> Operand {
        if self.depth >= DEEPEST {
            return Operand::UNKNOWN;
        }
        self.depth += 1;
        let operand = self.infer_kind(expr);
        self.depth -= 1;
        self.record(expr, operand.ty);
        operand
    }

    fn infer_kind(&mut self, expr: ExprId) -> Operand {
        match self.ir.kind(expr) {
            ExprKind::Bad => Operand::UNKNOWN,
            ExprKind::Local(local) => Operand::value(self.local(local)),
            ExprKind::Name(name) => self.name(expr, name),
            ExprKind::Selector { base, name } => self.selector(expr, base, name),
            ExprKind::Index { base, indices } => self.index(expr, base, indices),
            ExprKind::Slice { base, bounds } => self.slice(base, bounds),
            ExprKind::Call { callee, args, spread } => self.call(callee, args, spread),
            ExprKind::Unary { op, operand } => self.unary(op, operand),
            ExprKind::Binary { op, left, right } => self.binary(op, left, right),
            ExprKind::Assert { operand, ty } => {
                self.infer(operand);
                Operand::value(ty.map_or(TypeId::UNKNOWN, |ty| self.type_expr(ty)))
            }
            ExprKind::Composite { ty, elements } => self.composite(ty, elements, TypeId::UNKNOWN),
            ExprKind::Literal(kind) => Operand::value(TypeId::basic(match kind {
                LiteralKind::Int | LiteralKind::Zero | LiteralKind::One => Basic::UntypedInt,
                LiteralKind::Float => Basic::UntypedFloat,
                LiteralKind::Imaginary => Basic::UntypedComplex,
                LiteralKind::Rune => Basic::UntypedRune,
                LiteralKind::String => Basic::UntypedString,
            })),
            ExprKind::Function(function) => {
                if self.records {
                    self.function(function);
                }
                Operand::value(self.world.signature_of(FunctionRef::new(self.file.id, function)))
            }
            ExprKind::Paren(inner) => self.infer(inner),
            ExprKind::LocalType(_)
            | ExprKind::TypeParam(_)
            | ExprKind::MapType { .. }
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::ChanType { .. }
            | ExprKind::StructType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::FunctionType(_) => Operand::of_type(self.world.type_expr(self.file, expr)),
        }
    }

    fn index(&mut self, expr: ExprId, base: ExprId, indices: ExprList) -> Operand {
        let operand = self.infer(base);
        match operand.mode {
            Mode::Type => {
                self.infer_all(indices);
                return Operand::of_type(self.world.type_expr(self.file, expr));
            }
            Mode::Generic(function) => return self.instantiate(operand.ty, function, indices),
            _ => self.infer_all(indices),
        }
        Operand::value(match self.core(operand.ty) {
            Type::Map { value, .. } => *value,
            Type::Slice(elem) | Type::Array(elem) => *elem,
            Type::Pointer(to) => match self.core(*to) {
                Type::Array(elem) => *elem,
                _ => TypeId::UNKNOWN,
            },
            Type::Basic(Basic::String | Basic::UntypedString) => TypeId::basic(Basic::Uint8),
            _ => TypeId::UNKNOWN,
        })
    }

    /// `f[T]`: what is still missing is found from the arguments of a call.
    fn instantiate(&mut self, signature: TypeId, function: FunctionRef, indices: ExprList) -> Operand {
        let written = self.type_arguments(indices);
        let params = self.own_type_params(function);
        let mode = if written.len() < params.len() { Mode::Generic(function) } else { Mode::Value };
        let with: crate::substitute::Substitution = params.into_iter().zip(written).collect();
        Operand { ty: self.world.substitute(signature, &with), mode }
    }

    pub(super) fn type_arguments(&mut self, indices: ExprList) -> Arguments {
        self.ir.exprs_of(indices).iter().map(|index| self.type_expr(*index)).collect()
    }

    /// The type parameters of a function or of a method, without those of its receiver.
    pub(super) fn own_type_params(&self, function: FunctionRef) -> SmallVec<[TypeParamRef; 4]> {
        let skip = self.world.receiver_param_count(function);
        let params = self.world.function_ir(function).type_params.iter().skip(skip);
        params.map(|param| TypeParamRef::new(function.file, *param)).collect()
    }

    pub(super) fn infer_all(&mut self, list: ExprList) {
        for expr in self.ir.exprs_of(list) {
            self.infer(*expr);
        }
    }

    fn slice(&mut self, base: ExprId, bounds: ExprList) -> Operand {
        let operand = self.infer(base);
        self.infer_all(bounds);
        Operand::value(match self.core(operand.ty) {
            Type::Basic(Basic::UntypedString) => TypeId::STRING,
            Type::Array(elem) => self.world.types.slice(*elem),
            Type::Pointer(to) => match self.core(*to) {
                Type::Array(elem) => self.world.types.slice(*elem),
                _ => TypeId::UNKNOWN,
            },
            Type::Basic(_) | Type::Slice(_) => operand.ty,
            _ => TypeId::UNKNOWN,
        })
    }

    fn unary(&mut self, op: UnaryOp, expr: ExprId) -> Operand {
        let operand = self.infer(expr);
        match op {
            UnaryOp::Deref if operand.mode == Mode::Type => {
                Operand::of_type(self.world.types.pointer(operand.ty))
            }
            UnaryOp::Deref => Operand::value(match self.core(operand.ty) {
                Type::Pointer(to) => *to,
                _ => TypeId::UNKNOWN,
            }),
            UnaryOp::Address if operand.ty.is_unknown() => Operand::UNKNOWN,
            UnaryOp::Address => Operand::value(self.world.types.pointer(operand.ty)),
            UnaryOp::Receive => Operand::value(match self.core(operand.ty) {
                Type::Chan(_, elem) => *elem,
                _ => TypeId::UNKNOWN,
            }),
            UnaryOp::Tilde => operand,
            UnaryOp::Not | UnaryOp::Negate | UnaryOp::Plus | UnaryOp::Complement => {
                Operand::value(operand.ty)
            }
        }
    }

    /// Long chains of one operator lean to the left, so that side is walked in a loop.
    fn binary(&mut self, op: BinaryOp, left: ExprId, right: ExprId) -> Operand {
        let mut pending: SmallVec<[(ExprId, BinaryOp, ExprId); 8]> = SmallVec::new();
        let mut first = left;
        while let ExprKind::Binary { op, left, right } = self.ir.kind(first) {
            pending.push((first, op, right));
            first = left;
        }
        let mut result = self.infer(first).ty;
        for (expr, op, right) in pending.into_iter().rev() {
            let right = self.infer(right).ty;
            result = self.operation(op, result, right);
            self.record(expr, result);
        }
        let right = self.infer(right).ty;
        Operand::value(self.operation(op, result, right))
    }

    fn operation(&self, op: BinaryOp, left: TypeId, right: TypeId) -> TypeId {
        match op {
            BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::Order => TypeId::basic(Basic::UntypedBool),
            BinaryOp::Shift => left,
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::Add | BinaryOp::Arithmetic => {
                self.common_type(left, right)
            }
        }
    }

    /// The type of an operation on both: the typed one's; of two untyped constants the wider.
    pub(super) fn common_type(&self, left: TypeId, right: TypeId) -> TypeId {
        let rank = |id: TypeId| match self.world.types.ty(id) {
            Type::Basic(Basic::UntypedBool | Basic::UntypedString) => 1,
            Type::Basic(Basic::UntypedInt) => 2,
            Type::Basic(Basic::UntypedRune) => 3,
            Type::Basic(Basic::UntypedFloat) => 4,
            Type::Basic(Basic::UntypedComplex) => 5,
            Type::Unknown | Type::Nil => 0,
            _ => 6,
        };
        if rank(left) >= rank(right) { left } else { right }
    }
}
