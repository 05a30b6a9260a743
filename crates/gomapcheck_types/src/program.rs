use std::sync::Arc;

use gomapcheck_ir::{self as ir, ExprId, ExprKind, FunctionId, LocalId, UnaryOp};
use gomapcheck_source::{FileId, Name, Package, PackageId};
use rayon::prelude::*;

use crate::check::{Checker, FileTypes};
use crate::implementations::Implementations;
use crate::scope::function_ids;
use crate::select::Member;
use crate::table::LazyTable;
use crate::world::World;
use crate::{
    Callee, FieldRef, FieldSelection, FunctionRef, MethodSelection, MethodTarget, Resolution, StructRef,
    Type, TypeId, TypeRef,
};

/// Packages and their IR on demand. Implementations memoise, and answer the same question in the same way for the whole
/// run, whichever thread asks.
pub trait IrProvider: Sync {
    /// The package with this id.
    fn package(&self, id: PackageId) -> Arc<Package>;

    /// The package that an import of `path` means in `importer`; `None` when it cannot be found, and for `"C"` and `"unsafe"`.
    fn resolve_import(&self, importer: PackageId, path: Name) -> Option<PackageId>;

    /// The whole IR for files of target packages, declarations alone for others.
    fn ir(&self, file: FileId) -> Arc<ir::File>;

    /// Whether it is a test file, which is part of the program in its own package's tests alone.
    fn is_test(&self, file: FileId) -> bool {
        let _ = file;
        false
    }
}

/// A function's name in full.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QualifiedFunction {
    /// The import path of its package.
    pub package: Name,
    /// The name of the receiver's declared type, for a method.
    pub receiver: Option<Name>,
    /// Its name; a literal's is that of the function around it, a dot, and `func1`, `func2`, ….
    pub name: Name,
}

/// The typed program: answers about every expression of the target packages, and about every declaration.
///
/// Answers are read without locks and may be asked for by any thread.
pub struct Program<'a> {
    pub(crate) world: World<'a>,
    targets: Vec<PackageId>,
    files: LazyTable<FileTypes>,
    implementations: Implementations,
}

impl<'a> Program<'a> {
    /// Types every function body of the target packages in parallel. Declarations of other packages are loaded when they
    /// are first needed.
    #[must_use]
    pub fn check(provider: &'a dyn IrProvider, targets: &[PackageId]) -> Self {
        let world = World::new(provider);
        let files: LazyTable<FileTypes> = LazyTable::new();
        let all: Vec<FileId> =
            targets.iter().flat_map(|id| world.package(*id).package.files.iter().copied()).collect();
        // First all files and those of the packages that they import, so that no thread waits for another to lower a whole
        // package.
        let mut imported: Vec<PackageId> =
            all.par_iter().flat_map_iter(|id| world.imported_packages(world.file(*id))).collect();
        imported.sort_unstable();
        imported.dedup();
        imported.par_iter().flat_map_iter(|id| world.package(*id).package.files.clone()).for_each(|id| {
            world.file(id);
        });
        // The largest first: one that comes last would keep the other threads waiting.
        let mut by_size = all;
        by_size.sort_by_cached_key(|id| std::cmp::Reverse(world.file(*id).ir.exprs.len()));
        by_size.par_iter().with_max_len(1).for_each(|id| {
            files.get_or_make(id.index(), || Checker::check_file(&world, world.file(*id)));
        });
        Self { world, targets: targets.to_vec(), files, implementations: Implementations::default() }
    }

    /// The target packages, in the order given.
    #[must_use]
    pub fn targets(&self) -> &[PackageId] {
        &self.targets
    }

