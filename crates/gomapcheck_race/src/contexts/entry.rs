//! Locks held whenever a function is entered: told from its call sites, callers first.

use crate::conflict::LockMode;
use crate::contexts::{CallerEdge, World};
use crate::domain::{Condition, Held, Key, KeyOwner, Lock, Lockset, Root, SharedList, Verdict};
use crate::summary::CallSite;

/// How often the walk over all functions is repeated for the sake of recursion.
const ROUNDS: usize = 3;

/// The locks at a function's entry, its parameters its own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct EntryLocks {
    /// Held by every caller that is known.
    pub(crate) surely: Lockset,
    /// Held by every caller that is known, though there may be others.
    pub(crate) usually: Lockset,
    /// Held by some caller.
    pub(crate) perhaps: Lockset,
}

static NO_LOCKS: EntryLocks =
    EntryLocks { surely: Lockset::EMPTY, usually: Lockset::EMPTY, perhaps: Lockset::EMPTY };

/// Entry locks by function number. Optimistic at first: a caller that has not been looked at yet takes nothing away.
pub(crate) fn entry_locks(world: &World<'_>) -> Vec<EntryLocks> {
    let count = world.summaries.functions().len();
    let mut locks: Vec<Option<EntryLocks>> = vec![None; count];
    // Callers stand behind their callees, so that only what lies on a cycle has a caller that is looked at later.
    let mut stale = vec![true; count];
    for _ in 0..ROUNDS {
        let mut changed = vec![false; count];
        for number in (0..count).rev() {
            if !stale[number] && !world.callers[number].iter().any(|edge| changed[edge.caller as usize]) {
                continue;
            }
            let new = at_entry(world, number, &|caller| locks[caller as usize].as_ref(), &|_| true);
            changed[number] = locks[number] != new;
            locks[number] = new;
        }
        let reads_later = |number: usize, edge: &CallerEdge| {
            edge.caller as usize <= number && changed[edge.caller as usize]
        };
        for (number, stale) in stale.iter_mut().enumerate() {
            *stale = world.callers[number].iter().any(|edge| reads_later(number, edge));
        }
        if !stale.contains(&true) {
            break;
        }
    }
    locks.into_iter().map(Option::unwrap_or_default).collect()
}

/// The locks at a function's entry, as far as the calls tell that some condition on its parameters allows.
pub(super) fn at_entry_where(
    world: &World<'_>,
    number: u32,
    conditions: &SharedList<Condition>,
) -> Option<EntryLocks> {
    at_entry(world, number as usize, &|caller| world.entry.get(caller as usize), &|site| {
        allows(site, conditions)
    })
}

/// Whether the constants among a call's arguments allow what is under these conditions in the function called.
pub(crate) fn allows(site: &CallSite, conditions: &SharedList<Condition>) -> bool {
    conditions.iter().all(|condition| {
        let mut given = site.constants.iter().filter(|(n, _)| condition.subject == Root::Param(*n));
        given.all(|(_, constant)| condition.verdict(*constant) != Verdict::Contradicted)
    })
}

/// What the callers hold at some calls.
#[derive(Default)]
struct HeldByCallers {
    /// At all of them; none where there is no call.
    surely: Option<Lockset>,
    /// At all of which something is known.
    usually: Option<Lockset>,
    /// At some.
    perhaps: Lockset,
}

impl HeldByCallers {
    fn of<'e, 'k>(
        world: &World<'_>,
        known: &dyn Fn(u32) -> Option<&'k EntryLocks>,
        edges: impl Iterator<Item = &'e CallerEdge>,
    ) -> Self {
        let mut held = Self::default();
        for edge in edges {
            let site = world.site(edge);
            let of_caller =
                if world.outlives(edge.caller, site.thread) { Some(&NO_LOCKS) } else { known(edge.caller) };
            let Some(caller) = of_caller else { continue };
            held.add(world, site, (caller, world.locks_around(edge.caller, site.thread)));
        }
        held
    }

    fn add(&mut self, world: &World<'_>, site: &CallSite, (caller, around): (&EntryLocks, Option<&Lockset>)) {
        let with_around =
            |held: &Lockset| around.map_or_else(|| held.clone(), |around| held.union(&by_key(around)));
        let (held, maybe) = (&with_around(&site.locks.surely), &with_around(&site.locks.perhaps));
        // A stored literal runs under the locks of whoever calls it, not of the function that it stands in.
        if let Some(literal) = site.stored {
            let around = world.stored.locks(literal);
            meet_also(&mut self.surely, around.map_or_else(|| held.clone(), |around| held.union(around)));
            if let Some(around) = around {
                meet_also(&mut self.usually, held.union(around));
                self.perhaps = self.perhaps.union(around);
            }
            self.perhaps = self.perhaps.union(maybe);
            return;
        }
        meet_also(&mut self.surely, held.union(&by_key(&caller.surely)));
        meet_also(&mut self.usually, held.union(&by_key(&caller.usually)));
        self.perhaps = self.perhaps.union(&maybe.union(&by_key(&caller.perhaps)));
    }

