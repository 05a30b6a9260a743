//! Objects that variables, fields and rounds of loops have got anew, and the goroutines that cannot know them.

use crate::domain::{Choice, Domain, LiveSet, Place, Root, SharedList};
use crate::summarise::state::{State, fresh};
use crate::summary::{Signal, Value};

impl State {
    /// The variable or field has got another object: the goroutines that run were given an older one.
    pub(super) fn renew(&mut self, place: &Place) {
        self.renewed.retain(|(renewed, _)| renewed != place);
        if !self.live.is_empty() {
            self.renewed.push((place.clone(), self.live));
        }
    }

    /// A place as it is to be remembered here: where a goroutine may run that a former round of a loop has started, it is not told
    /// which round has chosen the element.
    pub(super) fn remembered(&self, place: &Place) -> Place {
        let may_be_former = |choice: Choice| {
            choice
                .loop_variable()
                .is_some_and(|variable| self.without_object(&Place::root(fresh(variable))).meets(self.live))
        };
        if self.renewed.is_empty() || !place.choices().any(may_be_former) {
            return place.clone();
        }
        place.with_choices(|choice| if may_be_former(choice) { Choice::UNKNOWN } else { choice })
    }

    /// The launches that may run and can know the object that a variable has at the moment.
    pub(super) fn live_with(&self, root: Root) -> LiveSet {
        let is_it = |place: &Place| place.root == root && place.path.is_empty();
        let entry = self.renewed.iter().find(|(renewed, _)| is_it(renewed));
        self.live.without(entry.map_or(LiveSet::default(), |(_, launches)| *launches))
    }

    fn live_with_place(&self, place: &Place) -> LiveSet {
        self.live.without(self.without_object(place))
    }

    pub(super) fn without_object(&self, place: &Place) -> LiveSet {
        let entry = self.renewed.iter().find(|(renewed, _)| renewed == place);
        entry.map_or(LiveSet::default(), |(_, launches)| *launches)
    }

    /// Launch number `launch` is started with these parameters, and has whatever the variables have now. Tells which of them the
    /// goroutines that it has started before have other objects of. A field's object is its own if it was handed over: else
    /// it looks into the field some time later.
    pub(super) fn begin(&mut self, launch: usize, parameters: &[Value]) -> SharedList<Place> {
        let is_given = |place: &Place| {
            let mut given = parameters.iter();
            given.any(|value| matches!(value, Value::Reference(reference) if reference.place == *place))
        };
        let separate = self
            .renewed
            .iter()
            .filter(|(place, launches)| {
                launches.contains(launch) && (place.path.is_empty() || is_given(place))
            })
            .map(|(place, _)| place.clone())
            .collect();
        for at in 0..self.renewed.len() {
            if self.renewed[at].1.contains(launch) {
                self.renewed.update(at, |(_, launches)| launches.remove(launch));
            }
        }
        self.live.insert(launch);
        separate
    }

    /// What runs may know an object where two paths meet if it may on one of them.
    pub(super) fn join_renewed(&mut self, other: &Self) {
        if self.renewed.is_empty() && other.renewed.is_empty() {
            return;
        }
        let live = self.live.join(&other.live);
        let renewed = self.renewed.iter().chain(&other.renewed);
        let mut places: Vec<Place> = renewed.map(|(place, _)| place.clone()).collect();
        places.sort_unstable();
        places.dedup();
        let joined = places.into_iter().map(|place| {
            let known = self.live_with_place(&place).join(&other.live_with_place(&place));
            (place, live.without(known))
        });
        self.renewed = joined.filter(|(_, launches)| !launches.is_empty()).collect();
    }

    /// The wait groups that have surely been told since that something is done.
    pub(super) fn told_since(&self, before: &Self) -> Vec<Place> {
        let told = self.waits.iter().filter(|wait| !before.waits.contains(wait));
        told.filter_map(|wait| if let Signal::Given(group) = wait { Some(group.clone()) } else { None })
            .collect()
    }

    /// A new round of a loop begins, each of which tells these wait groups that something is done: that is not what this round
    /// does.
    pub(super) fn begin_round(&mut self, told: &[Place]) {
        for group in told {
            if let Some(at) =
                self.signals.iter().position(|signal| *signal == Signal::WaitGroup(group.clone()))
            {
                self.signals.remove(at);
                self.signals.add(&Signal::Earlier(group.clone()));
            }
        }
    }

    /// The loop is over, and its rounds have told these wait groups.
    pub(super) fn end_rounds(&mut self, told: &[Place]) {
        for group in told {
            if self.signals.contains(&Signal::Earlier(group.clone())) {
                self.signals.add(&Signal::WaitGroup(group.clone()));
            }
        }
    }
}
