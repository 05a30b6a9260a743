//! Pairs within one function that launches: the same object, one access on a launched goroutine, the other on the caller's
//! or on another launched one.

use gomapcheck_types::FunctionRef;

use crate::conflict::{Confidence, ConflictKind, Location, LockMode, Operation};
use crate::contexts::World;
use crate::domain::{Held, Key, KeyOwner, Lockset, Place, Root, Step, exclude_each_other};
use crate::evidence::{Finding, Side, changes_map, collide, kind_of};
use crate::models::LaunchKind;
use crate::pair::Scopes;
use crate::pair::around::{is_called_later, is_locked_around};
use crate::pair::event::{Actor, Event, functions_on, is_caller, rank_in_class, way_to};
use crate::pair::meeting::{
    Meeting, Talk, is_changed_by_its_loop, is_long, itself, meets_caller, meets_other,
};
use crate::pair::parts::are_of_different_wholes;
use crate::pair::sharing::{are_of_different_types, is_lock_shared, is_shared_by_instances, without_chosen};
use crate::summary::{Access, CallStep, Launch, Multiplicity, Signal, Summary, Thread};

/// So many different accesses to one place are held against each other.
const MOST_CLASSES: usize = 24;

/// The pairs of one function; with `only_own`, those of the objects that it makes itself.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    scopes: &dyn Scopes,
    (number, function): (u32, FunctionRef),
    (summary, only_own): (&'a Summary, bool),
) -> Vec<Finding<'a>> {
    if summary.launches.is_empty() {
        return Vec::new();
    }
    let on_caller = summary.accesses.iter().filter(|access| access.thread == Thread::Caller);
    let signals = on_caller.flat_map(|access| &access.after).chain(&summary.signals);
    let mut signalled: Vec<&Place> = signals.map(Signal::place).collect();
    signalled.sort_unstable();
    signalled.dedup();
    let talk = Talk { signalled: &signalled, received: &summary.receives };
    let mut events = events(summary);
    if only_own {
        events.retain(|event| is_own(scopes, function, event.place));
    }
    events.sort_by(|a, b| a.place.cmp(b.place));
    let mut findings = Vec::new();
    for same_place in events.chunk_by(|a, b| a.place == b.place) {
        let is_written = same_place.iter().any(|event| changes_map(event.access.operation));
        let is_launched = same_place.iter().any(|event| matches!(event.actor, Actor::Launch(..)));
        if is_written && is_launched {
            let finder = Finder { world, scopes, number, function, talk, findings: &mut findings };
            finder.compare(classes(same_place));
        }
    }
    findings
}

/// Whether the function itself declares or makes the object: nobody around it has a name for it.
fn is_own(scopes: &dyn Scopes, function: FunctionRef, place: &Place) -> bool {
    match place.root {
        Root::Fresh(_) => true,
        Root::Local(local) => {
            local.file == function.file && scopes.function(function).contains(scopes.local(local).0)
        }
        Root::Param(_) | Root::Global(_) | Root::External(..) => false,
    }
}

fn events(summary: &Summary) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut add = |actor, accesses| {
        for access in accesses {
            let access: &Access = access;
            let touches = !matches!(access.operation, Operation::Replace | Operation::Escape);
            if let (Some(place), true) = (&access.place, touches) {
                events.push(Event { place, actor, access });
            }
        }
    };
    let on_caller = summary.accesses.iter().filter(|access| access.thread == Thread::Caller);
    add(Actor::Caller, on_caller.collect::<Vec<_>>());
    for (index, launch) in summary.launches.iter().enumerate() {
        add(Actor::Launch(index, launch), launch.accesses.iter().collect());
    }
    events
}

/// One event of each kind that pairs may tell apart, writes first, the earliest of its kind.
fn classes<'a>(events: &[Event<'a>]) -> Vec<Event<'a>> {
    let key = |event: &Event<'a>| {
        let access = event.access;
        let rank = match access.operation {
            operation if changes_map(operation) => 0,
            Operation::Iterate => 1,
            _ => 2,
        };
        let gated = !access.gates.is_empty();
        (
            rank,
            event.actor.number(),
            &access.locks,
            access.live,
            access.after_signal,
            gated,
            &access.conditions,
        )
    };
    let mut sorted = events.to_vec();
    sorted.sort_by(|a, b| key(a).cmp(&key(b)).then(rank_in_class(a).cmp(&rank_in_class(b))));
    sorted.dedup_by(|a, b| key(a) == key(b) && !is_caller(a));
    sorted.truncate(MOST_CLASSES);
    sorted
}

