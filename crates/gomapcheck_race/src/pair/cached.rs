//! Maps in objects that a cache gives to all who ask, changed where they are. The cache orders who gets an object, not what is done
//! to it, and everybody who has asked before reads it meanwhile: whoever changes one copies it first.

use rustc_hash::FxHashSet;

use crate::conflict::Confidence;
use crate::contexts::World;
use crate::evidence::{Finding, changes_map, kind_of};
use crate::guards::{Site, SiteGroup};

/// The changes without a lock, one a function. What a test does with a cache of its own is its own business.
pub(crate) fn findings<'a>(world: &World<'a>, groups: &[SiteGroup<'a>]) -> Vec<Finding<'a>> {
    let cached = groups.iter().filter(|group| group.key.is_cached());
    cached.flat_map(|group| of_group(world, group)).collect()
}

fn of_group<'a>(world: &World<'a>, group: &SiteGroup<'a>) -> Vec<Finding<'a>> {
    let mut told = FxHashSet::default();
    let is_told = |site: &&Site<'a>| {
        changes_map(site.access.operation)
            && site.surely.is_empty()
            && site.perhaps.is_empty()
            && !site.vague
            && !world.facts[site.function as usize].for_tests
            && told.insert((site.outermost, site.access.function))
    };
    let sites: Vec<&Site<'a>> = group.sites.iter().filter(is_told).collect();
    let finding = |site: &&Site<'a>| Finding {
        kind: kind_of(site.access.operation, site.access.operation),
        confidence: Confidence::Likely,
        first: site.side(world),
        second: None,
        guard: None,
        reason: "the cache gives the same object to all who ask".to_owned(),
        others: Vec::new(),
        object: None,
    };
    sites.iter().map(finding).collect()
}
