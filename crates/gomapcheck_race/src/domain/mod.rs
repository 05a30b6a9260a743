//! The abstract domains: what a value of each means, how it is ordered and joined, and the question that it answers.

mod condition;
mod key;
mod live_set;
mod lockset;
mod place;
mod shared_list;
#[cfg(test)]
mod tests;

pub use condition::{Condition, Verdict, exclude_each_other};
pub use key::{Key, KeyOwner};
pub use live_set::LiveSet;
pub use lockset::{Held, Lock, Locks, Lockset};
pub use place::{Choice, Place, Root, Step};
pub use shared_list::SharedList;

/// A join-semilattice: the order of an abstract domain.
pub trait Domain: Clone + PartialEq {
    /// Whether everything that `self` stands for is allowed by `other` too.
    fn leq(&self, other: &Self) -> bool;

    /// The least element above both: what is known where two paths meet.
    #[must_use]
    fn join(&self, other: &Self) -> Self;
}
