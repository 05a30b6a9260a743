//! Encoding an object: `json.Marshal(state)` goes over the maps in its exported fields, and over those of the objects that they
//! lead to.

use gomapcheck_ir::ExprId;
use gomapcheck_types::{FunctionRef, Program, Type, TypeId};

use crate::conflict::Operation;
use crate::domain::Root;
use crate::models::{MapEffect, is_encoder};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::{Manner, Reference, Thread, Value};

/// Objects further inside are not followed.
const DEEPEST: usize = 3;

/// So many maps and objects inside one object are looked at.
const MOST_PARTS: usize = 48;

/// The method by which an object of this type encodes itself; of several, which do the same for different formats, the first.
pub(super) fn encoder_of(program: &Program<'_>, ty: TypeId) -> Option<FunctionRef> {
    let methods = program.methods_of(program.named(ty)?);
    let has_body = |f: FunctionRef| program.ir(f.file).function(f.function).body.is_some();
    methods.iter().find(|(name, f)| is_encoder(name.as_str()) && has_body(*f)).map(|(_, f)| *f)
}

/// Which of the arguments are encoded.
pub(super) fn encoded<'e>(
    maps: &'e [MapEffect],
    arguments: &'e [ExprId],
) -> impl Iterator<Item = ExprId> + 'e {
    let encoded = maps.iter().filter(|effect| effect.in_fields);
    encoded.filter_map(|effect| arguments.get(usize::from(effect.argument?)).copied())
}

/// Whether objects of this type encode themselves: by a method of their own, or by that of what they embed.
fn encodes_itself(program: &Program<'_>, ty: TypeId) -> bool {
    let target = match program.ty(ty) {
        Type::Pointer(to) => *to,
        _ => ty,
    };
    let has_method = |ty: TypeId| {
        let named = program.named(ty);
        named.is_some_and(|named| program.methods_of(named).iter().any(|(name, _)| is_encoder(name.as_str())))
    };
    has_method(target)
        || program.fields(target).iter().any(|(field, ty)| program.field(*field).embedded && has_method(*ty))
}

impl Interpreter<'_> {
    /// What a call encodes does so itself, if it knows how to.
    pub(super) fn call_encoder(&mut self, state: &mut State, value: &Value, (expr, call): (ExprId, ExprId)) {
        if let (Value::Reference(_), Some(f)) = (value, encoder_of(self.program, self.type_of(expr))) {
            self.apply(state, f, std::slice::from_ref(value), &[], (call, Thread::Caller, false));
            self.ended = false;
        }
    }

    /// An object is encoded. What a parameter of an interface type is, the callers know.
    pub(super) fn encode(&mut self, state: &State, value: &Value, expr: ExprId) {
        let Value::Reference(reference) = value else { return };
        let ty = self.type_of(expr);
        if self.program.is_map(ty) {
            self.access(state, value, expr, Operation::Iterate);
        } else if matches!(self.shape(ty), Type::Interface(_)) {
            if let (Root::Param(param), []) = (reference.place.root, reference.place.path.as_slice()) {
                self.recorder.encode(param);
            }
        } else {
            self.encode_fields(state, (reference, ty), (expr, 0), &mut 0);
        }
    }

    fn encode_fields(
        &mut self,
        state: &State,
        (object, ty): (&Reference, TypeId),
        (expr, depth): (ExprId, usize),
        told: &mut usize,
    ) {
        if depth > DEEPEST || encodes_itself(self.program, ty) {
            return;
        }
        for (field, field_type) in self.program.fields(ty) {
            let declared = self.program.field(field);
            if declared.omitted || !(declared.embedded || declared.name.is_exported()) {
                continue;
            }
            let is_map = self.program.is_map(field_type);
            if !is_map && self.program.fields(field_type).is_empty() {
                continue;
            }
            *told += 1;
            if *told > MOST_PARTS {
                return;
            }
            let Some(field) = self.step_to(object, ty, field) else { continue };
            let Value::Reference(held) = self.known_field(state, field) else { continue };
            if !is_map {
                self.encode_fields(state, (&held, field_type), (expr, depth + 1), told);
            } else if !encodes_itself(self.program, field_type) {
                self.access_as(state, &Value::Reference(held), (expr, Manner::Whole), Operation::Iterate);
            }
        }
    }
}
