//! What names and selectors denote.

use gomapcheck_ir::{ExprId, ExprKind};
use gomapcheck_source::Name;

use super::{Checker, Mode, Operand};
use crate::scope::Object;
use crate::select::Member;
use crate::universe::Predeclared;
use crate::{
    Basic, Builtin, FieldSelection, FunctionRef, MethodSelection, MethodTarget, Resolution, SignatureShape,
    Type, TypeId,
};

impl Checker<'_, '_> {
    pub(super) fn name(&mut self, expr: ExprId, name: Name) -> Operand {
        let known = self.names.get(&name).copied();
        let (operand, resolution) = known.unwrap_or_else(|| {
            let object = self.world.lookup_name(self.file, name);
            let (operand, resolution) = self.object(object);
            let found = (operand, self.keep(resolution));
            self.names.insert(name, found);
            found
        });
        self.resolve(expr, resolution);
        operand
    }

    fn object(&self, object: Object) -> (Operand, Resolution) {
        match object {
            Object::Unknown => (Operand::UNKNOWN, Resolution::Unknown),
            Object::Type(_) | Object::Predeclared(Predeclared::Type(_) | Predeclared::Error) => {
                let ty = self.world.object_type(object, &[]);
                (Operand::of_type(ty), Resolution::Type(ty))
            }
            Object::Value(value) => (Operand::value(self.world.value_type(value)), Resolution::Value(value)),
            Object::Function(function) => (self.function_value(function), Resolution::Function(function)),
            Object::Package(id) => {
                (Operand { ty: TypeId::UNKNOWN, mode: Mode::Package(object) }, Resolution::Package(Some(id)))
            }
            Object::ExternalPackage(_) | Object::Unsafe | Object::Cgo => {
                (Operand { ty: TypeId::UNKNOWN, mode: Mode::Package(object) }, Resolution::Package(None))
            }
            Object::Predeclared(Predeclared::Builtin(builtin)) => {
                (Operand { ty: TypeId::UNKNOWN, mode: Mode::Builtin(builtin) }, Resolution::Builtin(builtin))
            }
            Object::Predeclared(Predeclared::Constant(ty)) => (Operand::value(ty), Resolution::Universe),
        }
    }

    fn function_value(&self, function: FunctionRef) -> Operand {
        let generic = !self.world.function_ir(function).type_params.is_empty();
        let mode = if generic { Mode::Generic(function) } else { Mode::Value };
        Operand { ty: self.world.signature_of(function), mode }
    }

    pub(super) fn selector(&mut self, expr: ExprId, base: ExprId, name: Name) -> Operand {
        let operand = self.infer(base);
        match operand.mode {
            Mode::Package(package) => self.qualified(expr, package, name),
            Mode::Type => self.method_expression(expr, operand.ty, name),
            Mode::Value => self.member(expr, operand.ty, name),
            _ => Operand::UNKNOWN,
        }
    }

    /// `pkg.name`
    fn qualified(&mut self, expr: ExprId, package: Object, name: Name) -> Operand {
        let (operand, resolution) = match package {
            Object::Package(id) => match self.world.scope(id).get(name) {
                Some(object) => self.object(object),
                None => (Operand::UNKNOWN, Resolution::Unknown),
            },
            Object::ExternalPackage(path) => self.external(path, name),
            Object::Unsafe if name.as_str() == "Pointer" => {
                let ty = TypeId::basic(Basic::UnsafePointer);
                (Operand::of_type(ty), Resolution::Type(ty))
            }
            Object::Unsafe => {
                let mode = Mode::Builtin(Builtin::Unsafe);
                (Operand { ty: TypeId::UNKNOWN, mode }, Resolution::Builtin(Builtin::Unsafe))
            }
            _ => (Operand::UNKNOWN, Resolution::Unknown),
        };
        let resolution = self.keep(resolution);
        self.resolve(expr, resolution);
        operand
    }

