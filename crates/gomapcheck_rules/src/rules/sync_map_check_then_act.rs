use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a sync.Map is looked into and then changed in two steps
    ///
    /// ## Why
    /// Each method of `sync.Map` is safe by itself; two of them are not one step. Between a `Load` and the `Store` that depends on
    /// it another goroutine may store its own value, which is then lost.
    ///
    /// ## Bad
    /// ```go
    /// type Sessions struct {
    /// 	byUser sync.Map
    /// }
    ///
    /// func (s *Sessions) Open(user string) any {
    /// 	session, ok := s.byUser.Load(user)
    /// 	if !ok {
    /// 		session = new(int)
    /// 		s.byUser.Store(user, session) // want sync-map-check-then-act "s.byUser"
    /// 	}
    /// 	return session
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// type Sessions struct {
    /// 	byUser sync.Map
    /// }
    ///
    /// func (s *Sessions) Open(user string) any {
    /// 	session, _ := s.byUser.LoadOrStore(user, new(int))
    /// 	return session
    /// }
    /// ```
    SyncMapCheckThenAct {
        name: "sync-map-check-then-act",
        since: "0.1.0",
        status: Preview,
        severity: Warning,
    }
}

impl Rule for SyncMapCheckThenAct {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::SyncMapCheckThenAct {
            return None;
        }
        let (map, first) = (wording::named(&conflict.map), &conflict.first);
        let change = first.operation.participle();
        let look = conflict.second.as_ref().map_or_else(String::new, |second| {
            format!("{} at {} and ", second.operation.participle(), context.place(second.location))
        });
        let reason = wording::reason(conflict);
        let message = format!(
            "sync.Map {map} is {look}{change} here in two steps: another goroutine may come between{reason}"
        );
        let advice =
            "use LoadOrStore, LoadAndDelete or CompareAndSwap, which look and act in one step".to_owned();
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::race(ConflictKind::SyncMapCheckThenAct)), @r"
        store/store.go:4:2: sync-map-check-then-act: sync.Map s.items (field Store.items) is read at store/store.go:9:9 and written here in two steps: another goroutine may come between
        certain, warning
          store/store.go:4:2: s.items is written in (*Store).Put
          store/store.go:9:9: s.items is read in (*Store).Get
        help: use LoadOrStore, LoadAndDelete or CompareAndSwap, which look and act in one step
        ");
    }
}
