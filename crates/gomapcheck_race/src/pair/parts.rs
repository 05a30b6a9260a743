//! Maps in a struct that other structs have in them: `type tcp struct { conn; … }` and `type udp struct { conn; … }`.
//!
//! A method of the one and a method of the other never work on one object, though the field is declared once. Where a call
//! through an interface reaches both, one object is behind the interface.

use gomapcheck_ir::ExprKind;
use gomapcheck_types::{FunctionRef, Program, Type, TypeRef};

use crate::domain::{Key, KeyOwner};
use crate::pair::Scopes;

/// Whether the functions on the ways to two accesses are methods of different structs that have the map's struct in them.
pub(super) fn are_of_different_wholes(
    scopes: &dyn Scopes,
    map: &Key,
    functions: impl Iterator<Item = FunctionRef>,
) -> bool {
    let KeyOwner::Type(part) = map.owner else { return false };
    let mut wholes = functions.filter_map(|function| scopes.whole_of(function, part));
    wholes.next().is_some_and(|first| wholes.any(|other| other != first))
}

/// The struct whose method a function is, if it has another struct in it, embedded as a value.
pub(super) fn whole_of(program: &Program<'_>, function: FunctionRef, part: TypeRef) -> Option<TypeRef> {
    let receiver = program.ir(function.file).function(function.function).receiver?;
    let whole = program.named(program.type_of(function.file, receiver.ty))?;
    let ir = program.ir(whole.file);
    let ExprKind::StructType(structure) = ir.kind(ir.type_decl(whole.decl).ty?) else { return None };
    let is_part =
        |ty| matches!(program.ty(program.type_of(whole.file, ty)), Type::Named(named, _) if *named == part);
    let mut fields = ir.struct_type(structure).fields.iter();
    fields.any(|field| field.embedded && is_part(field.ty)).then_some(whole)
}
