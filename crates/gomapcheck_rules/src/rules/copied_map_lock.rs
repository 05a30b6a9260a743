use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map is guarded by a copy of its lock
    ///
    /// ## Why
    /// Copying a struct copies its mutex, but both copies hold the same map. A method with a value receiver, a parameter passed by
    /// value or a plain assignment gives each caller a lock of its own, so that nobody ever waits.
    ///
    /// ## Bad
    /// ```go
    /// type Counter struct {
    /// 	mu     sync.Mutex
    /// 	counts map[string]int
    /// }
    ///
    /// func (c Counter) Add(key string) {
    /// 	c.mu.Lock()
    /// 	defer c.mu.Unlock()
    /// 	c.counts[key]++ // want copied-map-lock "c.counts"
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// type Counter struct {
    /// 	mu     sync.Mutex
    /// 	counts map[string]int
    /// }
    ///
    /// func (c *Counter) Add(key string) {
    /// 	c.mu.Lock()
    /// 	defer c.mu.Unlock()
    /// 	c.counts[key]++
    /// }
    /// ```
    CopiedMapLock {
        name: "copied-map-lock",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for CopiedMapLock {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::CopiedLock {
            return None;
        }
        let (map, operation) = (wording::map(&conflict.map), conflict.first.operation.participle());
        let lock =
            wording::locks(&conflict.first.locks).unwrap_or_else(|| wording::guard_name(conflict).to_owned());
        let other = wording::other_access(conflict, context);
        let reason = wording::reason(conflict);
        let message =
            format!("{map} is {operation} here under {lock}, a copy that nobody else holds{other}{reason}");
        let advice =
            "pass the struct by pointer (pointer receiver), so that all users share one lock".to_owned();
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::guarded(ConflictKind::CopiedLock)), @r"
        store/store.go:9:9: copied-map-lock: map s.items (field Store.items) is read here under Store.mu, a copy that nobody else holds, while it is written at store/store.go:4:2
        likely, error
          store/store.go:9:9: s.items is read in (*Store).Get, holding no lock
          store/store.go:4:2: s.items is written in (*Store).Put, holding s.mu
          store/store.go:4:2: Store.mu is held in 3 of 4 functions that use the map, as here
        help: pass the struct by pointer (pointer receiver), so that all users share one lock
        ");
    }
}
