//! What is known at one point of a function.

mod reach;

use gomapcheck_ir::{ExprId, LocalId};
use gomapcheck_source::Name;
use gomapcheck_types::LocalRef;
use smallvec::SmallVec;

use crate::domain::{Condition, Held, Key, LiveSet, Lock, Locks, Place, Root, SharedList, Step};
use crate::summarise::outcome::Told;
use crate::summary::{Outcome, Signal, Value};

/// How many facts about fields of fresh objects are kept at most; more would be rare and would make joins slow.
const MOST_FIELDS: usize = 24;

/// So many places are known whose functions have been called.
const MOST_CALLED: usize = 6;

/// So many parameters are known to be stored in others.
const MOST_STORED: usize = 8;

/// So many groups are known to have been waited for at most.
const MOST_PASSED: usize = 8;

/// The running state of the interpreter; not to be confused with the summary that comes out of it. A copy is cheap: every
/// branch takes one.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct State {
    /// What local variables refer to; sorted by local. Missing means: themselves.
    pub(super) locals: SharedList<(LocalId, Value)>,
    /// What fields of objects made here refer to.
    pub(super) fields: SharedList<(Place, Value)>,
    /// The locks held.
    pub(super) locks: Locks,
    /// Locks of the caller that are released at this point on some path: taken again, they are the caller's as before.
    pub(super) released: SharedList<Lock>,
    /// Those of them that are released on every path.
    pub(super) surely_released: SharedList<Lock>,
    /// The launches that may run.
    pub(super) live: LiveSet,
    /// Objects made here that others can reach by now; sorted.
    pub(super) published: SharedList<Root>,
    /// Parameters that fields of others refer to by now, without being published.
    pub(super) stored_in: SharedList<(u32, Place)>,
    /// Objects in others that can be reached by now, though what they are part of cannot.
    pub(super) published_parts: SharedList<Place>,
    /// Objects made here, published or not; sorted.
    pub(super) made: SharedList<Root>,
    /// Objects that goroutines started here can reach while they run, each with the launches that have it.
    pub(super) lent: SharedList<(Root, LiveSet)>,
    /// What was received from or waited for on every path.
    pub(super) gates: SharedList<Place>,
    /// Wait groups and groups that callees have waited for on some path: where they have not, they had no reason to.
    pub(super) passed: SharedList<Place>,
    /// Those that this very function has waited for on some path.
    pub(super) own_passed: SharedList<Place>,
    /// What may have been signalled.
    pub(super) signals: SharedList<Signal>,
    /// What was waited for on every path.
    pub(super) waits: SharedList<Signal>,
    /// Where a map made here has been put in place under a lock that is still held.
    pub(super) filling: SharedList<Place>,
    /// Groups of which one goroutine runs at a time.
    pub(super) queues: SharedList<Place>,
    /// Variables and fields that have got another object since: with the launches that cannot know that, as they were given the
    /// old one.
    pub(super) renewed: SharedList<(Place, LiveSet)>,
    /// What is known of variables that keep their value.
    pub(super) conditions: SharedList<Condition>,
    /// What is so if a variable, which has a call's last result, is: a lock is held, something has been waited for.
    pub(super) outcomes: SharedList<(LocalId, Outcome, Told)>,
    /// The declared places whose functions, without parameters and results, have been called on every path, in order.
    pub(super) called: SharedList<Key>,
    /// Whether a test has been declared failed on this path.
    pub(super) has_failed: bool,
}

impl State {
    pub(super) fn local(&self, local: LocalId) -> Option<&Value> {
        self.locals.binary_search_by_key(&local, |(l, _)| *l).ok().map(|at| &self.locals[at].1)
    }

    pub(super) fn set_local(&mut self, local: LocalId, value: Value) {
        match self.locals.binary_search_by_key(&local, |(l, _)| *l) {
            Ok(at) => self.locals.update(at, |(_, known)| *known = value),
            Err(at) => self.locals.insert(at, (local, value)),
        }
    }

    pub(super) fn forget_local(&mut self, local: LocalId) {
        if let Ok(at) = self.locals.binary_search_by_key(&local, |(l, _)| *l) {
            self.locals.remove(at);
        }
    }

    pub(super) fn field(&self, place: &Place) -> Option<&Value> {
        self.fields.iter().find(|(p, _)| p == place).map(|(_, value)| value)
    }

