//! What is known where paths meet does not depend on the order in which they are joined, and claims nothing that one of them
//! does not allow.

use gomapcheck_ir::{ExprId, LocalId, TypeDeclId};
use gomapcheck_source::{FileId, Name, Span};
use gomapcheck_types::TypeRef;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::conflict::{Location, LockMode};
use crate::domain::{Held, Key, KeyOwner, LiveSet, Lock, Place, Root, Step};
use crate::summarise::state::State;
use crate::summary::{Reference, Signal, Value};

/// Something that happens on a path.
#[derive(Clone, Copy, Debug)]
enum Event {
    Make(usize),
    Publish(usize),
    Lend(usize, usize),
    Launch(usize),
    Local(usize, usize),
    Field(usize, usize),
    Acquire(usize, bool),
    Release(usize),
    Signal(usize),
    Gate(usize),
    Wait(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let n = 0..3_usize;
    prop_oneof![
        n.clone().prop_map(Event::Make),
        n.clone().prop_map(Event::Publish),
        (n.clone(), n.clone()).prop_map(|(root, launch)| Event::Lend(root, launch)),
        n.clone().prop_map(Event::Launch),
        (n.clone(), n.clone()).prop_map(|(local, root)| Event::Local(local, root)),
        (n.clone(), n.clone()).prop_map(|(field, root)| Event::Field(field, root)),
        (n.clone(), prop::bool::ANY).prop_map(|(lock, write)| Event::Acquire(lock, write)),
        n.clone().prop_map(Event::Release),
        n.clone().prop_map(Event::Signal),
        n.clone().prop_map(Event::Gate),
        n.prop_map(Event::Wait),
    ]
}

fn root(n: usize) -> Root {
    Root::Fresh(ExprId::new(n))
}

fn object(n: usize) -> Value {
    Value::Reference(Reference { place: Place::root(root(n)), key: None, copied: false })
}

fn field(n: usize) -> Place {
    let place = Place::root(root(n));
    place.step(Step::Field(Name::new("f"))).unwrap_or(place)
}

fn lock(n: usize) -> Lock {
    let owner = KeyOwner::Type(TypeRef::new(FileId(0), TypeDeclId::new(n)));
    Lock { place: Some(field(n)), key: Key::owner(owner) }
}

fn signal(n: usize) -> Signal {
    Signal::Channel(field(n))
}

fn happen(state: &mut State, event: Event) {
    match event {
        Event::Make(n) => state.make_fresh(root(n)),
        Event::Publish(n) => state.publish(root(n)),
        Event::Lend(n, launch) => state.lend(root(n), launch),
        Event::Launch(launch) => state.live.insert(launch),
        Event::Local(n, of) => state.set_local(LocalId::new(n), object(of)),
        Event::Field(n, of) => state.set_field(field(n), object(of)),
        Event::Acquire(n, write) => state.acquire(Held {
            lock: lock(n).into(),
            mode: if write { LockMode::Write } else { LockMode::Read },
            aliased: false,
            acquired: Location { file: FileId(0), span: Span::new(0, 0) },
        }),
        Event::Release(n) => state.release(&lock(n)),
        Event::Signal(n) => state.signal(signal(n)),
        Event::Gate(n) => state.gate(field(n)),
        Event::Wait(n) => state.waited(signal(n)),
    }
}

fn state() -> impl Strategy<Value = State> {
    vec(event(), 0..12).prop_map(|events| {
        let mut state = State::default();
        events.into_iter().for_each(|event| happen(&mut state, event));
        state
    })
}

fn sorted<T: Ord + Clone>(items: &[T]) -> Vec<T> {
    let mut items = items.to_vec();
    items.sort();
    items
}

/// All that can be asked of a state, lists without their order.
#[derive(PartialEq, Debug)]
struct Known {
    published: Vec<bool>,
    made: Vec<bool>,
    lent: Vec<bool>,
    locals: Vec<Option<Value>>,
    fields: Vec<Option<Value>>,
    locks: crate::domain::Locks,
    live: LiveSet,
    released: [Vec<Lock>; 2],
    gates: Vec<Place>,
    told: [Vec<Signal>; 2],
}

fn known(state: &State) -> Known {
    let all = |ask: &dyn Fn(usize) -> bool| (0..3).map(ask).collect();
    Known {
        published: all(&|n| state.is_published(root(n))),
        made: all(&|n| state.is_made(root(n))),
        lent: all(&|n| state.is_lent(root(n))),
        locals: (0..3).map(|n| state.local(LocalId::new(n)).cloned()).collect(),
        fields: (0..3).map(|n| state.field(&field(n)).cloned()).collect(),
        locks: state.locks.clone(),
        live: state.live,
        released: [sorted(&state.released), sorted(&state.surely_released)],
        gates: sorted(&state.gates),
        told: [sorted(&state.signals), sorted(&state.waits)],
    }
}

proptest! {
    #[test]
    fn joins_keep_the_laws(a in state(), b in state(), c in state()) {
        let join = |a: &State, b: &State| a.clone().join(b.clone());
        prop_assert_eq!(known(&join(&a, &a)), known(&a));
        prop_assert_eq!(known(&join(&a, &b)), known(&join(&b, &a)));
        prop_assert_eq!(known(&join(&join(&a, &b), &c)), known(&join(&a, &join(&b, &c))));
        // What has been joined adds nothing when it is joined again.
        prop_assert_eq!(known(&join(&join(&a, &b), &b)), known(&join(&a, &b)));
    }

    #[test]
    fn a_join_claims_no_more_than_its_paths(a in state(), b in state()) {
        let both = known(&a.clone().join(b.clone()));
        for path in [known(&a), known(&b)] {
            for n in 0..3 {
                prop_assert!(!path.published[n] || both.published[n]);
                prop_assert!(path.made[n] || !both.made[n]);
                prop_assert!(!path.lent[n] || both.lent[n]);
                prop_assert!(both.locals[n].is_none() || both.locals[n] == path.locals[n]);
                prop_assert!(both.fields[n].is_none() || both.fields[n] == path.fields[n]);
            }
            prop_assert!(both.gates.iter().all(|gate| path.gates.contains(gate)));
        }
    }
}
