//! A callee's access in the caller's terms.

use std::sync::LazyLock;

use gomapcheck_ir::ChanDirection;
use gomapcheck_source::Name;
use gomapcheck_types::Type;

use crate::domain::{LiveSet, Locks, Place, Root, SharedList};
use crate::summarise::bind::Binding;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::{State, fresh};
use crate::summary::{Access, CallStep, Ownership, Signal, Thread};

/// Accesses at the end of longer chains of calls are not handed on: no reader follows them.
pub(super) const LONGEST_CHAIN: usize = 6;

/// The same out of functions that do little: what is carried far must be light.
const LONGEST_LIGHT_CHAIN: usize = 9;

/// So many accesses are light.
const LIGHT: usize = 6;
/// What an access is known to follow at most: an object of a large program signals on dozens of channels, and a pair asks for
/// those of one goroutine.
const MOST_SIGNALS: usize = 8;

/// Stands for a channel of a callee that cannot be named here: whoever has its other end may open it.
fn unseen_channel() -> Place {
    static UNSEEN: LazyLock<Root> = LazyLock::new(|| Root::External(Name::new("chan"), Name::new("unseen")));
    Place::root(*UNSEEN)
}

/// Whether a function that the callee returns has captured the variable: what that does with it is not followed.
fn is_captured(binding: &Binding<'_>, variable: &Place) -> bool {
    binding.summary.behind_results.iter().any(|(object, way)| *object == variable.root && way.root == *object)
}

