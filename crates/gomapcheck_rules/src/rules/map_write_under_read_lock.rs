use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind, LockMode};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map is written while its lock is held for reading only
    ///
    /// ## Why
    /// `RLock` lets any number of readers in at once. A write under it runs beside their reads, and beside other writes made
    /// under the same mistake: a cache that fills itself in its getter is the usual place.
    ///
    /// ## Bad
    /// ```go
    /// type Cache struct {
    /// 	mu      sync.RWMutex
    /// 	entries map[string]int
    /// }
    ///
    /// func (c *Cache) Get(key string) int {
    /// 	c.mu.RLock()
    /// 	defer c.mu.RUnlock()
    /// 	value, ok := c.entries[key]
    /// 	if !ok {
    /// 		value = len(key)
    /// 		c.entries[key] = value // want map-write-under-read-lock "c.entries"
    /// 	}
    /// 	return value
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// type Cache struct {
    /// 	mu      sync.RWMutex
    /// 	entries map[string]int
    /// }
    ///
    /// func (c *Cache) Get(key string) int {
    /// 	c.mu.Lock()
    /// 	defer c.mu.Unlock()
    /// 	value, ok := c.entries[key]
    /// 	if !ok {
    /// 		value = len(key)
    /// 		c.entries[key] = value
    /// 	}
    /// 	return value
    /// }
    /// ```
    MapWriteUnderReadLock {
        name: "map-write-under-read-lock",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for MapWriteUnderReadLock {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::WriteUnderReadLock {
            return None;
        }
        let (map, operation) = (wording::map(&conflict.map), conflict.first.operation.participle());
        let held = conflict.first.locks.iter().find(|lock| lock.mode == LockMode::Read);
        let lock = held.map_or(wording::guard_name(conflict), |lock| lock.name.as_str());
        let since = held
            .and_then(|lock| lock.acquired)
            .map_or_else(String::new, |at| format!(" (RLock at {})", context.place(at)));
        let other = wording::other_access(conflict, context);
        let reason = wording::reason(conflict);
        let message =
            format!("{map} is {operation} here with {lock} held for reading only{since}{other}{reason}");
        let advice = format!("take {lock} with Lock instead of RLock wherever the map may change");
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::read_locked()), @r"
        store/store.go:4:2: map-write-under-read-lock: map s.items (field Store.items) is written here with s.mu held for reading only (RLock at store/store.go:8:5), while it is read at store/store.go:9:9
        certain, error
          store/store.go:4:2: s.items is written in (*Store).Put, holding s.mu for reading
          store/store.go:9:9: s.items is read in (*Store).Get, holding no lock
        help: take s.mu with Lock instead of RLock wherever the map may change
        ");
    }
}
