//! In which circumstances functions run: told top-down from their call sites.
//!
//! One pass over the call sites for each question, callers before callees, so the cost is linear in the calls.

mod entries;
mod entry;
mod facts;
mod for_tests;
mod hidden;
mod locks_of;
mod makers;
mod openness;
mod own_locks;
mod promise;
mod retired;
mod roots;
mod stored;
mod unset;
mod value_uses;
mod waiver;
pub(crate) mod way;

pub(crate) use entries::entries;
pub(crate) use entry::{EntryLocks, allows, is_owned_call};
#[cfg(test)]
pub(crate) use facts::Promise;
pub(crate) use facts::{FunctionFacts, Role, collect, lock_of_value, package_value};
pub use for_tests::names_test_code;
pub(crate) use openness::Openness;
pub(crate) use own_locks::own_locks;
pub(crate) use promise::names_lock;
pub(crate) use retired::retired_variables;
pub(crate) use roots::{Roots, Start};
pub(crate) use unset::is_unset;
pub(crate) use waiver::Waivers;

use std::borrow::Cow;

use gomapcheck_types::FunctionRef;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::conflict::Location;
use crate::contexts::makers::Makers;
use crate::contexts::stored::StoredCalls;
use crate::domain::{Held, Key, Lockset, Place, Root};
use crate::summaries::Summaries;
use crate::summary::{Access, CallSite, Launch, Ownership, Summary, Thread};

/// A position in a vector by function as the function's number.
fn number_of(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A call, seen from the callee.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CallerEdge {
    /// The calling function's number.
    pub(crate) caller: u32,
    /// The position in its [`Summary::calls`].
    pub(crate) site: u32,
}

/// So many fields of owned parameters are known to hold what is not owned at most.
const MOST_GIVEN: usize = 16;

/// Helpers of helpers of functions that promise locks are not followed further down.
const DEEPEST_HELPER: u8 = 3;

/// The functions of a program with all that is known of them. Vectors go by the function's number in the summaries.
#[derive(Debug)]
pub(crate) struct World<'a> {
    pub(crate) summaries: &'a Summaries,
    pub(crate) facts: Vec<FunctionFacts>,
    pub(crate) callers: Vec<Vec<CallerEdge>>,
    pub(crate) openness: Vec<Openness>,
    /// Locks at entry.
    pub(crate) entry: Vec<EntryLocks>,
    /// What is known of the calls of stored literals.
    pub(crate) stored: StoredCalls,
    /// Goroutines.
    pub(crate) starts: Vec<Start<'a>>,
    /// By which of them a function is reached.
    pub(crate) roots: Vec<Roots>,
    /// Pointers to locks that always point to an object's own, sorted.
    pub(crate) own_locks: Vec<Key>,
    /// Package variables that are nil when the program is initialised, sorted.
    pub(crate) retired: Vec<Key>,
    /// What comments say needs no lock.
    pub(crate) waivers: Waivers,
    /// The ways to accesses that have been asked for.
    pub(crate) ways: way::Ways,
    /// Where launches start a function.
    launched: FxHashMap<u32, Vec<Location>>,
    /// The functions that give objects of a type; asked for late and seldom.
    makers: Makers,
    /// Bit n: parameter n refers to an object that the callers own, whoever calls.
    owned: Vec<u32>,
    /// What such objects hold that the callers do not own.
    given: Vec<Vec<Place>>,
    /// Whether a function is only called before anything has been launched.
    initial: Vec<bool>,
}

impl<'a> World<'a> {
    /// Answers every question once.
    pub(crate) fn new(summaries: &'a Summaries, facts: Vec<FunctionFacts>) -> Self {
        let count = summaries.functions().len();
        let mut world = Self {
            summaries,
            facts,
            callers: vec![Vec::new(); count],
            openness: Vec::new(),
            entry: Vec::new(),
            stored: StoredCalls::default(),
            starts: Vec::new(),
            roots: Vec::new(),
            own_locks: Vec::new(),
            retired: Vec::new(),
            waivers: Waivers::default(),
            ways: way::Ways::default(),
            launched: FxHashMap::default(),
            makers: Makers::default(),
            owned: vec![0; count],
            given: vec![Vec::new(); count],
            initial: vec![false; count],
        };
        world.link();
        world.openness = (0..count).into_par_iter().map(|number| world.how_open(number)).collect();
        for number in (0..count).rev() {
            (world.owned[number], world.given[number]) = world.owned_params(number);
            world.initial[number] = world.is_initial(number);
        }
        world.entry = entry::entry_locks(&world);
        world.stored = stored::stored_calls(&world);
        if world.stored != StoredCalls::default() {
            world.entry = entry::entry_locks(&world);
        }
        world.starts = roots::starts(&world);
        world.roots = roots::reach(&world, &world.starts);
        world
    }

