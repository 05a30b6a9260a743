//! Calls, conversions and builtin functions.

use gomapcheck_ir::{ExprId, ExprKind, ExprList};
use gomapcheck_source::Name;
use smallvec::SmallVec;

use super::{Checker, Mode, Operand, Operands};
use crate::unify::Inference;
use crate::{Basic, Builtin, FunctionRef, SignatureShape, Type, TypeId};

impl Checker<'_, '_> {
    pub(super) fn call(&mut self, callee: ExprId, args: ExprList, spread: bool) -> Operand {
        let around = self.called.replace(self.ir.unparen(callee));
        let function = self.infer(callee);
        self.called = around;
        match function.mode {
            Mode::Type => {
                self.infer_all(args);
                Operand::value(function.ty)
            }
            Mode::Builtin(builtin) => self.builtin(builtin, callee, args),
            Mode::Generic(generic) => self.generic_call(function.ty, generic, callee, args, spread),
            Mode::External(path, name) => self.external_call(function.ty, path, name, args),
            Mode::Value | Mode::Package(_) => {
                self.infer_all(args);
                self.results(function.ty)
            }
        }
    }

    fn results(&self, function: TypeId) -> Operand {
        match self.world.signature_shape(function) {
            Some(shape) => Operand::value(self.world.types.results(&shape.results)),
            None => Operand::UNKNOWN,
        }
    }

    fn external_call(&mut self, function: TypeId, path: Name, name: Name, args: ExprList) -> Operand {
        let args = self.arguments(args);
        if let Some(index) = self.world.standard().mirrored_argument(path, name) {
            return args.get(index).map_or(Operand::UNKNOWN, |arg| Operand::value(arg.ty));
        }
        self.results(function)
    }

    /// The arguments one by one, where they are given by a call with several results too.
    fn arguments(&mut self, args: ExprList) -> Operands {
        let list = self.ir.exprs_of(args);
        if let [only] = list {
            let operand = self.infer(*only);
            if let Type::Tuple(types) = self.world.types.ty(operand.ty) {
                return types.iter().map(|ty| Operand::value(*ty)).collect();
            }
            return SmallVec::from_slice(&[operand]);
        }
        list.iter().map(|arg| self.infer(*arg)).collect()
    }

    fn generic_call(
        &mut self,
        signature: TypeId,
        function: FunctionRef,
        callee: ExprId,
        args: ExprList,
        spread: bool,
    ) -> Operand {
        let args = self.arguments(args);
        let written = match self.ir.kind(self.ir.unparen(callee)) {
            ExprKind::Index { indices, .. } => self.type_arguments(indices),
            _ => SmallVec::new(),
        };
        let Type::Signature(shape) = self.world.types.ty(signature) else { return Operand::UNKNOWN };
        let params = self.own_type_params(function);
        let mut inference = Inference::new(self.world, &params, &written);
        let mut untyped: SmallVec<[(TypeId, TypeId); 4]> = SmallVec::new();
        for (index, arg) in args.iter().enumerate() {
            let Some(param) = self.parameter(shape, index, spread) else { continue };
            if matches!(arg.mode, Mode::Generic(_)) {
                continue;
            }
            if self.world.default_type(arg.ty) == arg.ty {
                inference.argument(param, arg.ty);
            } else if arg.ty != TypeId::NIL {
                untyped.push((param, arg.ty));
            }
        }
        for (param, constant) in untyped {
            inference.untyped_argument(param, constant);
        }
        let found = inference.finish();
        let instantiated = self.world.substitute(signature, &found);
        self.record_callee(callee, instantiated);
        self.results(instantiated)
    }

    /// The type of the parameter that argument number `index` is passed to.
    fn parameter(&self, shape: &SignatureShape, index: usize, spread: bool) -> Option<TypeId> {
        let last = shape.params.len().checked_sub(1)?;
        if !shape.variadic || index < last {
            return shape.params.get(index).copied();
        }
        let elem = shape.params[last];
        if spread { Some(self.world.types.slice(elem)) } else { Some(elem) }
    }

