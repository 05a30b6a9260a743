//! Package scope, file scope, and what a name means there.

use std::sync::OnceLock;

use gomapcheck_ir::{self as ir, ExprId, ExprKind, FunctionId, FunctionKind, TypeDeclId, ValueId};
use gomapcheck_source::{Name, Package, PackageId};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::universe::{self, Predeclared};
use crate::world::{FileEntry, World};
use crate::{FunctionRef, TypeRef, ValueRef};

/// What a name of the file, package or universe scope denotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Object {
    Unknown,
    Type(TypeRef),
    Value(ValueRef),
    Function(FunctionRef),
    Package(PackageId),
    /// An imported package that is not at hand, by import path.
    ExternalPackage(Name),
    /// `import "unsafe"`
    Unsafe,
    /// `import "C"`
    Cgo,
    Predeclared(Predeclared),
}

/// An import of a file. Which package it means is found out when a name may refer to it.
pub(crate) struct Import {
    path: Name,
    alias: Option<Name>,
    /// The names that the path suggests; the package's own name decides.
    likely: SmallVec<[Name; 2]>,
    object: OnceLock<Object>,
}

impl Import {
    pub(crate) fn new(declaration: &ir::ImportDecl) -> Self {
        let likely =
            if declaration.alias.is_some() { SmallVec::new() } else { likely_names(declaration.path) };
        Self { path: declaration.path, alias: declaration.alias, likely, object: OnceLock::new() }
    }

    fn object(&self, world: &World<'_>, importer: PackageId) -> Object {
        *self.object.get_or_init(|| match self.path.as_str() {
            "unsafe" => Object::Unsafe,
            "C" => Object::Cgo,
            _ => match world.provider.resolve_import(importer, self.path) {
                Some(package) => Object::Package(package),
                None => Object::ExternalPackage(self.path),
            },
        })
    }

    /// Whether something of the package can be named in the file.
    fn is_used(&self) -> bool {
        !self.has_alias("_")
    }

    fn has_alias(&self, text: &str) -> bool {
        self.alias.is_some_and(|alias| alias.as_str() == text)
    }
}