/// Whether one of these locks is declared beside the map. Who takes it at one of two places expects that the other may come at
/// the same time.
fn holds_own(access: &Access, held: &Lockset) -> bool {
    let map = access.key.owner;
    held.iter().any(|held| match (held.lock.key.owner, map) {
        (KeyOwner::Local(_), KeyOwner::Local(_)) => true,
        (lock, map) => lock == map,
    })
}

struct Finder<'f, 'a> {
    world: &'f World<'a>,
    scopes: &'f dyn Scopes,
    number: u32,
    function: FunctionRef,
    /// The channels and wait groups on which the function itself signals and waits somewhere.
    talk: Talk<'f, 'a>,
    findings: &'f mut Vec<Finding<'a>>,
}

impl<'a> Finder<'_, 'a> {
    fn compare(mut self, events: Vec<Event<'a>>) {
        for (index, a) in events.iter().enumerate() {
            for b in &events[index..] {
                if collide(a.access.operation, b.access.operation)
                    && !declared_apart(&a.access.key, &b.access.key)
                    && let Some(meeting) = self.meeting(a, b)
                {
                    self.report(a, b, &meeting);
                }
            }
        }
    }

    /// How two accesses to one place come to run at the same time.
    fn meeting(&self, a: &Event<'a>, b: &Event<'a>) -> Option<Meeting> {
        if are_alternatives(a, b) {
            return None;
        }
        match (a.actor, b.actor) {
            (Actor::Caller, Actor::Caller) => None,
            (Actor::Caller, Actor::Launch(_, launch)) | (Actor::Launch(_, launch), Actor::Caller)
                if launch.one_at_a_time && self.world.runs_only_in(self.number, launch) =>
            {
                None
            }
            (Actor::Caller, Actor::Launch(_, launch)) if self.precedes_own(a, launch) => None,
            (Actor::Launch(_, launch), Actor::Caller) if self.precedes_own(b, launch) => None,
            (Actor::Caller, Actor::Launch(index, launch)) => {
                meets_caller(self.talk, a.access, b.access, (index, launch))
            }
            (Actor::Launch(index, launch), Actor::Caller) => {
                meets_caller(self.talk, b.access, a.access, (index, launch))
            }
            (Actor::Launch(i, one), Actor::Launch(j, _)) if i == j => self.meets_itself(a, one),
            (Actor::Launch(i, one), Actor::Launch(j, other))
                if self.precedes_start(a, (i, one), (j, other))
                    || self.precedes_start(b, (j, other), (i, one)) =>
            {
                None
            }
            (Actor::Launch(i, one), Actor::Launch(j, other)) => {
                meets_other((a.access, i, one), (b.access, j, other))
            }
        }
    }

    /// Whether an access comes before a launch of the same round of a loop, and each round has an object of its own.
    fn precedes_own(&self, caller: &Event<'a>, launch: &Launch) -> bool {
        let Multiplicity::Loop { .. } = launch.multiplicity else { return false };
        stands_before((&caller.access.calls, caller.access.location), (&launch.calls, launch.location))
            && !is_shared_by_instances(self.scopes, self.function, launch, caller.place)
    }

    /// Whether a goroutine does something before it starts another one, itself or through others, and no other instance of it
    /// does so to the same object.
    fn precedes_start(
        &self,
        early: &Event<'a>,
        (n, by): (usize, &Launch),
        (other, started): (usize, &Launch),
    ) -> bool {
        started.started_by.contains(n)
            && !early.access.live.contains(other)
            && (by.multiplicity == Multiplicity::One
                || !is_shared_by_instances(self.scopes, self.function, by, early.place))
    }

    fn meets_itself(&self, event: &Event<'a>, launch: &'a Launch) -> Option<Meeting> {
        let is_parallel = launch.multiplicity != Multiplicity::One;
        let shared = is_parallel
            && !launch.one_at_a_time
            && !launch.separate.iter().any(|place| place.is_prefix_of(event.place))
            && is_shared_by_instances(self.scopes, self.function, launch, event.place);
        shared.then(|| Meeting::sure(itself(launch)))
    }

    fn report(&mut self, a: &Event<'a>, b: &Event<'a>, meeting: &Meeting) {
        let itself = match (a.actor, b.actor) {
            (Actor::Launch(i, launch), Actor::Launch(j, _)) if i == j => Some(launch),
            _ => None,
        };
        let ((surely_a, maybe_a), (surely_b, maybe_b)) = (self.locks_at(a), self.locks_at(b));
        let same = |locks: &Lockset| self.same_for_both(locks, itself);
        let named = |locks: &Lockset| without_chosen(&same(locks), a.place);
        let (mut held_a, mut held_b) = (named(&surely_a), named(&surely_b));
        let is_one_receiver = are_of_different_types(self.scopes, &held_a, &held_b);
        if held_a.excludes(&held_b) || is_one_receiver {
            return;
        }
        held_a.retain(|held| !held.lock.key.is_flag());
        held_b.retain(|held| !held.lock.key.is_flag());
        let is_promised = |event: &Event<'_>| {
            (is_caller(event) && self.world.is_vaguely_promised(self.number))
                || self.world.is_promised_on_the_way(event.access)
        };
        let aliased = |locks: &Lockset| locks.iter().any(|held| self.world.is_aliased(held));
        let perhaps_one = (aliased(&held_a) && !held_b.is_empty())
            || (aliased(&held_b) && !held_a.is_empty())
            || contains_other(&held_a, &held_b)
            || contains_other(&held_b, &held_a);
        // The goroutines of one start that share a map take locks of different keys: what else are they for?
        let perhaps = |locks: &Lockset| if itself.is_some() { named(locks) } else { same(locks) };
        let maybe =
            perhaps(&maybe_a).excludes(&perhaps(&maybe_b)) || perhaps_one || is_promised(a) || is_promised(b);
        let elements = a.place.passes_element() && !chooses_alike(a, b, itself);
        let is_inner = is_inner_map(a.place);
        let mut confidence = confidence_of(a, b);
        if meeting.is_late || meeting.is_doubtful || elements || is_inner {
            confidence = confidence.min(Confidence::Likely);
        }
        let is_across = is_across_tests(self.world, self.number, a, b);
        let is_inner_of_its_own =
            is_inner && itself.is_some() && !self.scopes.is_chosen_in_two_steps(a.access);
        // Who calls a literal that was stored may hold a lock.
        let is_covered = self.may_be_covered(a, &held_a, &held_b) || self.may_be_covered(b, &held_b, &held_a);
        let is_of_several =
            are_of_different_wholes(self.scopes, &a.access.key, functions_on(a).chain(functions_on(b)));
        let is_again = itself.is_some_and(|launch| self.scopes.is_started_again(self.function, launch));
        let is_elsewhere = is_kept_by_goroutine(a) || is_kept_by_goroutine(b);
        let is_bare = |held: &Lockset| held.iter().all(|held| held.lock.key.is_once());
        let is_expected = (is_bare(&held_a) && holds_own(b.access, &held_b))
            || (is_bare(&held_b) && holds_own(a.access, &held_a));
        let is_own_launch = itself.is_some_and(|launch| launch.calls.is_empty());
        // What a test starts goes a long way through stand-ins and all that is set up for it.
        let in_test = self.world.facts[self.number as usize].for_tests;
        let is_likely = !in_test && (is_own_launch || (is_expected && !is_caller(a) && !is_caller(b)));
        let is_long = is_long(way_to(self.world, a), way_to(self.world, b), is_likely);
        let is_unsure = maybe
            || is_across
            || is_covered
            || is_again
            || is_of_several
            || is_long
            || is_elsewhere
            || meeting.is_apart;
        let is_of_others = elements && !is_inner;
        // The goroutines of a loop have an element each, as a rule.
        let is_one_each = itself.is_some_and(|launch| !matches!(launch.kind, LaunchKind::Handler(_)));
        let is_perhaps_apart = meeting.is_doubtful || is_of_others;
        if is_unsure
            || (is_of_others && is_one_each)
            || (is_perhaps_apart && !is_expected)
            || is_inner_of_its_own
        {
            confidence = Confidence::Possible;
        }
        let (first, second) = order(a, b);
        let kind = match (first.actor, second.actor) {
            (Actor::Launch(_, launch), Actor::Caller)
                if is_changed_by_its_loop(first.access, launch, second.access) =>
            {
                ConflictKind::RangeMutation
            }
            _ => kind_with_locks((a.access, &held_a), (b.access, &held_b)),
        };
        let guard = None;
        self.findings.push(Finding {
            kind,
            confidence,
            first: self.side(first),
            second: Some(self.side(second)),
            guard,
            reason: meeting.reason.to_owned(),
            others: Vec::new(),
            object: matches!(a.place.root, Root::Local(_) | Root::Fresh(_))
                .then_some((self.function, a.place.root)),
        });
    }

    /// The locks surely and perhaps held; what the function's own callers hold covers what runs on their goroutine.
    fn locks_at(&self, event: &Event<'a>) -> (Lockset, Lockset) {
        match event.actor {
            Actor::Caller => self.world.locks_at(self.number, event.access),
            Actor::Launch(..) if event.access.stored.is_some() => {
                self.world.locks_at(self.number, event.access)
            }
            Actor::Launch(..) => (event.access.locks.surely.clone(), event.access.locks.perhaps.clone()),
        }
    }

    /// Whether whoever calls the literal that an access stands in may hold a lock that keeps the other side away.
    fn may_be_covered(&self, event: &Event<'a>, held: &Lockset, others: &Lockset) -> bool {
        is_called_later(self.world, event.access, held)
            || (is_caller(event) && is_locked_around(self.world, self.number, event.access, others))
    }

    /// The locks that are the same object for both sides: not those that each instance of a launch has of its own.
    fn same_for_both(&self, locks: &Lockset, itself: Option<&Launch>) -> Lockset {
        let is_same = |held: &&Held| {
            itself.is_none_or(|launch| is_lock_shared(self.scopes, self.function, launch, &held.lock))
        };
        locks.iter().filter(is_same).cloned().collect()
    }

    fn side(&self, event: &Event<'a>) -> Side<'a> {
        match event.actor {
            Actor::Caller => Side::called(event.access, self.function, self.locks_at(event).0),
            Actor::Launch(_, launch) => Side::launched(event.access, self.function, launch),
        }
    }
}

