//! The locks under which stored function literals are called: told from the calls of what the places hold that they are
//! stored in.

use gomapcheck_types::FunctionRef;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::contexts::World;
use crate::contexts::entry::{by_key, meet};
use crate::domain::{Key, Lockset, SharedList};
use crate::summary::{StoredFunction, Summary, Thread};

/// What is known of the calls of stored literals. A literal that is missing is called where nobody sees it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct StoredCalls(FxHashMap<FunctionRef, Lockset>);

impl StoredCalls {
    /// The locks that all calls of a literal hold, by declaration; `None` where no call of it is known.
    pub(crate) fn locks(&self, literal: FunctionRef) -> Option<&Lockset> {
        self.0.get(&literal)
    }
}

/// Looks the calls up. Where a literal is stored in several places, all their calls count, and each place must have one.
pub(crate) fn stored_calls(world: &World<'_>) -> StoredCalls {
    let wanted: FxHashSet<&Key> = world
        .summaries
        .iter()
        .flat_map(|(_, _, summary)| &summary.stores)
        .map(|stored| &stored.key)
        .collect();
    if wanted.is_empty() {
        return StoredCalls::default();
    }
    let calls = calls_of(world, &wanted);
    let mut known: FxHashMap<FunctionRef, Option<Lockset>> = FxHashMap::default();
    for (_, _, summary) in world.summaries.iter() {
        for stored in &summary.stores {
            let here = calls.get(&stored.key).and_then(|calls| locks_around(calls, summary, stored));
            let so_far = known.entry(stored.function).or_insert_with(|| here.clone());
            *so_far = so_far.as_ref().zip(here.as_ref()).map(|(a, b)| meet(a, b));
        }
    }
    StoredCalls(known.into_iter().filter_map(|(literal, locks)| Some((literal, locks?))).collect())
}

/// A call of what a place holds: the locks held, and the functions of other places that were called before.
struct Call {
    held: Lockset,
    called: SharedList<Key>,
}

/// The locks that all calls of a stored literal have in common. What is put in place together belongs together: a function
/// beside it that takes a lock, and is called before it, has that taken for it.
fn locks_around(calls: &[Call], summary: &Summary, stored: &StoredFunction) -> Option<Lockset> {
    let around = calls.iter().map(|call| {
        let mut held = call.held.clone();
        for key in &call.called {
            let beside = summary.stored_locks.iter();
            for lock in beside.filter(|lock| lock.by == stored.by && lock.key == *key) {
                held.retain(|held| !lock.releases.contains(&held.lock.key));
                lock.acquires.iter().for_each(|taken| held.acquire(taken.clone()));
            }
        }
        by_key(&held)
    });
    around.reduce(|a, b| meet(&a, &b))
}

/// The calls of what places hold.
fn calls_of(world: &World<'_>, wanted: &FxHashSet<&Key>) -> FxHashMap<Key, Vec<Call>> {
    let mut calls: FxHashMap<Key, Vec<Call>> = FxHashMap::default();
    for (number, _, summary) in world.summaries.iter() {
        let facts = &world.facts[number as usize];
        // The function around a literal has taken its calls over; a test tells nothing of the program.
        if facts.in_test || facts.role == super::Role::Literal {
            continue;
        }
        for call in summary.value_calls.iter().filter(|call| wanted.contains(&call.key)) {
            let mut held = by_key(&call.locks.surely);
            if call.thread == Thread::Caller {
                held = held.union(&by_key(&world.entry[number as usize].surely));
            }
            let called = call.called.clone();
            calls.entry(call.key.clone()).or_default().push(Call { held, called });
        }
    }
    calls
}
