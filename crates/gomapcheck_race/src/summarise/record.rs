//! What the interpreter has found so far.

use std::sync::Arc;

use gomapcheck_ir::ExprId;
use gomapcheck_source::Span;
use gomapcheck_types::FunctionRef;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::conflict::Location;
use crate::domain::{Domain, Held, Key, LiveSet, Lock, Locks, Lockset, Place, Root, SharedList};
use crate::summarise::alike::{Identity, identity, merge, own_identity};
use crate::summarise::lent::is_for_lent_group;
use crate::summarise::state::State;
use crate::summary::{
    Access, CallSite, Launch, LockEffect, Multiplicity, Ownership, ParamCall, Signal, StoredFunction,
    StoredLock, Summary, Thread, Value, ValueCall,
};

/// Accesses that a summary hands to callers at most; writes are kept first.
const MOST_ACCESSES: usize = 160;

/// Calls of function-typed parameters that a summary hands to callers at most.
const MOST_PARAM_CALLS: usize = 128;

/// The same for functions in fields of parameters: an object of a large program reaches hundreds, of which hardly any caller
/// knows one.
const MOST_FIELD_CALLS: usize = 48;

/// Parameters that one function is known to store.
const MOST_KEPT: usize = 16;

/// Functions in declared places that one function is known to call.
const MOST_VALUE_CALLS: usize = 32;

/// Collects accesses, launches and calls; meeting one again joins the circumstances.
#[derive(Default)]
pub(super) struct Recorder {
    accesses: Vec<Access>,
    known: FxHashMap<Identity, usize>,
    sites: Vec<Access>,
    known_sites: FxHashMap<Identity, usize>,
    calls: Vec<CallSite>,
    known_calls: FxHashMap<(Location, FunctionRef, Thread), usize>,
    pub(super) launches: Vec<Launch>,
    known_launches: FxHashMap<(ExprId, Location, u32), usize>,
    /// Launches that have been started anew.
    again: FxHashSet<u32>,
    launched: Vec<FxHashMap<Identity, usize>>,
    /// Flags that were raised when a launch was started.
    flags: Vec<(u32, Arc<Lock>)>,
    /// The locksets met, each once: most accesses share theirs with others.
    locksets: FxHashSet<Lockset>,
    /// The locks in them.
    locks: FxHashSet<Arc<Lock>>,
    /// Calls of the callers' function values, each with the goroutine in which it is made.
    param_calls: Vec<(ParamCall, Thread)>,
    receives: Vec<Place>,
    stores: Vec<StoredFunction>,
    stored_locks: Vec<StoredLock>,
    keeps: Vec<(u32, Key)>,
    adds: Vec<(u32, Place)>,
    encodes: Vec<u32>,
    value_calls: Vec<ValueCall>,
    empty_sections: Vec<Key>,
    paused: bool,
}

/// How a function ends.
pub(super) struct Ending {
    pub(super) never_returns: bool,
    pub(super) parallel_test: bool,
    pub(super) results: Vec<Value>,
    pub(super) result_ownership: Vec<Ownership>,
    pub(super) behind_results: Vec<(Root, Place)>,
    pub(super) held_by_results: Vec<(Place, Value)>,
}

impl Recorder {
    /// Stops recording while something is evaluated a second time; `resume` takes what this gives.
    pub(super) fn pause(&mut self) -> bool {
        std::mem::replace(&mut self.paused, true)
    }

    pub(super) fn resume(&mut self, before: bool) {
        self.paused = before;
    }

    /// Records an access; `site` when it stands in this function as far as guards are concerned.
    pub(super) fn access(&mut self, mut access: Access, site: bool) {
        if self.paused {
            return;
        }
        if site {
            self.site(&access);
        }
        self.share_locks(&mut access);
        let identity = identity(&access);
        match access.thread {
            Thread::Caller => merge(&mut self.accesses, &mut self.known, identity, access),
            Thread::Launched(n) => {
                let n = n as usize;
                if let (Some(launch), Some(known)) = (self.launches.get_mut(n), self.launched.get_mut(n)) {
                    merge(&mut launch.accesses, known, identity, access);
                }
            }
        }
    }

    /// Records an access for those alone who tell guards.
    pub(super) fn site(&mut self, access: &Access) {
        if self.paused {
            return;
        }
        let identity = own_identity(access);
        let told = Access { locks: access.locks.clone().without_once(), ..access.clone() };
        merge(&mut self.sites, &mut self.known_sites, identity, told);
    }

