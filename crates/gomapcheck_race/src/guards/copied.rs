//! Accesses under a lock that was copied with its struct, while the map in it is shared.

use crate::conflict::{Confidence, ConflictKind};
use crate::contexts::World;
use crate::evidence::{Finding, Guard, changes_map, collide};
use crate::guards::SiteGroup;

/// The accesses of a group that hold a copied lock alone.
pub(crate) fn findings<'a>(world: &World<'a>, group: &SiteGroup<'a>) -> Vec<Finding<'a>> {
    let mut findings = Vec::new();
    for site in &group.sites {
        let Some(copied) = site.copied.as_ref().filter(|_| site.surely.is_empty() && !site.vague) else {
            continue;
        };
        let collides = |other: &&crate::guards::Site<'a>| {
            other.access.key.depth == site.access.key.depth
                && collide(site.access.operation, other.access.operation)
        };
        let other =
            group.sites.iter().filter(collides).find(|other| other.access.location != site.access.location);
        if other.is_none() && !changes_map(site.access.operation) {
            continue;
        }
        let guard = Guard { lock: copied.lock.key.clone(), held_in: 0, of: 0, example: None, declared: None };
        findings.push(Finding {
            kind: ConflictKind::CopiedLock,
            confidence: if site.perhaps.is_empty() { Confidence::Likely } else { Confidence::Possible },
            first: site.side(world),
            second: other.map(|other| other.side(world)),
            guard: Some(guard),
            reason: "each call locks its own copy of the lock, and all copies share the map".to_owned(),
            others: Vec::new(),
            object: None,
        });
    }
    findings
}
