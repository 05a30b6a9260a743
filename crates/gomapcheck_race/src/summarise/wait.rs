//! Waiting for goroutines: by wait groups, by groups and pools, by channels.

use std::sync::LazyLock;

use gomapcheck_source::Name;

use crate::domain::{LiveSet, Lockset, Place, Root, SharedList};
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::{Launch, Multiplicity, Signal, Value};

impl Interpreter<'_> {
    /// Waiting for a group: what it has launched is over.
    pub(super) fn wait(&mut self, state: &mut State, receiver: &Value) {
        let Value::Reference(reference) = receiver else {
            // Nobody knows what is waited for: better to believe in it.
            state.live = LiveSet::default();
            return;
        };
        self.join_signal(state, &Signal::WaitGroup(reference.place.clone()));
        self.join_signal(state, &Signal::Group(reference.place.clone()));
    }

    /// Whoever has signalled is over, and so is whom it has waited for.
    pub(super) fn join_signal(&mut self, state: &mut State, signal: &Signal) {
        note_wait(state, signal);
        if matches!(signal, Signal::WaitGroup(_) | Signal::Group(_)) {
            state.own_passed.add(signal.place());
        }
        self.end_all(state, vec![signal.clone()], true);
    }

    /// A receive from a channel: ordered after the send or the close. A single receive does not wait for many senders, nor for
    /// all that signal on the channels of a collection.
    pub(super) fn receive(&mut self, state: &mut State, channel: &Value, until_closed: bool) {
        let Value::Reference(reference) = channel else { return };
        self.recorder.receive(&reference.place);
        let mut signals = vec![Signal::Channel(reference.place.clone())];
        if until_closed {
            signals.push(Signal::Closed(reference.place.clone()));
        }
        let is_one_of_many = self.loops.is_empty() && reference.place.passes_element();
        if is_one_of_many {
            state.gate(reference.place.clone());
            return;
        }
        signals.iter().for_each(|signal| note_wait(state, signal));
        let several = until_closed || !self.loops.is_empty();
        self.end_all(state, signals, several);
    }

    /// Something more is to be waited for on a wait group: a goroutine that tells it of each piece of its work, and has done what
    /// there was when the group was waited for last, goes on.
    pub(super) fn expect_more(&self, state: &mut State, group: &Place) {
        let signal = Signal::WaitGroup(group.clone());
        if !state.waits.contains(&signal) {
            return;
        }
        let earlier = Signal::Earlier(group.clone());
        for (n, launch) in self.recorder.launches.iter().enumerate() {
            let has_rounds = || launch.accesses.iter().any(|access| access.after.contains(&earlier));
            if launch.signals.contains(&signal) && has_rounds() {
                state.live.insert(n);
                state.gates.retain(|gate| gate != group);
                state.waits.retain(|wait| *wait != signal);
            }
        }
    }

    /// The goroutines that have given one of these signals are over, and what they have waited for is, too. Whether a channel
    /// tells it of `several` that signal on it, or of one alone.
    fn end_all(&mut self, state: &mut State, mut pending: Vec<Signal>, several: bool) {
        while let Some(signal) = pending.pop() {
            for (n, launch) in self.recorder.launches.iter_mut().enumerate() {
                let is_told = several
                    || launch.multiplicity == Multiplicity::One
                    || !matches!(signal, Signal::Channel(_) | Signal::Closed(_));
                let has_ended = state.live.contains(n)
                    && launch.signals.contains(&signal)
                    && ends_with(launch, &signal)
                    && is_told;
                if has_ended {
                    state.live.remove(n);
                    has_ended_under(launch, &state.locks.surely);
                    launch.waits.iter().for_each(|wait| note_wait(state, wait));
                    pending.extend(launch.waits.iter().cloned());
                }
            }
        }
        self.end_parts(state);
    }

    /// These launches are known to be over.
    pub(super) fn end_launches(&self, state: &mut State, launches: LiveSet) {
        state.live = state.live.without(launches);
        self.end_parts(state);
    }

    /// What a goroutine has waited for is over with it.
    fn end_parts(&self, state: &mut State) {
        let launches = &self.recorder.launches;
        // Parts have later numbers than what they are part of.
        for (n, launch) in launches.iter().enumerate() {
            let is_over = |outer: u32| !state.live.contains(outer as usize);
            if launch.part_of.is_some_and(is_over) {
                state.live.remove(n);
            }
        }
    }

    /// A send on a channel tells whoever receives from it.
    pub(super) fn signal_channel(&mut self, state: &mut State, channel: &Value) {
        if let Value::Reference(reference) = channel {
            state.signal(Signal::Channel(reference.place.clone()));
        }
    }

    /// So does closing it, and that nothing more comes.
    pub(super) fn close_channel(&mut self, state: &mut State, channel: &Value) {
        self.signal_channel(state, channel);
        if let Value::Reference(reference) = channel {
            state.signal(Signal::Closed(reference.place.clone()));
        }
    }
}

/// Stands for a group that a callee has made for itself and waited for: some work has been done side by side, and is over.
pub(crate) fn own_group() -> Place {
    static OWN: LazyLock<Root> = LazyLock::new(|| Root::External(Name::new("group"), Name::new("own")));
    Place::root(*OWN)
}

/// The groups that were waited for, as callers name them. What a callee's callees did for themselves does not count.
pub(super) fn passed(state: &State, is_own: &impl Fn(Root) -> bool) -> SharedList<Place> {
    let named = |place: &Place| if is_own(place.root) { own_group() } else { place.clone() };
    let mut passed: Vec<Place> = state
        .passed
        .iter()
        .chain(&state.own_passed)
        .filter(|place| **place != own_group())
        .map(named)
        .collect();
    passed.dedup();
    passed.into()
}

/// Who waits for a goroutine waits for what that has waited for, too: callers may not know it by name.
pub(super) fn close_waits(launches: &mut [Launch]) {
    for n in 0..launches.len() {
        let mut pending: Vec<Signal> = launches[n].waits.iter().cloned().collect();
        while let Some(signal) = pending.pop() {
            for other in 0..launches.len() {
                if other == n || !launches[other].signals.contains(&signal) {
                    continue;
                }
                let waits = launches[other].waits.clone();
                let new = waits.iter().filter(|wait| !launches[n].waits.contains(wait));
                let new: Vec<Signal> = new.cloned().collect();
                new.iter().for_each(|wait| launches[n].waits.add(wait));
                pending.extend(new);
            }
        }
    }
}

/// What comes now comes after this signal.
fn note_wait(state: &mut State, signal: &Signal) {
    state.waited(signal.clone());
    if !matches!(signal, Signal::WaitsIn(_)) {
        state.gate(signal.place().clone());
    }
}

/// Of the locks at its start, those that have not been given back before its end.
fn has_ended_under(launch: &mut Launch, held: &Lockset) {
    launch
        .around
        .retain(|lock| held.iter().any(|held| held.lock == lock.lock && held.acquired == lock.acquired));
}

/// Whether nothing of the launch is left when it has given the signal. A wait group's Done is taken at its word.
fn ends_with(launch: &Launch, signal: &Signal) -> bool {
    match signal {
        Signal::Channel(_) | Signal::Closed(_) => {
            !launch.accesses.iter().any(|access| access.after.contains(signal))
        }
        _ => true,
    }
}
