//! Methods with upper-case names that only their own module can call: those of types that it keeps to itself.

use std::sync::Arc;

use gomapcheck_ir::{ExprId, ExprKind, FunctionKind};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{FieldRef, Program, StructRef, Type, TypeId, TypeRef};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Methods that the standard library calls through its own interfaces, on objects that it keeps and from goroutines of its
/// own choice. Others, such as `String`, run on the goroutine that hands the object over.
const CALLED_BY_LIBRARIES: [&str; 9] =
    ["Accept", "Close", "Handle", "Read", "ReadFrom", "RoundTrip", "ServeHTTP", "Write", "WriteTo"];

/// By which ways methods of lower-case types can be reached from outside.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reachable {
    /// The module's interfaces by each of their methods: the names of all that they ask for.
    asked: FxHashMap<Name, Vec<Arc<[Name]>>>,
    /// The types that upper-case functions return, or upper-case fields and variables hold.
    handed_out: FxHashSet<TypeRef>,
    /// By the name of an embedded type: the structs that have its methods too; `None` for one without a name.
    embedded: FxHashMap<Name, Vec<Option<TypeRef>>>,
}

/// What one file adds.
#[derive(Default)]
struct OfFile {
    asked: Vec<Arc<[Name]>>,
    handed_out: Vec<TypeRef>,
    embedded: Vec<(Name, Option<TypeRef>)>,
}

impl Reachable {
    /// Looks at the declarations of these files.
    pub(crate) fn of(program: &Program<'_>, files: &[FileId]) -> Self {
        let each: Vec<OfFile> = files.par_iter().map(|file| OfFile::new(program, *file)).collect();
        let mut all = Self::default();
        for one in each {
            for methods in one.asked {
                for method in methods.iter() {
                    all.asked.entry(*method).or_default().push(Arc::clone(&methods));
                }
            }
            all.handed_out.extend(one.handed_out);
            for (name, owner) in one.embedded {
                all.embedded.entry(name).or_default().push(owner);
            }
        }
        all
    }

    /// Whether no one outside the module can call the method `name` of a receiver of type `ty`.
    pub(crate) fn hides(&self, program: &Program<'_>, ty: TypeId, name: Name) -> bool {
        let Some(receiver) = program.named(ty) else { return false };
        let own = methods(program, receiver);
        let embeds = program.fields(ty).iter().any(|(field, _)| program.field(*field).embedded);
        let is_kept = self.keeps(program, receiver)
            && !self.is_asked(name, &own, embeds)
            && !CALLED_BY_LIBRARIES.contains(&name.as_str());
        // What embeds the type has its methods too.
        let is_kept_by = |owner: &Option<TypeRef>| {
            owner.is_some_and(|owner| {
                let all: Vec<Name> = own.iter().copied().chain(methods(program, owner)).collect();
                self.keeps(program, owner)
                    && !self.embedded.contains_key(&program.type_name(owner).1)
                    && !self.is_asked(name, &all, false)
            })
        };
        is_kept
            && self
                .embedded
                .get(&program.type_name(receiver).1)
                .is_none_or(|owners| owners.iter().all(is_kept_by))
    }

    /// Whether nothing of an upper-case name leads to values of a type.
    fn keeps(&self, program: &Program<'_>, ty: TypeRef) -> bool {
        !program.type_name(ty).1.is_exported() && !self.handed_out.contains(&ty)
    }

    /// Whether some interface has this method, and no other than these; nobody knows which others a type has that embeds some.
    fn is_asked(&self, name: Name, methods: &[Name], embeds: bool) -> bool {
        self.asked.get(&name).is_some_and(|interfaces| {
            interfaces.iter().any(|asked| embeds || asked.iter().all(|method| methods.contains(method)))
        })
    }
}

impl OfFile {
    fn new(program: &Program<'_>, file: FileId) -> Self {
        let ir = program.ir(file);
        let mut found = Self::default();
        for (number, expr) in ir.exprs.iter().enumerate() {
            if matches!(expr.kind, ExprKind::InterfaceType(_)) {
                found.ask(program, program.type_of(file, ExprId::new(number)));
            }
        }
        for (number, structure) in ir.structs.iter().enumerate() {
            let structure_ref = StructRef::new(file, gomapcheck_ir::StructId::new(number));
            for (index, field) in (0..).zip(&structure.fields) {
                if field.embedded {
                    let owner = program.struct_owner(structure_ref);
                    found.embedded.push((field.name, owner));
                } else if field.name.is_exported() {
                    let field = FieldRef { structure: structure_ref, index };
                    found.hand_out(program, program.field_type(field));
                }
            }
        }
        let typed = |expr: Option<ExprId>| expr.map(|expr| program.type_of(file, expr));
        for value in ir.values.iter().filter(|value| value.name.is_exported()) {
            if let Some(ty) = typed(value.ty.or(value.init)) {
                found.hand_out(program, ty);
            }
        }
        for (number, function) in ir.functions.iter().enumerate() {
            let is_declared = matches!(function.kind, FunctionKind::Declared | FunctionKind::Method);
            if is_declared && function.name.is_exported() {
                let f = gomapcheck_types::FunctionRef::new(file, gomapcheck_ir::FunctionId::new(number));
                // What is passed on from call to call, `b.With(x).Build()`, whoever calls has already.
                let own =
                    function.receiver.and_then(|receiver| program.named(program.type_of(file, receiver.ty)));
                if let Type::Signature(shape) = program.ty(program.signature_of(f)) {
                    let is_new = |result: &&TypeId| own.is_none() || program.named(**result) != own;
                    shape.results.iter().filter(is_new).for_each(|result| found.hand_out(program, *result));
                }
            }
        }
        found
    }

    fn ask(&mut self, program: &Program<'_>, interface: TypeId) {
        let Type::Interface(shape) = program.ty(interface) else { return };
        self.asked.push(shape.methods.iter().map(|(name, _)| *name).collect());
    }

    fn hand_out(&mut self, program: &Program<'_>, ty: TypeId) {
        if let Some(named) = declared_in(program, ty) {
            self.handed_out.push(named);
        }
    }
}

fn methods(program: &Program<'_>, ty: TypeRef) -> Vec<Name> {
    program.methods_of(ty).iter().map(|(name, _)| *name).collect()
}

/// The declared type, through pointers, or that of the elements.
fn declared_in(program: &Program<'_>, ty: TypeId) -> Option<TypeRef> {
    program.named(ty).or_else(|| match program.ty(ty) {
        Type::Pointer(inner)
        | Type::Slice(inner)
        | Type::Array(inner)
        | Type::Chan(_, inner)
        | Type::Map { value: inner, .. } => declared_in(program, *inner),
        _ => None,
    })
}
