//! One finding for a map and a defect: the best pair, the other places behind it.

use std::cmp::Reverse;

use gomapcheck_source::FileId;
use gomapcheck_types::FunctionRef;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::conflict::{Confidence, ConflictKind, Location};
use crate::domain::Key;
use crate::evidence::finding::{Finding, Side, TraceStep, changes_map};

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

/// Drops findings that say of the same two places what a better one says: the callers of a function that shows a pair show
/// it too, each with a longer way to it. Of equals the first stays.
pub(crate) fn without_repetitions(mut findings: Vec<Finding<'_>>) -> Vec<Finding<'_>> {
    fn subject<'f>(finding: &'f Finding<'_>) -> impl Ord + 'f {
        let second = finding.second.as_ref().map(|side| side.at);
        (finding.kind, finding.first.at, second, finding.key(), finding.object)
    }
    fn length(finding: &Finding<'_>) -> usize {
        finding.first.trace.len() + finding.second.as_ref().map_or(0, |side| side.trace.len())
    }
    findings.sort_by(|a, b| {
        let rank = |finding: &Finding<'_>| (Reverse(finding.confidence), length(finding));
        subject(a).cmp(&subject(b)).then_with(|| rank(a).cmp(&rank(b)))
    });
    findings.dedup_by(|next, kept| subject(next) == subject(kept));
    findings
}

/// Folds findings of one map and family into the best of them, and drops those that say again, with less proof, what a
/// stronger family says about the same place. Sorted. What tests do wrong is told apart: it must not stand for what the
/// program does wrong; what only a harness for tests brings together stands behind what the program does.
pub(crate) fn group<'a>(
    mut findings: Vec<Finding<'a>>,
    is_test: &dyn Fn(FileId) -> bool,
    is_for_tests: &dyn Fn(FunctionRef) -> bool,
    is_at_start: &dyn Fn(&Side<'_>) -> bool,
) -> Vec<Finding<'a>> {
    let in_test = |finding: &Finding<'_>| is_test(finding.first.at.file);
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
        let is_possible = finding.confidence == Confidence::Possible;
        // What an object does as it starts may come before all others know it.
        let is_early = !shows_start(finding) && is_at_start(&finding.first);
        let rank = (is_possible, is_for_tests(finding.first.terms), Reverse(finding.confidence), is_early);
        let trace = finding.first.trace.len() + finding.second.as_ref().map_or(0, |side| side.trace.len());
        (
            finding.key().clone(),
            in_test(finding),
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
    let mut groups: Vec<Vec<Finding<'_>>> = Vec::new();
    for finding in findings {
        match groups.last_mut() {
            Some(group)
                if group.first().is_some_and(|best| {
                    is_same_subject(best, &finding) && in_test(best) == in_test(&finding)
                }) =>
            {
                // What is shown less well than the best is not worth a place behind it.
                if group.first().is_some_and(|best| finding.confidence >= best.confidence) {
                    group.push(finding);
                }
            }
            _ => groups.push(vec![finding]),
        }
    }
    groups.sort_by_cached_key(|group| {
        group.first().map(|best| {
            let key = best.key().clone();
            (key, Reverse(best.confidence), family(best.kind), best.first.at, best.object)
        })
    });
    let groups = one_a_cause_in_tests(groups, &in_test);
    let mut said = [Said::default(), Said::default()];
    let fold_one = |group: Vec<Finding<'a>>| {
        let in_test = group.first().is_some_and(in_test);
        fold(group, &mut said[usize::from(in_test)])
    };
    groups.into_iter().filter_map(fold_one).collect()
}

/// Puts groups of tests behind the first that meets the same access, or the same goroutine, with another object: each test
/// makes its own, and a file of tests that all look at what one goroutine changes has one defect.
fn one_a_cause_in_tests<'a>(
    groups: Vec<Vec<Finding<'a>>>,
    in_test: &dyn Fn(&Finding<'_>) -> bool,
) -> Vec<Vec<Finding<'a>>> {
    let mut first_of: FxHashMap<(Key, bool, FileId, Location), usize> = FxHashMap::default();
    let mut kept: Vec<Vec<Finding<'a>>> = Vec::with_capacity(groups.len());
    for mut group in groups {
        let of_tests =
            group.first().filter(|best| best.object.is_some() && family(best.kind) == RACES && in_test(best));
        let other = of_tests.and_then(|best| best.second.as_ref().map(|second| (best, second)));
        let causes: Vec<_> = other.map_or_else(Vec::new, |(best, second)| {
            let is_possible = best.confidence == Confidence::Possible;
            let cause = |at| (best.key().clone(), is_possible, best.first.at.file, at);
            std::iter::once(second.at).chain(started_at(second)).map(cause).collect()
        });
        let known = causes.iter().find_map(|cause| first_of.get(cause).copied());
        let index = known.unwrap_or(kept.len());
        for cause in causes {
            first_of.entry(cause).or_insert(index);
        }
        match kept.get_mut(index) {
            Some(first) => first.append(&mut group),
            None => kept.push(group),
        }
    }
    kept
}

/// Whether a goroutine is shown on either side.
fn shows_start(finding: &Finding<'_>) -> bool {
    let mut steps = std::iter::once(&finding.first).chain(&finding.second).flat_map(|side| &side.trace);
    steps.any(|step| !matches!(step, TraceStep::Call(_)))
}

/// Where the goroutine of a side is started.
fn started_at(side: &Side<'_>) -> Option<Location> {
    side.trace.iter().rev().find_map(|step| match step {
        TraceStep::Launch { location, .. } => Some(*location),
        _ => None,
    })
}

/// The places of a map that a finding tells of.
type Said = FxHashSet<(Key, Location)>;

/// The best finding of a group about a place that no stronger group has told of, with the others' places behind it.
fn fold<'a>(group: Vec<Finding<'a>>, said: &mut Said) -> Option<Finding<'a>> {
    let key = group.first()?.key().outermost();
    let mut fresh = group.into_iter().filter(|finding| !said.contains(&(key.clone(), finding.first.at)));
    let mut best = fresh.next()?;
    for finding in fresh {
        for side in std::iter::once(finding.first).chain(finding.second) {
            add(&mut best, side);
        }
    }
    best.others.retain(|side| !said.contains(&(key.clone(), side.at)));
    said.extend(std::iter::once(&best.first).chain(&best.others).map(|side| (key.clone(), side.at)));
    if let (RACES, Some(second)) = (family(best.kind), &best.second) {
        said.insert((key, second.at));
    }
    Some(best)
}

fn is_same_subject(a: &Finding<'_>, b: &Finding<'_>) -> bool {
    a.key() == b.key() && a.object == b.object && family(a.kind) == family(b.kind)
}

/// Lists a further place, once.
fn add<'a>(best: &mut Finding<'a>, side: Side<'a>) {
    let is_listed = side.at == best.first.at
        || best.second.as_ref().is_some_and(|second| second.at == side.at)
        || best.others.iter().any(|other| other.at == side.at);
    if !is_listed && best.others.len() < MOST_OTHERS {
        best.others.push(side);
    }
}