    fn share_locks(&mut self, access: &mut Access) {
        for set in [&mut access.locks.surely, &mut access.locks.perhaps] {
            if set.is_empty() {
                continue;
            }
            if let Some(known) = self.locksets.get(set) {
                *set = known.clone();
            } else {
                set.share_locks(&mut self.locks);
                self.locksets.insert(set.clone());
            }
        }
    }

    pub(super) fn call(&mut self, mut call: CallSite) {
        call.locks = call.locks.without_once();
        if self.paused {
            return;
        }
        let identity = (call.location, call.callee, call.thread);
        if let Some(at) = self.known_calls.get(&identity) {
            let known = &mut self.calls[*at];
            known.locks = known.locks.join(&call.locks);
            known.live = known.live.join(&call.live);
            known.passed.intersect(&call.passed);
            known.gates.intersect(&call.gates);
            known.released.add_all(&call.released);
            known.constants.retain(|constant| call.constants.contains(constant));
            for (mine, other) in known.arguments.iter_mut().zip(call.arguments) {
                if *mine != other {
                    *mine = Ownership::Shared;
                }
            }
        } else {
            self.known_calls.insert(identity, self.calls.len());
            self.calls.push(call);
        }
    }

    pub(super) fn param_call(&mut self, call: ParamCall, thread: Thread) {
        let is_field = !call.place.path.is_empty();
        let most = if is_field { MOST_FIELD_CALLS } else { MOST_PARAM_CALLS };
        if !self.paused
            && self.param_calls.len() < most
            && !self.param_calls.iter().any(|(c, _)| c.place == call.place && c.location == call.location)
        {
            self.param_calls.push((call, thread));
        }
    }

    /// Something is received from a channel.
    pub(super) fn receive(&mut self, channel: &Place) {
        if !self.paused && !self.receives.contains(channel) {
            self.receives.push(channel.clone());
        }
    }

    /// A literal is put into a declared place.
    pub(super) fn store(&mut self, stored: StoredFunction) {
        let is_known = |known: &StoredFunction| known.function == stored.function && known.key == stored.key;
        if !self.paused && !self.stores.iter().any(is_known) {
            self.stores.push(stored);
        }
    }

    /// A function that works on locks alone is put into a declared place.
    pub(super) fn store_lock(&mut self, stored: StoredLock) {
        if !self.paused && !self.stored_locks.contains(&stored) {
            self.stored_locks.push(stored);
        }
    }

    /// A parameter is put into a declared place.
    pub(super) fn keep(&mut self, param: u32, key: &Key) {
        let is_known = |known: &(u32, Key)| known.0 == param && known.1 == *key;
        if !self.paused && self.keeps.len() < MOST_KEPT && !self.keeps.iter().any(is_known) {
            self.keeps.push((param, key.clone()));
        }
    }

    /// A parameter is read as a whole.
    pub(super) fn encode(&mut self, param: u32) {
        if !self.paused && !self.encodes.contains(&param) {
            self.encodes.push(param);
        }
    }

    /// What a parameter tells is added to a wait group.
    pub(super) fn add_to_group(&mut self, param: u32, group: &Place) {
        let is_known = |known: &(u32, Place)| known.0 == param && known.1 == *group;
        if !self.paused && !self.adds.iter().any(is_known) {
            self.adds.push((param, group.clone()));
        }
    }

    /// A function is called that a declared place holds; of several such calls in a function, what they have in common counts.
    pub(super) fn value_call(&mut self, call: ValueCall) {
        if self.paused {
            return;
        }
        let locks = call.locks.without_once();
        let is_same = |known: &ValueCall| known.key == call.key && known.thread == call.thread;
        if let Some(at) = self.value_calls.iter().position(is_same) {
            let known = &mut self.value_calls[at];
            known.locks = known.locks.join(&locks);
            if known.called != call.called {
                known.called = SharedList::EMPTY;
            }
        } else if self.value_calls.len() < MOST_VALUE_CALLS {
            self.value_calls.push(ValueCall { locks, ..call });
        }
    }

    /// A lock was taken, and is given back at once.
    pub(super) fn empty_section(&mut self, key: &Key) {
        if !self.paused && !self.empty_sections.contains(key) {
            self.empty_sections.push(key.clone());
        }
    }