/// Whether one event stands before another in the function where their ways part.
fn stands_before((way, at): (&[CallStep], Location), (other_way, other): (&[CallStep], Location)) -> bool {
    let steps = |way: &[CallStep], at: Location| -> Vec<Location> {
        way.iter().map(|step| step.location).chain([at]).collect()
    };
    let (mine, others) = (steps(way, at), steps(other_way, other));
    let parted = mine.iter().zip(&others).find(|(a, b)| a != b);
    parted.is_some_and(|(a, b)| a.file == b.file && a.span.start < b.span.start)
}

/// Whether a goroutine only hands over, or stores, the function that an access stands in: whoever calls it does so elsewhere.
fn is_kept_by_goroutine(event: &Event<'_>) -> bool {
    event.access.stored.is_some() && !is_caller(event)
}

/// Whether a lock of one side is an object that contains a lock of the other: its own `Lock` may take the inner one.
fn contains_other(outer: &Lockset, inner: &Lockset) -> bool {
    let place = |held: &'_ Held| held.lock.place.clone();
    let inner: Vec<Place> = inner.iter().filter_map(place).collect();
    let mut outer = outer.iter().filter_map(place);
    outer.any(|a| inner.iter().any(|b| a != *b && a.is_prefix_of(b)))
}

/// Whether two maps at one place belong to different types: what an interface holds is one or the other.
fn declared_apart(a: &Key, b: &Key) -> bool {
    matches!((a.owner, b.owner), (KeyOwner::Type(one), KeyOwner::Type(other)) if one != other)
        && a.path.len() == b.path.len()
}

