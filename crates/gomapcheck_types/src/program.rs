use std::sync::Arc;

use gomapcheck_ir::{self as ir, ExprId, LocalId};
use gomapcheck_source::{FileId, Name, Package, PackageId};

use crate::{
    Callee, FieldRef, FieldSelection, FunctionRef, MethodSelection, Resolution, Type, TypeId, TypeRef,
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
    provider: &'a dyn IrProvider,
    targets: Vec<PackageId>,
    ir: Arc<ir::File>,
}

#[allow(unused_variables, clippy::unused_self, reason = "bodies follow")]
impl<'a> Program<'a> {
    /// Types every function body of the target packages in parallel. Declarations of other packages are loaded when they
    /// are first needed.
    #[must_use]
    pub fn check(provider: &'a dyn IrProvider, targets: &[PackageId]) -> Self {
        Self { provider, targets: targets.to_vec(), ir: Arc::new(ir::File::new(FileId(0))) }
    }

    /// The target packages, in the order given.
    #[must_use]
    pub fn targets(&self) -> &[PackageId] {
        &self.targets
    }

    /// The package that a file belongs to.
    #[must_use]
    pub fn package_of(&self, file: FileId) -> Arc<Package> {
        self.provider.package(PackageId(0))
    }

    /// The IR of a file.
    #[must_use]
    pub fn ir(&self, file: FileId) -> &Arc<ir::File> {
        &self.ir
    }

    /// The type of an expression in a target file; of a type expression, the type that it denotes. An expression with
    /// several results has a [`Type::Tuple`]; the callee of a generic call has its instantiated signature.
    #[must_use]
    pub fn type_of(&self, file: FileId, expr: ExprId) -> TypeId {
        TypeId::UNKNOWN
    }

    /// The type of a local variable of a target file.
    #[must_use]
    pub fn local_type(&self, file: FileId, local: LocalId) -> TypeId {
        TypeId::UNKNOWN
    }

    /// What a name or selector of a target file denotes, through parentheses and instantiation (`f[int]`). The key of a
    /// struct literal's element denotes the field.
    #[must_use]
    pub fn resolution(&self, file: FileId, expr: ExprId) -> Resolution {
        Resolution::Unknown
    }

    /// What a call expression of a target file calls.
    #[must_use]
    pub fn callee(&self, file: FileId, call: ExprId) -> Callee {
        Callee::Unknown
    }

    /// The shape of a type.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &Type {
        &Type::Unknown
    }

    /// The type behind names: never [`Type::Named`]. A [`Type::External`] stays what it is unless the built-in table of
    /// the standard library knows it; a [`Type::TypeParam`] stays what it is.
    #[must_use]
    pub fn underlying(&self, id: TypeId) -> TypeId {
        TypeId::UNKNOWN
    }

    /// Whether operations on a value of this type are map operations: its underlying type is a map, or it is a type
    /// parameter all of whose types are maps.
    #[must_use]
    pub fn is_map(&self, id: TypeId) -> bool {
        false
    }

    /// The declared type, through one pointer; aliases are already seen through.
    #[must_use]
    pub fn named(&self, id: TypeId) -> Option<TypeRef> {
        None
    }

    /// Import path and name of a declared type, at hand or external, through one pointer.
    #[must_use]
    pub fn qualified_name(&self, id: TypeId) -> Option<(Name, Name)> {
        None
    }

    /// Import path and name of a declared type.
    #[must_use]
    pub fn type_name(&self, t: TypeRef) -> (Name, Name) {
        (Name::new("_"), Name::new("_"))
    }

    /// A function's name in full.
    #[must_use]
    pub fn function_name(&self, f: FunctionRef) -> QualifiedFunction {
        QualifiedFunction { package: Name::new("_"), receiver: None, name: Name::new("_") }
    }

    /// The type of a function, not instantiated, without its receiver.
    #[must_use]
    pub fn signature_of(&self, f: FunctionRef) -> TypeId {
        TypeId::UNKNOWN
    }

    /// A struct's field as declared.
    #[must_use]
    pub fn field(&self, f: FieldRef) -> ir::Field {
        self.ir(f.structure.file).struct_type(f.structure.structure).fields[f.index as usize]
    }

    /// The type of a field as declared, not instantiated.
    #[must_use]
    pub fn field_type(&self, f: FieldRef) -> TypeId {
        TypeId::UNKNOWN
    }

    /// The declared type whose right side is the struct of this field, if there is one.
    #[must_use]
    pub fn field_owner(&self, f: FieldRef) -> Option<TypeRef> {
        None
    }

    /// The fields of a struct type in order, instantiated, through names and one pointer; empty for other types.
    #[must_use]
    pub fn fields(&self, t: TypeId) -> Vec<(FieldRef, TypeId)> {
        Vec::new()
    }

    /// The field that `x.name` selects for an `x` of this type, also one promoted from an embedded field.
    #[must_use]
    pub fn field_by_name(&self, t: TypeId, name: Name) -> Option<FieldSelection> {
        None
    }

    /// The method that `x.name` selects for an addressable `x` of this type, also one promoted from an embedded field.
    #[must_use]
    pub fn method(&self, t: TypeId, name: Name) -> Option<MethodSelection> {
        None
    }

    /// The methods declared on a type, by name.
    #[must_use]
    pub fn methods_of(&self, t: TypeRef) -> &[(Name, FunctionRef)] {
        &[]
    }

    /// What a call of `method` on a value of this interface type may reach: that method of each type of the target packages
    /// whose method set has the interface's names with as many parameters and results; by import path and type name.
    #[must_use]
    pub fn implementations(&self, interface: TypeRef, method: Name) -> Vec<FunctionRef> {
        Vec::new()
    }

    /// Every function of the target packages, literals and initializers included, in the order of packages and files.
    pub fn functions(&self) -> impl Iterator<Item = FunctionRef> + '_ {
        std::iter::empty()
    }

    /// A type in Go's syntax, names qualified by the package's name.
    #[must_use]
    pub fn display_type(&self, id: TypeId) -> String {
        String::new()
    }

    /// An expression as Go code on one line: `s.items`, `m[k]`; function and composite literals are cut short.
    #[must_use]
    pub fn display_expr(&self, file: FileId, expr: ExprId) -> String {
        String::new()
    }
}
