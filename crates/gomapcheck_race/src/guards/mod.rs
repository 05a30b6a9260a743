//! The lock that guards a map, told from the accesses that hold one or from comments, and the accesses that break the rule.

mod actor;
mod boxed;
mod busy;
mod copied;
mod dead;
mod declared;
mod decoder;
mod escape;
mod fork;
mod infer;
mod lookup;
mod mixed;
mod note;
mod phase;
mod prepared;
mod promises;
mod read_lock;
mod set_up;
mod site;
mod sole_writer;
mod start_up;
mod taken;
#[cfg(test)]
mod tests;
mod unguarded;

pub(crate) use boxed::weaken_boxed;
pub(crate) use busy::weaken_busy;
pub(crate) use dead::weaken_dead;
pub(crate) use declared::{Declared, declared_guards};
pub(crate) use prepared::weaken_prepared;
pub(crate) use set_up::{is_at_start, is_in_set_up};
pub(crate) use site::{Site, SiteGroup, site_groups};
pub(crate) use start_up::are_ordered_by_start;
pub(crate) use taken::weaken_taken;

use rayon::prelude::*;

use crate::contexts::World;
use crate::evidence::Finding;

/// What breaks the locking discipline of each map that has one.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    groups: &[SiteGroup<'a>],
    declared: &Declared,
) -> Vec<Finding<'a>> {
    let mut findings: Vec<Finding<'a>> =
        groups.par_iter().flat_map_iter(|group| of_group(world, group, declared)).collect();
    findings.extend(promises::findings(world, groups, declared));
    fork::weaken(world, &mut findings);
    findings
}

fn of_group<'a>(world: &World<'a>, group: &SiteGroup<'a>, declared: &Declared) -> Vec<Finding<'a>> {
    let mut findings = copied::findings(world, group);
    let Some(guard) = infer::guard_of(world, group, declared) else { return findings };
    findings.extend(unguarded::findings(world, group, &guard));
    findings.extend(mixed::findings(world, group, &guard));
    findings.extend(read_lock::findings(world, group, &guard));
    findings.extend(escape::findings(world, group, &guard));
    findings
}
