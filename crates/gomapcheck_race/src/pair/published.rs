//! Maps behind an atomic box or in a concurrent map that are changed where they are. The container orders who gets the map, not
//! what is done to it; nobody uses one but to share.

use crate::conflict::Confidence;
use crate::contexts::World;
use crate::evidence::{Finding, changes_map, collide, kind_of};
use crate::guards::{Site, SiteGroup};
use crate::pair::by_declaration::is_guarded;

/// The changes without a lock, each with another access that it collides with.
pub(crate) fn findings<'a>(world: &World<'a>, groups: &[SiteGroup<'a>]) -> Vec<Finding<'a>> {
    groups
        .iter()
        .filter(|group| group.key.is_loaded() && !is_guarded(group))
        .filter_map(|group| {
            let write = group
                .sites
                .iter()
                .filter(|site| is_bare(site))
                .find(|site| changes_map(site.access.operation))?;
            let collides = |site: &&Site<'a>| {
                site.access.location != write.access.location
                    && site.access.key.depth == write.access.key.depth
                    && collide(site.access.operation, write.access.operation)
            };
            let other = group.sites.iter().find(collides).unwrap_or(write);
            Some(Finding {
                kind: kind_of(write.access.operation, other.access.operation),
                confidence: Confidence::Likely,
                first: write.side(world),
                second: Some(other.side(world)),
                guard: None,
                reason: "whoever loads the map meanwhile has the same one".to_owned(),
                others: Vec::new(),
                object: None,
            })
        })
        .collect()
}

fn is_bare(site: &Site<'_>) -> bool {
    site.surely.is_empty() && site.perhaps.is_empty() && !site.vague
}