    /// The call site of an edge.
    pub(crate) fn site(&self, edge: &CallerEdge) -> &'a CallSite {
        &self.summaries.at(edge.caller).calls[edge.site as usize]
    }

    /// Whether a call tells something of the callee: calls from tests tell nothing of what is not a test.
    pub(crate) fn counts(&self, callee: usize, edge: &CallerEdge) -> bool {
        edge.caller as usize != callee
            && (!self.facts[edge.caller as usize].in_test || self.facts[callee].in_test)
    }

    /// The calls that tell something of a function.
    pub(crate) fn known_callers(&self, callee: u32) -> impl Iterator<Item = &CallerEdge> {
        self.callers[callee as usize].iter().filter(move |edge| self.counts(callee as usize, edge))
    }

    /// Whether the object at a place behind parameter `param` belongs to the callers alone.
    fn owns(&self, function: u32, param: u32, place: Option<&Place>) -> bool {
        let given = &self.given[function as usize];
        param < 32
            && self.owned[function as usize] & (1 << param) != 0
            && place.is_none_or(|place| !given.iter().any(|given| given.is_prefix_of(place)))
    }

    /// Whether the object of an argument belongs to the caller alone, or to its callers.
    pub(crate) fn owns_argument(&self, edge: &CallerEdge, argument: usize) -> bool {
        let site = self.site(edge);
        match site.arguments.get(argument) {
            Some(Ownership::Owned) => true,
            Some(Ownership::OwnedIf(param)) => {
                let place = site.argument_places.get(argument).and_then(Option::as_ref);
                self.owns(edge.caller, *param, place)
            }
            _ => false,
        }
    }

    /// Whether some are known to call a function, and the object of this argument belongs to all of them.
    pub(crate) fn callers_own(&self, function: u32, argument: usize) -> bool {
        let mut callers = self.known_callers(function).peekable();
        callers.peek().is_some() && callers.all(|edge| self.owns_argument(edge, argument))
    }

    /// Whether an access of this function touches an object that no one else can reach.
    pub(crate) fn is_owned(&self, function: u32, access: &Access) -> bool {
        match access.ownership {
            Ownership::Owned => true,
            Ownership::OwnedIf(param) => self.owns(function, param, access.place.as_ref()),
            Ownership::Shared => false,
        }
    }

    /// Whether this happens before anything has been launched.
    pub(crate) fn is_before_launches(&self, function: u32, access: &Access) -> bool {
        self.initial[function as usize] && access.live.is_empty() && access.thread == Thread::Caller
    }

    /// Whether a call happens before anything has been launched.
    pub(crate) fn is_initial_call(&self, edge: &CallerEdge) -> bool {
        let site = self.site(edge);
        self.initial[edge.caller as usize] && site.thread == Thread::Caller && site.live.is_empty()
    }

    /// Whether a lock is reached through a pointer that may lead to the lock of another declaration as well.
    pub(crate) fn is_aliased(&self, held: &Held) -> bool {
        held.aliased && self.own_locks.binary_search(&held.lock.key).is_err()
    }

    /// The locks at an access: its own and those of its function's entry. A goroutine that its function waits for runs under
    /// those as well, though they do not keep it from the function's other goroutines.
    pub(crate) fn locks_at(&self, function: u32, access: &Access) -> (Lockset, Lockset) {
        if let Some(literal) = access.stored {
            let around = self.stored.locks(literal).cloned().unwrap_or_default();
            return (access.locks.surely.union(&around), access.locks.perhaps.union(&around));
        }
        if self.outlives(function, access.thread) {
            return (access.locks.surely.clone(), access.locks.perhaps.clone());
        }
        let entry = &*self.entry_at(function, access);
        let kept = |held: &&Held| !access.released.contains(&held.lock.key);
        let mut surely: Lockset = entry.surely.iter().filter(kept).cloned().collect();
        let mut perhaps = entry.perhaps.clone();
        if let Some(around) = self.locks_around(function, access.thread) {
            surely = surely.union(around);
            perhaps = perhaps.union(around);
        }
        (access.locks.surely.union(&surely), access.locks.perhaps.union(&perhaps))
    }

    /// Whether an access runs when a stored literal is called, and no call of that is known.
    pub(crate) fn is_called_unseen(&self, access: &Access) -> bool {
        access.stored.is_some_and(|literal| self.stored.locks(literal).is_none())
    }

    /// The locks that this function's own paths or all its known callers hold at an access, beyond those surely held.
    pub(crate) fn usual_locks_at(&self, function: u32, access: &Access) -> Lockset {
        if access.stored.is_some() {
            return self.locks_at(function, access).1;
        }
        if self.outlives(function, access.thread) {
            return access.locks.perhaps.clone();
        }
        access.locks.perhaps.union(&self.entry_at(function, access).usually)
    }

    /// The locks at a function's entry whenever it comes to an access.
    fn entry_at(&self, function: u32, access: &Access) -> Cow<'_, EntryLocks> {
        let entry = &self.entry[function as usize];
        let excludes = |edge: &CallerEdge| !allows(self.site(edge), &access.conditions);
        if access.conditions.is_empty() || !self.callers[function as usize].iter().any(excludes) {
            return Cow::Borrowed(entry);
        }
        let narrowed = entry::at_entry_where(self, function, &access.conditions);
        narrowed.map_or(Cow::Borrowed(entry), Cow::Owned)
    }

    /// What this function holds as long as one of its goroutines runs.
    pub(crate) fn locks_around(&self, function: u32, thread: Thread) -> Option<&'a Lockset> {
        let Thread::Launched(index) = thread else { return None };
        let launch = self.summaries.at(function).launches.get(index as usize)?;
        (!launch.around.is_empty()).then_some(&launch.around)
    }

    /// Whether a goroutine of this function may go on when the function has returned.
    pub(crate) fn outlives(&self, function: u32, thread: Thread) -> bool {
        match thread {
            Thread::Caller => false,
            Thread::Launched(index) => {
                let launch = self.summaries.at(function).launches.get(index as usize);
                launch.is_none_or(|launch| launch.outlives || launch.deferred_start)
            }
        }
    }

    /// Whether two functions run on one and the same goroutine alone, of which there is one.
    pub(crate) fn share_goroutine(&self, a: u32, b: u32) -> bool {
        match (self.roots[a as usize], self.roots[b as usize]) {
            (Roots::One(Some(one)), Roots::One(Some(other))) if one == other => {
                self.starts.get(one as usize).is_some_and(|start| !start.is_parallel())
            }
            _ => false,
        }
    }

    /// Whether a function runs on the goroutine of this very launch alone, wherever that is started.
    pub(crate) fn runs_only_in(&self, function: u32, launch: &Launch) -> bool {
        let Roots::One(Some(start)) = self.roots[function as usize] else { return false };
        matches!(self.starts.get(start as usize), Some(Start::Launch { launch: own, .. })
            if own.target == launch.target && own.location == launch.location)
    }

    /// Whether a function promises that some lock is held, without saying which.
    pub(crate) fn is_vaguely_promised(&self, function: u32) -> bool {
        self.facts[function as usize].promise.as_ref().is_some_and(|promise| promise.locks.is_empty())
    }

    /// Whether some lock is held at a function without saying which: it promises so, or is called by those alone that do.
    pub(crate) fn is_under_vague_promise(&self, function: u32) -> bool {
        self.is_vaguely_promised(function) || self.is_helper_of_promised(function, 0)
    }

    fn is_helper_of_promised(&self, function: u32, depth: u8) -> bool {
        if depth >= DEEPEST_HELPER
            || self.openness[function as usize] != Openness::Closed
            || self.is_launched(function)
        {
            return false;
        }
        let mut callers = self.known_callers(function).peekable();
        callers.peek().is_some()
            && callers.all(|edge| {
                self.site(edge).thread == Thread::Caller
                    && (self.is_vaguely_promised(edge.caller)
                        || self.is_helper_of_promised(edge.caller, depth + 1))
            })
    }

    /// Whether a function promises that some lock is held, and it may be this one: not if it takes it by itself.
    pub(crate) fn may_be_promised(&self, function: u32, lock: &Key) -> bool {
        self.is_vaguely_promised(function) && !self.summaries.at(function).takes(lock)
    }

    /// Whether some function on the way to an access, its own included, states that its caller holds a lock.
    pub(crate) fn is_promised_on_the_way(&self, access: &Access) -> bool {
        let on_the_way = access.calls.iter().map(|step| step.callee).chain([access.function]);
        on_the_way
            .filter_map(|function| self.summaries.number(function))
            .any(|number| self.facts[number as usize].promise.is_some())
    }

    /// Whether a function stands in a test file.
    pub(crate) fn is_in_test(&self, function: FunctionRef) -> bool {
        self.summaries.number(function).is_some_and(|number| self.facts[number as usize].in_test)
    }

    /// Whether a function stands in a test file or in one for tests alone.
    pub(crate) fn is_for_tests(&self, function: FunctionRef) -> bool {
        self.summaries.number(function).is_some_and(|number| self.facts[number as usize].for_tests)
    }

    /// Whether a function does nothing but call another one, on no condition.
    pub(crate) fn forwards(&self, function: FunctionRef) -> bool {
        self.summaries.number(function).is_some_and(|number| self.facts[number as usize].forwards)
    }

    /// Whether an access stands in a file for tests, or is reached through a function that does.
    pub(crate) fn passes_test(&self, access: &Access) -> bool {
        access.calls.iter().map(|step| step.callee).chain([access.function]).any(|f| self.is_for_tests(f))
    }

    /// Whether an access is a test's own, or that of a function which only this package, and so its tests, can call.
    pub(crate) fn is_look_from_test(&self, access: &Access) -> bool {
        let on_the_way = access.calls.iter().map(|step| step.callee).chain([access.function]);
        let mut numbers = on_the_way.filter_map(|function| self.summaries.number(function));
        let first = numbers.find(|number| !self.facts[*number as usize].in_test);
        first.is_none_or(|number| !self.facts[number as usize].upper_case)
    }

    /// Whether the root of an access's place is the receiver or a package variable, so that callers of different
    /// goroutines can mean the same object.
    pub(crate) fn is_reachable_from_outside(&self, access: &Access) -> bool {
        access
            .place
            .as_ref()
            .is_some_and(|place| matches!(place.root, Root::Param(0) | Root::Global(_) | Root::External(..)))
    }

    /// The number of the declared function around a literal; a declared function's own.
    pub(crate) fn outermost(&self, function: u32) -> u32 {
        self.summaries.number(self.facts[function as usize].outermost).unwrap_or(function)
    }

    /// Where a function's first statement of interest stands; a stand-in when it has none.
    pub(crate) fn location_of(&self, number: usize) -> Location {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let summary: &Summary = self.summaries.at(number);
        let known = summary.sites.iter().map(|access| access.location);
        known.min().unwrap_or_else(|| Location {
            file: self.summaries.function(number).file,
            span: Default::default(),
        })
    }

    fn link(&mut self) {
        for (caller, _, summary) in self.summaries.iter() {
            for (site, call) in (0..).zip(&summary.calls) {
                if let Some(callee) = self.summaries.number(call.callee) {
                    self.callers[callee as usize].push(CallerEdge { caller, site });
                }
            }
            let targets = summary.launches.iter().filter(|launch| launch.calls.is_empty());
            for launch in targets {
                if let Some(target) = launch.target.and_then(|target| self.summaries.number(target)) {
                    self.launched.entry(target).or_default().push(launch.location);
                }
            }
        }
    }

    /// Whether a function is reached from one start alone, and that runs several times at once.
    pub(crate) fn runs_in_parallel(&self, function: u32) -> bool {
        let Roots::One(Some(start)) = self.roots[function as usize] else { return false };
        self.starts.get(start as usize).is_some_and(Start::is_parallel)
    }

    /// The parameters whose objects all callers own, and what these hold that some caller does not.
    fn owned_params(&self, number: usize) -> (u32, Vec<Place>) {
        if !self.callers_are_known(number) {
            return (0, Vec::new());
        }
        let mut owned = u32::MAX;
        let mut given = Vec::new();
        for edge in self.callers[number].iter().filter(|edge| self.counts(number, edge)) {
            for param in 0..32 {
                if !self.owns_argument(edge, param) {
                    owned &= !(1 << param);
                }
            }
            if owned == 0 {
                return (0, Vec::new());
            }
            self.add_given(edge, &mut given);
        }
        (owned, given)
    }

    /// What the arguments of a call hold that the caller does not own.
    fn add_given(&self, edge: &CallerEdge, given: &mut Vec<Place>) {
        let site = self.site(edge);
        let is_others = |held: &Option<Place>| match held {
            Some(Place { root: Root::Param(param), .. }) => !self.owns(edge.caller, *param, held.as_ref()),
            _ => true,
        };
        given.extend(site.given.iter().filter(|(_, held)| is_others(held)).map(|(field, _)| field.clone()));
        let callers = &self.given[edge.caller as usize];
        for (n, ownership) in (0..).zip(&site.arguments).filter(|_| !callers.is_empty()) {
            let Ownership::OwnedIf(param) = *ownership else { continue };
            let whole = Place::root(Root::Param(param));
            let place = site.argument_places.get(n as usize).and_then(Option::as_ref).unwrap_or(&whole);
            let inside = callers.iter().filter(|held| place.is_prefix_of(held));
            given.extend(inside.map(|held| {
                let mut seen = Place::root(Root::Param(n));
                seen.path.extend_from_slice(&held.path[place.path.len()..]);
                seen
            }));
        }
        given.sort_unstable();
        given.dedup();
        given.truncate(MOST_GIVEN);
    }

    fn is_initial(&self, number: usize) -> bool {
        if self.facts[number].role == Role::Initial {
            return true;
        }
        self.callers_are_known(number)
            && self.callers[number]
                .iter()
                .filter(|edge| self.counts(number, edge))
                .all(|edge| self.is_initial_call(edge))
    }
}
