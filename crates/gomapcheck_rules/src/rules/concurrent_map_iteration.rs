use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map is iterated over by one goroutine while another writes it
    ///
    /// ## Why
    /// An iteration takes time, and every write meanwhile may move the entries it walks over. The runtime ends the program with
    /// `fatal error: concurrent map iteration and map write` when it notices. Printing, encoding and `maps.Clone` iterate too.
    ///
    /// ## Bad
    /// ```go
    /// func Total(prices map[string]int) int {
    /// 	go func() {
    /// 		prices["tax"] = 7
    /// 	}()
    /// 	total := 0
    /// 	for _, price := range prices { // want concurrent-map-iteration "prices"
    /// 		total += price
    /// 	}
    /// 	return total
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// func Total(prices map[string]int) int {
    /// 	var wg sync.WaitGroup
    /// 	wg.Add(1)
    /// 	go func() {
    /// 		defer wg.Done()
    /// 		prices["tax"] = 7
    /// 	}()
    /// 	wg.Wait()
    /// 	total := 0
    /// 	for _, price := range prices {
    /// 		total += price
    /// 	}
    /// 	return total
    /// }
    /// ```
    ConcurrentMapIteration {
        name: "concurrent-map-iteration",
        since: "0.1.0",
        status: Stable,
        severity: Error,
    }
}

impl Rule for ConcurrentMapIteration {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::IterationWrite {
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
        insta::assert_snapshot!(testing::worded(&testing::race(ConflictKind::IterationWrite)), @r"
        store/store.go:9:9: concurrent-map-iteration: map s.items (field Store.items) is iterated over here and written at store/store.go:4:2 by another goroutine, with no common lock
        certain, error
          store/store.go:9:9: s.items is iterated over in (*Store).Get, holding no lock
          store/store.go:8:2: started by a go statement
          store/store.go:4:2: s.items is written in (*Store).Put, holding no lock
        help: guard every access with one sync.Mutex, or give the map to one goroutine and wait for it before others look
        ");
    }
}
