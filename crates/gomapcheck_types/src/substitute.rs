//! Type arguments put in the place of type parameters.

use smallvec::SmallVec;

use crate::type_expr::Arguments;
use crate::world::{Task, World, guarded};
use crate::{FieldRef, InterfaceShape, SignatureShape, StructRef, Type, TypeId, TypeParamRef};

/// Type parameters and what stands for them.
pub(crate) type Substitution = SmallVec<[(TypeParamRef, TypeId); 4]>;

impl World<'_> {
    /// The type with the parameters replaced.
    pub(crate) fn substitute(&self, id: TypeId, with: &[(TypeParamRef, TypeId)]) -> TypeId {
        let entry = self.types.entry(id);
        if with.is_empty() || !entry.generic {
            return id;
        }
        let types = &self.types;
        let one = |id: &TypeId| self.substitute(*id, with);
        match &entry.ty {
            Type::Unknown | Type::Basic(_) | Type::External(..) | Type::Nil => id,
            Type::TypeParam(param) => with.iter().find(|(p, _)| p == param).map_or(id, |(_, id)| *id),
            Type::Named(decl, arguments) => {
                types.intern(Type::Named(*decl, arguments.iter().map(one).collect()))
            }
            Type::Pointer(to) => types.pointer(one(to)),
            Type::Slice(elem) => types.slice(one(elem)),
            Type::Array(elem) => types.intern(Type::Array(one(elem))),
            Type::Map { key, value } => types.intern(Type::Map { key: one(key), value: one(value) }),
            Type::Chan(direction, elem) => types.intern(Type::Chan(*direction, one(elem))),
            Type::Tuple(elems) => types.intern(Type::Tuple(elems.iter().map(one).collect())),
            Type::Struct(structure, arguments) => self.substitute_in_struct(*structure, arguments, with),
            Type::Interface(shape) => types.intern(Type::Interface(InterfaceShape {
                methods: shape.methods.iter().map(|(name, id)| (*name, one(id))).collect(),
                terms: shape.terms.iter().map(one).collect(),
            })),
            Type::Signature(shape) => types.signature(SignatureShape {
                params: shape.params.iter().map(one).collect(),
                results: shape.results.iter().map(one).collect(),
                variadic: shape.variadic,
            }),
        }
    }

    fn substitute_in_struct(
        &self,
        structure: StructRef,
        arguments: &[(TypeParamRef, TypeId)],
        with: &[(TypeParamRef, TypeId)],
    ) -> TypeId {
        let replaced = self
            .struct_params(structure)
            .iter()
            .map(|param| {
                let now = arguments
                    .iter()
                    .find(|(p, _)| p == param)
                    .map_or_else(|| self.types.intern(Type::TypeParam(*param)), |(_, argument)| *argument);
                (*param, self.substitute(now, with))
            })
            .collect();
        self.types.intern_struct(structure, replaced, true)
    }

    /// The type parameters that a struct's fields mention, in the order of first mention.
    fn struct_params(&self, structure: StructRef) -> &[TypeParamRef] {
        let file = self.file(structure.file);
        let cell = &file.struct_params[structure.structure.index()];
        if let Some(known) = cell.get() {
            return known;
        }
        let found = guarded(Task::StructParams(structure), || {
            let mut params = Vec::new();
            for index in 0..file.ir.struct_type(structure.structure).fields.len() {
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                self.mentioned_params(self.field_type(FieldRef { structure, index }), &mut params);
            }
            params
        });
        found.map_or(&[], |params| cell.get_or_init(|| params.into()))
    }

    fn mentioned_params(&self, id: TypeId, params: &mut Vec<TypeParamRef>) {
        let entry = self.types.entry(id);
        if !entry.generic {
            return;
        }
        let mut parts = Arguments::new();
        match &entry.ty {
            Type::Unknown | Type::Basic(_) | Type::External(..) | Type::Nil => {}
            Type::TypeParam(param) => {
                if !params.contains(param) {
                    params.push(*param);
                }
            }
            Type::Named(_, types) | Type::Tuple(types) => parts.extend_from_slice(types),
            Type::Pointer(part) | Type::Slice(part) | Type::Array(part) | Type::Chan(_, part) => {
                parts.push(*part);
            }
            Type::Map { key, value } => parts.extend([*key, *value]),
            Type::Struct(structure, arguments) if arguments.is_empty() => {
                for param in self.struct_params(*structure) {
                    if !params.contains(param) {
                        params.push(*param);
                    }
                }
            }
            Type::Struct(_, arguments) => parts.extend(arguments.iter().map(|(_, id)| *id)),
            Type::Interface(shape) => {
                parts.extend(shape.methods.iter().map(|(_, id)| *id).chain(shape.terms.iter().copied()));
            }
            Type::Signature(shape) => parts.extend(shape.params.iter().chain(&shape.results).copied()),
        }
        for part in parts {
            self.mentioned_params(part, params);
        }
    }
}
