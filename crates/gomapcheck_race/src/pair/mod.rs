//! Pairs of accesses that may run in parallel: within a function that launches, and by declaration across functions.

mod around;
mod by_declaration;
mod by_place;
mod cached;
mod ends;
mod event;
mod lent;
mod meeting;
mod on_demand;
mod parts;
mod published;
mod restart;
mod sharing;
mod starters;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::contexts::{Role, World};
use crate::evidence::{Finding, without_repetitions};
use crate::guards::SiteGroup;

pub(crate) use cached::findings as cached_in_place;
pub(crate) use ends::{Awaited, awaited};
pub(crate) use lent::weaken_lent;
pub(crate) use on_demand::findings as filled_on_demand;
pub(crate) use published::findings as changed_in_place;
pub(crate) use sharing::Scopes;

/// From so many findings on, repetitions are worth looking for.
const MANY: usize = 1024;

/// Adds findings to others, without repetitions when they get many. In whatever portions they come, the same ones remain.
fn gather<'a>(mut found: Vec<Finding<'a>>, more: Vec<Finding<'a>>) -> Vec<Finding<'a>> {
    let before = found.len();
    found.extend(more);
    if before / MANY == found.len() / MANY { found } else { without_repetitions(found) }
}

/// Every pair that is shown by a launch.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    groups: &[SiteGroup<'a>],
    scopes: &dyn Scopes,
) -> Vec<Finding<'a>> {
    let functions: Vec<_> = world.summaries.iter().collect();
    let mut findings = functions
        .into_par_iter()
        .fold(Vec::new, |found, (number, function, summary)| {
            // What runs on a goroutine of its own, the function that starts it compares with all else that both can reach.
            let only_own = world.facts[number as usize].role == Role::Literal && world.is_launched(number);
            gather(found, by_place::findings(world, scopes, (number, function), (summary, only_own)))
        })
        .reduce(Vec::new, gather);
    findings.extend(by_declaration::findings(world, groups));
    without_repetitions(findings)
}
