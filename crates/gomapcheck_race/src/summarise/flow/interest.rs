//! Which fields, variables, parameters and results have one of the interfaces that calls ask for.

use gomapcheck_ir::{self as ir, ExprId, ExprKind, FunctionId, FunctionKind, StructId, ValueId};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{FieldRef, FunctionRef, Program, StructRef, Type, TypeId, TypeRef, ValueRef};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::summarise::flow::Slot;

/// Positions of parameters or results.
type Positions = SmallVec<[u32; 2]>;

/// What the walk over the files looks for. An alias of an interface is not recognised: what is declared with it stays unknown.
#[derive(Default)]
pub(super) struct Interest {
    interfaces: FxHashSet<TypeRef>,
    fields: FxHashSet<FieldRef>,
    structures: FxHashSet<StructRef>,
    params: FxHashMap<FunctionRef, Positions>,
    results: FxHashMap<FunctionRef, Positions>,
    /// Fields, package-level variables and functions with such parameters, by name.
    names: FxHashMap<Name, Vec<Meaning>>,
}

/// What a name may mean.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    Slot(Slot),
    Function(FunctionRef),
}

enum Found {
    Field(FieldRef),
    Variable(ValueRef, Name),
    Function { function: FunctionRef, params: Positions, results: Positions },
}

impl Interest {
    pub(super) fn find(program: &Program<'_>, files: &[FileId], interfaces: FxHashSet<TypeRef>) -> Self {
        let names: FxHashSet<Name> =
            interfaces.iter().map(|interface| program.type_name(*interface).1).collect();
        let mut interest = Self { interfaces, ..Self::default() };
        let found: Vec<Vec<Found>> = files
            .par_iter()
            .map(|file| Search { program, interest: &interest, names: &names }.all(*file))
            .collect();
        for found in found.into_iter().flatten() {
            interest.add(program, found);
        }
        interest
    }

    fn add(&mut self, program: &Program<'_>, found: Found) {
        let mut name = |name: Name, meaning: Meaning| self.names.entry(name).or_default().push(meaning);
        match found {
            Found::Field(field) => {
                name(program.field(field).name, Meaning::Slot(Slot::Field(field)));
                self.fields.insert(field);
                self.structures.insert(field.structure);
            }
            Found::Variable(value, declared) => name(declared, Meaning::Slot(Slot::Variable(value))),
            Found::Function { function, params, results } => {
                if !params.is_empty() {
                    let declared = program.ir(function.file).function(function.function).name;
                    name(declared, Meaning::Function(function));
                    self.params.insert(function, params);
                }
                if !results.is_empty() {
                    self.results.insert(function, results);
                }
            }
        }
    }

    /// Whether a type is one of the interfaces.
    pub(super) fn asks_for(&self, program: &Program<'_>, ty: TypeId) -> bool {
        matches!(program.ty(ty), Type::Named(decl, _) if self.interfaces.contains(decl))
    }

    /// The parameters of a function that have one of the interfaces.
    pub(super) fn params(&self, function: FunctionRef) -> Option<&[u32]> {
        self.params.get(&function).map(SmallVec::as_slice)
    }

    /// The results of a function that have one of the interfaces.
    pub(super) fn results(&self, function: FunctionRef) -> Option<&[u32]> {
        self.results.get(&function).map(SmallVec::as_slice)
    }

    /// Whether a field has one of the interfaces.
    pub(super) fn has_field(&self, field: FieldRef) -> bool {
        self.fields.contains(&field)
    }

    /// Whether some field of a struct has one of the interfaces.
    pub(super) fn has_structure(&self, structure: StructRef) -> bool {
        self.structures.contains(&structure)
    }

    /// What a name may mean that is looked for.
    pub(super) fn meanings(&self, name: Name) -> &[Meaning] {
        self.names.get(&name).map_or(&[], Vec::as_slice)
    }

    /// All that is declared outside functions, in no order.
    pub(super) fn declared(&self) -> impl Iterator<Item = Meaning> + '_ {
        self.names.values().flatten().copied()
    }
}

struct Search<'a> {
    program: &'a Program<'a>,
    interest: &'a Interest,
    /// The interfaces' names.
    names: &'a FxHashSet<Name>,
}

impl Search<'_> {
    fn all(&self, file: FileId) -> Vec<Found> {
        let ir = self.program.ir(file);
        let mut found = Vec::new();
        for (index, structure) in ir.structs.iter().enumerate() {
            let structure_ref = StructRef::new(file, StructId::new(index));
            for (index, field) in (0..).zip(&structure.fields) {
                let reference = FieldRef { structure: structure_ref, index };
                if self.is_named(ir, field.ty) && self.is_asked(self.program.field_type(reference)) {
                    found.push(Found::Field(reference));
                }
            }
        }
        for (index, value) in ir.values.iter().enumerate() {
            // Nothing is ever read from a blank one.
            if !value.name.is_blank()
                && value
                    .ty
                    .is_some_and(|ty| self.is_named(ir, ty) && self.is_asked(self.program.type_of(file, ty)))
            {
                found.push(Found::Variable(ValueRef::new(file, ValueId::new(index)), value.name));
            }
        }
        let declared =
            |function: &ir::Function| matches!(function.kind, FunctionKind::Declared | FunctionKind::Method);
        for (id, function) in ir.functions_with_ids().filter(|(_, function)| declared(function)) {
            found.extend(self.function(file, id, function));
        }
        found
    }

    fn function(&self, file: FileId, id: FunctionId, function: &ir::Function) -> Option<Found> {
        let ir = self.program.ir(file);
        let written = ir.signature(function.signature);
        if !written.params.iter().chain(&written.results).any(|param| self.is_named(ir, param.ty)) {
            return None;
        }
        let reference = FunctionRef::new(file, id);
        let Type::Signature(shape) = self.program.ty(self.program.signature_of(reference)) else {
            return None;
        };
        let asked = |types: &[TypeId]| -> Positions {
            (0..).zip(types).filter(|(_, ty)| self.is_asked(**ty)).map(|(n, _)| n).collect()
        };
        let (params, results) = (asked(&shape.params), asked(&shape.results));
        let is_whole = function.body.is_some() && function.opaque.is_none();
        is_whole.then_some(Found::Function { function: reference, params, results })
    }

    /// Whether a type is written like one of the interfaces.
    fn is_named(&self, ir: &ir::File, ty: ExprId) -> bool {
        match ir.kind(ty) {
            ExprKind::Name(name) | ExprKind::Selector { name, .. } => self.names.contains(&name),
            ExprKind::Index { base, .. } | ExprKind::Paren(base) => self.is_named(ir, base),
            ExprKind::LocalType(decl) => self.names.contains(&ir.type_decl(decl).name),
            _ => false,
        }
    }

    fn is_asked(&self, ty: TypeId) -> bool {
        self.interest.asks_for(self.program, ty)
    }
}