    /// The number of a launch: the same for the same expression, origin and ordinal.
    pub(super) fn launch(&mut self, ordinal: u32, launch: Launch) -> u32 {
        let identity = (launch.site, launch.location, ordinal);
        if let Some(at) = self.known_launches.get(&identity) {
            let known = &mut self.launches[*at];
            known.live = known.live.join(&launch.live);
            // What a callee starts in two places is one launch here, and may run twice.
            if launch.multiplicity == Multiplicity::Many {
                known.multiplicity = Multiplicity::Many;
            }
            known.conditions.intersect(&launch.conditions);
            known.is_kept &= launch.is_kept;
            known.passed.add_all(&launch.passed);
            known.around.retain(|held| launch.around.iter().any(|other| other == held));
            return u32::try_from(*at).unwrap_or(u32::MAX);
        }
        let at = self.launches.len();
        self.known_launches.insert(identity, at);
        self.launches.push(launch);
        self.launched.push(FxHashMap::default());
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// What started these launches has waited until they had returned, whatever they signal before: nothing of them is late.
    pub(super) fn has_waited_for(&mut self, launches: LiveSet) {
        for (n, launch) in self.launches.iter_mut().enumerate() {
            if launches.contains(n) {
                launch.signals = SharedList::EMPTY;
            }
        }
    }

    /// A launch that may run already is started again, and these variables have got other objects since it was last.
    pub(super) fn started_anew(&mut self, launch: u32, separate: SharedList<Place>) {
        let is_first = self.again.insert(launch);
        if let Some(known) = self.launches.get_mut(launch as usize) {
            if is_first {
                known.separate = separate;
            } else {
                known.separate.intersect(&separate);
            }
        }
    }

    /// A launch is started while this flag is raised.
    pub(super) fn started_under(&mut self, launch: u32, flag: &Arc<Lock>) {
        if !self.flags.iter().any(|(known, _)| *known == launch) {
            self.flags.push((launch, Arc::clone(flag)));
        }
    }

    /// A loop's end is reached while these launches may run: those started in it may run several times at once.
    pub(super) fn repeated(&mut self, live: LiveSet, span: Span, start_of: impl Fn(ExprId) -> u32) {
        for (n, launch) in self.launches.iter_mut().enumerate() {
            let at = start_of(launch.site);
            if live.contains(n) && !launch.one_at_a_time && span.start <= at && at < span.end {
                launch.multiplicity = match launch.multiplicity {
                    Multiplicity::One => Multiplicity::Loop { start: span.start, end: span.end },
                    Multiplicity::Loop { start, end } => {
                        Multiplicity::Loop { start: start.min(span.start), end: end.max(span.end) }
                    }
                    Multiplicity::Many => Multiplicity::Many,
                };
            }
        }
    }

    /// The summary. `is_own` tells the roots that callers cannot name, unless they are returned.
    pub(super) fn finish(mut self, state: &State, ending: Ending, is_own: impl Fn(Root) -> bool) -> Summary {
        // Nobody who comes later gets as far as to start it, unless the flag has been put down meanwhile.
        for (launch, flag) in &self.flags {
            let launch = &mut self.launches[*launch as usize];
            launch.one_at_a_time |=
                launch.multiplicity == Multiplicity::One && state.locks.perhaps.mode_of(flag).is_some();
        }
        crate::summarise::wait::close_waits(&mut self.launches);
        for (n, launch) in self.launches.iter_mut().enumerate() {
            launch.outlives = state.live.contains(n) || ending.never_returns;
            if launch.outlives || launch.deferred_start {
                launch.around = Lockset::EMPTY;
            }
            launch.accesses.shrink_to_fit();
            for access in &mut launch.accesses {
                let is_sure = |signal: &&Signal| !matches!(signal, Signal::Closed(_) | Signal::Calls(_));
                let mut signals = launch.signals.iter().filter(is_sure).peekable();
                access.after_signal =
                    signals.peek().is_some() && signals.all(|signal| access.after.contains(signal));
            }
        }
        let launches = &self.launches;
        let joined = |thread: Thread| match thread {
            Thread::Launched(n) => launches.get(n as usize).is_some_and(|launch| !launch.outlives),
            Thread::Caller => false,
        };
        // A loop that waits for each goroutine before it starts the next one has one at a time; what a goroutine calls may
        // start several.
        let started = |call: &ParamCall, thread: Thread| match (&call.launch, thread) {
            (Some((kind, called, signals)), Thread::Launched(n)) => launches.get(n as usize).map(|launch| {
                let is_one =
                    [*called, launch.multiplicity].iter().all(|several| *several == Multiplicity::One);
                let multiplicity = if is_one { Multiplicity::One } else { Multiplicity::Many };
                (*kind, multiplicity, signals.clone())
            }),
            _ => call.launch.clone(),
        };
        let ended = |(call, thread): (ParamCall, Thread)| ParamCall {
            launch: started(&call, thread),
            joined: call.joined || joined(thread),
            among: match thread {
                Thread::Launched(n) => launches.get(n as usize).map(|launch| (n, launch.live)),
                Thread::Caller => None,
            },
            ..call
        };
        let param_calls: SharedList<ParamCall> = self.param_calls.into_iter().map(ended).collect();
        let waits = waits(&state.waits, (&state.signals, &param_calls));
        let mut accesses = self.accesses;
        if self.launches.is_empty() {
            // Without goroutines nobody asks what the function does to its own objects.
            let is_result = |root: Root| {
                ending
                    .results
                    .iter()
                    .any(|value| matches!(value, Value::Reference(r) if r.place.root == root))
            };
            accesses.retain(|access| {
                access.place.as_ref().is_some_and(|place| !is_own(place.root) || is_result(place.root))
            });
        }
        if accesses.len() > MOST_ACCESSES {
            accesses.sort_by_key(|a| (!a.operation.is_write(), a.calls.len()));
            accesses.truncate(MOST_ACCESSES);
        }
        let has_launches = !self.launches.is_empty();
        let empty_sections = if self.sites.is_empty() { Vec::new() } else { self.empty_sections };
        Summary {
            accesses: exact(accesses),
            sites: exact(self.sites),
            calls: exact(self.calls),
            launches: exact(self.launches),
            effect: effect(state),
            empty_sections: empty_sections.into(),
            results: exact(ending.results),
            result_ownership: exact(ending.result_ownership),
            behind_results: ending.behind_results.into(),
            held_by_results: ending.held_by_results.into(),
            param_calls,
            adds: self.adds.into(),
            passed: crate::summarise::wait::passed(state, &is_own),
            receives: if has_launches { self.receives.into() } else { SharedList::EMPTY },
            stores: self.stores.into(),
            stored_locks: self.stored_locks.into(),
            keeps: self.keeps.into(),
            encodes: self.encodes.into(),
            value_calls: self.value_calls.into(),
            signals: signals(&state.signals),
            waits,
            waits_where: SharedList::EMPTY,
            publishes: state.published_params(),
            stored_in: state.stored_params(),
            never_returns: ending.never_returns,
            parallel_test: ending.parallel_test,
        }
    }
}

/// The same without spare room: summaries stay for the whole run.
fn exact<T>(mut elements: Vec<T>) -> Vec<T> {
    elements.shrink_to_fit();
    elements
}

/// The signals of a function that callers can name.
fn signals(given: &SharedList<Signal>) -> SharedList<Signal> {
    let named = given.iter().filter(|signal| is_outside(signal.place()));
    let mut signals = SharedList::EMPTY;
    named.for_each(|signal| signals.add(&signal.in_any_round()));
    signals
}

/// What was waited for, as far as callers can name it. What is received from a channel that the function sends on as well may
/// be its own.
fn waits(all: &SharedList<Signal>, (sent, calls): (&SharedList<Signal>, &[ParamCall])) -> SharedList<Signal> {
    let mut waits = all.clone();
    let is_named = |wait: &Signal| is_outside(wait.place()) || is_for_lent_group(calls, wait);
    let is_own = |wait: &Signal| matches!(wait, Signal::Channel(_)) && sent.contains(wait);
    waits.retain(|wait| is_named(wait) && !is_own(wait) && !matches!(wait, Signal::Given(_)));
    waits
}

pub(super) fn is_outside(place: &Place) -> bool {
    !matches!(place.root, Root::Fresh(_))
}

fn effect(state: &State) -> LockEffect {
    let locks: &Locks = &state.locks;
    let outside = |held: &&Held| held.lock.place.as_ref().is_none_or(is_outside);
    let acquires: Lockset = locks.surely.iter().filter(outside).cloned().collect();
    let perhaps = locks.perhaps.iter().filter(|held| locks.surely.mode_of(&held.lock).is_none());
    let perhaps_acquires = perhaps.filter(outside).cloned().collect();
    let perhaps_releases =
        state.released.iter().filter(|lock| !state.surely_released.contains(lock)).cloned().collect();
    LockEffect {
        acquires,
        perhaps_acquires,
        releases: state.surely_released.clone(),
        perhaps_releases,
        depending: SharedList::EMPTY,
    }
}