impl Interpreter<'_> {
    pub(super) fn translate(
        &self,
        state: &State,
        binding: &Binding<'_>,
        access: &Access,
        thread: Thread,
    ) -> Option<Access> {
        self.step();
        let place = access.place.as_ref()?;
        if thread == Thread::Caller && self.comes_back(binding, access) {
            return None;
        }
        let is_light = binding.summary.accesses.len() <= LIGHT;
        if access.calls.len() >= if is_light { LONGEST_LIGHT_CHAIN } else { LONGEST_CHAIN } {
            return None;
        }
        let mut conditions = self.resolve_conditions(binding, &access.conditions)?;
        if thread == Thread::Caller && access.stored.is_none() {
            conditions.add_all(&state.conditions);
        }
        let (place, key) = self.resolve_keyed(state, binding, Some(place), &access.key);
        let (place, key) = (place?, key?);
        let ownership = self.ownership(state, &place);
        // Whatever runs already cannot know an object that the callee makes.
        let is_made_there = place.root == fresh(binding.call)
            && access.place.as_ref().is_some_and(|p| matches!(p.root, Root::Fresh(_) | Root::Local(_)));
        let mut gates: SharedList<Place> = access
            .gates
            .iter()
            .filter_map(|gate| match self.resolve_place(state, binding, gate) {
                Some(place) if !is_captured(binding, gate) => Some(place),
                _ => self.is_channel_of_its_own(gate).then(unseen_channel),
            })
            .collect();
        gates.add_all(if thread == Thread::Caller { &state.gates } else { &self.launchers_gates });
        Some(Access {
            key,
            ownership: match thread {
                Thread::Launched(_) if ownership == Ownership::Owned => Ownership::Shared,
                _ => ownership,
            },
            operation: access.operation,
            location: access.location,
            function: access.function,
            operand: access.operand,
            locks: self.translate_locks(state, binding, access, thread),
            calls: self.longer_chain(binding, &access.calls),
            thread,
            live: if thread == Thread::Caller && !is_made_there {
                state.live_with(place.root)
            } else {
                LiveSet::default()
            },
            after: self.translate_signals(state, binding, &access.after, thread),
            after_signal: false,
            released: access.released.clone(),
            stored: access.stored.or(self.following_stored),
            unclaimed: access.unclaimed && !(thread == Thread::Caller && state.is_made(place.root)),
            fills: access.fills,
            is_kept: access.is_kept || self.is_kept(),
            by_alias: access.by_alias,
            manner: access.manner,
            gates,
            passed: self.translate_passed(state, binding, &access.passed, thread),
            conditions,
            place: Some(match thread {
                Thread::Caller => state.remembered(&place),
                // What is started has the element of the round that starts it.
                Thread::Launched(_) => place,
            }),
        })
    }

    /// Whether this function makes the access again through a cycle of calls. It is known by its first way: the others differ
    /// in the path to an object of the same type, and there is no end to them (`t.next.next`).
    fn comes_back(&self, binding: &Binding<'_>, access: &Access) -> bool {
        access.thread == Thread::Caller
            && (binding.callee == self.function
                || access.calls.iter().any(|step| step.callee == self.function))
    }

    fn translate_locks(
        &self,
        state: &State,
        binding: &Binding<'_>,
        access: &Access,
        thread: Thread,
    ) -> Locks {
        let resolved = || binding.locks(&access.locks, || self.resolve_locks(state, binding, &access.locks));
        // A literal that was stored runs when this call is long over.
        if thread != Thread::Caller || access.stored.is_some() {
            return self.with_launchers_locks(resolved(), access);
        }
        let with_callers = || Self::with_callers_locks(state, resolved(), access);
        if access.released.is_empty() {
            binding.locks_here(&access.locks, with_callers)
        } else {
            with_callers()
        }
    }

    fn translate_signals(
        &self,
        state: &State,
        binding: &Binding<'_>,
        after: &SharedList<Signal>,
        thread: Thread,
    ) -> SharedList<Signal> {
        let resolve = || self.resolve_signals(state, binding, after);
        if thread != Thread::Caller {
            return binding.signals(after, resolve);
        }
        binding.signals_here(after, || {
            let mut signals = resolve();
            add_signals(&mut signals, &state.signals);
            signals
        })
    }

    fn translate_passed(
        &self,
        state: &State,
        binding: &Binding<'_>,
        passed: &SharedList<Place>,
        thread: Thread,
    ) -> SharedList<Place> {
        if thread != Thread::Caller {
            return self.resolve_places(state, binding, passed);
        }
        binding.passed_here(passed, || {
            let mut resolved = self.resolve_places(state, binding, passed);
            resolved.add_all(&state.passed);
            resolved
        })
    }

    /// Those of a callee's places that have a name here.
    pub(super) fn resolve_places(
        &self,
        state: &State,
        binding: &Binding<'_>,
        places: &SharedList<Place>,
    ) -> SharedList<Place> {
        places.iter().filter_map(|place| self.resolve_place(state, binding, place)).collect()
    }

    /// Whether a gate is a channel variable that can be sent on: a timer's channel, which opens by itself, cannot.
    pub(super) fn is_channel_of_its_own(&self, gate: &Place) -> bool {
        let Root::Local(local) = gate.root else { return false };
        let ty = self.shape(self.program.local_type(local.file, local.local));
        gate.path.is_empty() && matches!(ty, Type::Chan(ChanDirection::Both, _))
    }

    /// The locks held at the call are held at the access, save those that the callee releases before it.
    pub(super) fn with_callers_locks(state: &State, mut locks: Locks, access: &Access) -> Locks {
        if locks.perhaps.is_empty() && access.released.is_empty() {
            return state.locks.clone();
        }
        for held in state.locks.surely.iter() {
            if !access.released.contains(&held.lock.key) {
                locks.surely.acquire(held.clone());
            }
        }
        for held in state.locks.perhaps.iter() {
            locks.perhaps.acquire(held.clone());
        }
        locks
    }

    /// The locks that a callee holds around a function value that it launches are held inside, and so are those that a
    /// goroutine was handed, until it gives them back.
    pub(super) fn with_launchers_locks(&self, locks: Locks, access: &Access) -> Locks {
        if self.launchers_locks.is_empty() {
            return locks;
        }
        let mut kept = self.launchers_locks.clone();
        kept.retain(|held| !access.released.contains(&held.lock.key));
        Locks { surely: locks.surely.union(&kept), perhaps: locks.perhaps.union(&kept) }
    }

    pub(super) fn longer_chain(
        &self,
        binding: &Binding<'_>,
        calls: &SharedList<CallStep>,
    ) -> SharedList<CallStep> {
        if self.encloses(binding.callee) {
            return calls.clone();
        }
        binding.chain(calls, || {
            let location = self.location(self.ir.span(binding.call));
            let step = CallStep { location, callee: binding.callee };
            std::iter::once(step).chain(calls.iter().copied()).collect()
        })
    }
}

/// Adds signals, as long as they are few.
fn add_signals(signals: &mut SharedList<Signal>, more: &SharedList<Signal>) {
    if signals.is_empty() && more.len() <= MOST_SIGNALS {
        *signals = more.clone();
    } else {
        let room = MOST_SIGNALS.saturating_sub(signals.len());
        let new: Vec<&Signal> = more.iter().filter(|signal| !signals.contains(signal)).take(room).collect();
        new.into_iter().for_each(|signal| signals.push(signal.clone()));
    }
}
