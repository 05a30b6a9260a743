//! One finding for a map and a defect: the best pair, the other places behind it.

use std::cmp::Reverse;

use gomapcheck_types::FunctionRef;
use rustc_hash::FxHashSet;

use crate::conflict::{ConflictKind, Location};
use crate::domain::Key;
use crate::evidence::finding::{Finding, Side, changes_map};

/// At most so many further places are listed.
const MOST_OTHERS: usize = 16;

/// The family of races between goroutines.
const RACES: u8 = 1;

/// The kinds that one finding stands for: a map with two parallel writes is not reported again for its parallel reads.
fn family(kind: ConflictKind) -> u8 {
    match kind {
        ConflictKind::RangeMutation => 0,
        ConflictKind::WriteWrite | ConflictKind::ReadWrite | ConflictKind::IterationWrite => RACES,
        ConflictKind::WriteUnderReadLock => 2,
        ConflictKind::CopiedLock => 3,
        ConflictKind::MixedLocks => 4,
        ConflictKind::Unguarded => 5,
        ConflictKind::GuardedEscape => 6,
        ConflictKind::SyncMapCheckThenAct => 7,
    }
}

/// Folds findings of one map and family into the best of them, and drops those that say again, with less proof, what a
/// stronger family says about the same place. Sorted.
pub(crate) fn group(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    let writing: FxHashSet<(Key, FunctionRef)> = findings
        .iter()
        .filter(|finding| changes_map(finding.first.operation()))
        .map(|finding| (finding.key().clone(), finding.first.function))
        .collect();
    // Of a function that leaves its lock out altogether, the first access shows it best.
    let is_weaker = |finding: &Finding<'_>| match finding.kind {
        ConflictKind::Unguarded => !writing.contains(&(finding.key().clone(), finding.first.function)),
        _ => !changes_map(finding.first.operation()),
    };
    findings.sort_by_cached_key(|finding| {
        let rank = Reverse(finding.confidence);
        let trace = finding.first.trace.len() + finding.second.as_ref().map_or(0, |side| side.trace.len());
        (
            finding.key().clone(),
            family(finding.kind),
            finding.object,
            rank,
            finding.kind,
            is_weaker(finding),
            trace,
            finding.first.at,
            finding.second.as_ref().map(|side| side.at),
        )
    });
    let mut said: FxHashSet<(Key, Location)> = FxHashSet::default();
    let mut kept: Vec<Finding<'_>> = Vec::new();
    for finding in findings {
        match kept.last_mut() {
            Some(best) if is_same_subject(best, &finding) => {
                absorb(best, finding);
            }
            _ => kept.push(finding),
        }
    }
    kept.sort_by_cached_key(|finding| {
        let key = finding.key().clone();
        (key, Reverse(finding.confidence), family(finding.kind), finding.first.at, finding.object)
    });
    kept.retain_mut(|finding| {
        let key = finding.key().outermost();
        let fresh = |side: &Side<'_>| !said.contains(&(key.clone(), side.at));
        if !fresh(&finding.first) {
            let Some(next) = finding.others.iter().position(&fresh) else { return false };
            finding.first = finding.others.remove(next);
        }
        finding.others.retain(&fresh);
        said.extend(
            std::iter::once(&finding.first).chain(&finding.others).map(|side| (key.clone(), side.at)),
        );
        if let (RACES, Some(second)) = (family(finding.kind), &finding.second) {
            said.insert((key, second.at));
        }
        true
    });
    kept
}

fn is_same_subject(a: &Finding<'_>, b: &Finding<'_>) -> bool {
    a.key() == b.key() && a.object == b.object && family(a.kind) == family(b.kind)
}

/// Adds the places of a further finding that is as well shown.
fn absorb<'a>(best: &mut Finding<'a>, finding: Finding<'a>) {
    if finding.confidence < best.confidence {
        return;
    }
    for side in std::iter::once(finding.first).chain(finding.second).chain(finding.others) {
        let is_listed = side.at == best.first.at
            || best.second.as_ref().is_some_and(|second| second.at == side.at)
            || best.others.iter().any(|other| other.at == side.at);
        if !is_listed && best.others.len() < MOST_OTHERS {
            best.others.push(side);
        }
    }
}
