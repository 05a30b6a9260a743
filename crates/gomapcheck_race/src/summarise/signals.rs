//! What a callee tells of its end and waits for, as its caller names it. Calls of functions that it was given tell what those do.

use crate::domain::SharedList;
use crate::summarise::bind::{Binding, Translated};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::{FunctionTarget, FunctionValue, GroupOperation, Signal, Value};

/// So deep functions are followed that call each other because they were given to each other.
const DEEPEST: u8 = 3;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Signals,
    Waits,
}

impl Interpreter<'_> {
    /// What a callee has signalled.
    pub(super) fn resolve_signals(
        &self,
        state: &State,
        binding: &Binding<'_>,
        signals: &[Signal],
    ) -> SharedList<Signal> {
        self.resolve_all(state, binding, signals, (Wanted::Signals, DEEPEST))
    }

    /// What a callee has waited for.
    pub(super) fn resolve_waits(
        &self,
        state: &State,
        binding: &Binding<'_>,
        waits: &[Signal],
    ) -> SharedList<Signal> {
        self.resolve_all(state, binding, waits, (Wanted::Waits, DEEPEST))
    }

    fn resolve_all(
        &self,
        state: &State,
        binding: &Binding<'_>,
        signals: &[Signal],
        (wanted, depth): (Wanted, u8),
    ) -> SharedList<Signal> {
        let mut resolved = SharedList::EMPTY;
        for signal in signals {
            let place = signal.place();
            match (self.resolve(state, binding, place), signal) {
                (Value::Function(function), Signal::Calls(_) | Signal::WaitsIn(_)) if depth > 0 => {
                    let told = self.told_by_function(state, binding, &function, (wanted, depth - 1));
                    resolved.add_all(&told);
                }
                (Value::Reference(reference), _) => resolved.add(&signal.at(reference.place)),
                _ => {}
            }
        }
        resolved
    }

    /// What a function tells or waits for that a callee calls.
    fn told_by_function(
        &self,
        state: &State,
        outer: &Binding<'_>,
        function: &FunctionValue,
        (wanted, depth): (Wanted, u8),
    ) -> SharedList<Signal> {
        match (&function.target, wanted) {
            (FunctionTarget::Group(GroupOperation::Done, group), Wanted::Signals) => {
                vec![Signal::WaitGroup(group.clone())].into()
            }
            (FunctionTarget::Group(GroupOperation::Wait, group), Wanted::Waits) => {
                vec![Signal::WaitGroup(group.clone()), Signal::Group(group.clone())].into()
            }
            (FunctionTarget::Function(f), _) => {
                let Some(summary) = self.summary(*f) else { return SharedList::EMPTY };
                let told = if wanted == Wanted::Signals { &summary.signals } else { &summary.waits };
                if told.is_empty() {
                    return SharedList::EMPTY;
                }
                let receiver = [function.receiver.clone()];
                let binding = Binding {
                    callee: *f,
                    summary,
                    parameters: if self.has_receiver(*f) { &receiver } else { &[] },
                    captures: &function.captures,
                    call: outer.call,
                    is_launched: true,
                    translated: Translated::default(),
                };
                self.resolve_all(state, &binding, told, (wanted, depth))
            }
            _ => SharedList::EMPTY,
        }
    }
}
