use gomapcheck_ir::{FunctionId, LocalId, StructId, TypeDeclId, TypeParamId, ValueId};
use gomapcheck_source::FileId;

macro_rules! references {
    ($($(#[$doc:meta])* $name:ident($field:ident: $id:ty)),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name {
            /// The file that declares it.
            pub file: FileId,
            /// Its id in that file.
            pub $field: $id,
        }

        impl $name {
            /// The entity with this id in this file.
            #[must_use]
            pub fn new(file: FileId, $field: $id) -> Self {
                Self { file, $field }
            }
        }
    )*};
}

references! {
    /// A function, method or literal of any file of the run.
    FunctionRef(function: FunctionId),
    /// A declared type.
    TypeRef(decl: TypeDeclId),
    /// A package-level variable or constant.
    ValueRef(value: ValueId),
    /// A local variable.
    LocalRef(local: LocalId),
    /// A type parameter.
    TypeParamRef(param: TypeParamId),
    /// A struct type as written.
    StructRef(structure: StructId),
}

/// A field of a struct type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FieldRef {
    /// The struct type as written.
    pub structure: StructRef,
    /// The field's position, from 0.
    pub index: u32,
}
