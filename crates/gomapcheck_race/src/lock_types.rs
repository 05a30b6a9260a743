//! Which types are locks, and where the lock is that a type's `Lock` method takes.

use std::sync::LazyLock;

use gomapcheck_source::Name;
use gomapcheck_types::{FieldRef, Program, Type, TypeId};

use crate::domain::{Key, KeyOwner};
use crate::models::{Effect, Models};

/// The method that takes a lock.
static LOCK: LazyLock<Name> = LazyLock::new(|| Name::new("Lock"));

/// Whether a type is a lock, through one pointer: by the models' tables, or for being no more than a lock under another name.
pub(crate) fn is_lock(program: &Program<'_>, models: &Models, ty: TypeId) -> bool {
    is_known_lock(program, models, ty)
        || matches!(program.fields(ty).as_slice(), [(only, _)] if is_whole_lock(program, models, *only))
}

fn is_known_lock(program: &Program<'_>, models: &Models, ty: TypeId) -> bool {
    program.qualified_name(ty).is_some_and(|(package, name)| {
        matches!(models.call(package, Some(name), *LOCK), Some(Effect::Lock(_)))
    })
}

/// Whether a field is an embedded lock and its struct has nothing besides: `type Mutex struct { sync.Mutex }`. Such a struct is
/// treated as the lock itself, since all objects of the type would share the field's declaration.
pub(crate) fn is_whole_lock(program: &Program<'_>, models: &Models, field: FieldRef) -> bool {
    let fields = &program.ir(field.structure.file).struct_type(field.structure.structure).fields;
    let [only] = fields.as_slice() else { return false };
    if !only.embedded || program.field_owner(field).is_none() {
        return false;
    }
    let ty = program.field_type(field);
    !matches!(program.ty(ty), Type::Pointer(_)) && is_known_lock(program, models, ty)
}

/// The lock that `Lock` takes on an object of this type, which is declared as `key`: the object itself, or a lock embedded in it.
pub(crate) fn lock_in(program: &Program<'_>, models: &Models, key: Key, ty: TypeId) -> Key {
    if is_lock(program, models, ty) {
        return key;
    }
    let Some(selection) = program.method(ty, *LOCK) else { return key };
    match selection.embedded.last() {
        Some(last)
            if is_lock(program, models, program.field_type(*last))
                || is_whole_lock(program, models, *last) => {}
        _ => return key,
    }
    let way = selection.embedded.iter().filter(|field| !is_whole_lock(program, models, **field));
    way.fold(key, |key, field| {
        key.field(program.field_owner(*field).map(KeyOwner::Type), program.field(*field).name)
    })
}
