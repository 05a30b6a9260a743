use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map is guarded by different locks in different places
    ///
    /// ## Why
    /// Two locks exclude nobody from each other: both goroutines hold "the lock" and still meet in the map. It happens when a lock
    /// is renamed or split, when an embedded mutex is shadowed, or when a mutex is made anew for each call or key.
    ///
    /// ## Bad
    /// ```go
    /// type Registry struct {
    /// 	readers sync.Mutex
    /// 	writers sync.Mutex
    /// 	names   map[string]int
    /// }
    ///
    /// func (r *Registry) Add(name string) {
    /// 	r.writers.Lock()
    /// 	defer r.writers.Unlock()
    /// 	r.names[name]++ // want mixed-map-locks "r.names"
    /// }
    ///
    /// func (r *Registry) Count(name string) int {
    /// 	r.readers.Lock()
    /// 	defer r.readers.Unlock()
    /// 	return r.names[name]
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// type Registry struct {
    /// 	mu    sync.Mutex
    /// 	names map[string]int
    /// }
    ///
    /// func (r *Registry) Add(name string) {
    /// 	r.mu.Lock()
    /// 	defer r.mu.Unlock()
    /// 	r.names[name]++
    /// }
    ///
    /// func (r *Registry) Count(name string) int {
    /// 	r.mu.Lock()
    /// 	defer r.mu.Unlock()
    /// 	return r.names[name]
    /// }
    /// ```
    MixedMapLocks {
        name: "mixed-map-locks",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for MixedMapLocks {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::MixedLocks {
            return None;
        }
        let (map, first) = (wording::map(&conflict.map), &conflict.first);
        let operation = first.operation.participle();
        let here = wording::locks(&first.locks).unwrap_or_else(|| "no lock".to_owned());
        let other = conflict.second.as_ref().map_or_else(String::new, |second| {
            let there = wording::locks(&second.locks).unwrap_or_else(|| "no lock".to_owned());
            let (operation, place) = (second.operation.participle(), context.place(second.location));
            format!(" and {operation} at {place} under {there}")
        });
        let message =
            format!("{map} is {operation} here under {here}{other}: different locks exclude nobody");
        let advice = "choose one lock for the map and hold it at every access".to_owned();
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::mixed()), @r"
        store/store.go:4:2: mixed-map-locks: map s.items (field Store.items) is written here under s.writers and read at store/store.go:9:9 under s.readers: different locks exclude nobody
        certain, error
          store/store.go:8:2: started by a go statement
          store/store.go:4:2: s.items is written in (*Store).Put, holding s.writers
          store/store.go:9:9: s.items is read in (*Store).Get, holding s.readers
        help: choose one lock for the map and hold it at every access
        ");
    }
}
