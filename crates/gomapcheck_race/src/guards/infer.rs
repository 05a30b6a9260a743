//! Which lock guards the maps of one declaration.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::contexts::World;
use crate::domain::{Key, KeyOwner};
use crate::evidence::{Guard, changes_map};
use crate::guards::set_up::is_in_set_up;
use crate::guards::{Declared, Site, SiteGroup};
use crate::summary::Manner;

/// The guard of a declaration's maps and how well it is shown.
#[derive(Clone, Debug)]
pub(crate) struct InferredGuard {
    /// The guard.
    pub(crate) guard: Guard,
    /// Whether it is held at a write.
    pub(crate) held_at_write: bool,
    /// Whether at least half of the functions that touch the map hold it, and half of those that write, and it is no lock of
    /// another type than the map's; or all of several that write hold a lock declared beside the map, or a comment declares it.
    pub(crate) is_firm: bool,
    /// Whether the lock is declared beside the map: fields of one type, or both package variables.
    pub(crate) is_beside: bool,
}

#[derive(Default)]
struct Tally<'s> {
    functions: FxHashSet<u32>,
    writers: FxHashSet<u32>,
    example: Option<&'s Site<'s>>,
    /// Whether some access shows that the lock belongs to the map.
    related: bool,
}

/// The lock that guards a group's maps, if one is held at any access or declared in a comment.
pub(crate) fn guard_of<'a>(
    world: &World<'a>,
    group: &SiteGroup<'a>,
    declared: &Declared,
) -> Option<InferredGuard> {
    let mut tallies: BTreeMap<&Key, Tally<'_>> = BTreeMap::new();
    let (mut touching, mut writing) = (FxHashSet::default(), FxHashSet::default());
    // A lock that is held while the object is set up says nothing of what its users need, nor where it is said to be needless.
    // An encoder goes over whatever there is.
    let counts =
        |site: &&Site<'_>| !site.waived && site.access.manner != Manner::Whole && !is_in_set_up(world, site);
    for site in group.sites.iter().filter(counts) {
        let writes = changes_map(site.access.operation);
        touching.insert(site.outermost);
        if writes {
            writing.insert(site.outermost);
        }
        for held in site.surely.iter() {
            let tally = tallies.entry(&held.lock.key).or_default();
            tally.functions.insert(site.outermost);
            tally.related |= site.is_related(held);
            if writes {
                tally.writers.insert(site.outermost);
            }
            let better = tally.example.is_none_or(|old| writes && !changes_map(old.access.operation));
            if better {
                tally.example = Some(site);
            }
        }
    }
    let stated = declared.of(&group.key);
    let best = match stated {
        Some((lock, _)) => Some(lock),
        None => tallies
            .iter()
            .max_by_key(|(key, tally)| {
                let sibling = key.owner == group.key.owner;
                (tally.related, tally.writers.len(), tally.functions.len(), sibling, Reverse(**key))
            })
            .map(|(key, _)| *key),
    }?;
    let none = Tally::default();
    let tally = tallies.get(best).unwrap_or(&none);
    let half = |held: usize, all: usize| 2 * held >= all;
    let is_variable = |key: &Key| matches!(key.owner, KeyOwner::Value(_));
    // The lock of an object that has the map's owner somewhere inside may be held there for other reasons.
    let is_foreign = best.owner != group.key.owner && !is_variable(best);
    let by_most = !is_foreign
        && half(tally.functions.len(), touching.len())
        && half(tally.writers.len(), writing.len());
    let is_beside = best.owner == group.key.owner || (is_variable(best) && is_variable(&group.key));
    let all_writers = tally.writers.len() > 1 && tally.writers.len() == writing.len();
    // Where next to all readers hold it, the only writer was expected to.
    let all_readers =
        writing.len() == 1 && tally.functions.len() >= 3 && 4 * tally.functions.len() >= 3 * touching.len();
    let firm = by_most || ((all_writers || all_readers) && is_beside);
    Some(InferredGuard {
        guard: Guard {
            lock: best.clone(),
            held_in: u32::try_from(tally.functions.len()).unwrap_or(u32::MAX),
            of: u32::try_from(touching.len()).unwrap_or(u32::MAX),
            example: tally.example.map(|site| site.access.location),
            declared: stated.map(|(_, location)| location),
        },
        held_at_write: !tally.writers.is_empty(),
        is_firm: (firm && tally.related) || stated.is_some(),
        is_beside: is_beside && tally.related,
    })
}
