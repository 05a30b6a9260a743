//! Types by id.

use std::hash::BuildHasher;
use std::sync::{PoisonError, RwLock};

use gomapcheck_source::Name;
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::table::TypeCell;
use crate::ty::BASICS;
use crate::{InterfaceShape, SignatureShape, StructRef, Type, TypeId};

const SHARDS: usize = 64;

/// A type with more parts comes from a declaration that instantiates itself with ever larger arguments; it is unknown.
const LARGEST: u32 = 100_000;

/// What is kept about a type.
pub(crate) struct Entry {
    pub(crate) ty: Type,
    /// Whether a substitution may change it.
    pub(crate) generic: bool,
    /// How many types it is made of, itself included.
    size: u32,
    pub(crate) underlying: TypeCell,
}

/// All types of a run. Append-only; reading a type takes no lock.
pub(crate) struct Interner {
    entries: boxcar::Vec<Entry>,
    shards: Box<[RwLock<HashTable<TypeId>>]>,
    /// The type behind the name `error`.
    pub(crate) error: TypeId,
}

impl Interner {
    /// The interner with the types whose ids are constants of [`TypeId`].
    pub(crate) fn new() -> Self {
        let shards = std::iter::repeat_with(RwLock::default).take(SHARDS).collect();
        let mut interner = Self { entries: boxcar::Vec::new(), shards, error: TypeId::UNKNOWN };
        interner.intern(Type::Unknown);
        interner.intern(Type::Nil);
        interner.intern(Type::Tuple(Box::default()));
        interner.intern(Type::Interface(InterfaceShape::default()));
        for basic in BASICS {
            interner.intern(Type::Basic(basic));
        }
        let string = TypeId::STRING;
        let method = SignatureShape { results: Box::new([string]), ..SignatureShape::default() };
        let method = interner.intern(Type::Signature(Box::new(method)));
        let methods = Box::new([(Name::new("Error"), method)]);
        interner.error = interner.intern(Type::Interface(InterfaceShape { methods, terms: Box::default() }));
        interner
    }

    /// The entry of a type.
    pub(crate) fn entry(&self, id: TypeId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The shape of a type.
    pub(crate) fn ty(&self, id: TypeId) -> &Type {
        &self.entry(id).ty
    }

    /// The id of a type; a struct is taken to be free of type parameters unless it has arguments.
    pub(crate) fn intern(&self, ty: Type) -> TypeId {
        self.intern_as(ty, false)
    }

    /// The id of a struct type that may mention type parameters of the declaration around it.
    pub(crate) fn intern_struct(
        &self,
        structure: StructRef,
        arguments: Box<[(crate::TypeParamRef, TypeId)]>,
        in_generic_file: bool,
    ) -> TypeId {
        self.intern_as(Type::Struct(structure, arguments), in_generic_file)
    }

    fn intern_as(&self, ty: Type, generic: bool) -> TypeId {
        let hash = FxBuildHasher.hash_one(&ty);
        // The low bits choose the place in the table.
        let shard = &self.shards[(hash >> 32) as usize % SHARDS];
        let same = |id: &TypeId| *self.ty(*id) == ty;
        if let Some(id) = shard.read().unwrap_or_else(PoisonError::into_inner).find(hash, same) {
            return *id;
        }
        let mut table = shard.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = table.find(hash, same) {
            return *id;
        }
        let (size, generic_parts) = self.measure(&ty);
        if size > LARGEST {
            return TypeId::UNKNOWN;
        }
        let generic = generic || generic_parts;
        let index = self.entries.push(Entry { ty, generic, size, underlying: TypeCell::default() });
        let id = TypeId(u32::try_from(index).unwrap_or(0));
        table.insert_unique(hash, id, |id| FxBuildHasher.hash_one(self.ty(*id)));
        id
    }

    /// A type's size, and whether it mentions type parameters.
    fn measure(&self, ty: &Type) -> (u32, bool) {
        let (mut size, mut generic) = (1_u32, matches!(ty, Type::TypeParam(_)));
        let mut add = |id: &TypeId| {
            let entry = self.entry(*id);
            size = size.saturating_add(entry.size);
            generic |= entry.generic;
        };
        match ty {
            Type::Unknown | Type::Basic(_) | Type::External(..) | Type::Nil | Type::TypeParam(_) => {}
            Type::Named(_, types) | Type::Tuple(types) => types.iter().for_each(add),
            Type::Pointer(id) | Type::Slice(id) | Type::Array(id) | Type::Chan(_, id) => add(id),
            Type::Map { key, value } => [key, value].into_iter().for_each(add),
            Type::Struct(_, arguments) => arguments.iter().for_each(|(_, id)| add(id)),
            Type::Interface(shape) => {
                shape.methods.iter().map(|(_, id)| id).chain(&shape.terms).for_each(add);
            }
            Type::Signature(shape) => shape.params.iter().chain(&shape.results).for_each(add),
        }
        (size, generic)
    }

    pub(crate) fn pointer(&self, to: TypeId) -> TypeId {
        self.intern(Type::Pointer(to))
    }

    pub(crate) fn slice(&self, of: TypeId) -> TypeId {
        self.intern(Type::Slice(of))
    }

    pub(crate) fn signature(&self, shape: SignatureShape) -> TypeId {
        self.intern(Type::Signature(Box::new(shape)))
    }

    /// No value, the value, or several.
    pub(crate) fn results(&self, types: &[TypeId]) -> TypeId {
        match types {
            [] => TypeId::NOTHING,
            [one] => *one,
            several => self.intern(Type::Tuple(several.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Basic;

    #[test]
    fn constant_ids_are_what_they_say() {
        let interner = Interner::new();
        assert_eq!(*interner.ty(TypeId::UNKNOWN), Type::Unknown);
        assert_eq!(*interner.ty(TypeId::NIL), Type::Nil);
        assert_eq!(*interner.ty(TypeId::NOTHING), Type::Tuple(Box::default()));
        assert_eq!(*interner.ty(TypeId::ANY), Type::Interface(InterfaceShape::default()));
        for basic in BASICS {
            assert_eq!(*interner.ty(TypeId::basic(basic)), Type::Basic(basic));
        }
        assert_eq!(interner.intern(Type::Basic(Basic::Int)), TypeId::basic(Basic::Int));
        assert_eq!(interner.pointer(TypeId::STRING), interner.pointer(TypeId::STRING));
    }
}
