use gomapcheck_diagnostics::{Diagnostic, Severity};
use gomapcheck_race::Conflict;

use crate::RuleContext;

/// How settled a rule is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Its name and meaning stay.
    Stable,
    /// May change or go in any release.
    Preview,
}

impl Status {
    /// The status in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Preview => "preview",
        }
    }
}

/// What is known of a rule without running it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Metadata {
    /// Its name: the bad thing, in lower case with hyphens.
    pub name: &'static str,
    /// The release that brought it.
    pub since: &'static str,
    /// How settled it is.
    pub status: Status,
    /// How much its certain and likely findings weigh.
    pub severity: Severity,
    /// Its documentation in Markdown: a summary line, why, a bad and a good example.
    pub docs: &'static str,
    /// The source file that holds it.
    pub file: &'static str,
}

impl Metadata {
    /// The first line of the documentation: what is wrong.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().next().unwrap_or_default().trim()
    }

    /// The documentation with the blank that follows `///` taken off each line.
    #[must_use]
    pub fn markdown(&self) -> String {
        let lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.map(|line| format!("{line}\n")).collect()
    }
}

/// A rule: words the conflicts of one kind.
pub trait Rule: Sync {
    /// What is known of it.
    fn metadata(&self) -> &'static Metadata;

    /// The finding this conflict is; `None` when it is another rule's.
    fn check(&self, conflict: &Conflict, context: &RuleContext<'_>) -> Option<Diagnostic>;
}

/// Declares a rule's type with its documentation, and keeps both the documentation and the metadata in `METADATA`.
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])+
        $rule:ident {
            name: $name:literal,
            since: $since:literal,
            status: $status:ident,
            severity: $severity:ident $(,)?
        }
    ) => {
        $(#[doc = $line])+
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $rule;

        impl $rule {
            const METADATA: $crate::Metadata = $crate::Metadata {
                name: $name,
                since: $since,
                status: $crate::Status::$status,
                severity: gomapcheck_diagnostics::Severity::$severity,
                docs: concat!($($line, "\n"),+),
                file: file!(),
            };
        }
    };
}

pub(crate) use declare_rule;
