//! Decoding into an object that decodes itself: `json.Unmarshal(data, &state)` calls `state.UnmarshalJSON`.

use gomapcheck_ir::{ExprId, FunctionKind};
use gomapcheck_types::{FunctionRef, Program, Type, TypeId};

use crate::conflict::Operation;
use crate::models::{MapEffect, is_decoder};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::prepare::Prepared;
use crate::summarise::state::State;
use crate::summary::{Thread, Value};

/// Whether a function is a method that decoding libraries call to fill an object.
pub(crate) fn decodes(program: &Program<'_>, f: FunctionRef) -> bool {
    let function = program.ir(f.file).function(f.function);
    if function.kind != FunctionKind::Method {
        return false;
    }
    let Type::Signature(shape) = program.ty(program.signature_of(f)) else { return false };
    let takes_anything = |ty: &TypeId| match program.ty(program.underlying(*ty)) {
        Type::Interface(interface) => interface.methods.is_empty(),
        _ => false,
    };
    let (parameters, results) = (shape.params.len(), shape.results.len());
    is_decoder(function.name.as_str(), parameters, results, shape.params.iter().all(takes_anything))
}

/// The method by which an object of this type fills itself; of several, which do the same for different formats, the first.
pub(super) fn decoder_of(program: &Program<'_>, ty: TypeId) -> Option<FunctionRef> {
    let methods = program.methods_of(program.named(ty)?);
    let has_body = |f: &FunctionRef| program.ir(f.file).function(f.function).body.is_some();
    methods.iter().map(|(_, f)| *f).find(|f| has_body(f) && decodes(program, *f))
}

/// Which of the arguments are filled.
pub(super) fn filled<'e>(
    maps: &'e [MapEffect],
    arguments: &'e [ExprId],
) -> impl Iterator<Item = (usize, ExprId)> {
    let written = maps.iter().filter(|effect| effect.operation == Operation::Write);
    let numbers = written.filter_map(|effect| effect.argument.map(usize::from));
    numbers.filter_map(|n| Some((n, *arguments.get(n)?)))
}

impl Interpreter<'_> {
    /// What is filled by a call fills itself, if it knows how to.
    pub(super) fn call_decoders(&mut self, state: &mut State, maps: &[MapEffect], prepared: &Prepared) {
        let exprs = self.argument_exprs(prepared.call);
        for (n, expr) in filled(maps, &exprs) {
            let Some(value @ Value::Reference(_)) = prepared.arguments().get(n) else { continue };
            if let Some(f) = decoder_of(self.program, self.type_of(expr)) {
                let receiver = [value.clone()];
                self.apply(state, f, &receiver, &[], (prepared.call, Thread::Caller, false));
                self.ended = false;
            }
        }
    }
}
