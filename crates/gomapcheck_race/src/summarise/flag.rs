//! Flags that goroutines raise by an atomic operation: whoever finds one down and raises it is alone until it is down again.

use gomapcheck_ir::{ExprId, ExprKind, LiteralKind};

use crate::conflict::LockMode;
use crate::domain::{Condition, Held, Key, Lock, Step};
use crate::models::FlagOperation;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::outcome::Told;
use crate::summarise::prepare::Prepared;
use crate::summarise::state::State;
use crate::summary::{Outcome, Reference, Value};

impl Interpreter<'_> {
    /// Raises or puts down a flag: a method of it, or a function that is given its address.
    pub(super) fn flag(&mut self, state: &mut State, operation: FlagOperation, prepared: &Prepared) {
        let exprs = self.argument_exprs(prepared.call);
        let (flag, values) = match (prepared.receiver(), prepared.arguments().first()) {
            (Value::Reference(flag), _) => (flag, exprs.as_slice()),
            (_, Some(Value::Reference(flag))) => (flag, exprs.get(1..).unwrap_or_default()),
            _ => return,
        };
        let Some(lock) = raised(flag) else { return };
        let values: Vec<Option<bool>> = values.iter().map(|value| self.is_raised(*value)).collect();
        match (operation, values.as_slice()) {
            (FlagOperation::CompareAndSwap, [Some(false), Some(true)]) => {
                self.outcome = vec![(Outcome::True, Told::Holds(self.held_flag(lock, prepared.call)))];
            }
            (FlagOperation::Swap, [Some(true)]) => {
                self.outcome = vec![(Outcome::False, Told::Holds(self.held_flag(lock, prepared.call)))];
            }
            (FlagOperation::Store, [Some(true)]) => {}
            _ => state.release(&lock),
        }
    }

    fn held_flag(&self, lock: Lock, at: ExprId) -> Held {
        let acquired = self.location(self.ir.span(at));
        Held { lock: lock.into(), mode: LockMode::Write, aliased: false, acquired }
    }

    /// Whether a flag of this value is raised: `true` or 1. Any other number is a state of its own, in which it is down.
    fn is_raised(&self, value: ExprId) -> Option<bool> {
        let value = self.ir.unparen(value);
        match self.ir.kind(value) {
            ExprKind::Literal(kind) => Some(kind == LiteralKind::One),
            _ => match self.constant(value)? {
                constant if constant == Condition::truth() => Some(true),
                constant if constant == Condition::falsehood() => Some(false),
                _ => None,
            },
        }
    }
}

/// What is held while a flag is raised.
fn raised(flag: &Reference) -> Option<Lock> {
    let place = flag.place.step(Step::Field(Key::raised()))?;
    let key = flag.key.as_ref()?.field(None, Key::raised());
    Some(Lock { place: Some(place), key })
}