    /// The objects that fields of the object at `root` are known to refer to, and those behind them: each with the way to it.
    /// A function leads to what it has captured; `name_of` names the variables.
    pub(super) fn behind(&self, root: Root, name_of: impl Fn(LocalRef) -> Name) -> Vec<(Root, Place)> {
        let mut found: Vec<(Root, Place)> = Vec::new();
        let mut pending = vec![(root, Place::root(root))];
        while let Some((inner, base)) = pending.pop() {
            for (place, value) in self.fields.iter().filter(|(place, _)| place.root == inner) {
                let Some(way) = place.rebase(&base) else { continue };
                for (object, way) in led_to(value, &way, &name_of) {
                    if object != root && found.iter().all(|(known, _)| *known != object) {
                        found.push((object, way.clone()));
                        pending.push((object, way));
                    }
                }
            }
        }
        found
    }

    /// An object just made is known by the name of the field that it is stored in from now on, and what it refers to by that.
    pub(super) fn take_part(&mut self, made: &Value, field: &Place) {
        self.set_field(field.clone(), Value::Unknown);
        let Value::Reference(made) = made else { return };
        let within: Vec<(Place, Value)> =
            self.fields.iter().filter(|(place, _)| place.root == made.place.root).cloned().collect();
        for (place, value) in within {
            if let Some(place) = place.rebase(field) {
                self.set_field(place, value);
            }
        }
    }

    /// What is known of the object at this root, and of what is behind it.
    pub(super) fn fields_of(&self, root: Root) -> impl Iterator<Item = &(Place, Value)> {
        self.fields.iter().filter(move |(place, _)| place.root == root)
    }

    pub(super) fn set_field(&mut self, place: Place, value: Value) {
        self.fields.retain(|(p, _)| *p != place);
        if value != Value::Unknown && self.fields.len() < MOST_FIELDS {
            self.fields.push((place, value));
        }
    }

    /// A field of a parameter's object refers to another parameter's object from now on. Of many that is not told.
    pub(super) fn store_in(&mut self, param: u32, field: &Place) -> bool {
        let has_room = self.stored_in.len() < MOST_STORED;
        if has_room {
            self.stored_in.add(&(param, field.clone()));
        }
        has_room
    }

    /// Whether a parameter's object has been stored in that of another one.
    pub(super) fn is_stored(&self, root: Root) -> bool {
        self.stored_in.iter().any(|(param, _)| Root::Param(*param) == root)
    }

    /// The parameters that are stored in others, neither published.
    pub(super) fn stored_params(&self) -> SharedList<(u32, Place)> {
        let mut stored = self.stored_in.clone();
        if !stored.is_empty() {
            stored.retain(|(param, _)| !self.is_published(Root::Param(*param)));
        }
        stored
    }

    /// Takes over the launches of another state and what they were lent.
    pub(super) fn take_launches(&mut self, other: Self) {
        for at in 0..self.renewed.len() {
            let (place, launches) = &self.renewed[at];
            let begun = launches.without(other.without_object(place));
            if !begun.is_empty() {
                self.renewed.update(at, |(_, launches)| *launches = launches.without(begun));
            }
        }
        self.live = other.live;
        self.lent = other.lent;
    }

    /// Whether the object was made here: whoever else knows it has it from here.
    pub(super) fn is_made(&self, root: Root) -> bool {
        self.made.binary_search(&root).is_ok()
    }

    /// Later, when this function is over, what it made is no longer its own.
    pub(super) fn forget_made(&mut self) {
        let published = self.published.clone();
        self.made.retain(|root| published.binary_search(root).is_err());
    }

    /// The variable holds some other object from now on, which others may know.
    pub(super) fn make_unknown(&mut self, root: Root) {
        if let Ok(at) = self.made.binary_search(&root) {
            self.made.remove(at);
        }
        self.publish(root);
    }

    /// The variable holds a new object: nobody else knows it.
    pub(super) fn make_fresh(&mut self, root: Root) {
        if let Err(at) = self.made.binary_search(&root) {
            self.made.insert(at, root);
        }
        if let Ok(at) = self.published.binary_search(&root) {
            self.published.remove(at);
        }
        self.lent.retain(|(lent, _)| *lent != root);
        self.published_parts.retain(|part| part.root != root);
        self.fields.retain(|(place, _)| place.root != root);
    }

    /// The variable holds nothing yet: what it will hold need not be made here.
    pub(super) fn make_empty(&mut self, root: Root) {
        self.make_fresh(root);
        self.made.retain(|made| *made != root);
    }

    /// The variable holds an object that a callee has made: nobody else knows it but goroutines that the callee has left running.
    pub(super) fn make_by_callee(&mut self, root: Root) {
        let lent = self.lent.clone();
        self.make_fresh(root);
        self.lent = lent;
    }

    /// Takes a lock.
    pub(super) fn acquire(&mut self, held: Held) {
        self.released.retain(|lock| *lock != *held.lock);
        if let Some(at) = self.surely_released.iter().position(|lock| *lock == *held.lock) {
            self.surely_released.remove(at);
            return;
        }
        self.locks.acquire(held);
    }

