//! Who can reach an object: others for good, or the goroutines that have it for the time being.

use smallvec::SmallVec;

use crate::domain::{LiveSet, Place, Root, Step};
use crate::summarise::state::State;
use crate::summary::Value;

impl State {
    /// Whether others can reach the object at this root, which was made here.
    pub(in crate::summarise) fn is_published(&self, root: Root) -> bool {
        self.published.binary_search(&root).is_ok()
    }

    /// Others can reach the object from now on, and all that its fields are known to refer to.
    pub(in crate::summarise) fn publish(&mut self, root: Root) {
        if let Err(at) = self.published.binary_search(&root) {
            self.published.insert(at, root);
            let mut reached: SmallVec<[Place; 4]> = SmallVec::new();
            let mut containers: SmallVec<[Place; 1]> = SmallVec::new();
            for (place, value) in &self.fields {
                let Value::Reference(held) = value else { continue };
                if place.root == root {
                    reached.push(held.place.clone());
                } else if held.place.root == root {
                    containers.extend(place.elements_around());
                }
            }
            reached.iter().for_each(|place| self.publish_place(place));
            containers.iter().for_each(|elements| self.publish_elements(elements));
            let stored = self.stored_in.clone();
            let stored = stored.iter().filter(|(_, field)| field.root == root);
            stored.for_each(|(param, _)| self.publish(Root::Param(*param)));
        }
    }

    /// Others can reach an object from now on; what it is part of they do not get to see.
    pub(in crate::summarise) fn publish_place(&mut self, place: &Place) {
        if place.path.is_empty() {
            self.publish(place.root);
        } else {
            self.published_parts.add(place);
        }
    }

    /// Others can reach elements of a container from now on: of a variable's own, all of it.
    pub(in crate::summarise) fn publish_elements(&mut self, elements: &Place) {
        match elements.path.as_slice() {
            [Step::Element] => self.publish(elements.root),
            _ => self.publish_place(elements),
        }
    }

    /// Whether others can reach the object at this place.
    pub(in crate::summarise) fn is_place_published(&self, place: &Place) -> bool {
        self.is_published(place.root) || self.published_parts.iter().any(|part| part.is_prefix_of(place))
    }

    /// Launch number `launch` can reach the object while it runs.
    pub(in crate::summarise) fn lend(&mut self, root: Root, launch: usize) {
        match self.lent.iter().position(|(lent, _)| *lent == root) {
            Some(at) => self.lent.update(at, |(_, launches)| launches.insert(launch)),
            None => {
                let mut launches = LiveSet::default();
                launches.insert(launch);
                self.lent.push((root, launches));
            }
        }
    }

    /// Whether a goroutine started here may have the object at the moment.
    pub(in crate::summarise) fn is_lent(&self, root: Root) -> bool {
        self.lent.iter().any(|(lent, launches)| *lent == root && launches.meets(self.live))
    }

    /// What `reached` has published beyond this can be reached through launch number `launch` alone: it comes back when that
    /// ends.
    pub(in crate::summarise) fn lend_published(&mut self, reached: &Self, launch: usize) {
        let parts = reached.published_parts.iter().filter(|part| !self.published_parts.contains(part));
        let roots: Vec<Root> = reached.published.iter().copied().chain(parts.map(|part| part.root)).collect();
        for root in roots {
            if !self.is_published(root) {
                self.lend(root, launch);
            }
        }
    }

    /// The parts of the object at this root that others can reach; `None` if they can reach all of it.
    pub(in crate::summarise) fn published_parts_of(&self, root: Root) -> Option<Vec<Place>> {
        let parts = || self.published_parts.iter().filter(|part| part.root == root).cloned().collect();
        (!self.is_published(root)).then(parts)
    }

    /// What can be reached of the object at this root is no more than it was.
    pub(in crate::summarise) fn keep_unpublished(&mut self, root: Root, before: Option<Vec<Place>>) {
        if let Some(before) = before {
            self.published.retain(|published| *published != root);
            self.published_parts.retain(|part| part.root != root || before.contains(part));
        }
    }
}
