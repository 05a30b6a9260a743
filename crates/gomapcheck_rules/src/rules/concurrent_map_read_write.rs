use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map is read by one goroutine while another writes it
    ///
    /// ## Why
    /// A read that meets a write may see a half-changed table. The runtime ends the program with
    /// `fatal error: concurrent map read and map write` when it notices; `len` and the comma-ok form are reads too.
    ///
    /// ## Bad
    /// ```go
    /// func First(keys []string) int {
    /// 	index := map[string]int{}
    /// 	go func() {
    /// 		for i, key := range keys {
    /// 			index[key] = i
    /// 		}
    /// 	}()
    /// 	return index["first"] // want concurrent-map-read-write "index"
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// func First(keys []string) int {
    /// 	index := map[string]int{}
    /// 	done := make(chan struct{})
    /// 	go func() {
    /// 		defer close(done)
    /// 		for i, key := range keys {
    /// 			index[key] = i
    /// 		}
    /// 	}()
    /// 	<-done
    /// 	return index["first"]
    /// }
    /// ```
    ConcurrentMapReadWrite {
        name: "concurrent-map-read-write",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for ConcurrentMapReadWrite {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::ReadWrite {
            return None;
        }
        let message = wording::race(conflict, context);
        let advice = wording::race_advice(conflict);
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::race(ConflictKind::ReadWrite)), @r"
        store/store.go:9:9: concurrent-map-read-write: map s.items (field Store.items) is read here and written at store/store.go:4:2 by another goroutine, with no common lock
        certain, error
          store/store.go:9:9: s.items is read in (*Store).Get, holding no lock
          store/store.go:8:2: started by a go statement
          store/store.go:4:2: s.items is written in (*Store).Put, holding no lock
        help: guard every access with one sync.Mutex, or give the map to one goroutine and wait for it before others look
        ");
    }
}
