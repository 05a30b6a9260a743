use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::conflict::{Location, LockMode};
use crate::domain::{Domain, Key, Place, SharedList};

/// A lock: which object, and what declares it.
///
/// Two locks are the same object when their places are equal. The place is missing where a callee took a lock that its
/// caller cannot name; such a lock still counts by key when guards are told, where a false alarm would be worse than a miss.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Lock {
    /// The object, as this function names it.
    pub place: Option<Place>,
    /// What declares it.
    pub key: Key,
}

/// A lock that is held.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Held {
    /// Which lock; the locksets of a function share it.
    pub lock: Arc<Lock>,
    /// How it is held.
    pub mode: LockMode,
    /// Whether it is reached through a pointer or interface that something else may share: two declarations, one lock.
    pub aliased: bool,
    /// Where it was taken.
    pub acquired: Location,
}

/// Locks with the mode in which each is held, sorted, without duplicates.
///
/// As a must-set (the default reading) it means: at this point at least these locks are held. Less is above more, the join
/// is the intersection with the weaker mode.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Lockset(SharedList<Held>);

impl Lockset {
    /// No lock.
    pub const EMPTY: Self = Self(SharedList::EMPTY);

    /// Whether both are one set in memory, not merely equal.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }

    /// Takes each lock from those known if it is there, and makes it known if not: equal locks take their room once.
    pub fn share_locks(&mut self, known: &mut FxHashSet<Arc<Lock>>) {
        for at in 0..self.0.len() {
            match known.get(&self.0[at].lock).cloned() {
                Some(lock) if Arc::ptr_eq(&lock, &self.0[at].lock) => {}
                Some(lock) => self.0.update(at, |held| held.lock = lock),
                None => {
                    known.insert(Arc::clone(&self.0[at].lock));
                }
            }
        }
    }

    /// The locks held.
    pub fn iter(&self) -> impl Iterator<Item = &Held> {
        self.0.iter()
    }

    /// Whether no lock is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a lock. Taken twice, the stronger mode counts.
    pub fn acquire(&mut self, held: Held) {
        match self.0.binary_search_by(|h| h.lock.cmp(&held.lock)) {
            Ok(at) if self.0[at].mode >= held.mode => {}
            Ok(at) => self.0.update(at, |known| (known.mode, known.acquired) = (held.mode, held.acquired)),
            Err(at) => self.0.insert(at, held),
        }
    }

    /// Releases a lock; says whether it was held.
    pub fn release(&mut self, lock: &Lock) -> bool {
        let before = self.0.len();
        self.0.retain(|held| !same_lock(&held.lock, lock));
        self.0.len() != before
    }

    /// How this very lock is held, if it is.
    #[must_use]
    pub fn mode_of(&self, lock: &Lock) -> Option<LockMode> {
        self.0.iter().filter(|held| same_lock(&held.lock, lock)).map(|held| held.mode).max()
    }

    /// The strongest mode in which a lock of this declaration is held, whatever the object.
    #[must_use]
    pub fn mode_of_key(&self, key: &Key) -> Option<LockMode> {
        self.strongest_of_key(key).map(|held| held.mode)
    }

    /// The lock of this declaration that is held in the strongest mode, whatever the object; of several the first.
    #[must_use]
    pub fn strongest_of_key(&self, key: &Key) -> Option<&Held> {
        let of_key = self.0.iter().filter(|held| held.lock.key == *key);
        of_key.reduce(|strongest, held| if held.mode > strongest.mode { held } else { strongest })
    }

    /// Whether holders of `self` and of `other` keep each other out: some lock is common, and one side holds it for writing.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        self.0.iter().any(|held| {
            other
                .mode_of(&held.lock)
                .is_some_and(|mode| mode == LockMode::Write || held.mode == LockMode::Write)
        })
    }

    /// Keeps the locks that are wanted.
    pub fn retain(&mut self, wanted: impl FnMut(&Held) -> bool) {
        self.0.retain(wanted);
    }

    /// Both sets' locks.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() || self.0.is_same(&other.0) {
            return other.clone();
        }
        let mut union = self.clone();
        for held in &other.0 {
            union.acquire(held.clone());
        }
        union
    }
}

impl FromIterator<Held> for Lockset {
    fn from_iter<I: IntoIterator<Item = Held>>(iter: I) -> Self {
        let mut all: Vec<Held> = iter.into_iter().collect();
        all.sort_by(|a, b| a.lock.cmp(&b.lock));
        all.dedup_by(|next, kept| {
            let is_twin = next.lock == kept.lock;
            if is_twin && next.mode > kept.mode {
                (kept.mode, kept.acquired) = (next.mode, next.acquired);
            }
            is_twin
        });
        Self(all.into())
    }
}

impl Domain for Lockset {
    fn leq(&self, other: &Self) -> bool {
        other.0.iter().all(|held| self.0.iter().any(|h| h.lock == held.lock && h.mode >= held.mode))
    }

    fn join(&self, other: &Self) -> Self {
        if self.0.is_same(&other.0) {
            return self.clone();
        }
        let both = self.0.iter().filter_map(|held| {
            let twin = other.0.iter().find(|h| h.lock == held.lock)?;
            // Where it was taken in the weaker mode; of equals the earlier place.
            let (mode, acquired) = (held.mode, held.acquired).min((twin.mode, twin.acquired));
            Some(Held { mode, acquired, ..held.clone() })
        });
        Self(both.collect())
    }
}

/// Equal places decide; where one is missing, the declarations.
fn same_lock(a: &Lock, b: &Lock) -> bool {
    match (&a.place, &b.place) {
        (Some(x), Some(y)) => x == y,
        _ => a.key == b.key,
    }
}

/// What is known of the locks at a point: those surely held, and those held on some path to it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Locks {
    /// Held on every path.
    pub surely: Lockset,
    /// Held on some path; contains `surely`.
    pub perhaps: Lockset,
}

impl Locks {
    /// Takes a lock.
    pub fn acquire(&mut self, held: Held) {
        self.perhaps.acquire(held.clone());
        self.surely.acquire(held);
    }

    /// Whether both are the same sets in memory, not merely equal.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.surely.is_same(&other.surely) && self.perhaps.is_same(&other.perhaps)
    }

    /// Without what stands for "after a `sync.Once`": that orders, but guards nothing.
    #[must_use]
    pub fn without_once(mut self) -> Self {
        let is_after_once = |held: &Held| held.lock.key.is_once() && held.mode == LockMode::Read;
        self.surely.retain(|held| !is_after_once(held));
        self.perhaps.retain(|held| !held.lock.key.is_once());
        self
    }

    /// Releases a lock; says whether it was surely held.
    pub fn release(&mut self, lock: &Lock) -> bool {
        self.perhaps.release(lock);
        self.surely.release(lock)
    }
}

impl Domain for Locks {
    fn leq(&self, other: &Self) -> bool {
        self.surely.leq(&other.surely) && other.perhaps.leq(&self.perhaps)
    }

    fn join(&self, other: &Self) -> Self {
        Self { surely: self.surely.join(&other.surely), perhaps: self.perhaps.union(&other.perhaps) }
    }
}
