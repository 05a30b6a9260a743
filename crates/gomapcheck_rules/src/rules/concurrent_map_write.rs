use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map is written by two goroutines at the same time
    ///
    /// ## Why
    /// Go's maps are not safe for concurrent writes. The runtime notices some of them and ends the whole program with
    /// `fatal error: concurrent map writes`, which no `recover` can stop; others lose entries silently.
    ///
    /// A goroutine that is started in a loop also races with itself.
    ///
    /// ## Bad
    /// ```go
    /// func Count(words []string) map[string]int {
    /// 	counts := map[string]int{}
    /// 	var wg sync.WaitGroup
    /// 	for _, word := range words {
    /// 		wg.Add(1)
    /// 		go func() {
    /// 			defer wg.Done()
    /// 			counts[word]++ // want concurrent-map-write "counts"
    /// 		}()
    /// 	}
    /// 	wg.Wait()
    /// 	return counts
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// func Count(words []string) map[string]int {
    /// 	counts := map[string]int{}
    /// 	var mu sync.Mutex
    /// 	var wg sync.WaitGroup
    /// 	for _, word := range words {
    /// 		wg.Add(1)
    /// 		go func() {
    /// 			defer wg.Done()
    /// 			mu.Lock()
    /// 			defer mu.Unlock()
    /// 			counts[word]++
    /// 		}()
    /// 	}
    /// 	wg.Wait()
    /// 	return counts
    /// }
    /// ```
    ConcurrentMapWrite {
        name: "concurrent-map-write",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for ConcurrentMapWrite {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::WriteWrite {
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
        insta::assert_snapshot!(testing::worded(&testing::race(ConflictKind::WriteWrite)), @r"
        store/store.go:4:2: concurrent-map-write: map s.items (field Store.items) is written here by several goroutines (store/store.go:4:2 in each), with no common lock
        certain, error
          store/store.go:8:2: started by a go statement
          store/store.go:4:2: s.items is written in (*Store).Put, holding no lock
        help: guard every access with one sync.Mutex, or give the map to one goroutine and wait for it before others look
        ");
    }
}