/// Whether a pair reaches from the program into its tests or back in a way that does not show that it can happen: a test looks
/// into an object whose goroutine the program started (what it has waited for is seldom seen), or an access of a test's own
/// type is reached from the program alone (its stand-ins never meet the program's servers).
fn is_across_tests(world: &World<'_>, function: u32, a: &Event<'_>, b: &Event<'_>) -> bool {
    let facts = &world.facts[function as usize];
    // Nor do the requests of a test come in parallel just because a server would take them so.
    let is_served = |event: &Event<'_>| matches!(event.actor, Actor::Launch(_, launch) if matches!(launch.kind, LaunchKind::Handler(_)));
    if facts.for_tests && (is_served(a) || is_served(b)) {
        return true;
    }
    if !facts.in_test {
        let is_stand_in = |event: &Event<'_>| world.is_for_tests(event.access.function);
        return !facts.for_tests && (is_stand_in(a) || is_stand_in(b));
    }
    let in_test = |function: FunctionRef| world.is_in_test(function);
    let launches_itself = |launch: &Launch| launch.calls.last().is_none_or(|step| in_test(step.callee));
    let looks_into = |looker: &Event<'_>, other: &Event<'_>| match (looker.actor, other.actor) {
        (Actor::Caller, Actor::Launch(_, launch)) => {
            !launches_itself(launch) && world.is_look_from_test(looker.access)
        }
        _ => false,
    };
    looks_into(a, b) || looks_into(b, a)
}