    /// The files of the target packages, sorted.
    #[must_use]
    pub fn files(&self) -> Vec<FileId> {
        let packages = self.targets.iter().map(|id| self.world.package(*id));
        let mut files: Vec<FileId> =
            packages.flat_map(|package| package.package.files.iter().copied()).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// The package that a file belongs to.
    #[must_use]
    pub fn package_of(&self, file: FileId) -> &Arc<Package> {
        &self.world.package(self.world.file(file).package).package
    }

    /// Whether it is a test file.
    #[must_use]
    pub fn is_test(&self, file: FileId) -> bool {
        self.world.provider.is_test(file)
    }

    /// The IR of a file.
    #[must_use]
    pub fn ir(&self, file: FileId) -> &Arc<ir::File> {
        &self.world.file(file).ir
    }

    /// The type of an expression in a target file; of a type expression, the type that it denotes. An expression with
    /// several results has a [`Type::Tuple`]; the callee of a generic call has its instantiated signature.
    #[must_use]
    pub fn type_of(&self, file: FileId, expr: ExprId) -> TypeId {
        let recorded = self.files.get(file.index()).and_then(|types| types.exprs.get(expr.index()));
        match recorded.copied() {
            Some(known) if !known.is_unknown() => known,
            // Types in declarations are not kept.
            _ if self.is_type(file, expr) => self.world.type_expr(self.world.file(file), expr),
            _ => TypeId::UNKNOWN,
        }
    }

    /// The type of a local variable of a target file.
    #[must_use]
    pub fn local_type(&self, file: FileId, local: LocalId) -> TypeId {
        let types = self.files.get(file.index()).and_then(|types| types.locals.get(local.index()));
        types.copied().unwrap_or(TypeId::UNKNOWN)
    }

    /// What a name or selector of a target file denotes, through parentheses and instantiation (`f[int]`). The key of a
    /// struct literal's element denotes the field.
    #[must_use]
    pub fn resolution(&self, file: FileId, expr: ExprId) -> Resolution {
        let ir = self.ir(file);
        let expr = ir.unparen(expr);
        match ir.kind(expr) {
            ExprKind::Local(local) => match self.recorded(file, expr) {
                Resolution::Unknown => Resolution::Local(local),
                field => field.clone(),
            },
            ExprKind::Name(_) | ExprKind::Selector { .. } => self.recorded(file, expr).clone(),
            ExprKind::LocalType(_) | ExprKind::TypeParam(_) => Resolution::Type(self.type_of(file, expr)),
            ExprKind::Index { base, .. } => match self.resolution(file, base) {
                Resolution::Type(_) => Resolution::Type(self.type_of(file, expr)),
                function @ (Resolution::Function(_) | Resolution::ExternalFunction(..)) => function,
                method @ (Resolution::Method(_) | Resolution::MethodExpression(_)) => method,
                _ => Resolution::Unknown,
            },
            _ => Resolution::Unknown,
        }
    }

    fn recorded(&self, file: FileId, expr: ExprId) -> &Resolution {
        let Some(types) = self.files.get(file.index()) else { return &Resolution::Unknown };
        let number = types.resolution_of.get(expr.index()).copied().unwrap_or(0);
        types.resolutions.get(number as usize).unwrap_or(&Resolution::Unknown)
    }

    /// Whether an expression of a target file denotes a type.
    #[must_use]
    pub fn is_type(&self, file: FileId, expr: ExprId) -> bool {
        let ir = self.ir(file);
        match ir.kind(expr) {
            ExprKind::Paren(inner)
            | ExprKind::Unary { op: UnaryOp::Deref | UnaryOp::Tilde, operand: inner }
            | ExprKind::Index { base: inner, .. } => self.is_type(file, inner),
            ExprKind::Name(_) | ExprKind::Selector { .. } => {
                matches!(self.recorded(file, expr), Resolution::Type(_))
                    || !self.world.type_expr(self.world.file(file), expr).is_unknown()
                        && !matches!(self.recorded(file, expr), Resolution::ExternalFunction(..))
                        && matches!(self.recorded(file, expr), Resolution::Unknown)
            }
            ExprKind::LocalType(_)
            | ExprKind::TypeParam(_)
            | ExprKind::MapType { .. }
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::ChanType { .. }
            | ExprKind::StructType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::FunctionType(_) => true,
            _ => false,
        }
    }

    /// What a call expression of a target file calls.
    #[must_use]
    pub fn callee(&self, file: FileId, call: ExprId) -> Callee {
        let ir = self.ir(file);
        let ExprKind::Call { callee, .. } = ir.kind(ir.unparen(call)) else { return Callee::Unknown };
        let callee = ir.unparen(callee);
        match (self.resolution(file, callee), ir.kind(callee)) {
            (Resolution::Type(id), _) => Callee::Conversion(id),
            (Resolution::Builtin(builtin), _) => Callee::Builtin(builtin),
            (Resolution::Function(function), _) => Callee::Function(function),
            (Resolution::ExternalFunction(path, name) | Resolution::ExternalValue(path, name), _) => {
                Callee::ExternalFunction(path, name)
            }
            (Resolution::MethodExpression(method), _) => Callee::MethodExpression(method),
            (Resolution::Method(selection), _) => match selector_base(ir, callee) {
                Some(receiver) => Callee::Method { receiver, selection },
                None => Callee::Unknown,
            },
            (_, ExprKind::Function(literal)) => Callee::Literal(literal),
            _ if self.is_type(file, callee) => Callee::Conversion(self.type_of(file, callee)),
            _ if self.world.signature_shape(self.type_of(file, callee)).is_some() => Callee::Value(callee),
            _ => Callee::Unknown,
        }
    }

    /// The shape of a type.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &Type {
        self.world.types.ty(id)
    }

