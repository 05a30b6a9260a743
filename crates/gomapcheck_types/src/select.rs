//! What `x.name` selects: fields and methods, promoted ones included.

use gomapcheck_source::{Arrangement, FileId, Name, PackageId};
use smallvec::SmallVec;

use crate::substitute::Substitution;
use crate::world::{Task, World, guarded};
use crate::{
    EmbeddedPath, FieldRef, FunctionRef, MethodTarget, StructRef, Type, TypeId, TypeParamRef, TypeRef,
};

/// What a selector found.
pub(crate) struct Selected {
    pub(crate) embedded: EmbeddedPath,
    pub(crate) member: Member,
}

/// A field or method with its instantiated type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Member {
    Field(FieldRef, TypeId),
    Method(MethodTarget, TypeId),
    /// A member of an external type, of which only the table of the standard library may know the type.
    External {
        path: Name,
        owner: Name,
        name: Name,
        ty: TypeId,
    },
}

/// One embedded type on the way.
struct Node {
    ty: TypeId,
    /// The node that embeds it, and the field there.
    from: Option<(usize, FieldRef)>,
}

struct Search<'w, 'a> {
    world: &'w World<'a>,
    name: Name,
    /// The package in which the selector stands; unexported names of others are not seen.
    package: Option<PackageId>,
    nodes: SmallVec<[Node; 8]>,
    /// Embedded fields of the nodes of this level, with the struct type that has them.
    embedded: SmallVec<[(usize, FieldRef, TypeId); 8]>,
    found: Option<(usize, Member)>,
    ambiguous: bool,
    /// The shallowest embedded type that is not at hand, and whether there are several.
    external: Option<(usize, Name, Name)>,
    several_external: bool,
}

/// Deeper embedding is a circle through instantiation.
const DEEPEST: usize = 16;

impl World<'_> {
    /// What `x.name` selects for an addressable `x` of this type; nothing when that is ambiguous or not known.
    pub(crate) fn select(&self, ty: TypeId, name: Name, package: Option<PackageId>) -> Option<Selected> {
        let ty = match self.types.ty(ty) {
            Type::Pointer(to) => *to,
            // A named pointer type has its target's fields.
            Type::Named(..) => match self.types.ty(self.underlying(ty)) {
                Type::Pointer(to) => *to,
                _ => ty,
            },
            _ => ty,
        };
        let mut search = Search {
            world: self,
            name,
            package,
            nodes: SmallVec::new(),
            embedded: SmallVec::new(),
            found: None,
            ambiguous: false,
            external: None,
            several_external: false,
        };
        search.nodes.push(Node { ty, from: None });
        search.run().or_else(|| self.newer_member(ty, name))
    }

    /// A member that a type of the standard library at hand has not got: the program is written for a newer one.
    fn newer_member(&self, ty: TypeId, name: Name) -> Option<Selected> {
        let decl = self.named_decl(ty)?;
        let file = self.file(decl.file);
        let package = &self.package(file.package).package;
        if !package.standard || package.arrangement == Arrangement::Target || !name.is_exported() {
            return None;
        }
        let (path, owner) = (package.import_path, file.ir.type_decl(decl.decl).name);
        let ty = self.standard().member(path, owner, name).unwrap_or(TypeId::UNKNOWN);
        let member = Member::External { path, owner, name, ty };
        Some(Selected { embedded: EmbeddedPath::default(), member })
    }
}

impl Search<'_, '_> {
    fn run(mut self) -> Option<Selected> {
        let mut level = 0;
        for _ in 0..DEEPEST {
            let end = self.nodes.len();
            for node in level..end {
                self.visit(node);
            }
            if self.ambiguous {
                return None;
            }
            if let Some((node, member)) = self.found {
                return Some(Selected { embedded: self.path(node), member });
            }
            level = end;
            self.descend();
            if self.nodes.len() == end {
                break;
            }
        }
        let (node, path, owner) = self.external.filter(|_| !self.several_external)?;
        let member = Member::External { path, owner, name: self.name, ty: TypeId::UNKNOWN };
        Some(Selected { embedded: self.path(node), member })
    }

    /// Adds the types that the nodes of this level embed.
    fn descend(&mut self) {
        for (node, field, structure) in std::mem::take(&mut self.embedded) {
            let ty = self.world.deref(self.world.field_type_in(field, structure));
            if !self.nodes.iter().any(|node| node.ty == ty) {
                self.nodes.push(Node { ty, from: Some((node, field)) });
            }
        }
    }