    /// A map that was just made is put in place. Until a lock is released, those who take it do not see the map.
    pub(super) fn begin_filling(&mut self, place: &Place) {
        if !self.locks.surely.is_empty() {
            self.filling.add(place);
        }
    }

    /// Some other map is in place from now on.
    pub(super) fn end_filling(&mut self, place: &Place) {
        self.filling.retain(|filling| !place.is_prefix_of(filling));
    }

    /// Whether the map at this place was put there under a lock that is still held.
    pub(super) fn is_filling(&self, place: &Place) -> bool {
        self.filling.contains(place)
    }

    /// Releases a lock: one taken here, or else one of the caller's.
    pub(super) fn release(&mut self, lock: &Lock) {
        self.filling = SharedList::EMPTY;
        if !self.locks.perhaps.release(lock) {
            self.released.add(lock);
            self.surely_released.add(lock);
        }
        self.locks.surely.release(lock);
        self.outcomes.retain(|(_, _, told)| !told.is_lock(lock));
    }

    /// The parameters whose objects have been published for good.
    pub(super) fn published_params(&self) -> SmallVec<[u32; 2]> {
        let param = |root: &Root| match root {
            Root::Param(n) => Some(*n),
            _ => None,
        };
        self.published.iter().filter_map(param).collect()
    }

    /// The variable at `place` gets another object: what local variables had from it is theirs alone from now on (`old := s.m;
    /// s.m = nil`), unless someone else has kept it too.
    pub(super) fn detach(&mut self, place: &Place, root_of: impl Fn(LocalId) -> Root) {
        let is_alias = |(_, value): &(Place, Value)| matches!(value, Value::Reference(reference) if place.is_prefix_of(&reference.place));
        let mut detached: SmallVec<[Root; 2]> = SmallVec::new();
        self.locals.retain(|(local, value)| {
            let is_alias =
                matches!(value, Value::Reference(reference) if place.is_prefix_of(&reference.place));
            if is_alias {
                detached.push(root_of(*local));
            }
            !is_alias
        });
        // The fields of objects made here have it to themselves as well: `batch := batch{items: s.items}; s.items = nil`.
        if self.fields.iter().any(is_alias) {
            self.fields.retain(|field| !is_alias(field));
        }
        detached.into_iter().for_each(|root| self.make_fresh(root));
    }

    pub(super) fn signal(&mut self, signal: Signal) {
        if let Signal::WaitGroup(group) = &signal {
            self.waits.add(&Signal::Given(group.clone()));
        }
        self.signals.add(&signal);
    }

    pub(super) fn waited(&mut self, signal: Signal) {
        self.waits.add(&signal);
    }

    pub(super) fn queue(&mut self, group: &Place) {
        self.queues.add(group);
    }

    pub(super) fn gate(&mut self, place: Place) {
        self.gates.add(&place);
    }

    /// Whatever function a declared place holds is called.
    pub(super) fn call_kept(&mut self, key: &Key) {
        self.called.retain(|called| called != key);
        if self.called.len() < MOST_CALLED {
            self.called.push(key.clone());
        } else {
            self.called = SharedList::EMPTY;
        }
    }

    /// A group is waited for; of many the first count.
    pub(super) fn pass(&mut self, group: &Place) {
        if self.passed.len() < MOST_PASSED {
            self.passed.add(group);
        }
    }

    /// The groups that were waited for here on every path, or by a callee.
    pub(super) fn all_passed(&self) -> SharedList<Place> {
        let mut passed = self.passed.clone();
        for signal in &self.waits {
            if let Signal::WaitGroup(group) | Signal::Group(group) = signal {
                passed.add(group);
            }
        }
        passed
    }
}

/// The objects that a value leads to, with the way to each where the value itself stands at `way`.
pub(super) fn led_to(value: &Value, way: &Place, name_of: impl Fn(LocalRef) -> Name) -> Vec<(Root, Place)> {
    match value {
        Value::Reference(reference) if reference.place.path.is_empty() => {
            vec![(reference.place.root, way.clone())]
        }
        Value::Function(function) => {
            let captured = function.captures.iter().filter_map(|(local, value)| match value {
                Value::Reference(reference) => {
                    Some((reference.place.root, way.step(Step::Field(name_of(*local)))?))
                }
                _ => None,
            });
            captured.collect()
        }
        _ => Vec::new(),
    }
}

/// The root that an expression's own object has.
pub(super) fn fresh(expr: ExprId) -> Root {
    Root::Fresh(expr)
}

impl State {
    /// What was known of the fields of one root is known of the other's.
    pub(super) fn rename_fields(&mut self, from: Root, to: Root) {
        for at in 0..self.fields.len() {
            if self.fields[at].0.root == from {
                self.fields.update(at, |(place, _)| place.root = to);
            }
        }
    }
}
