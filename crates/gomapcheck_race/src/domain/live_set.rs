use crate::domain::Domain;

/// The launches of one function, by number, that may still run at a point.
///
/// A may-set: more is above less, the join is the union. Numbers of 64 and more share the last bit: a function that starts so
/// many goroutines in different places is not told apart further.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct LiveSet(u64);

impl LiveSet {
    /// Every launch, where it is not known which may run.
    pub const ALL: Self = Self(u64::MAX);

    /// Adds launch number `launch`.
    pub fn insert(&mut self, launch: usize) {
        self.0 |= bit(launch);
    }

    /// Takes launch number `launch` out; one that shares its bit with others stays.
    pub fn remove(&mut self, launch: usize) {
        if launch < SHARED {
            self.0 &= !bit(launch);
        }
    }

    /// These launches without those of another set.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether launch number `launch` may run.
    #[must_use]
    pub fn contains(self, launch: usize) -> bool {
        self.0 & bit(launch) != 0
    }

    /// The same launches where number n is known as `numbers[n]`.
    #[must_use]
    pub fn renumbered(self, numbers: &[Option<u32>]) -> Self {
        let mut renumbered = Self::default();
        let known = numbers.iter().enumerate().filter(|(launch, _)| self.contains(*launch));
        known.filter_map(|(_, number)| *number).for_each(|number| renumbered.insert(number as usize));
        renumbered
    }

    /// Whether some launch is in both.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether none may run.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

const SHARED: usize = 63;

fn bit(launch: usize) -> u64 {
    1 << launch.min(SHARED)
}

impl Domain for LiveSet {
    fn leq(&self, other: &Self) -> bool {
        self.0 & !other.0 == 0
    }

    fn join(&self, other: &Self) -> Self {
        Self(self.0 | other.0)
    }
}
