//! Accesses that hold a lock, but not the one that the map's other accesses hold.

use crate::conflict::{Confidence, ConflictKind, Operation};
use crate::contexts::{Openness, World};
use crate::domain::{Key, KeyOwner};
use crate::evidence::{Finding, collide};
use crate::guards::infer::InferredGuard;
use crate::guards::phase::is_after_work;
use crate::guards::set_up::{is_filled_at_start, is_in_set_up};
use crate::guards::{Site, SiteGroup};
use crate::summary::{Ownership, Thread};

/// So many accesses are tried as the other side.
const MOST_PARTNERS: usize = 64;

/// The accesses of a group under another lock than its guard.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    group: &SiteGroup<'a>,
    guard: &InferredGuard,
) -> Vec<Finding<'a>> {
    let lock = &guard.guard.lock;
    let partners: Vec<&Site<'a>> =
        group.sites.iter().filter(|site| site.holds(lock)).take(MOST_PARTNERS).collect();
    let elsewhere = |site: &&Site<'a>| {
        site.access.operation != Operation::Escape && site.holds_related() && !site.may_hold(lock)
    };
    let is_early = is_filled_at_start(world, group);
    let finding = |site: &Site<'a>| {
        let apart = partners.iter().copied().filter(|partner| excludes_nothing(site, partner));
        let partner = apart.min_by_key(|partner| site.may_share(partner, lock))?;
        Some(Finding {
            kind: ConflictKind::MixedLocks,
            confidence: if is_early { Confidence::Possible } else { confidence(world, site, partner, guard) },
            first: site.side(world),
            second: Some(partner.side(world)),
            guard: Some(guard.guard.clone()),
            reason: "the two accesses hold different locks".to_owned(),
            others: Vec::new(),
            object: None,
        })
    };
    group.sites.iter().filter(elsewhere).filter_map(finding).collect()
}

/// Whether two accesses collide and no lock may be common to them.
fn excludes_nothing(a: &Site<'_>, b: &Site<'_>) -> bool {
    a.access.key.depth == b.access.key.depth
        && collide(a.access.operation, b.access.operation)
        && a.surely.iter().all(|held| !b.may_hold(&held.lock.key))
        && b.surely.iter().all(|held| !a.may_hold(&held.lock.key))
}

/// Whether all that are known to call a function own the object that it works on: there it holds its locks out of habit.
fn is_of_owners(world: &World<'_>, site: &Site<'_>) -> bool {
    let Ownership::OwnedIf(param) = site.access.ownership else { return false };
    site.access.thread == Thread::Caller
        && world.openness[site.function as usize] != Openness::Unknown
        && !world.is_launched(site.function)
        && world.callers_own(site.function, param as usize)
}

/// Possible where a lock is known by a pointer only, which may lead to the other one, where some third lock may be common, or
/// where the object belongs to those who call.
/// Likely where each side holds a lock that would be taken for this map: its sibling, or a package variable; or where the
/// sibling is what most others hold.
fn confidence(world: &World<'_>, site: &Site<'_>, partner: &Site<'_>, guard: &InferredGuard) -> Confidence {
    let lock = &guard.guard.lock;
    let owner = site.access.key.owner;
    let is_plausible = |lock: &Key| lock.owner == owner || matches!(lock.owner, KeyOwner::Value(_));
    let both = is_plausible(lock) && site.surely.iter().any(|held| is_plausible(&held.lock.key));
    let aliased = site.surely.iter().chain(partner.surely.iter()).any(|held| world.is_aliased(held));
    let doubtful = aliased || site.may_share(partner, lock) || is_of_owners(world, site);
    let is_known = guard.is_firm && guard.is_beside;
    let is_late = is_after_work(world, site) || world.is_unused(site.outermost);
    if (both || is_known) && !doubtful && !is_late && !is_in_set_up(world, site) {
        Confidence::Likely
    } else {
        Confidence::Possible
    }
}
