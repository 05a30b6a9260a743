//! The conditions of a rule for exclusions or severities.

use gomapcheck_diagnostics::{Conditions, Pattern};

use crate::config::section::Section;
use crate::error::CliError;

/// Whether capital letters are others than small ones in texts and source lines; in paths they always are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    /// They are.
    Sensitive,
    /// They are not: the default of golangci-lint 1.
    Insensitive,
}

impl Case {
    pub(super) fn of(is_sensitive: bool) -> Self {
        if is_sensitive { Self::Sensitive } else { Self::Insensitive }
    }
}

/// Reads a rule with at least so many conditions; `None` if it is about other linters alone, and then none of its mistakes are
/// told.
pub(super) fn read(
    section: &Section<'_>,
    case: Case,
    at_least: usize,
) -> Result<Option<Conditions>, CliError> {
    let read = |key: &str, case: Case| {
        let text = section.text(key)?.filter(|text| !text.is_empty());
        text.map(|text| pattern(section, key, &text, case)).transpose()
    };
    let linters = section.texts("linters")?;
    let named = Conditions { linters: linters.clone(), ..Conditions::default() };
    if !linters.is_empty() && !named.name_this_linter(|name| gomapcheck_rules::find(name).is_some()) {
        return Ok(None);
    }
    let conditions = Conditions {
        path: read("path", Case::Sensitive)?,
        path_except: read("path-except", Case::Sensitive)?,
        text: read("text", case)?,
        source: read("source", case)?,
        linters,
    };
    if conditions.path.is_some() && conditions.path_except.is_some() {
        return Err(section.fault(format!("{} has path and path-except; take one out", section.name())));
    }
    if conditions.count() < at_least {
        let message = format!("needs at least {at_least} of linters, path, text and source");
        return Err(section.fault(format!("{} {message}", section.name())));
    }
    Ok(Some(conditions))
}

/// The rule that asks for a text alone.
pub(super) fn of_text(
    section: &Section<'_>,
    key: &str,
    text: &str,
    case: Case,
) -> Result<Conditions, CliError> {
    Ok(Conditions { text: Some(pattern(section, key, text, case)?), ..Conditions::default() })
}

/// A regular expression that stands under a key.
pub(super) fn pattern(section: &Section<'_>, key: &str, text: &str, case: Case) -> Result<Pattern, CliError> {
    Pattern::new(text, case == Case::Sensitive)
        .map_err(|error| section.fault(format!("{}: {error}", section.name_of(key))))
}
