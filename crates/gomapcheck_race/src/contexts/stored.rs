//! The locks under which stored functions are called: told from the calls of what the places hold that they are
//! stored in.

use std::collections::hash_map::Entry;

use gomapcheck_types::FunctionRef;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::conflict::Location;
use crate::contexts::World;
use crate::contexts::entry::{by_key, meet};
use crate::domain::{Key, Lockset, SharedList};
use crate::summary::{StoredFunction, Summary, Thread};

/// What is known of the calls of stored functions. One that is missing is called where nobody sees it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct StoredCalls(FxHashMap<FunctionRef, Around>);

/// The calls of one stored function.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Around {
    /// The locks that all of them hold, by declaration.
    locks: Lockset,
    /// What puts the function where it is called.
    stores: Vec<Location>,
}

impl StoredCalls {
    /// The locks that all calls of a stored function hold, by declaration; `None` where no call of it is known.
    pub(crate) fn locks(&self, function: FunctionRef) -> Option<&Lockset> {
        self.0.get(&function).map(|around| &around.locks)
    }

    /// Whether a function is named here to be stored.
    pub(crate) fn is_stored_at(&self, function: FunctionRef, usage: &Location) -> bool {
        let covers = |by: &Location| by.file == usage.file && by.span.contains(usage.span);
        self.0.get(&function).is_some_and(|around| around.stores.iter().any(covers))
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
    let mut known: FxHashMap<FunctionRef, Option<Around>> = FxHashMap::default();
    for (number, _, summary) in world.summaries.iter() {
        let in_test = world.facts[number as usize].in_test;
        for stored in summary.stores.iter().filter(|stored| !in_test || world.is_in_test(stored.function)) {
            let locks = calls.get(&stored.key).and_then(|calls| locks_around(calls, summary, stored));
            let here = locks.map(|locks| Around { locks, stores: vec![stored.by] });
            match known.entry(stored.function) {
                Entry::Vacant(entry) => {
                    entry.insert(here);
                }
                Entry::Occupied(mut entry) => {
                    let so_far = entry.get_mut().take();
                    entry.insert(so_far.zip(here).map(|(a, b)| a.and(b)));
                }
            }
        }
    }
    StoredCalls(known.into_iter().filter_map(|(function, around)| Some((function, around?))).collect())
}

impl Around {
    fn and(mut self, other: Self) -> Self {
        self.stores.extend(other.stores);
        Self { locks: meet(&self.locks, &other.locks), stores: self.stores }
    }
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
