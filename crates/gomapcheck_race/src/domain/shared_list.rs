use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A short list that many holders share until one changes it.
///
/// Locksets, signals and chains of calls are the same at many points of a function and in most of its callees' accesses:
/// a copy costs a reference count, an empty list costs nothing. Reads as a slice.
pub struct SharedList<T>(Option<Arc<Vec<T>>>);

impl<T> SharedList<T> {
    /// The empty list.
    pub const EMPTY: Self = Self(None);

    /// Whether both are one list in memory: they are equal then, without a look at the elements.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl<T: Clone> SharedList<T> {
    /// Adds an element at the end.
    pub fn push(&mut self, element: T) {
        self.roomy_elements().push(element);
    }

    /// Adds an element before position `at`, which is at most the length.
    pub fn insert(&mut self, at: usize, element: T) {
        self.roomy_elements().insert(at, element);
    }

    /// Takes out the element at position `at`, which must be there.
    pub fn remove(&mut self, at: usize) {
        self.elements().remove(at);
        self.normalise();
    }

    /// Changes the element at a position, which must be there.
    pub fn update(&mut self, at: usize, change: impl FnOnce(&mut T)) {
        change(&mut self.elements()[at]);
    }

    /// Keeps the elements that are wanted; the list is copied only if some are not.
    pub fn retain(&mut self, mut wanted: impl FnMut(&T) -> bool) {
        if let Some(first) = self.iter().position(|element| !wanted(element)) {
            let mut position = 0;
            self.elements().retain(|element| {
                let keep = position < first || (position > first && wanted(element));
                position += 1;
                keep
            });
            self.normalise();
        }
    }

    fn elements(&mut self) -> &mut Vec<T> {
        Arc::make_mut(self.0.get_or_insert_default())
    }

    /// The elements with room for one more, and little besides: most lists have one element or two, and there are many.
    fn roomy_elements(&mut self) -> &mut Vec<T> {
        let elements = self.elements();
        if elements.len() == elements.capacity() {
            elements.reserve_exact(1 + elements.len() / 2);
        }
        elements
    }

    /// One empty list only, so that equality can look at the lists themselves.
    fn normalise(&mut self) {
        if self.is_empty() {
            self.0 = None;
        }
    }
}

impl<T: Clone + PartialEq> SharedList<T> {
    /// Adds an element that is not there yet.
    pub fn add(&mut self, element: &T) {
        if !self.contains(element) {
            self.push(element.clone());
        }
    }

    /// Adds those elements of another list that are not there yet.
    pub fn add_all(&mut self, others: &Self) {
        if self.is_empty() {
            *self = others.clone();
        } else if !self.is_same(others) {
            others.iter().for_each(|element| self.add(element));
        }
    }

    /// Keeps the elements that are in the other list as well.
    pub fn intersect(&mut self, others: &Self) {
        if !self.is_same(others) {
            self.retain(|element| others.contains(element));
        }
    }
}

impl<T> Deref for SharedList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl<T> Clone for SharedList<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T: PartialEq> PartialEq for SharedList<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || **self == **other
    }
}

impl<T: Eq> Eq for SharedList<T> {}

impl<T: PartialOrd> PartialOrd for SharedList<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: Ord> Ord for SharedList<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl<T: Hash> Hash for SharedList<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for SharedList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T> From<Vec<T>> for SharedList<T> {
    fn from(mut elements: Vec<T>) -> Self {
        elements.shrink_to_fit();
        Self((!elements.is_empty()).then(|| Arc::new(elements)))
    }
}

impl<T> FromIterator<T> for SharedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Self::from(iter.into_iter().collect::<Vec<T>>())
    }
}

impl<'a, T> IntoIterator for &'a SharedList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_what_it_was() {
        let mut list = SharedList::from(vec![1, 2, 3]);
        let copy = list.clone();
        assert!(list.is_same(&copy));
        list.retain(|n| *n != 2);
        list.add(&9);
        assert_eq!((&*list, &*copy), ([1, 3, 9].as_slice(), [1, 2, 3].as_slice()));
    }

    #[test]
    fn empty_lists_are_one() {
        let mut list = SharedList::from(vec![1]);
        list.retain(|_| false);
        assert!(list.is_same(&SharedList::EMPTY));
        assert!(SharedList::<u8>::from(Vec::new()).is_same(&SharedList::EMPTY));
    }

    #[test]
    fn retain_asks_once_for_each_element() {
        let mut asked = Vec::new();
        let mut list = SharedList::from(vec![1, 2, 3, 4]);
        list.retain(|n| {
            asked.push(*n);
            n % 2 == 1
        });
        assert_eq!((&*list, asked), ([1, 3].as_slice(), vec![1, 2, 3, 4]));
    }
}
