//! Tables that grow while others read them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::TypeId;

const BUCKETS: usize = 27;
const FIRST: usize = 64;

/// A table from dense numbers to values that are made on first use and then stay in place. Reading takes no lock.
pub(crate) struct LazyTable<T> {
    /// Bucket n holds `FIRST << n` entries, and comes to be when one of them is first needed.
    buckets: [OnceLock<Box<[OnceLock<T>]>>; BUCKETS],
}

impl<T> LazyTable<T> {
    pub(crate) fn new() -> Self {
        Self { buckets: std::array::from_fn(|_| OnceLock::new()) }
    }

    fn place(index: usize) -> (usize, usize) {
        let bucket = (index / FIRST + 1).ilog2() as usize;
        (bucket, index - FIRST * ((1 << bucket) - 1))
    }

    /// The value, if it has been made.
    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        let (bucket, offset) = Self::place(index);
        self.buckets.get(bucket)?.get()?.get(offset)?.get()
    }

    /// The value, made now if need be; `make` must not ask for the same entry. Numbers are below 2³².
    pub(crate) fn get_or_make(&self, index: usize, make: impl FnOnce() -> T) -> &T {
        let (bucket, offset) = Self::place(index);
        let entries = self.buckets[bucket]
            .get_or_init(|| std::iter::repeat_with(OnceLock::new).take(FIRST << bucket).collect());
        entries[offset].get_or_init(make)
    }
}

/// A type that is computed at most a few times and read often. Threads that compute it at the same time find the same type,
/// since types are interned; so no thread waits, and a computation that needs its own result cannot lock itself out.
#[derive(Debug)]
pub(crate) struct TypeCell(AtomicU32);

impl Default for TypeCell {
    fn default() -> Self {
        Self(AtomicU32::new(u32::MAX))
    }
}

impl TypeCell {
    pub(crate) fn get(&self) -> Option<TypeId> {
        let raw = self.0.load(Ordering::Acquire);
        (raw != u32::MAX).then_some(TypeId(raw))
    }

    pub(crate) fn get_or_compute(&self, compute: impl FnOnce() -> TypeId) -> TypeId {
        self.get().unwrap_or_else(|| {
            let id = compute();
            self.0.store(id.0, Ordering::Release);
            id
        })
    }
}

/// As many empty cells.
pub(crate) fn cells(count: usize) -> Box<[TypeCell]> {
    std::iter::repeat_with(TypeCell::default).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_made_once_and_stay() {
        let table = LazyTable::new();
        for index in [0, 63, 64, 191, 192, 100_000] {
            assert_eq!(table.get(index), None);
            assert_eq!(*table.get_or_make(index, || index), index);
            assert_eq!(*table.get_or_make(index, || 7), index);
            assert_eq!(table.get(index), Some(&index));
        }
    }
}
