use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{Conflict, ConflictKind, Operation};

use crate::rule::declare_rule;
use crate::{Metadata, Rule, RuleContext, wording};

declare_rule! {
    /// a map or slice is changed while a loop ranges over it
    ///
    /// ## Why
    /// Whether a key that is inserted during a `range` is visited is left open by the language, so the loop may differ from run to
    /// run. A slice that is shortened while it is ranged over skips or repeats elements, since the loop keeps the old length.
    /// Deleting a map's keys in the loop itself is defined and is not reported; doing so from a goroutine is a race.
    ///
    /// ## Bad
    /// ```go
    /// func Expand(seen map[string]bool) {
    /// 	for word := range seen {
    /// 		seen[word+"s"] = true // want range-map-mutation "seen"
    /// 	}
    /// }
    /// ```
    ///
    /// ## Good
    /// ```go
    /// func Expand(seen map[string]bool) {
    /// 	var plurals []string
    /// 	for word := range seen {
    /// 		plurals = append(plurals, word+"s")
    /// 	}
    /// 	for _, plural := range plurals {
    /// 		seen[plural] = true
    /// 	}
    /// }
    /// ```
    RangeMapMutation {
        name: "range-map-mutation",
        since: "0.1.0",
        status: Stable,
        severity: Warning,
    }
}

impl Rule for RangeMapMutation {
    fn metadata(&self) -> &'static Metadata {
        &Self::METADATA
    }

    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic> {
        if conflict.kind != ConflictKind::RangeMutation {
            return None;
        }
        let (map, first) = (wording::map(&conflict.map), &conflict.first);
        let operation = first.operation.participle();
        let changed = match &conflict.second {
            None => " while a loop ranges over it".to_owned(),
            Some(second) if second.operation == Operation::Iterate => {
                format!(" while the loop at {} ranges over it", context.place(second.location))
            }
            Some(second) => {
                let (operation, place) = (second.operation.participle(), context.place(second.location));
                format!(" and {operation} at {place} before the loop ends")
            }
        };
        let reason = wording::reason(conflict);
        let message = format!("{map} is {operation} here{changed}{reason}");
        let advice =
            "collect the changes in the loop and make them after it, or range over a copy".to_owned();
        Some(context.finding(&Self::METADATA, conflict, &message, &advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_message_says_what_why_and_what_to_do() {
        insta::assert_snapshot!(testing::worded(&testing::race(ConflictKind::RangeMutation)), @r"
        store/store.go:4:2: range-map-mutation: map s.items (field Store.items) is written here while the loop at store/store.go:9:9 ranges over it
        certain, warning
          store/store.go:4:2: s.items is written in (*Store).Put
          store/store.go:9:9: s.items is iterated over in (*Store).Get
        help: collect the changes in the loop and make them after it, or range over a copy
        ");
    }
}
