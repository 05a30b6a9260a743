//! The evidence of a conflict as steps that a reader can follow.

use gomapcheck_diagnostics::{Related, TraceStep};
use gomapcheck_race::{AccessEvidence, Conflict, ConflictKind, GuardEvidence, Location};

use crate::RuleContext;
use crate::wording::{self, on_one_line};

/// The way to the reported access, the way to the other one, and what is known of the guard.
pub(crate) fn trace(context: &RuleContext<'_>, conflict: &Conflict) -> Vec<TraceStep> {
    let accesses = std::iter::once(&conflict.first).chain(&conflict.second);
    let mut steps: Vec<TraceStep> = accesses.flat_map(|access| way(context, conflict, access)).collect();
    if let Some(guard) = &conflict.guard {
        steps.extend(guard_steps(context, guard));
    }
    // A goroutine that races with itself has one way to both accesses: once is enough.
    let mut seen = std::collections::BTreeSet::new();
    steps.retain(|step| seen.insert((step.location.clone(), step.text.clone())));
    steps
}

/// The way of each goroutine to its access. A race without a second access is one of a goroutine with its own copies.
pub(crate) fn flows(context: &RuleContext<'_>, conflict: &Conflict) -> Vec<Vec<TraceStep>> {
    let first = way(context, conflict, &conflict.first);
    let second = conflict.second.as_ref().map(|access| way(context, conflict, access));
    match second {
        Some(second) if is_of_one_goroutine(conflict) => vec![[first, second].concat()],
        Some(second) => vec![first, second],
        None if is_race(conflict) => vec![first.clone(), first],
        None => vec![first],
    }
}

/// The launches and calls that lead to an access, and the access.
fn way(context: &RuleContext<'_>, conflict: &Conflict, access: &AccessEvidence) -> Vec<TraceStep> {
    let in_words = if is_of_one_goroutine(conflict) { done_in_words } else { access_in_words };
    let steps = access.steps.iter().map(|step| step_at(context, step.location, &step.text));
    steps.chain([step_at(context, access.location, &in_words(access))]).collect()
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

/// Whether the accesses are known to run in parallel, rather than to break a discipline.
fn is_race(conflict: &Conflict) -> bool {
    matches!(conflict.kind, ConflictKind::WriteWrite | ConflictKind::ReadWrite | ConflictKind::IterationWrite)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn flows(conflict: &Conflict) -> Vec<Vec<String>> {
        let findings = testing::found(conflict);
        let shown = |step: &TraceStep| format!("{}: {}", step.location, step.text);
        findings[0].flows.iter().map(|flow| flow.iter().map(shown).collect()).collect()
    }

    #[test]
    fn each_goroutine_of_a_race_has_its_way() {
        let read = "store/store.go:9:9: s.items is read in (*Store).Get, holding no lock";
        let launch = "store/store.go:8:2: started by a go statement";
        let write = "store/store.go:4:2: s.items is written in (*Store).Put, holding no lock";
        let mut race = testing::race(ConflictKind::ReadWrite);
        assert_eq!(flows(&race), [vec![read], vec![launch, write]]);
        race = testing::race(ConflictKind::WriteWrite);
        race.second = None;
        assert_eq!(flows(&race), [[launch, write], [launch, write]], "it races with its own copies");
    }

    #[test]
    fn a_defect_of_one_goroutine_has_one_way() {
        assert_eq!(flows(&testing::race(ConflictKind::SyncMapCheckThenAct)).len(), 1);
        assert_eq!(flows(&testing::escape()).len(), 1);
    }
}
