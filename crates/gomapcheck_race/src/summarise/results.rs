//! Results: what a function returns, and what can be reached behind it.

use gomapcheck_ir::ExprList;
use gomapcheck_types::Type;

use crate::conflict::Operation;
use crate::domain::{Place, Root, Step};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::{Ownership, Reference, Value};

impl Interpreter<'_> {
    pub(super) fn return_values(&mut self, state: &mut State, values: ExprList) {
        let ir = self.ir;
        let exprs = ir.exprs_of(values);
        let signature = ir.signature(ir.function(self.function.function).signature);
        let count = signature.results.len();
        let mut found: Vec<Value> = if exprs.is_empty() {
            signature
                .results
                .iter()
                .map(|r| r.local.map_or(Value::Unknown, |l| self.local_value(state, l)))
                .collect()
        } else if let ([only], true) = (exprs, count > 1) {
            self.eval_results(state, *only, count)
        } else {
            exprs.iter().map(|e| self.eval(state, *e)).collect()
        };
        found.resize(count, Value::Unknown);
        for (i, value) in found.into_iter().enumerate() {
            let ty = exprs.get(i).map(|e| self.type_of(*e));
            if exprs.len() == count && ty.is_some_and(|t| self.program.is_map(t)) {
                self.access(state, &value, exprs[i], Operation::Escape);
            }
            self.return_value(state, i, value);
        }
    }

    /// Joins one returned value with those of the other returns; `nil` and other unknowns do not count against it.
    pub(super) fn return_value(&mut self, state: &State, index: usize, value: Value) {
        let value = self.bind_captures(state, value);
        let ownership = match &value {
            Value::Reference(reference) => self.result_ownership(state, &reference.place),
            _ => Ownership::Shared,
        };
        if self.results.len() <= index {
            self.results.resize(index + 1, Value::Unknown);
            self.result_ownership.resize(index + 1, Ownership::Shared);
        }
        if value == Value::Unknown || self.undecided_results.contains(&index) {
            return;
        }
        self.note_behind(state, &value);
        self.note_held(state, &value, self.results[index] == Value::Unknown);
        let known = &mut self.results[index];
        if *known == Value::Unknown {
            *known = value;
            self.result_ownership[index] = ownership;
        } else if is_parameter(known) && is_parameter(&value) && *known != value {
            *known = Value::Unknown;
            self.result_ownership[index] = Ownership::Shared;
            self.undecided_results.push(index);
        } else if *known != value {
            let both_owned =
                ownership == Ownership::Owned && self.result_ownership[index] == Ownership::Owned;
            if !both_owned {
                self.result_ownership[index] = Ownership::Shared;
            }
        }
    }

    /// Who else can reach a returned object, besides goroutines that go on: the callers take over both.
    fn result_ownership(&self, state: &State, place: &Place) -> Ownership {
        let is_lent_only = state.is_lent(place.root) && !state.is_place_published(place);
        match place.root {
            Root::Fresh(_) if is_lent_only => Ownership::Owned,
            Root::Local(local) if is_lent_only && self.is_own(local) => Ownership::Owned,
            _ => self.ownership(state, place),
        }
    }

    /// Notes what the fields of a returned object of this function's own refer to; what another return tells otherwise of it is
    /// not known.
    fn note_held(&mut self, state: &State, value: &Value, is_first: bool) {
        let Value::Reference(Reference { place: Place { root, path, .. }, .. }) = value else { return };
        let is_own = match root {
            Root::Fresh(_) => true,
            Root::Local(local) => self.is_own(*local),
            Root::Param(_) | Root::Global(_) | Root::External(..) => false,
        };
        if !is_own || !path.is_empty() {
            return;
        }
        // A function may be called at any time: what it does is not followed so far.
        let is_given = |value: &Value| match value {
            Value::Reference(Reference { place: Place { root: Root::Param(n), path, .. }, .. }) => {
                !path.is_empty() || !self.takes_function(*n)
            }
            Value::Reference(reference) => {
                matches!(reference.place.root, Root::Global(_) | Root::External(..))
            }
            _ => false,
        };
        if is_first {
            let held: Vec<_> = state.fields_of(*root).filter(|(_, value)| is_given(value)).cloned().collect();
            self.held_by_results.extend(held);
        } else {
            self.held_by_results
                .retain(|(field, value)| field.root != *root || state.field(field) == Some(value));
        }
    }

    /// Whether parameter number n, the receiver counted, is a function.
    fn takes_function(&self, n: u32) -> bool {
        let has_receiver = self.ir.function(self.function.function).receiver.is_some();
        let Type::Signature(signature) = self.shape(self.program.signature_of(self.function)) else {
            return false;
        };
        let declared = n.checked_sub(u32::from(has_receiver));
        let ty = declared.and_then(|n| signature.params.get(n as usize));
        ty.is_some_and(|ty| matches!(self.shape(*ty), Type::Signature(_)))
    }

    /// Notes the ways by which callers reach other objects of this function's own through a returned value.
    pub(super) fn note_behind(&mut self, state: &State, value: &Value) {
        let name_of = |local: gomapcheck_types::LocalRef| self.program.ir(local.file).local(local.local).name;
        let is_own = |root: Root| match root {
            Root::Fresh(_) => true,
            Root::Local(local) => self.is_own(local),
            Root::Param(_) | Root::Global(_) | Root::External(..) => false,
        };
        let found = match value {
            Value::Reference(reference)
                if reference.place.path.is_empty() && is_own(reference.place.root) =>
            {
                state.behind(reference.place.root, name_of)
            }
            Value::Function(function) => {
                let captured = function.captures.iter().filter_map(|(local, value)| match value {
                    Value::Reference(Reference { place, .. }) => {
                        let way = Place::root(place.root).step(Step::Field(name_of(*local)))?;
                        Some((place.root, way))
                    }
                    _ => None,
                });
                captured.collect()
            }
            _ => Vec::new(),
        };
        let found: Vec<_> = found.into_iter().filter(|(object, _)| is_own(*object)).collect();
        self.behind_results.extend(found);
    }
}

/// Whether a value is what a parameter refers to, as a whole.
fn is_parameter(value: &Value) -> bool {
    matches!(value, Value::Reference(reference)
        if matches!(reference.place.root, Root::Param(_)) && reference.place.path.is_empty())
}
