//! Where calls begin: the functions that no one in view calls.

use rustc_hash::FxHashSet;

use crate::contexts::World;

/// So many functions are passed on the way up.
const MOST_PASSED: usize = 512;

/// The functions without known callers from which calls lead to a function, itself if it has none.
pub(crate) fn entries(world: &World<'_>, function: u32) -> FxHashSet<u32> {
    let mut seen = FxHashSet::from_iter([function]);
    let (mut pending, mut found) = (vec![function], FxHashSet::default());
    while let Some(next) = pending.pop() {
        let mut callers = world.known_callers(next).peekable();
        if callers.peek().is_none() {
            found.insert(next);
        }
        for edge in callers {
            if seen.len() < MOST_PASSED && seen.insert(edge.caller) {
                pending.push(edge.caller);
            }
        }
    }
    found
}
