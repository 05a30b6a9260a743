//! Pairs of accesses that may run in parallel: within a function that launches, and by declaration across functions.

mod by_declaration;
mod by_place;
mod on_demand;
mod sharing;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::contexts::{Role, World};
use crate::evidence::Finding;
use crate::guards::SiteGroup;

pub(crate) use on_demand::findings as filled_on_demand;
pub(crate) use sharing::Scopes;

/// Every pair that is shown by a launch.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    groups: &[SiteGroup<'a>],
    scopes: &dyn Scopes,
) -> Vec<Finding<'a>> {
    let functions: Vec<_> = world.summaries.iter().collect();
    let mut findings: Vec<Finding<'a>> = functions
        .into_par_iter()
        .flat_map_iter(|(number, function, summary)| {
            // What a literal launches, the function around it launches too: only that has names for what both can reach.
            let is_literal = world.facts[number as usize].role == Role::Literal;
            by_place::findings(world, scopes, (number, function), (summary, is_literal))
        })
        .collect();
    findings.extend(by_declaration::findings(world, groups));
    findings
}
