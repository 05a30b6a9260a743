//! What type expressions denote.

use gomapcheck_ir::{
    ExprId, ExprKind, InterfaceElement, InterfaceId, SignatureId, StructId, TypeDeclId, TypeParamId, UnaryOp,
};
use gomapcheck_source::Name;
use smallvec::SmallVec;

use crate::scope::Object;
use crate::universe::Predeclared;
use crate::world::{FileEntry, World};
use crate::{Basic, InterfaceShape, SignatureShape, StructRef, Type, TypeId, TypeParamRef, TypeRef};

/// Type arguments.
pub(crate) type Arguments = SmallVec<[TypeId; 4]>;

impl World<'_> {
    /// The type that an expression denotes; unknown where it is no type.
    pub(crate) fn type_expr(&self, file: &FileEntry, expr: ExprId) -> TypeId {
        let ir = &file.ir;
        match ir.kind(expr) {
            ExprKind::Name(name) => self.object_type(self.lookup_name(file, name), &[]),
            ExprKind::LocalType(decl) => self.declared(TypeRef::new(file.id, decl), &[]),
            ExprKind::TypeParam(param) => self.type_param(file, param),
            ExprKind::Selector { base, name } => self.qualified_type(file, base, name, &[]),
            ExprKind::Index { base, indices } => {
                let arguments: Arguments =
                    ir.exprs_of(indices).iter().map(|index| self.type_expr(file, *index)).collect();
                self.instantiation(file, base, &arguments)
            }
            ExprKind::Paren(inner) | ExprKind::Unary { op: UnaryOp::Tilde, operand: inner } => {
                self.type_expr(file, inner)
            }
            ExprKind::Unary { op: UnaryOp::Deref, operand } => {
                self.types.pointer(self.type_expr(file, operand))
            }
            ExprKind::MapType { key, value } => {
                let (key, value) = (self.type_expr(file, key), self.type_expr(file, value));
                self.types.intern(Type::Map { key, value })
            }
            ExprKind::ArrayType { elem, .. } => self.types.intern(Type::Array(self.type_expr(file, elem))),
            ExprKind::SliceType(elem) => self.types.slice(self.type_expr(file, elem)),
            ExprKind::ChanType { direction, elem } => {
                self.types.intern(Type::Chan(direction, self.type_expr(file, elem)))
            }
            ExprKind::StructType(structure) => self.struct_type(file, structure),
            ExprKind::InterfaceType(interface) => self.interface_type(file, interface),
            ExprKind::FunctionType(signature) => self.signature_type(file, signature),
            _ => TypeId::UNKNOWN,
        }
    }

    /// A generic type with these arguments.
    fn instantiation(&self, file: &FileEntry, base: ExprId, arguments: &[TypeId]) -> TypeId {
        match file.ir.kind(base) {
            ExprKind::Name(name) => self.object_type(self.lookup_name(file, name), arguments),
            ExprKind::LocalType(decl) => self.declared(TypeRef::new(file.id, decl), arguments),
            ExprKind::Selector { base, name } => self.qualified_type(file, base, name, arguments),
            ExprKind::Paren(inner) => self.instantiation(file, inner, arguments),
            _ => TypeId::UNKNOWN,
        }
    }

    fn qualified_type(&self, file: &FileEntry, base: ExprId, name: Name, arguments: &[TypeId]) -> TypeId {
        let ExprKind::Name(package) = file.ir.kind(base) else { return TypeId::UNKNOWN };
        match self.lookup_name(file, package) {
            Object::Package(id) => match self.scope(id).get(name) {
                Some(object @ Object::Type(_)) => self.object_type(object, arguments),
                _ => TypeId::UNKNOWN,
            },
            Object::ExternalPackage(path) => self.types.intern(Type::External(path, name)),
            Object::Unsafe if name.as_str() == "Pointer" => TypeId::basic(Basic::UnsafePointer),
            _ => TypeId::UNKNOWN,
        }
    }

    /// The type that an object denotes.
    pub(crate) fn object_type(&self, object: Object, arguments: &[TypeId]) -> TypeId {
        match object {
            Object::Type(decl) => self.declared(decl, arguments),
            Object::Predeclared(Predeclared::Type(id)) => id,
            Object::Predeclared(Predeclared::Error) => self.types.error,
            _ => TypeId::UNKNOWN,
        }
    }

    /// The type that a declared type's name stands for, with its type arguments.
    pub(crate) fn declared(&self, decl: TypeRef, arguments: &[TypeId]) -> TypeId {
        let file = self.file(decl.file);
        let ir = file.ir.type_decl(decl.decl);
        if ir.alias {
            let right = self.right_side(decl);
            if arguments.is_empty() {
                return right;
            }
            return self.substitute(right, &self.decl_substitution(file, decl.decl, arguments));
        }
        if arguments.is_empty() {
            return file.named[decl.decl.index()]
                .get_or_compute(|| self.types.intern(Type::Named(decl, Box::default())));
        }
        self.types.intern(Type::Named(decl, arguments.into()))
    }

    /// What stands on the right of a type declaration, in terms of its own type parameters.
    pub(crate) fn right_side(&self, decl: TypeRef) -> TypeId {
        let file = self.file(decl.file);
        let cell = &file.right_sides[decl.decl.index()];
        if let Some(known) = cell.get() {
            return known;
        }
        let Some(right) = file.ir.type_decl(decl.decl).ty else { return TypeId::UNKNOWN };
        let task = crate::world::Task::RightSide(decl);
        crate::world::guarded(task, || cell.get_or_compute(|| self.type_expr(file, right)))
            .unwrap_or(TypeId::UNKNOWN)
    }

    /// The type parameter as a type.
    pub(crate) fn type_param(&self, file: &FileEntry, param: TypeParamId) -> TypeId {
        self.types.intern(Type::TypeParam(TypeParamRef::new(file.id, param)))
    }

    fn struct_type(&self, file: &FileEntry, structure: StructId) -> TypeId {
        let generic = !file.ir.type_params.is_empty();
        self.types.intern_struct(StructRef::new(file.id, structure), Box::default(), generic)
    }

    /// The type of functions with these parameters and results.
    pub(crate) fn signature_type(&self, file: &FileEntry, signature: SignatureId) -> TypeId {
        let signature = file.ir.signature(signature);
        let types = |params: &[gomapcheck_ir::Param]| -> Box<[TypeId]> {
            params.iter().map(|param| self.type_expr(file, param.ty)).collect()
        };
        self.types.signature(SignatureShape {
            params: types(&signature.params),
            results: types(&signature.results),
            variadic: signature.variadic,
        })
    }

    fn interface_type(&self, file: &FileEntry, interface: InterfaceId) -> TypeId {
        let mut methods: Vec<(Name, TypeId)> = Vec::new();
        let mut terms: Option<Vec<TypeId>> = None;
        for element in &file.ir.interface_type(interface).elements {
            match element {
                InterfaceElement::Method(method) => {
                    methods.push((method.name, self.signature_type(file, method.signature)));
                }
                InterfaceElement::Embedded(embedded) => {
                    let mut union = Vec::new();
                    for term in &embedded.terms {
                        self.add_term(self.type_expr(file, term.ty), &mut methods, &mut union);
                    }
                    if !union.is_empty() {
                        terms = Some(match terms {
                            Some(before) => self.common_terms(before, union),
                            None => union,
                        });
                    }
                }
            }
        }
        methods.sort_by_key(|(name, _)| *name);
        methods.dedup_by_key(|(name, _)| *name);
        let terms = terms.unwrap_or_default().into();
        self.types.intern(Type::Interface(InterfaceShape { methods: methods.into(), terms }))
    }

    /// Adds what a term of an interface contributes: its methods and types if it is an interface, else itself.
    fn add_term(&self, term: TypeId, methods: &mut Vec<(Name, TypeId)>, union: &mut Vec<TypeId>) {
        match self.types.ty(self.underlying(term)) {
            Type::Interface(shape) => {
                methods.extend_from_slice(&shape.methods);
                union.extend_from_slice(&shape.terms);
            }
            Type::External(..) | Type::Unknown => {}
            _ => union.push(term),
        }
    }

    fn common_terms(&self, mut left: Vec<TypeId>, right: Vec<TypeId>) -> Vec<TypeId> {
        let right: Vec<TypeId> = right.into_iter().map(|id| self.underlying(id)).collect();
        left.retain(|id| right.contains(&self.underlying(*id)));
        left
    }

    /// The pairs of a declaration's type parameters and these arguments.
    pub(crate) fn decl_substitution(
        &self,
        file: &FileEntry,
        decl: TypeDeclId,
        arguments: &[TypeId],
    ) -> crate::substitute::Substitution {
        let params = &file.ir.type_decl(decl).type_params;
        let refs = params.iter().map(|param| TypeParamRef::new(file.id, *param));
        refs.zip(arguments.iter().copied()).collect()
    }
}
