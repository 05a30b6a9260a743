//! Everything known about files and packages, made when first needed.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use gomapcheck_ir::{self as ir, FunctionId, TypeDeclId};
use gomapcheck_source::{FileId, Name, Package, PackageId};

use crate::interner::Interner;
use crate::program::IrProvider;
use crate::scope::{Import, PackageScope};
use crate::standard::Standard;
use crate::table::{LazyTable, TypeCell, cells};
use crate::{FieldRef, StructRef, TypeParamRef, TypeRef, ValueRef};

/// What introduces a type parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParamOwner {
    Type(TypeDeclId),
    Function(FunctionId),
}

/// A file and what has been computed about its declarations.
pub(crate) struct FileEntry {
    pub(crate) id: FileId,
    pub(crate) package: PackageId,
    pub(crate) ir: Arc<ir::File>,
    pub(crate) imports: Vec<Import>,
    /// The type that a declared type's name stands for when it has no type arguments.
    pub(crate) named: Box<[TypeCell]>,
    /// The right side of each type declaration.
    pub(crate) right_sides: Box<[TypeCell]>,
    /// The type of each function, without its receiver.
    pub(crate) signatures: Box<[TypeCell]>,
    pub(crate) values: Box<[TypeCell]>,
    pub(crate) constraints: Box<[TypeCell]>,
    /// The type of each field of each struct, one struct after the other.
    pub(crate) fields: Box<[TypeCell]>,
    /// Where each struct's fields begin.
    pub(crate) field_starts: Box<[u32]>,
    /// The type parameters that each struct mentions.
    pub(crate) struct_params: Box<[OnceLock<Box<[TypeParamRef]>>]>,
    /// The declared type whose right side is the struct.
    pub(crate) struct_owners: Box<[Option<TypeDeclId>]>,
    pub(crate) param_owners: Box<[Option<ParamOwner>]>,
}

impl FileEntry {
    fn new(package: PackageId, ir: Arc<ir::File>) -> Self {
        let mut field_starts = Vec::with_capacity(ir.structs.len());
        let mut field_count = 0;
        for structure in &ir.structs {
            field_starts.push(field_count);
            field_count += u32::try_from(structure.fields.len()).unwrap_or(0);
        }
        let mut struct_owners = vec![None; ir.structs.len()];
        let mut param_owners = vec![None; ir.type_params.len()];
        for (index, decl) in ir.types.iter().enumerate() {
            let id = TypeDeclId::new(index);
            if let Some(ir::ExprKind::StructType(structure)) = decl.ty.map(|ty| ir.kind(ir.unparen(ty))) {
                struct_owners[structure.index()] = Some(id);
            }
            for param in &decl.type_params {
                param_owners[param.index()] = Some(ParamOwner::Type(id));
            }
        }
        for (id, function) in ir.functions_with_ids() {
            for param in &function.type_params {
                param_owners[param.index()] = Some(ParamOwner::Function(id));
            }
        }
        Self {
            id: ir.id,
            package,
            imports: ir.imports.iter().map(Import::new).collect(),
            named: cells(ir.types.len()),
            right_sides: cells(ir.types.len()),
            signatures: cells(ir.functions.len()),
            values: cells(ir.values.len()),
            constraints: cells(ir.type_params.len()),
            fields: cells(field_count as usize),
            field_starts: field_starts.into(),
            struct_params: std::iter::repeat_with(OnceLock::new).take(ir.structs.len()).collect(),
            struct_owners: struct_owners.into(),
            param_owners: param_owners.into(),
            ir,
        }
    }

    /// The cell of a field's type.
    pub(crate) fn field_cell(&self, field: FieldRef) -> Option<&TypeCell> {
        let start = self.field_starts.get(field.structure.structure.index())?;
        self.fields.get((start + field.index) as usize)
    }
}

/// A package and its scope.
pub(crate) struct PackageEntry {
    pub(crate) package: Arc<Package>,
    scope: OnceLock<PackageScope>,
}

/// A computation that may come back to itself through an invalid program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Task {
    RightSide(TypeRef),
    Value(ValueRef),
    StructParams(StructRef),
    Members(TypeParamRef),
}

/// More declarations than this hang on each other in no real program; each takes stack.
const DEEPEST: usize = 100;

thread_local! {
    static TASKS: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
}

/// Runs `compute` unless this thread is in the middle of the same task, or too deep in others.
pub(crate) fn guarded<T>(task: Task, compute: impl FnOnce() -> T) -> Option<T> {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            TASKS.with_borrow_mut(|tasks| tasks.pop());
        }
    }
    let enter = |tasks: &mut Vec<Task>| {
        let free = tasks.len() < DEEPEST && !tasks.contains(&task);
        if free {
            tasks.push(task);
        }
        free
    };
    TASKS.with_borrow_mut(enter).then(|| {
        let _leave = Leave;
        compute()
    })
}

/// Files, packages and types of a run.
pub(crate) struct World<'a> {
    pub(crate) provider: &'a dyn IrProvider,
    pub(crate) types: Interner,
    files: LazyTable<FileEntry>,
    packages: LazyTable<PackageEntry>,
    /// The package of each file of the packages asked for so far.
    file_packages: LazyTable<PackageId>,
    standard: OnceLock<Standard>,
}

impl<'a> World<'a> {
    pub(crate) fn new(provider: &'a dyn IrProvider) -> Self {
        Self {
            provider,
            types: Interner::new(),
            files: LazyTable::new(),
            packages: LazyTable::new(),
            file_packages: LazyTable::new(),
            standard: OnceLock::new(),
        }
    }

    /// What is known about a file of a package that has been asked for.
    pub(crate) fn file(&self, id: FileId) -> &FileEntry {
        self.files.get_or_make(id.index(), || {
            let package = self.file_packages.get(id.index()).copied().unwrap_or(PackageId(0));
            FileEntry::new(package, self.provider.ir(id))
        })
    }

    pub(crate) fn package(&self, id: PackageId) -> &PackageEntry {
        self.packages.get_or_make(id.index(), || {
            let package = self.provider.package(id);
            for file in &package.files {
                self.file_packages.get_or_make(file.index(), || id);
            }
            PackageEntry { package, scope: OnceLock::new() }
        })
    }

    /// The package scope: every declaration of every file of the package.
    pub(crate) fn scope(&self, id: PackageId) -> &PackageScope {
        let entry = self.package(id);
        entry.scope.get_or_init(|| PackageScope::new(self, &entry.package))
    }

    /// The built-in table of the standard library.
    pub(crate) fn standard(&self) -> &Standard {
        self.standard.get_or_init(|| Standard::new(&self.types))
    }

    pub(crate) fn import_path(&self, package: PackageId) -> Name {
        self.package(package).package.import_path
    }
}