/// Whether the elements on the way to the map are surely the same for both: chosen by constants, or by a loop in whose very
/// round the goroutine has been started.
fn chooses_alike(a: &Event<'_>, b: &Event<'_>, itself: Option<&Launch>) -> bool {
    let mut choices = a.place.choices().zip(b.place.choices());
    if !choices.all(|(a, b)| a.is_like(b)) {
        return false;
    }
    // What a goroutine of a former round does is not held against this one's.
    let is_one_round =
        itself.is_none() && matches!((a.actor, b.actor), (Actor::Caller, _) | (_, Actor::Caller));
    is_one_round || a.place.choices().all(|choice| choice.loop_variable().is_none())
}

/// Whether a place is a map in a map, and no other element is passed on the way to it: which of the inner maps is meant may
/// differ, but less likely than which of many objects.
fn is_inner_map(place: &Place) -> bool {
    let elements = place.path.iter().filter(|step| **step == Step::Element).count();
    elements == 1 && place.path.last() == Some(&Step::Element)
}

/// Whether two accesses happen where a variable of the function has different values, so that one run of it has one of them.
fn are_alternatives(a: &Event<'_>, b: &Event<'_>) -> bool {
    let known = |event: &Event<'_>| {
        let mut known = event.access.conditions.clone();
        if let Actor::Launch(_, launch) = event.actor {
            known.add_all(&launch.conditions);
        }
        known
    };
    exclude_each_other(&known(a), &known(b))
}

/// A launch of the program's own proves the parallelism, a callback's registration makes it likely.
fn confidence_of(a: &Event<'_>, b: &Event<'_>) -> Confidence {
    let of = |event: &Event<'_>| match event.actor {
        Actor::Launch(_, launch)
            if matches!(launch.kind, LaunchKind::Handler(_) | LaunchKind::Callback(_)) =>
        {
            Confidence::Likely
        }
        _ => Confidence::Certain,
    };
    of(a).min(of(b))
}

/// Two accesses under locks that do not exclude each other are told by what is wrong with the locks.
pub(crate) fn kind_with_locks(a: (&Access, &Lockset), b: (&Access, &Lockset)) -> ConflictKind {
    // That a `sync.Once` is over, or a flag raised, is no lock that anyone would take for the map.
    let is_guard = |held: &&Held| !held.lock.key.is_once() && !held.lock.key.is_flag();
    let holds = |locks: &Lockset| locks.iter().any(|held| is_guard(&held));
    let mut of_a = a.1.iter().filter(is_guard);
    let common_read =
        of_a.any(|held| held.mode == LockMode::Read && b.1.mode_of(&held.lock) == Some(LockMode::Read));
    if common_read {
        ConflictKind::WriteUnderReadLock
    } else if holds(a.1) && holds(b.1) {
        ConflictKind::MixedLocks
    } else {
        kind_of(a.0.operation, b.0.operation)
    }
}

/// The reported access first: the one without a lock; of two such, the write, rather on a launched goroutine.
fn order<'e, 'a>(a: &'e Event<'a>, b: &'e Event<'a>) -> (&'e Event<'a>, &'e Event<'a>) {
    let rank = |event: &Event<'_>| {
        let access = event.access;
        let reads_under_read_lock = !changes_map(access.operation);
        (!access.locks.surely.is_empty(), reads_under_read_lock, is_caller(event), access.location)
    };
    if rank(a) <= rank(b) { (a, b) } else { (b, a) }
}