    /// The callee of a generic call has the type that the call gave it.
    fn record_callee(&mut self, mut callee: ExprId, signature: TypeId) {
        loop {
            self.record(callee, signature);
            match self.ir.kind(callee) {
                ExprKind::Paren(inner) => callee = inner,
                _ => return,
            }
        }
    }

    fn builtin(&mut self, builtin: Builtin, callee: ExprId, args: ExprList) -> Operand {
        let list = self.ir.exprs_of(args);
        if builtin == Builtin::Make {
            let made = list.first().map_or(TypeId::UNKNOWN, |ty| self.type_expr(*ty));
            for size in list.iter().skip(1) {
                self.infer(*size);
            }
            return Operand::value(made);
        }
        let args = self.arguments(args);
        let first = args.first().copied().unwrap_or(Operand::UNKNOWN);
        Operand::value(match builtin {
            Builtin::Append => self.appended(first.ty),
            Builtin::Cap | Builtin::Copy | Builtin::Len => TypeId::INT,
            Builtin::MaxMin => args.iter().fold(TypeId::UNKNOWN, |ty, arg| self.common_type(ty, arg.ty)),
            Builtin::New => self.allocated(first),
            Builtin::Recover => TypeId::ANY,
            Builtin::Complex => self.complex(callee, first.ty),
            Builtin::Unsafe => self.unsafe_call(callee, first.ty),
            Builtin::Clear
            | Builtin::Close
            | Builtin::Delete
            | Builtin::Make
            | Builtin::Panic
            | Builtin::Print => TypeId::NOTHING,
        })
    }

    fn appended(&self, slice: TypeId) -> TypeId {
        match self.core(slice) {
            Type::Slice(_) => slice,
            _ => TypeId::UNKNOWN,
        }
    }

    /// `new(T)`, and since Go 1.26 `new(value)`.
    fn allocated(&self, of: Operand) -> TypeId {
        let ty = if of.mode == Mode::Value { self.world.default_type(of.ty) } else { of.ty };
        if ty.is_unknown() { ty } else { self.world.types.pointer(ty) }
    }

    fn complex(&self, callee: ExprId, argument: TypeId) -> TypeId {
        let ExprKind::Name(name) = self.ir.kind(self.ir.unparen(callee)) else { return TypeId::UNKNOWN };
        let Type::Basic(basic) = self.core(argument) else { return TypeId::UNKNOWN };
        TypeId::basic(match (name.as_str() == "complex", basic) {
            (true, Basic::Float32) => Basic::Complex64,
            (true, Basic::Float64) => Basic::Complex128,
            (true, _) => Basic::UntypedComplex,
            (false, Basic::Complex64) => Basic::Float32,
            (false, Basic::Complex128) => Basic::Float64,
            (false, _) => Basic::UntypedFloat,
        })
    }

    fn unsafe_call(&self, callee: ExprId, first: TypeId) -> TypeId {
        let ExprKind::Selector { name, .. } = self.ir.kind(self.ir.unparen(callee)) else {
            return TypeId::UNKNOWN;
        };
        match name.as_str() {
            "Sizeof" | "Alignof" | "Offsetof" => TypeId::basic(Basic::Uintptr),
            "Add" => TypeId::basic(Basic::UnsafePointer),
            "String" => TypeId::STRING,
            "StringData" => self.world.types.pointer(TypeId::basic(Basic::Uint8)),
            "Slice" => match self.core(first) {
                Type::Pointer(elem) => self.world.types.slice(*elem),
                _ => TypeId::UNKNOWN,
            },
            "SliceData" => match self.core(first) {
                Type::Slice(elem) => self.world.types.pointer(*elem),
                _ => TypeId::UNKNOWN,
            },
            _ => TypeId::UNKNOWN,
        }
    }
}