/// The names that a package with this import path may have: its last element, without version and the decorations that
/// people give to repositories.
fn likely_names(path: Name) -> SmallVec<[Name; 2]> {
    let mut elements = path.as_str().rsplit('/');
    let mut last = elements.next().unwrap_or_default();
    if last.strip_prefix('v').is_some_and(is_number) {
        last = elements.next().unwrap_or(last);
    }
    if let Some((stem, version)) = last.rsplit_once(".v")
        && is_number(version)
    {
        last = stem;
    }
    let mut names = SmallVec::new();
    names.push(Name::new(last));
    if last.contains(['-', '.']) {
        let stem = last.strip_prefix("go-").or_else(|| last.strip_prefix("go.")).unwrap_or(last);
        let stem = stem.strip_suffix("-go").or_else(|| stem.strip_suffix(".go")).unwrap_or(stem);
        for name in [stem.to_owned(), stem.replace(['-', '.'], ""), last.replace(['-', '.'], "_")] {
            names.push(Name::new(&name));
        }
        names.extend(stem.rsplit(['-', '.']).next().map(Name::new));
    }
    names
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The declarations of a package.
pub(crate) struct PackageScope {
    names: FxHashMap<Name, Object>,
    /// The methods of each declared type, by name.
    methods: FxHashMap<TypeRef, Vec<(Name, FunctionRef)>>,
}

impl PackageScope {
    pub(crate) fn new(world: &World<'_>, package: &Package) -> Self {
        let mut scope = Self { names: FxHashMap::default(), methods: FxHashMap::default() };
        for file in &package.files {
            scope.declare(world.file(*file));
        }
        for file in &package.files {
            scope.attach_methods(world, world.file(*file));
        }
        #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted for itself")]
        for methods in scope.methods.values_mut() {
            methods.sort_unstable();
            methods.dedup_by_key(|(name, _)| *name);
        }
        scope
    }

    fn declare(&mut self, file: &FileEntry) {
        let mut declare = |name: Name, object| {
            if !name.is_blank() {
                self.names.entry(name).or_insert(object);
            }
        };
        for (index, decl) in file.ir.types.iter().enumerate() {
            if decl.function.is_none() {
                declare(decl.name, Object::Type(TypeRef::new(file.id, TypeDeclId::new(index))));
            }
        }
        for (index, value) in file.ir.values.iter().enumerate() {
            declare(value.name, Object::Value(ValueRef::new(file.id, ValueId::new(index))));
        }
        for (id, function) in file.ir.functions_with_ids() {
            if function.kind == FunctionKind::Declared && function.name.as_str() != "init" {
                declare(function.name, Object::Function(FunctionRef::new(file.id, id)));
            }
        }
    }

    fn attach_methods(&mut self, world: &World<'_>, file: &FileEntry) {
        for (id, function) in file.ir.functions_with_ids() {
            let Some(receiver) = function.receiver.filter(|_| function.kind == FunctionKind::Method) else {
                continue;
            };
            if let Some(owner) = self.receiver_type(world, file, receiver.ty)
                && !function.name.is_blank()
            {
                self.methods.entry(owner).or_default().push((function.name, FunctionRef::new(file.id, id)));
            }
        }
    }

    /// The declared type that a receiver's type names, seen through aliases of the package.
    fn receiver_type(&self, world: &World<'_>, file: &FileEntry, ty: ExprId) -> Option<TypeRef> {
        let (mut ir, mut ty) = (&file.ir, ty);
        // Aliases may go round in circles in a broken program.
        for _ in 0..8 {
            let name = loop {
                match ir.kind(ty) {
                    ExprKind::Paren(inner) | ExprKind::Unary { operand: inner, .. } => ty = inner,
                    ExprKind::Index { base, .. } => ty = base,
                    ExprKind::Name(name) => break name,
                    _ => return None,
                }
            };
            let Some(Object::Type(found)) = self.names.get(&name).copied() else { return None };
            let entry = world.file(found.file);
            let decl = entry.ir.type_decl(found.decl);
            match decl.ty {
                Some(right) if decl.alias => (ir, ty) = (&entry.ir, right),
                _ => return Some(found),
            }
        }
        None
    }

    /// What the package declares under this name.
    pub(crate) fn get(&self, name: Name) -> Option<Object> {
        self.names.get(&name).copied()
    }

    /// The methods declared on a type of this package, by name.
    pub(crate) fn methods(&self, owner: TypeRef) -> &[(Name, FunctionRef)] {
        self.methods.get(&owner).map_or(&[], Vec::as_slice)
    }

    /// The method of this name declared on a type of this package.
    pub(crate) fn method(&self, owner: TypeRef, name: Name) -> Option<FunctionRef> {
        // Equality of names is one comparison, their order is not.
        self.methods(owner).iter().find(|(n, _)| *n == name).map(|(_, f)| *f)
    }
}

impl World<'_> {
    /// What a name means in a file, outside all functions.
    pub(crate) fn lookup_name(&self, file: &FileEntry, name: Name) -> Object {
        if name.is_blank() {
            return Object::Unknown;
        }
        self.scope(file.package)
            .get(name)
            .or_else(|| self.likely_import(file, name))
            .or_else(|| self.dot_import(file, name))
            .or_else(|| universe::lookup(name).map(Object::Predeclared))
            .or_else(|| self.unlikely_import(file, name))
            .unwrap_or(Object::Unknown)
    }

    /// An import with this alias, or one whose path suggests this name and whose package has it.
    fn likely_import(&self, file: &FileEntry, name: Name) -> Option<Object> {
        file.imports.iter().find_map(|import| {
            if import.alias == Some(name) {
                return Some(import.object(self, file.package));
            }
            if !import.likely.contains(&name) {
                return None;
            }
            let object = import.object(self, file.package);
            match object {
                Object::Package(id) => (self.package(id).package.name == name).then_some(object),
                _ => Some(object),
            }
        })
    }

    fn dot_import(&self, file: &FileEntry, name: Name) -> Option<Object> {
        file.imports.iter().filter(|import| import.has_alias(".")).find_map(|import| {
            match import.object(self, file.package) {
                Object::Package(id) if name.is_exported() => self.scope(id).get(name),
                _ => None,
            }
        })
    }

    /// An import whose package has a name that its path does not suggest.
    fn unlikely_import(&self, file: &FileEntry, name: Name) -> Option<Object> {
        file.imports.iter().filter(|import| import.alias.is_none()).find_map(|import| {
            let object = import.object(self, file.package);
            match object {
                Object::Package(id) if self.package(id).package.name == name => Some(object),
                _ => None,
            }
        })
    }

    /// The packages at hand that a file imports for their names.
    pub(crate) fn imported_packages(&self, file: &FileEntry) -> SmallVec<[PackageId; 16]> {
        let objects = file.imports.iter().filter(|import| import.is_used());
        let objects = objects.map(|import| import.object(self, file.package));
        objects.filter_map(|object| if let Object::Package(id) = object { Some(id) } else { None }).collect()
    }

    /// A function of a file.
    pub(crate) fn function_ir(&self, function: FunctionRef) -> &ir::Function {
        self.file(function.file).ir.function(function.function)
    }

    /// The methods declared on a type, by name.
    pub(crate) fn methods_of(&self, owner: TypeRef) -> &[(Name, FunctionRef)] {
        let file = self.file(owner.file);
        if file.ir.type_decl(owner.decl).function.is_some() {
            return &[];
        }
        self.scope(file.package).methods(owner)
    }

    /// The method of this name declared on a type.
    pub(crate) fn declared_method(&self, owner: TypeRef, name: Name) -> Option<FunctionRef> {
        let file = self.file(owner.file);
        if file.ir.type_decl(owner.decl).function.is_some() {
            return None;
        }
        self.scope(file.package).method(owner, name)
    }

    /// How many of a method's type parameters stand in its receiver.
    pub(crate) fn receiver_param_count(&self, function: FunctionRef) -> usize {
        let file = self.file(function.file);
        let Some(receiver) = file.ir.function(function.function).receiver else { return 0 };
        let mut ty = receiver.ty;
        loop {
            match file.ir.kind(ty) {
                ExprKind::Paren(inner) | ExprKind::Unary { operand: inner, .. } => ty = inner,
                ExprKind::Index { indices, .. } => return indices.len(),
                _ => return 0,
            }
        }
    }
}

/// The ids of a file's functions.
pub(crate) fn function_ids(ir: &ir::File) -> impl Iterator<Item = FunctionId> + use<> {
    (0..ir.functions.len()).map(FunctionId::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_suggest_names() {
        let suggests = |path: &str, name: &str| likely_names(Name::new(path)).contains(&Name::new(name));
        assert!(suggests("net/http", "http"));
        assert!(suggests("github.com/x/list/v2", "list"));
        assert!(suggests("gopkg.in/yaml.v3", "yaml"));
        assert!(suggests("github.com/mattn/go-isatty", "isatty"));
        assert!(suggests("github.com/nats-io/nats.go", "nats"));
        assert!(!suggests("net/http", "net"));
    }
}