    /// A name of a package that is not at hand.
    fn external(&self, path: Name, name: Name) -> (Operand, Resolution) {
        let standard = self.world.standard();
        if standard.underlying(path, name).is_some() {
            let ty = self.world.types.intern(Type::External(path, name));
            return (Operand::of_type(ty), Resolution::Type(ty));
        }
        let ty = standard.value(path, name).unwrap_or(TypeId::UNKNOWN);
        let resolution = match self.world.types.ty(ty) {
            Type::Signature(_) => Resolution::ExternalFunction(path, name),
            _ => Resolution::ExternalValue(path, name),
        };
        (Operand { ty, mode: Mode::External(path, name) }, resolution)
    }

    /// The field or method `name` of a value of this type.
    fn member(&mut self, expr: ExprId, ty: TypeId, name: Name) -> Operand {
        let Some((member, resolution)) = self.selection(ty, name) else { return Operand::UNKNOWN };
        if self.is_certain(expr, member) {
            self.resolve(expr, resolution);
        }
        match member {
            Member::Field(_, ty) | Member::External { ty, .. } => Operand::value(ty),
            Member::Method(MethodTarget::Declared(method), ty) => {
                let params = self.world.function_ir(method).type_params.len();
                let generic = params > 0 && params > self.world.receiver_param_count(method);
                Operand { ty, mode: if generic { Mode::Generic(method) } else { Mode::Value } }
            }
            Member::Method(_, ty) => Operand::value(ty),
        }
    }

    /// Whether the member is what its resolution says: a member of an external type counts as a method where it is called
    /// or known to be a function, else it may be a field.
    fn is_certain(&self, expr: ExprId, member: Member) -> bool {
        match member {
            Member::External { ty, .. } => {
                self.called == Some(expr) || matches!(self.world.types.ty(ty), Type::Signature(_))
            }
            Member::Field(..) | Member::Method(..) => true,
        }
    }

    fn selection(&mut self, ty: TypeId, name: Name) -> Option<(Member, u32)> {
        if ty.is_unknown() {
            return None;
        }
        if let Some(known) = self.selections.get(&(ty, name)) {
            return *known;
        }
        let found = self.world.select(ty, name, Some(self.file.package)).map(|selected| {
            let embedded = selected.embedded;
            let resolution = match selected.member {
                Member::Field(field, _) => Resolution::Field(FieldSelection { embedded, field }),
                Member::Method(method, _) => Resolution::Method(MethodSelection { embedded, method }),
                Member::External { path, owner, name, .. } => {
                    let method = MethodTarget::External(path, owner, name);
                    Resolution::Method(MethodSelection { embedded, method })
                }
            };
            (selected.member, self.keep(resolution))
        });
        self.selections.insert((ty, name), found);
        found
    }

    /// `T.name` as a function whose first parameter is the receiver.
    fn method_expression(&mut self, expr: ExprId, receiver: TypeId, name: Name) -> Operand {
        let Some(selected) = self.world.select(receiver, name, Some(self.file.package)) else {
            return Operand::UNKNOWN;
        };
        let Member::Method(target, signature) = selected.member else { return Operand::UNKNOWN };
        if let MethodTarget::Declared(method) = target {
            let resolution = self.keep(Resolution::MethodExpression(method));
            self.resolve(expr, resolution);
        }
        let Type::Signature(shape) = self.world.types.ty(signature) else { return Operand::UNKNOWN };
        let params = std::iter::once(receiver).chain(shape.params.iter().copied()).collect();
        let results = shape.results.clone();
        let variadic = shape.variadic;
        Operand::value(self.world.types.signature(SignatureShape { params, results, variadic }))
    }

    /// The field that a struct literal's key names.
    pub(super) fn literal_field(&mut self, key: ExprId, structure: TypeId, name: Name) -> TypeId {
        let Some((Member::Field(_, ty), resolution)) = self.selection(structure, name) else {
            return TypeId::UNKNOWN;
        };
        if matches!(self.ir.kind(key), ExprKind::Name(_) | ExprKind::Local(_)) {
            self.resolve(key, resolution);
            self.record(key, ty);
        }
        ty
    }
}
