//! The evidence of a conflict as steps that a reader can follow.

use gomapcheck_diagnostics::{Related, TraceStep};
use gomapcheck_race::{AccessEvidence, Conflict, ConflictKind, GuardEvidence, Location};

use crate::RuleContext;
use crate::wording::{self, on_one_line};

/// The way to the reported access, the way to the other one, and what is known of the guard.
pub(crate) fn trace(context: &RuleContext<'_>, conflict: &Conflict) -> Vec<TraceStep> {
    let mut steps = Vec::new();
    let in_words = if is_of_one_goroutine(conflict) { done_in_words } else { access_in_words };
    for access in std::iter::once(&conflict.first).chain(&conflict.second) {
        steps.extend(access.steps.iter().map(|step| step_at(context, step.location, &step.text)));
        steps.push(step_at(context, access.location, &in_words(access)));
    }
    if let Some(guard) = &conflict.guard {
        steps.extend(guard_steps(context, guard));
    }
    // A goroutine that races with itself has one way to both accesses: once is enough.
    let mut seen = std::collections::BTreeSet::new();
    steps.retain(|step| seen.insert((step.location.clone(), step.text.clone())));
    steps
}

/// An access as a place with a few words.
pub(crate) fn related(context: &RuleContext<'_>, access: &AccessEvidence) -> Related {
    Related { location: context.location(access.location), text: access_in_words(access) }
}

/// Whether no other goroutine takes part, so that locks would change nothing and none were looked for.
fn is_of_one_goroutine(conflict: &Conflict) -> bool {
    let kind_of_one =
        matches!(conflict.kind, ConflictKind::RangeMutation | ConflictKind::SyncMapCheckThenAct);
    kind_of_one && conflict.first.steps.is_empty() && conflict.first.locks.is_empty()
}

fn done_in_words(access: &AccessEvidence) -> String {
    let (map, participle, function) = (&access.expression, access.operation.participle(), &access.function);
    on_one_line(&format!("{map} is {participle} in {function}"))
}

fn access_in_words(access: &AccessEvidence) -> String {
    let locks = match wording::locks(&access.locks) {
        Some(locks) => format!("holding {locks}"),
        None => "holding no lock".to_owned(),
    };
    format!("{}, {}", done_in_words(access), on_one_line(&locks))
}

fn guard_steps(context: &RuleContext<'_>, guard: &GuardEvidence) -> Vec<TraceStep> {
    let GuardEvidence { lock, held_in, of, .. } = guard;
    let declared = guard
        .declared
        .map(|location| step_at(context, location, &format!("a comment says that {lock} guards the map")));
    let example = guard.example.map(|location| {
        let text = format!("{lock} is held in {held_in} of {of} functions that use the map, as here");
        step_at(context, location, &text)
    });
    declared.into_iter().chain(example).collect()
}

fn step_at(context: &RuleContext<'_>, location: Location, text: &str) -> TraceStep {
    TraceStep { location: context.location(location), text: on_one_line(text) }
}
