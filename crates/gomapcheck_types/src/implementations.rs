//! Which methods a call through an interface may reach.

use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use gomapcheck_ir::{ExprKind, TypeDeclId};
use gomapcheck_source::Name;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::select::Member;
use crate::{FieldRef, FunctionRef, MethodTarget, Program, Type, TypeId, TypeRef};

/// So many levels of embedding are looked through for the names of methods.
const DEEPEST_NAMES: usize = 4;

/// Answers given so far, and the index that they are found with.
#[derive(Default)]
pub(crate) struct Implementations {
    index: OnceLock<Index>,
    known: RwLock<FxHashMap<(TypeRef, Name), Vec<FunctionRef>>>,
    /// The types that have all methods of an interface.
    implementing: RwLock<FxHashMap<TypeRef, Arc<[TypeId]>>>,
}

/// The types of the target packages that are not interfaces, by import path and name.
struct Index {
    /// The types that declare a method of this name.
    declaring: FxHashMap<Name, Vec<u32>>,
    types: Vec<TypeRef>,
    /// Types with embedded fields, whose methods may be promoted ones, with the methods that they may have.
    embedding: Vec<(u32, NameSet)>,
}

/// A set of names that holds a few more than it was given: one bit for many names.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct NameSet(u64);

impl NameSet {
    const ALL: Self = Self(u64::MAX);

    fn of(names: impl Iterator<Item = Name>) -> Self {
        Self(names.fold(0, |set, name| set | 1 << (FxBuildHasher.hash_one(name) >> 58)))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn may_contain(self, names: Self) -> bool {
        self.0 & names.0 == names.0
    }
}

impl Index {
    fn new(program: &Program<'_>) -> Self {
        let mut types: Vec<(Name, Name, TypeRef)> = Vec::new();
        for package in program.targets() {
            for file in &program.world.package(*package).package.files {
                for (index, decl) in program.ir(*file).types.iter().enumerate() {
                    let reference = TypeRef::new(*file, TypeDeclId::new(index));
                    if !decl.alias && !program.world.is_interface(program.world.declared(reference, &[])) {
                        types.push((program.world.import_path(*package), decl.name, reference));
                    }
                }
            }
        }
        types.sort_unstable();
        let types: Vec<TypeRef> = types.into_iter().map(|(_, _, reference)| reference).collect();
        let mut index = Self { declaring: FxHashMap::default(), types: Vec::new(), embedding: Vec::new() };
        for (number, reference) in types.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            for (name, _) in program.methods_of(*reference) {
                index.declaring.entry(*name).or_default().push(number);
            }
            if embeds(program, *reference) {
                let ty = program.world.declared(*reference, &[]);
                index.embedding.push((number, method_names(program, ty, DEEPEST_NAMES)));
            }
        }
        index.types = types;
        index
    }

    /// The types that may have all these methods, in order.
    fn candidates(&self, methods: &[(Name, TypeId)]) -> Vec<TypeRef> {
        let declaring = |name: &Name| self.declaring.get(name).map_or(&[][..], Vec::as_slice);
        let rarest = methods.iter().map(|(name, _)| declaring(name)).min_by_key(|types| types.len());
        let mut numbers: Vec<u32> = rarest.unwrap_or_default().to_vec();
        let wanted = NameSet::of(methods.iter().map(|(name, _)| *name));
        let promoting = self.embedding.iter().filter(|(_, names)| names.may_contain(wanted));
        numbers.extend(promoting.map(|(number, _)| *number));
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| self.types[number as usize]).collect()
    }
}

fn embeds(program: &Program<'_>, reference: TypeRef) -> bool {
    let ir = program.ir(reference.file);
    let right = ir.type_decl(reference.decl).ty.map(|ty| ir.kind(ir.unparen(ty)));
    matches!(right, Some(ExprKind::StructType(id)) if ir.struct_type(id).fields.iter().any(|f| f.embedded))
}

/// The names of all methods that a type has, promoted ones included; of deeper ones than `levels` any.
fn method_names(program: &Program<'_>, ty: TypeId, levels: usize) -> NameSet {
    let world = &program.world;
    let ty = world.deref(ty);
    let declared = world.named_decl(ty).map_or(&[][..], |decl| program.methods_of(decl));
    let own = NameSet::of(declared.iter().map(|(name, _)| *name));
    let under = world.underlying(ty);
    match world.types.ty(under) {
        Type::Interface(shape) => own.and(NameSet::of(shape.methods.iter().map(|(name, _)| *name))),
        Type::Struct(structure, _) => {
            let fields = &program.ir(structure.file).struct_type(structure.structure).fields;
            let embedded = (0..).zip(fields).filter(|(_, field)| field.embedded);
            embedded.fold(own, |names, (index, _)| match levels.checked_sub(1) {
                Some(levels) => {
                    let field = FieldRef { structure: *structure, index };
                    names.and(method_names(program, world.field_type_in(field, under), levels))
                }
                None => NameSet::ALL,
            })
        }
        Type::TypeParam(_) => NameSet::ALL,
        _ => own,
    }
}