    /// The type behind names: never [`Type::Named`]. A [`Type::External`] stays what it is unless the built-in table of
    /// the standard library knows it; a [`Type::TypeParam`] stays what it is.
    #[must_use]
    pub fn underlying(&self, id: TypeId) -> TypeId {
        self.world.underlying(id)
    }

    /// The underlying type; for a type parameter, that of its constraint's types if they are of one kind.
    #[must_use]
    pub fn core_type(&self, id: TypeId) -> TypeId {
        self.world.core(id)
    }

    /// Whether operations on a value of this type are map operations: its underlying type is a map, or it is a type
    /// parameter all of whose types are maps.
    #[must_use]
    pub fn is_map(&self, id: TypeId) -> bool {
        self.world.is_map(id)
    }

    /// The declared type, through one pointer; aliases are already seen through.
    #[must_use]
    pub fn named(&self, id: TypeId) -> Option<TypeRef> {
        self.world.named_decl(self.world.deref(id))
    }

    /// Import path and name of a declared type, at hand or external, through one pointer.
    #[must_use]
    pub fn qualified_name(&self, id: TypeId) -> Option<(Name, Name)> {
        match self.ty(self.world.deref(id)) {
            Type::Named(decl, _) => Some(self.type_name(*decl)),
            Type::External(path, name) => Some((*path, *name)),
            _ => None,
        }
    }

    /// Import path and name of a declared type.
    #[must_use]
    pub fn type_name(&self, t: TypeRef) -> (Name, Name) {
        let file = self.world.file(t.file);
        (self.world.import_path(file.package), file.ir.type_decl(t.decl).name)
    }

    /// A function's name in full.
    #[must_use]
    pub fn function_name(&self, f: FunctionRef) -> QualifiedFunction {
        let file = self.world.file(f.file);
        let function = file.ir.function(f.function);
        let package = self.world.import_path(file.package);
        if let Some(parent) = function.parent {
            let outer = self.function_name(FunctionRef::new(f.file, parent));
            let name = Name::new(&format!("{}.{}", outer.name, function.name));
            return QualifiedFunction { name, ..outer };
        }
        let receiver = self.world.receiver_type(f);
        let receiver = self.qualified_name(receiver).map(|(_, name)| name);
        QualifiedFunction { package, receiver, name: function.name }
    }

    /// The type of a function, not instantiated, without its receiver.
    #[must_use]
    pub fn signature_of(&self, f: FunctionRef) -> TypeId {
        self.world.signature_of(f)
    }

    /// A struct's field as declared.
    #[must_use]
    pub fn field(&self, f: FieldRef) -> ir::Field {
        self.ir(f.structure.file).struct_type(f.structure.structure).fields[f.index as usize]
    }

    /// The type of a field as declared, not instantiated.
    #[must_use]
    pub fn field_type(&self, f: FieldRef) -> TypeId {
        self.world.field_type(f)
    }

    /// The declared type whose right side is the struct of this field, if there is one.
    #[must_use]
    pub fn field_owner(&self, f: FieldRef) -> Option<TypeRef> {
        self.struct_owner(f.structure)
    }

