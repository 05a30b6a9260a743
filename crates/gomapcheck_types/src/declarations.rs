//! The types of declarations: what stands behind names, fields, functions, package-level values.

use gomapcheck_ir::ValueKind;

use crate::check::Checker;
use crate::world::{ParamOwner, Task, World, guarded};
use crate::{Basic, FieldRef, FunctionRef, SignatureShape, Type, TypeId, TypeParamRef, ValueRef};

/// Types named after each other: longer chains are circles.
const LONGEST_CHAIN: usize = 100;

impl World<'_> {
    /// The type behind names. External types that the built-in table does not know, and type parameters, stay.
    pub(crate) fn underlying(&self, id: TypeId) -> TypeId {
        let entry = self.types.entry(id);
        match &entry.ty {
            Type::Named(..) => entry.underlying.get_or_compute(|| self.find_underlying(id)),
            Type::External(path, name) => self.standard().underlying(*path, *name).unwrap_or(id),
            _ => id,
        }
    }

    fn find_underlying(&self, mut id: TypeId) -> TypeId {
        for _ in 0..LONGEST_CHAIN {
            let Type::Named(decl, arguments) = self.types.ty(id) else { return id };
            let right = self.right_side(*decl);
            let with = self.decl_substitution(self.file(decl.file), decl.decl, arguments);
            id = self.substitute(right, &with);
            if let Type::External(path, name) = self.types.ty(id) {
                return self.standard().underlying(*path, *name).unwrap_or(id);
            }
        }
        TypeId::UNKNOWN
    }

    /// The type that decides what may be done with a value: the underlying type; for a type parameter, that of its terms
    /// if they are of one kind.
    pub(crate) fn core(&self, id: TypeId) -> TypeId {
        let under = self.underlying(id);
        match self.types.ty(under) {
            Type::TypeParam(param) => {
                let terms = self.terms(*param);
                let Some(first) = terms.first().map(|term| self.underlying(*term)) else { return under };
                let kind = std::mem::discriminant(self.types.ty(first));
                let same =
                    |term: &TypeId| std::mem::discriminant(self.types.ty(self.underlying(*term))) == kind;
                if terms.iter().all(same) { first } else { under }
            }
            _ => under,
        }
    }

    /// Whether operations on a value of this type are map operations.
    pub(crate) fn is_map(&self, id: TypeId) -> bool {
        match self.types.ty(self.underlying(id)) {
            Type::Map { .. } => true,
            Type::TypeParam(_) => matches!(self.types.ty(self.core(id)), Type::Map { .. }),
            _ => false,
        }
    }

    /// The constraint of a type parameter, in terms of the parameters beside it; unknown where there is none.
    pub(crate) fn constraint(&self, param: TypeParamRef) -> TypeId {
        let file = self.file(param.file);
        file.constraints[param.param.index()].get_or_compute(|| {
            if let Some(written) = file.ir.type_param(param.param).constraint {
                return self.type_expr(file, written);
            }
            match file.param_owners[param.param.index()] {
                Some(ParamOwner::Function(function)) => {
                    self.receiver_constraint(FunctionRef::new(param.file, function), param)
                }
                _ => TypeId::UNKNOWN,
            }
        })
    }

    /// The constraint that the receiver's type declares for a type parameter of a method.
    fn receiver_constraint(&self, method: FunctionRef, param: TypeParamRef) -> TypeId {
        let file = self.file(method.file);
        let function = file.ir.function(method.function);
        let Some(receiver) = function.receiver else { return TypeId::UNKNOWN };
        let receiver = self.deref(self.type_expr(file, receiver.ty));
        let Type::Named(decl, arguments) = self.types.ty(receiver) else { return TypeId::UNKNOWN };
        let owner = self.file(decl.file);
        let position = function.type_params.iter().position(|p| *p == param.param);
        let declared = position.and_then(|at| owner.ir.type_decl(decl.decl).type_params.get(at));
        let Some(declared) = declared else { return TypeId::UNKNOWN };
        let constraint = self.constraint(TypeParamRef::new(decl.file, *declared));
        self.substitute(constraint, &self.decl_substitution(owner, decl.decl, arguments))
    }

    /// The types that a type parameter's constraint lists.
    pub(crate) fn terms(&self, param: TypeParamRef) -> Vec<TypeId> {
        let constraint = self.constraint(param);
        match self.types.ty(self.underlying(constraint)) {
            Type::Interface(shape) => shape.terms.to_vec(),
            Type::Unknown | Type::External(..) => Vec::new(),
            _ => vec![constraint],
        }
    }

    /// The type behind one pointer.
    pub(crate) fn deref(&self, id: TypeId) -> TypeId {
        match self.types.ty(id) {
            Type::Pointer(to) => *to,
            _ => id,
        }
    }

    /// The type of a function, in terms of its type parameters, without its receiver.
    pub(crate) fn signature_of(&self, function: FunctionRef) -> TypeId {
        let file = self.file(function.file);
        file.signatures[function.function.index()]
            .get_or_compute(|| self.signature_type(file, file.ir.function(function.function).signature))
    }

    /// A function's type, if it is one.
    pub(crate) fn signature_shape(&self, id: TypeId) -> Option<&SignatureShape> {
        match self.types.ty(self.core(id)) {
            Type::Signature(shape) => Some(shape),
            _ => None,
        }
    }

    /// The type of a field as declared.
    pub(crate) fn field_type(&self, field: FieldRef) -> TypeId {
        let file = self.file(field.structure.file);
        let Some(cell) = file.field_cell(field) else { return TypeId::UNKNOWN };
        cell.get_or_compute(|| {
            let structure = file.ir.struct_type(field.structure.structure);
            self.type_expr(file, structure.fields[field.index as usize].ty)
        })
    }

    /// The type of a package-level variable or constant; an untyped constant keeps its untyped type.
    pub(crate) fn value_type(&self, value: ValueRef) -> TypeId {
        let file = self.file(value.file);
        let cell = &file.values[value.value.index()];
        if let Some(known) = cell.get() {
            return known;
        }
        let decl = file.ir.value(value.value);
        let infer = || match (decl.ty, decl.init) {
            (Some(ty), _) => self.type_expr(file, ty),
            (None, Some(init)) => {
                let initial = Checker::for_declarations(self, file).initial_type(init, decl.result);
                if decl.kind == ValueKind::Constant { initial } else { self.default_type(initial) }
            }
            (None, None) => TypeId::UNKNOWN,
        };
        guarded(Task::Value(value), || cell.get_or_compute(infer)).unwrap_or(TypeId::UNKNOWN)
    }

    /// The type that a variable gets from an untyped constant.
    pub(crate) fn default_type(&self, id: TypeId) -> TypeId {
        let Type::Basic(basic) = self.types.ty(id) else {
            return if id == TypeId::NIL { TypeId::UNKNOWN } else { id };
        };
        match basic {
            Basic::UntypedInt => TypeId::INT,
            Basic::UntypedRune => TypeId::basic(Basic::Int32),
            Basic::UntypedFloat => TypeId::basic(Basic::Float64),
            Basic::UntypedComplex => TypeId::basic(Basic::Complex128),
            Basic::UntypedString => TypeId::STRING,
            Basic::UntypedBool => TypeId::BOOL,
            _ => id,
        }
    }

    /// The type of a method's receiver, in terms of the method's type parameters.
    pub(crate) fn receiver_type(&self, function: FunctionRef) -> TypeId {
        let file = self.file(function.file);
        let receiver = file.ir.function(function.function).receiver;
        receiver.map_or(TypeId::UNKNOWN, |receiver| self.type_expr(file, receiver.ty))
    }
}
