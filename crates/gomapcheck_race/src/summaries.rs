//! The summaries of a whole program.

use std::sync::LazyLock;

use gomapcheck_types::FunctionRef;
use rustc_hash::FxHashMap;

use crate::summary::Summary;

/// A finished summary. Most functions do nothing that matters, and those take no room.
#[derive(Debug, Default)]
pub struct KeptSummary(Option<Box<Summary>>);

static NOTHING: LazyLock<Summary> = LazyLock::new(Summary::default);

/// The summary of a function that does nothing that matters.
pub(crate) fn nothing() -> &'static Summary {
    &NOTHING
}

impl KeptSummary {
    /// The summary.
    #[must_use]
    pub fn get(&self) -> &Summary {
        self.0.as_deref().unwrap_or_else(|| nothing())
    }

    /// Whether the function does nothing that matters, and gives back nothing that is known.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.0.is_none()
    }

    /// Changes a summary that is not that of a function without effect.
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Summary)) {
        if let Some(summary) = &mut self.0 {
            change(summary);
        }
    }
}

impl From<Summary> for KeptSummary {
    fn from(summary: Summary) -> Self {
        Self((summary != *NOTHING).then(|| Box::new(summary)))
    }
}

/// The summaries of a program's functions, in bottom-up order: callees before callers as far as recursion allows, literals
/// before the functions around them.
#[derive(Debug, Default)]
pub struct Summaries {
    functions: Vec<FunctionRef>,
    summaries: Vec<KeptSummary>,
    numbers: FxHashMap<FunctionRef, u32>,
    steps: u64,
}

impl Summaries {
    /// Keeps the order given; `steps` is what [`Summaries::steps`] tells.
    #[must_use]
    pub fn new(entries: Vec<(FunctionRef, KeptSummary)>, steps: u64) -> Self {
        let numbers = (0..).zip(&entries).map(|(number, (function, _))| (*function, number)).collect();
        let (functions, summaries) = entries.into_iter().unzip();
        Self { functions, summaries, numbers, steps }
    }

    /// What a function does.
    #[must_use]
    pub fn get(&self, f: FunctionRef) -> Option<&Summary> {
        self.number(f).map(|number| self.at(number))
    }

    /// In how many steps they were made: statements and expressions interpreted, accesses of callees translated. The same for
    /// the same program, whatever the machine.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The functions, bottom-up.
    #[must_use]
    pub fn functions(&self) -> &[FunctionRef] {
        &self.functions
    }

    /// The position of a function in [`Summaries::functions`].
    pub(crate) fn number(&self, f: FunctionRef) -> Option<u32> {
        self.numbers.get(&f).copied()
    }

    /// The function at a position.
    pub(crate) fn function(&self, number: u32) -> FunctionRef {
        self.functions[number as usize]
    }

    /// The summary at a position.
    pub(crate) fn at(&self, number: u32) -> &Summary {
        self.summaries[number as usize].get()
    }

    /// Every function with its position and summary, bottom-up.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (u32, FunctionRef, &Summary)> {
        (0..u32::try_from(self.functions.len()).unwrap_or(u32::MAX))
            .zip(&self.functions)
            .zip(&self.summaries)
            .map(|((number, function), summary)| (number, *function, summary.get()))
    }
}
