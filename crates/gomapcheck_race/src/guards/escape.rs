//! Guarded maps that are handed out.

use crate::conflict::{Confidence, ConflictKind, Operation};
use crate::contexts::World;
use crate::evidence::{Finding, changes_map};
use crate::guards::infer::InferredGuard;
use crate::guards::set_up::is_in_set_up;
use crate::guards::{Site, SiteGroup};
use crate::summary::Manner;

/// Whether the very function puts another map in place after it has handed this one out.
fn is_given_away(group: &SiteGroup<'_>, site: &Site<'_>) -> bool {
    group.sites.iter().any(|other| {
        other.access.operation == Operation::Replace
            && other.access.function == site.access.function
            && other.access.place == site.access.place
            && other.access.location.span.start > site.access.location.span.start
    })
}

/// The places where functions that others call hand a guarded map out.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    group: &SiteGroup<'a>,
    guard: &InferredGuard,
) -> Vec<Finding<'a>> {
    let lock = &guard.guard.lock;
    // A map that is filled when it is put in place, and then only replaced, may be handed out.
    let written =
        |site: &&Site<'a>| changes_map(site.access.operation) && site.holds(lock) && !site.access.fills;
    let writers: Vec<&Site<'a>> = group.sites.iter().filter(written).collect();
    let Some(first) = writers.first() else { return Vec::new() };
    let beside = |writer: &&Site<'a>, site: &Site<'a>| writer.outermost != site.outermost;
    // An inner map is handed out to no harm where others are only put in its place.
    let writer_of_it = |site: &Site<'a>| -> Option<&Site<'a>> {
        let mut writers = writers.iter().copied().filter(|writer| beside(writer, site));
        writers.find(|writer| writer.access.key.depth == site.access.key.depth)
    };
    let writer_beside = |site: &Site<'a>| -> &Site<'a> {
        let any = || writers.iter().copied().find(|writer| beside(writer, site));
        writer_of_it(site).or_else(any).unwrap_or(first)
    };
    let escapes = |site: &&Site<'a>| {
        let facts = &world.facts[site.function as usize];
        // A set's method that returns the set hands nothing out where the result is not used.
        let is_direct = site.access.calls.is_empty();
        site.access.operation == Operation::Escape
            && is_direct
            && (facts.upper_case || site.access.manner == Manner::Sent)
            && !is_in_set_up(world, site)
            && !is_given_away(group, site)
    };
    // Who returns a map under its lock believes that it is still guarded.
    let is_believed = |site: &Site<'a>| {
        guard.is_firm
            && site.holds(lock)
            && (site.access.key.depth == 0 || writer_of_it(site).is_some())
            && site.outermost != writer_beside(site).outermost
    };
    let finding = |site: &Site<'a>| Finding {
        kind: ConflictKind::GuardedEscape,
        confidence: if is_believed(site) { Confidence::Likely } else { Confidence::Possible },
        first: site.side(world),
        second: Some(writer_beside(site).side(world)),
        guard: Some(guard.guard.clone()),
        reason: "whoever receives the map uses it without the lock".to_owned(),
        others: Vec::new(),
        object: None,
    };
    group.sites.iter().filter(escapes).map(finding).collect()
}