    /// The declared type whose right side is this struct, if there is one.
    #[must_use]
    pub fn struct_owner(&self, s: StructRef) -> Option<TypeRef> {
        let owner = self.world.file(s.file).struct_owners[s.structure.index()];
        owner.map(|decl| TypeRef::new(s.file, decl))
    }

    /// The fields of a struct type in order, instantiated, through names and one pointer; empty for other types.
    #[must_use]
    pub fn fields(&self, t: TypeId) -> Vec<(FieldRef, TypeId)> {
        let under = self.underlying(self.world.deref(self.underlying(t)));
        let Type::Struct(structure, _) = *self.ty(under) else { return Vec::new() };
        let count = self.ir(structure.file).struct_type(structure.structure).fields.len();
        let fields = (0..u32::try_from(count).unwrap_or(0)).map(|index| FieldRef { structure, index });
        fields.map(|field| (field, self.world.field_type_in(field, under))).collect()
    }

    /// The field that `x.name` selects for an `x` of this type, also one promoted from an embedded field.
    #[must_use]
    pub fn field_by_name(&self, t: TypeId, name: Name) -> Option<FieldSelection> {
        let selected = self.world.select(t, name, None)?;
        match selected.member {
            Member::Field(field, _) => Some(FieldSelection { embedded: selected.embedded, field }),
            _ => None,
        }
    }

    /// The method that `x.name` selects for an addressable `x` of this type, also one promoted from an embedded field.
    #[must_use]
    pub fn method(&self, t: TypeId, name: Name) -> Option<MethodSelection> {
        let selected = self.world.select(t, name, None)?;
        let method = match selected.member {
            Member::Field(..) => return None,
            Member::Method(target, _) => target,
            Member::External { path, owner, name, .. } => MethodTarget::External(path, owner, name),
        };
        Some(MethodSelection { embedded: selected.embedded, method })
    }

    /// The methods declared on a type, by name.
    #[must_use]
    pub fn methods_of(&self, t: TypeRef) -> &[(Name, FunctionRef)] {
        self.world.methods_of(t)
    }

    /// What a call of `method` on a value of this interface type may reach: that method of each type of the target packages
    /// whose method set has the interface's names with parameters and results that may be of the same types; by import path and
    /// type name.
    #[must_use]
    pub fn implementations(&self, interface: TypeRef, method: Name) -> Vec<FunctionRef> {
        self.implementations.of(self, interface, method)
    }

    /// Those that a call in `file` may reach, as far as the files tell: methods of a test file exist in the tests of its own
    /// directory alone. What is no test reaches them only where nothing else implements the interface: some test may hand it
    /// such an object.
    #[must_use]
    pub fn implementations_seen_from(
        &self,
        file: FileId,
        interface: TypeRef,
        method: Name,
    ) -> Vec<FunctionRef> {
        let mut reached = self.implementations(interface, method);
        let is_test = |f: &FunctionRef| self.world.provider.is_test(f.file);
        if !reached.iter().any(is_test) {
            return reached;
        }
        if self.world.provider.is_test(file) {
            let directory = &self.package_of(file).directory;
            reached.retain(|f| !is_test(f) || self.package_of(f.file).directory == *directory);
        } else if !reached.iter().all(is_test) {
            reached.retain(|f| !is_test(f));
        }
        reached
    }

    /// Every function of the target packages, literals and initializers included, in the order of packages and files.
    pub fn functions(&self) -> impl Iterator<Item = FunctionRef> + '_ {
        let files = self.targets.iter().flat_map(|id| self.world.package(*id).package.files.iter().copied());
        files.flat_map(|file| function_ids(self.ir(file)).map(move |id| FunctionRef::new(file, id)))
    }

    /// The outermost function around a function or literal: itself where nothing is around it.
    #[must_use]
    pub fn outermost(&self, file: FileId, mut function: FunctionId) -> FunctionId {
        let ir = self.ir(file);
        while let Some(parent) = ir.function(function).parent {
            function = parent;
        }
        function
    }
}

/// What stands before the dot of a selector, also of one with type arguments behind it.
fn selector_base(ir: &ir::File, expr: ExprId) -> Option<ExprId> {
    match ir.kind(expr) {
        ExprKind::Selector { base, .. } => Some(base),
        ExprKind::Index { base, .. } => selector_base(ir, ir.unparen(base)),
        _ => None,
    }
}
