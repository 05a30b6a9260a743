//! Groups that a function lends to the functions that it is given, and waits for: `run(func(g *errgroup.Group) { g.Go(…) })`.
//!
//! What is started on such a group is over when the function returns. Its caller has no name for the group; it gets one here.

use gomapcheck_source::Name;

use crate::domain::{Choice, Place, Root, Step};
use crate::summarise::bind::Binding;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::{State, fresh};
use crate::summary::{ParamCall, Reference, Signal, Value};

/// What a call calls the group of its callee's: no field has this name.
const LENT: &str = "(lent)";

/// Whether a wait is for a group that functions are called with.
pub(super) fn is_for_lent_group(calls: &[ParamCall], wait: &Signal) -> bool {
    let is_wait = matches!(wait, Signal::WaitGroup(_) | Signal::Group(_));
    is_wait && calls.iter().any(|call| places(&call.arguments).any(|place| place == wait.place()))
}

fn places(values: &[Value]) -> impl Iterator<Item = &Place> {
    values.iter().filter_map(|value| match value {
        Value::Reference(Reference { place, .. }) => Some(place),
        _ => None,
    })
}

impl Interpreter<'_> {
    /// A function that callers give is called: what it starts on the groups that it gets is to be waited for from here on.
    pub(super) fn lend_groups(&self, state: &mut State, arguments: &[Value]) {
        if !state.waits.is_empty() {
            let is_lent = |wait: &Signal| places(arguments).any(|place| place == wait.place());
            state.waits.retain(|wait| !is_lent(wait));
        }
    }

    /// Gives names to the groups of a callee's own that it lends to functions, and waits for.
    pub(super) fn name_lent_groups(binding: &Binding<'_>) {
        let summary = binding.summary;
        let waits = || summary.waits.iter().chain(summary.waits_where.iter().map(|(_, wait)| wait));
        let is_own = |place: &Place| {
            let is_whole = place.path.iter().all(|step| *step == lent());
            is_whole && matches!(place.root, Root::Local(_) | Root::Fresh(_))
        };
        let mut name = Place::root(fresh(binding.call));
        for place in summary.param_calls.iter().flat_map(|call| places(&call.arguments)) {
            let is_awaited = |wait: &Signal| {
                matches!(wait, Signal::WaitGroup(_) | Signal::Group(_)) && wait.place() == place
            };
            if !is_own(place) || !waits().any(is_awaited) || !name.go(lent(), Choice::UNKNOWN) {
                continue;
            }
            Self::name_made(binding, place.root, Reference { place: name.clone(), key: None, copied: false });
        }
    }
}

fn lent() -> Step {
    Step::Field(Name::new(LENT))
}