impl Implementations {
    pub(crate) fn of(&self, program: &Program<'_>, interface: TypeRef, method: Name) -> Vec<FunctionRef> {
        let key = (interface, method);
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let found = self.find(program, interface, method);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(key).or_insert(found).clone()
    }

    fn find(&self, program: &Program<'_>, interface: TypeRef, method: Name) -> Vec<FunctionRef> {
        let world = &program.world;
        if !methods_of(program, interface).iter().any(|(name, _)| *name == method) {
            return Vec::new();
        }
        let answer = |ty: &TypeId| match world.select(*ty, method, None)?.member {
            Member::Method(MethodTarget::Declared(function), _) => Some(function),
            _ => None,
        };
        let mut found: Vec<FunctionRef> =
            self.implementing(program, interface).iter().filter_map(answer).collect();
        // Several types may promote the same method; the first place counts.
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|function| seen.insert(*function));
        found
    }

    /// The types that implement an interface, by import path and name.
    fn implementing(&self, program: &Program<'_>, interface: TypeRef) -> Arc<[TypeId]> {
        let known = self.implementing.read().unwrap_or_else(PoisonError::into_inner).get(&interface).cloned();
        if let Some(known) = known {
            return known;
        }
        let methods = methods_of(program, interface);
        let index = self.index.get_or_init(|| Index::new(program));
        let candidates = index.candidates(methods).into_iter();
        let types = candidates.map(|candidate| program.world.declared(candidate, &[]));
        let found: Arc<[TypeId]> = types.filter(|ty| implements(program, *ty, methods)).collect();
        let mut known = self.implementing.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(interface).or_insert(found).clone()
    }
}

/// The methods of an interface, embedded ones included.
fn methods_of<'a>(program: &'a Program<'_>, interface: TypeRef) -> &'a [(Name, TypeId)] {
    let world = &program.world;
    match world.types.ty(world.underlying(world.declared(interface, &[]))) {
        Type::Interface(shape) => &shape.methods,
        _ => &[],
    }
}

fn implements(program: &Program<'_>, ty: TypeId, methods: &[(Name, TypeId)]) -> bool {
    methods.iter().all(|(name, signature)| has_method(program, ty, *name, *signature).unwrap_or(false))
}

/// Whether the type has this method with this signature; `None` when one of the two is not known.
fn has_method(program: &Program<'_>, ty: TypeId, name: Name, signature: TypeId) -> Option<bool> {
    let world = &program.world;
    let Member::Method(_, found) = world.select(ty, name, None)?.member else { return None };
    let (wants, has) = (world.signature_shape(signature)?, world.signature_shape(found)?);
    let fits = |wants: &[TypeId], has: &[TypeId]| {
        wants.len() == has.len() && wants.iter().zip(has).all(|(a, b)| may_be_identical(program, *a, *b))
    };
    Some(
        fits(&wants.params, &has.params)
            && fits(&wants.results, &has.results)
            && wants.variadic == has.variadic,
    )
}

/// Whether two types of a signature may be one: they differ surely only where each is a predeclared or declared type without
/// type arguments, or their shapes differ.
fn may_be_identical(program: &Program<'_>, a: TypeId, b: TypeId) -> bool {
    if a == b {
        return true;
    }
    match (program.ty(a), program.ty(b)) {
        (Type::Basic(_), Type::Basic(_)) => false,
        (Type::Named(left, _), Type::Named(right, _)) => left == right,
        (Type::Pointer(left), Type::Pointer(right)) | (Type::Slice(left), Type::Slice(right)) => {
            may_be_identical(program, *left, *right)
        }
        (Type::Basic(_), other) | (other, Type::Basic(_)) => {
            matches!(other, Type::Unknown | Type::External(..) | Type::TypeParam(_))
        }
        (Type::Pointer(_), Type::Slice(_) | Type::Map { .. })
        | (Type::Slice(_) | Type::Map { .. }, Type::Pointer(_)) => false,
        _ => true,
    }
}
