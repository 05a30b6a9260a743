//! One finding for a map and a defect: the best pair, the other places behind it.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use crate::conflict::{ConflictKind, Location};
use crate::domain::Key;
use crate::evidence::finding::{Finding, Side, changes_map};

/// At most so many further places are listed.
const MOST_OTHERS: usize = 16;

/// The kinds that one finding stands for: a map with two parallel writes is not reported again for its parallel reads.
fn family(kind: ConflictKind) -> u8 {
    match kind {
        ConflictKind::WriteWrite | ConflictKind::ReadWrite | ConflictKind::IterationWrite => 0,
        ConflictKind::WriteUnderReadLock => 1,
        ConflictKind::CopiedLock => 2,
        ConflictKind::MixedLocks => 3,
        ConflictKind::Unguarded => 4,
        ConflictKind::GuardedEscape => 5,
        ConflictKind::RangeMutation => 6,
        ConflictKind::SyncMapCheckThenAct => 7,
    }
}

/// Folds findings of one map and family into the best of them, and drops those that say again, with less proof, what a
/// stronger family says about the same place. Sorted.
pub(crate) fn group(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    findings.sort_by_cached_key(|finding| {
        let rank = Reverse(finding.confidence);
        let trace = finding.first.trace.len() + finding.second.as_ref().map_or(0, |side| side.trace.len());
        (
            finding.key().clone(),
            family(finding.kind),
            rank,
            finding.kind,
            Reverse(changes_map(finding.first.operation())),
            trace,
            finding.first.at,
            finding.second.as_ref().map(|side| side.at),
        )
    });
    let mut said: FxHashSet<(Key, Location)> = FxHashSet::default();
    let mut kept: Vec<Finding<'_>> = Vec::new();
    for finding in findings {
        match kept.last_mut() {
            Some(best) if best.key() == finding.key() && family(best.kind) == family(finding.kind) => {
                absorb(best, finding);
            }
            _ => kept.push(finding),
        }
    }
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
        if let (0, Some(second)) = (family(finding.kind), &finding.second) {
            said.insert((key, second.at));
        }
        true
    });
    kept
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
