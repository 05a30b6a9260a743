//! The laws that every domain keeps: its order is one, its join is the least upper bound.

use gomapcheck_ir::TypeDeclId;
use gomapcheck_source::{FileId, Name, Span};
use gomapcheck_types::TypeRef;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::conflict::{Location, LockMode};
use crate::domain::{Domain, Held, Key, KeyOwner, LiveSet, Lock, Locks, Lockset, Place, Root, Step};

fn held() -> impl Strategy<Value = Held> {
    (0..4_u32, prop::bool::ANY, prop::bool::ANY, 0..9_u32).prop_map(|(lock, named, write, offset)| {
        let name = Name::new(["a", "b", "c", "d"][lock as usize]);
        let owner = KeyOwner::Type(TypeRef::new(FileId(0), TypeDeclId::new(0)));
        let place = Place::root(Root::Param(0)).step(Step::Field(name)).filter(|_| named);
        Held {
            aliased: false,
            lock: Lock { place, key: Key::owner(owner).field(None, name) }.into(),
            mode: if write { LockMode::Write } else { LockMode::Read },
            acquired: Location { file: FileId(0), span: Span::new(offset, offset) },
        }
    })
}

fn lockset() -> impl Strategy<Value = Lockset> {
    vec(held(), 0..5).prop_map(|held| held.into_iter().collect())
}

/// What is surely held is perhaps held.
fn locks() -> impl Strategy<Value = Locks> {
    (lockset(), lockset()).prop_map(|(surely, more)| Locks { perhaps: surely.union(&more), surely })
}

fn live_set() -> impl Strategy<Value = LiveSet> {
    vec(0..70_usize, 0..6).prop_map(|launches| {
        let mut set = LiveSet::default();
        launches.into_iter().for_each(|launch| set.insert(launch));
        set
    })
}

/// Equal as far as the order can tell.
fn same<D: Domain>(a: &D, b: &D) -> bool {
    a.leq(b) && b.leq(a)
}

fn keeps_the_laws<D: Domain + std::fmt::Debug>(a: &D, b: &D, c: &D) -> Result<(), TestCaseError> {
    let join = a.join(b);
    prop_assert!(a.leq(a), "the order is reflexive");
    prop_assert!(!(a.leq(b) && b.leq(c)) || a.leq(c), "the order is transitive");
    prop_assert!(a.leq(&join) && b.leq(&join), "the join is above both: {:?}", join);
    prop_assert!(!(a.leq(c) && b.leq(c)) || join.leq(c), "the join is the least such: {:?}", join);
    prop_assert!(same(&a.join(a), a), "the join is idempotent");
    prop_assert!(same(&join, &b.join(a)), "the join is commutative");
    prop_assert!(same(&join.join(c), &a.join(&b.join(c))), "the join is associative");
    prop_assert!(a.leq(b) == same(&join, b), "order and join agree");
    Ok(())
}

fn place() -> impl Strategy<Value = Place> {
    let step = (0..4_usize).prop_map(|n| match ["a", "b", "c"].get(n) {
        Some(name) => Step::Field(Name::new(name)),
        None => Step::Element,
    });
    (0..2_u32, vec(step, 0..4)).prop_map(|(param, steps)| {
        steps.into_iter().fold(Place::root(Root::Param(param)), |place, step| {
            place.step(step).unwrap_or_else(|| Place::root(Root::Param(param)))
        })
    })
}

proptest! {
    #[test]
    fn prefixes_order_places(a in place(), b in place(), c in place()) {
        prop_assert!(a.is_prefix_of(&a));
        prop_assert!(!(a.is_prefix_of(&b) && b.is_prefix_of(&a)) || a == b);
        prop_assert!(!(a.is_prefix_of(&b) && b.is_prefix_of(&c)) || a.is_prefix_of(&c));
    }

    #[test]
    fn a_place_seen_from_elsewhere_lies_there(place in place(), base in place(), far in place()) {
        if let Some(seen) = place.rebase(&base) {
            prop_assert!(base.is_prefix_of(&seen));
            prop_assert_eq!(seen.path.len(), base.path.len() + place.path.len());
            // First here and then there is the same as at once.
            if let (Some(twice), Some(way)) = (seen.rebase(&far), base.rebase(&far)) {
                prop_assert_eq!(place.rebase(&way), Some(twice));
            }
        }
    }

    #[test]
    fn locksets_keep_the_laws(a in lockset(), b in lockset(), c in lockset()) {
        keeps_the_laws(&a, &b, &c)?;
    }

    #[test]
    fn locks_keep_the_laws(a in locks(), b in locks(), c in locks()) {
        keeps_the_laws(&a, &b, &c)?;
    }

    #[test]
    fn live_sets_keep_the_laws(a in live_set(), b in live_set(), c in live_set()) {
        keeps_the_laws(&a, &b, &c)?;
    }

    #[test]
    fn fewer_locks_never_exclude_more(a in lockset(), b in lockset(), other in lockset()) {
        prop_assert!(!a.join(&b).excludes(&other) || (a.excludes(&other) && b.excludes(&other)));
        prop_assert_eq!(a.excludes(&other), other.excludes(&a));
    }

    #[test]
    fn a_lock_is_held_from_acquire_to_release(set in locks(), held in held()) {
        let mut set = set;
        set.acquire(held.clone());
        prop_assert!(set.surely.mode_of(&held.lock) >= Some(held.mode));
        prop_assert!(set.release(&held.lock));
        prop_assert_eq!(set.surely.mode_of(&held.lock), None);
        prop_assert_eq!(set.perhaps.mode_of(&held.lock), None);
    }

    #[test]
    fn a_launch_is_live_from_insert_to_remove(set in live_set(), launch in 0..63_usize) {
        let mut set = set;
        set.insert(launch);
        prop_assert!(set.contains(launch));
        set.remove(launch);
        prop_assert!(!set.contains(launch));
    }
}
