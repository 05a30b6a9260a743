//! The locks that a struct type has in it.

use gomapcheck_types::{Program, Type, TypeId};

use crate::domain::{Key, KeyOwner};
use crate::lock_types::is_lock;
use crate::models::Models;

/// How deep structs in structs are looked into.
const DEEPEST: u8 = 2;

/// The locks among the fields of a struct, and those of the structs in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct LockKeys {
    /// Those that copying the struct copies.
    pub(crate) by_value: Vec<Key>,
    /// Those behind pointers.
    pub(crate) by_pointer: Vec<Key>,
}

impl LockKeys {
    /// Both kinds.
    pub(crate) fn all(mut self) -> Vec<Key> {
        self.by_value.append(&mut self.by_pointer);
        self.by_value
    }
}

/// The locks of a declared struct type, through one pointer.
pub(crate) fn lock_keys(program: &Program<'_>, models: &Models, ty: TypeId) -> LockKeys {
    let mut keys = LockKeys::default();
    add(program, models, ty, 0, true, &mut keys);
    keys
}

fn add(program: &Program<'_>, models: &Models, ty: TypeId, depth: u8, by_value: bool, keys: &mut LockKeys) {
    let Some(owner) = program.named(ty) else { return };
    let by_value = by_value && !(depth > 0 && matches!(program.ty(ty), Type::Pointer(_)));
    let owner = Key::owner(KeyOwner::Type(owner));
    for (field, field_type) in program.fields(ty) {
        let declared = program.field(field);
        if is_lock(program, models, field_type) {
            let key = owner.field(None, declared.name);
            let pointer = matches!(program.ty(field_type), Type::Pointer(_));
            let list = if by_value && !pointer { &mut keys.by_value } else { &mut keys.by_pointer };
            list.push(key);
        } else if declared.embedded && depth < DEEPEST {
            add(program, models, field_type, depth + 1, by_value, keys);
        }
    }
}