    /// Calls under these locks, of the function as it is kept somewhere.
    fn add_calls(&mut self, around: &Lockset) {
        meet_also(&mut self.surely, around.clone());
        meet_also(&mut self.usually, around.clone());
        self.perhaps = self.perhaps.union(around);
    }
}

fn meet_also(so_far: &mut Option<Lockset>, held: Lockset) {
    *so_far = Some(match so_far {
        Some(so_far) => meet(so_far, &held),
        None => held,
    });
}

fn at_entry<'k>(
    world: &World<'_>,
    number: usize,
    known: &dyn Fn(u32) -> Option<&'k EntryLocks>,
    counts: &dyn Fn(&CallSite) -> bool,
) -> Option<EntryLocks> {
    let facts = &world.facts[number];
    let is_ordered = |edge: &CallerEdge| is_owned_call(world, edge) || world.is_initial_call(edge);
    let edges = || world.callers[number].iter().filter(|edge| world.counts(number, edge));
    let needs = || edges().filter(|edge| counts(world.site(edge)));
    let mut held = HeldByCallers::of(world, known, needs().filter(|edge| !is_ordered(edge)));
    if held.surely.is_none() && needs().any(is_ordered) {
        // It is only called where its object needs no lock; what else it touches may.
        held = HeldByCallers::of(world, known, needs().filter(|edge| !world.is_initial_call(edge)));
        let is_initial = needs().all(|edge| world.is_initial_call(edge));
        held.surely = held.surely.or(is_initial.then(Lockset::default));
    }
    if let Some(around) = world.locks_where_kept(number) {
        held.add_calls(around);
    } else if world.runs_without_callers(number) {
        held.surely = Some(Lockset::default());
    }
    // What is not called at all holds what it promises.
    let surely = held.surely.or(facts.promise.is_some().then(Lockset::default))?;
    let mut entry = EntryLocks { surely, usually: held.usually.unwrap_or_default(), perhaps: held.perhaps };
    if let Some(promise) = &facts.promise {
        for key in &promise.locks {
            let held = promised(world, number, key, promise.mode);
            entry.perhaps.acquire(held.clone());
            entry.usually.acquire(held.clone());
            entry.surely.acquire(held);
        }
    }
    // Nobody gives a lock back that is not held.
    for lock in &world.summaries.at(u32::try_from(number).unwrap_or(u32::MAX)).effect.releases {
        // A flag, though, anyone may put down.
        if !matches!(lock.key.owner, KeyOwner::Local(_)) && !lock.key.is_flag() {
            let held = promised(world, number, &lock.key, LockMode::Write);
            entry.perhaps.acquire(held.clone());
            entry.usually.acquire(held.clone());
            entry.surely.acquire(held);
        }
    }
    Some(entry)
}

fn promised(world: &World<'_>, number: usize, key: &Key, mode: LockMode) -> Held {
    let acquired = world.location_of(number);
    Held { lock: Lock { place: None, key: key.clone() }.into(), mode, aliased: false, acquired }
}

/// Whether the object that the call is about belongs to the caller alone, so that no lock is needed.
pub(crate) fn is_owned_call(world: &World<'_>, edge: &CallerEdge) -> bool {
    world.owns_argument(edge, 0)
}

/// A caller's locks where its callee sees them: the objects have other names there.
pub(super) fn by_key(locks: &Lockset) -> Lockset {
    locks
        .iter()
        .map(|held| Held { lock: Lock { place: None, key: held.lock.key.clone() }.into(), ..held.clone() })
        .collect()
}

/// The locks that both sets hold by declaration, in the weaker mode and from where it was taken so; the object stays known
/// where both name the same.
pub(super) fn meet(a: &Lockset, b: &Lockset) -> Lockset {
    a.iter()
        .filter_map(|held| {
            let twin = b.strongest_of_key(&held.lock.key)?;
            let same = b.iter().any(|other| other.lock == held.lock);
            let place = if same { held.lock.place.clone() } else { None };
            let lock = Lock { place, key: held.lock.key.clone() }.into();
            let weaker = if twin.mode < held.mode { twin } else { held };
            Some(Held { lock, mode: weaker.mode, acquired: weaker.acquired, ..held.clone() })
        })
        .collect()
}
