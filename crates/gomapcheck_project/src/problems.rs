use gomapcheck_source::{Problem, ProblemKind};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What went wrong so far: each problem once, whichever thread met it, in the problems' own order.
#[derive(Debug, Default)]
pub(crate) struct Problems(Mutex<BTreeSet<Problem>>);

impl Problems {
    pub(crate) fn add(&self, kind: ProblemKind, path: &Path, message: impl Into<String>) {
        self.extend([Problem { kind, path: path.to_path_buf(), message: message.into() }]);
    }

    pub(crate) fn extend(&self, problems: impl IntoIterator<Item = Problem>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(problems);
    }

    pub(crate) fn to_vec(&self) -> Vec<Problem> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}
