use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::Diagnostic;

/// How much is reported at most. Limits of 0 mean none.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Limits {
    /// How many findings to keep in all.
    pub max_issues: usize,
    /// How many findings with exactly the same text to keep.
    pub max_same_issues: usize,
    /// Whether to keep one finding a line.
    pub unique_by_line: bool,
}

/// Why a finding is one too many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Excess {
    Line,
    Text,
    All,
}

/// What was admitted so far.
#[derive(Default)]
pub(crate) struct Admitted {
    count: usize,
    texts: BTreeMap<String, usize>,
    lines: BTreeSet<(Arc<str>, u32)>,
}

impl Limits {
    /// Whether the next finding is one too many.
    pub(crate) fn excess(self, diagnostic: &Diagnostic, admitted: &mut Admitted) -> Option<Excess> {
        if self.unique_by_line {
            let line = (Arc::clone(&diagnostic.location.path), diagnostic.location.start.line);
            if !admitted.lines.insert(line) {
                return Some(Excess::Line);
            }
        }
        if self.max_same_issues > 0 {
            let seen = admitted.texts.entry(diagnostic.text()).or_default();
            *seen += 1;
            if *seen > self.max_same_issues {
                return Some(Excess::Text);
            }
        }
        if self.max_issues > 0 && admitted.count >= self.max_issues {
            return Some(Excess::All);
        }
        admitted.count += 1;
        None
    }
}
