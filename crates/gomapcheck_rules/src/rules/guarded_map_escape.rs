use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a guarded map leaves its lock and is used without it
    ///
    /// ## Why
    /// Returning, storing or sending a map hands out a reference, not a copy. The lock is released on the way out; whoever
    /// receives the map reads it while the owner goes on writing. The same holds for an inner map or slice taken out of it.
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
    /// func (s *Store) All() map[string]int {
    /// 	s.mu.Lock()
    /// 	defer s.mu.Unlock()
    /// 	return s.items // want guarded-map-escape "s.items"
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
    /// func (s *Store) All() map[string]int {
    /// 	s.mu.Lock()
    /// 	defer s.mu.Unlock()
    /// 	all := make(map[string]int, len(s.items))
    /// 	for key, value := range s.items {
    /// 		all[key] = value
    /// 	}
    /// 	return all
    /// }
    /// ```
    GuardedMapEscape {
        name: "guarded-map-escape",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for GuardedMapEscape {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::GuardedEscape {
            return None;
        }
        let (map, operation) = (wording::map(&conflict.map), conflict.first.operation.participle());
        let lock = wording::guard_name(conflict);
        let other = match &conflict.second {
            Some(second) if second.locks.is_empty() => {
                let (operation, place) = (second.operation.participle(), context.place(second.location));
                format!(" and {operation} at {place} without it")
            }
            _ => wording::other_access(conflict, context),
        };
        let reason = wording::reason(conflict);
        let message = format!("{map}, guarded by {lock}, is {operation} here{other}{reason}");
        let advice =
            format!("hand out a copy made under {lock} (maps.Clone), or keep the lock while the map is used");
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::escape()), @r"
        store/store.go:9:9: guarded-map-escape: map s.items (field Store.items), guarded by Store.mu, is handed out here
        likely, error
          store/store.go:9:9: s.items is handed out in (*Store).Get, holding no lock
          store/store.go:4:2: Store.mu is held in 3 of 4 functions that use the map, as here
        help: hand out a copy made under Store.mu (maps.Clone), or keep the lock while the map is used
        ");
    }
}
