//! Maps that others have put into a guarded container of anything: `inner := row.Value(name).(map[string]any)`.

use gomapcheck_ir::ExprKind;
use gomapcheck_types::{FieldRef, Program, StructRef, Type, TypeId, ValueRef};

use crate::conflict::{Confidence, ConflictKind};
use crate::domain::{Key, KeyOwner};
use crate::evidence::Finding;

/// The container's lock says nothing of what is in it, unless some access to that is seen to hold it: findings without one are
/// possible at best.
pub(crate) fn weaken_boxed(program: &Program<'_>, findings: &mut [Finding<'_>]) {
    let is_shown_by_container = |finding: &&mut Finding<'_>| {
        finding.kind == ConflictKind::Unguarded
            && finding.second.is_none()
            && finding.confidence > Confidence::Possible
            && finding.guard.as_ref().is_some_and(|guard| guard.declared.is_none())
    };
    for finding in findings.iter_mut().filter(is_shown_by_container) {
        if is_boxed(program, finding.key()) {
            finding.confidence = Confidence::Possible;
        }
    }
}

/// Whether a map is an element of a container of interfaces, or lies within one.
fn is_boxed(program: &Program<'_>, map: &Key) -> bool {
    let Some(mut ty) = declared_type(program, map) else { return false };
    for _ in 0..map.depth {
        ty = match program.ty(program.underlying(ty)) {
            Type::Map { value, .. } => *value,
            Type::Slice(element) => *element,
            Type::Interface(_) => return true,
            _ => return false,
        };
    }
    matches!(program.ty(program.underlying(ty)), Type::Interface(_))
}

/// The type of the field or variable that a key names.
fn declared_type(program: &Program<'_>, map: &Key) -> Option<TypeId> {
    match (map.owner, map.path.as_slice()) {
        (KeyOwner::Type(ty), [name]) => {
            let ir = program.ir(ty.file);
            let ExprKind::StructType(structure) = ir.kind(ir.type_decl(ty.decl).ty?) else { return None };
            let index = ir.struct_type(structure).fields.iter().position(|field| field.name == *name)?;
            let structure = StructRef::new(ty.file, structure);
            Some(program.field_type(FieldRef { structure, index: u32::try_from(index).ok()? }))
        }
        (KeyOwner::Value(ValueRef { file, value }), []) => {
            let declaration = program.ir(file).value(value);
            Some(program.type_of(file, declaration.ty.or(declaration.init)?))
        }
        _ => None,
    }
}
