use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map is used without the lock that its other users hold
    ///
    /// ## Why
    /// A lock protects a map only if everyone takes it. Where the other accesses to a map hold one lock, or a comment says so, an
    /// access without it runs beside them: a forgotten method, a lock taken too late or released too early, the first look of a
    /// double check.
    ///
    /// ## Bad
    /// ```go
    /// type Store struct {
    /// 	mu    sync.Mutex
    /// 	items map[string]int
    /// }
    ///
    /// func (s *Store) Put(key string, value int) {
    /// 	s.mu.Lock()
    /// 	defer s.mu.Unlock()
    /// 	s.items[key] = value
    /// }
    ///
    /// func (s *Store) Delete(key string) {
    /// 	s.mu.Lock()
    /// 	defer s.mu.Unlock()
    /// 	delete(s.items, key)
    /// }
    ///
    /// func (s *Store) Get(key string) int {
    /// 	return s.items[key] // want unguarded-map-access "s.items"
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// type Store struct {
    /// 	mu    sync.Mutex
    /// 	items map[string]int
    /// }
    ///
    /// func (s *Store) Put(key string, value int) {
    /// 	s.mu.Lock()
    /// 	defer s.mu.Unlock()
    /// 	s.items[key] = value
    /// }
    ///
    /// func (s *Store) Delete(key string) {
    /// 	s.mu.Lock()
    /// 	defer s.mu.Unlock()
    /// 	delete(s.items, key)
    /// }
    ///
    /// func (s *Store) Get(key string) int {
    /// 	s.mu.Lock()
    /// 	defer s.mu.Unlock()
    /// 	return s.items[key]
    /// }
    /// ```
    UnguardedMapAccess {
        name: "unguarded-map-access",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for UnguardedMapAccess {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::Unguarded {
            return None;
        }
        let (map, operation) = (wording::map(&conflict.map), conflict.first.operation.participle());
        let lock = wording::guard_name(conflict);
        let why = wording::guard_reason(conflict, context);
        let other = wording::other_access(conflict, context);
        // The lock's absence is reason enough, unless it lies with a caller.
        let reason = if conflict.first.steps.is_empty() { String::new() } else { wording::reason(conflict) };
        let message = format!("{map} is {operation} here without {lock}{why}{other}{reason}");
        let advice = format!("hold {lock} around this access, or say in a comment why it is not needed");
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::guarded(ConflictKind::Unguarded)), @r"
        store/store.go:9:9: unguarded-map-access: map s.items (field Store.items) is read here without Store.mu, which its other users hold (3 of 4 functions), while it is written at store/store.go:4:2
        likely, error
          store/store.go:9:9: s.items is read in (*Store).Get, holding no lock
          store/store.go:4:2: s.items is written in (*Store).Put, holding s.mu
          store/store.go:4:2: Store.mu is held in 3 of 4 functions that use the map, as here
        help: hold Store.mu around this access, or say in a comment why it is not needed
        ");
    }
}