    fn visit(&mut self, node: usize) {
        let ty = self.nodes[node].ty;
        let declared = match self.world.types.ty(ty) {
            Type::Named(decl, arguments) => {
                if let Some(method) = self.world.declared_method(*decl, self.name)
                    && self.sees(method.file)
                {
                    let signature = self.world.method_signature(method, arguments);
                    return self.found(node, Member::Method(MethodTarget::Declared(method), signature));
                }
                Some(*decl)
            }
            Type::External(path, owner) => return self.visit_external(node, *path, *owner),
            _ => None,
        };
        self.visit_shape(node, declared, self.world.underlying(ty));
    }

    fn visit_shape(&mut self, node: usize, declared: Option<TypeRef>, under: TypeId) {
        match self.world.types.ty(under) {
            Type::Struct(structure, _) => self.visit_struct(node, *structure, under),
            Type::Interface(shape) => {
                if let Some((_, signature)) = shape.methods.iter().find(|(name, _)| *name == self.name) {
                    let target = MethodTarget::Interface(declared, self.name);
                    self.found(node, Member::Method(target, *signature));
                }
            }
            Type::TypeParam(param) => self.visit_type_param(node, *param),
            Type::External(path, owner) => self.visit_external(node, *path, *owner),
            _ => {}
        }
    }

    fn visit_struct(&mut self, node: usize, structure: StructRef, under: TypeId) {
        let file = self.world.file(structure.file);
        for (index, field) in file.ir.struct_type(structure.structure).fields.iter().enumerate() {
            let reference = FieldRef { structure, index: u32::try_from(index).unwrap_or(u32::MAX) };
            if field.name == self.name && self.sees(structure.file) {
                self.found(node, Member::Field(reference, self.world.field_type_in(reference, under)));
            } else if field.embedded {
                self.embedded.push((node, reference, under));
            }
        }
    }

    /// A type parameter has the methods of its constraint, and those of its only type.
    fn visit_type_param(&mut self, node: usize, param: TypeParamRef) {
        let constraint = self.world.constraint(param);
        let under = self.world.underlying(constraint);
        let declared = self.world.named_decl(constraint);
        if let Type::Interface(shape) = self.world.types.ty(under)
            && shape.methods.iter().any(|(name, _)| *name == self.name)
        {
            return self.visit_shape(node, declared, under);
        }
        // Parameters may constrain themselves and each other.
        if let [only] = self.world.terms(param)[..]
            && let Some(Some(selected)) =
                guarded(Task::Members(param), || self.world.select(only, self.name, self.package))
            && selected.embedded.is_empty()
        {
            self.found(node, selected.member);
        }
    }

    fn visit_external(&mut self, node: usize, path: Name, owner: Name) {
        if let Some(ty) = self.world.standard().member(path, owner, self.name) {
            return self.found(node, Member::External { path, owner, name: self.name, ty });
        }
        match self.external {
            None => self.external = Some((node, path, owner)),
            Some(_) => self.several_external = true,
        }
    }

    fn found(&mut self, node: usize, member: Member) {
        self.ambiguous |= self.found.is_some();
        self.found = Some((node, member));
    }

    fn sees(&self, file: FileId) -> bool {
        let Some(package) = self.package else { return true };
        self.name.is_exported() || self.world.file(file).package == package
    }

    fn path(&self, mut node: usize) -> EmbeddedPath {
        let mut fields: SmallVec<[FieldRef; 4]> = SmallVec::new();
        while let Some((parent, field)) = self.nodes[node].from {
            fields.push(field);
            node = parent;
        }
        fields.reverse();
        EmbeddedPath::new(&fields)
    }
}

impl World<'_> {
    /// The type of a field in this struct type, its type arguments put in.
    pub(crate) fn field_type_in(&self, field: FieldRef, structure: TypeId) -> TypeId {
        let ty = self.field_type(field);
        match self.types.ty(structure) {
            Type::Struct(_, arguments) => self.substitute(ty, arguments),
            _ => ty,
        }
    }

    /// A method's type for a receiver with these type arguments.
    pub(crate) fn method_signature(&self, method: FunctionRef, arguments: &[TypeId]) -> TypeId {
        let signature = self.signature_of(method);
        if arguments.is_empty() {
            return signature;
        }
        let params = &self.function_ir(method).type_params;
        let refs = params.iter().map(|param| TypeParamRef::new(method.file, *param));
        let with: Substitution = refs.zip(arguments.iter().copied()).collect();
        self.substitute(signature, &with)
    }

    /// The declaration of a named type.
    pub(crate) fn named_decl(&self, ty: TypeId) -> Option<TypeRef> {
        match self.types.ty(ty) {
            Type::Named(decl, _) => Some(*decl),
            _ => None,
        }
    }
}
