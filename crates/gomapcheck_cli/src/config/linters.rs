//! `linters.enable` and `linters.disable`, as far as they name this linter.

use gomapcheck_diagnostics::LINTER;

use crate::config::document::{Dialect, Document};
use crate::error::CliError;

/// Where golangci-lint's file turns this linter off by its name, if it does.
///
/// A file that leaves it out (`default: none` without it) says nothing: who starts gomapcheck wants it to run. But who disables
/// it by name does not want its findings.
pub(super) fn disabled_by(document: &Document) -> Result<Option<String>, CliError> {
    if document.dialect() == Dialect::Ours {
        return Ok(None);
    }
    let linters = document.section("linters")?;
    if document.dialect() == Dialect::Golangci2 {
        linters.word("default", &["standard", "all", "none", "fast"])?;
    }
    let is_in = |key: &str| Ok(linters.texts(key)?.iter().any(|name| name == LINTER));
    match (is_in("enable")?, is_in("disable")?) {
        (true, true) => Err(linters
            .wrong("disable", format!("names {LINTER}, which linters.enable names as well; take one out"))),
        (_, is_disabled) => {
            let file = document.path().map(|path| path.display().to_string()).unwrap_or_default();
            Ok(is_disabled.then(|| format!("{file}: linters.disable")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    fn disabled(text: &str) -> Result<bool, String> {
        let document = document(".golangci.yml", &format!("version: '2'\nlinters: {text}\n"))?;
        disabled_by(&document).map(|by| by.is_some()).map_err(|error| error.to_string())
    }

    #[test]
    fn only_its_name_turns_the_linter_off() {
        assert_eq!(disabled("{disable: [errcheck, map-concurrency]}"), Ok(true));
        assert_eq!(disabled("{default: none, enable: [errcheck]}"), Ok(false));
        assert_eq!(disabled("{enable: [map-concurrency]}"), Ok(false));
        insta::assert_snapshot!(disabled("{enable: [map-concurrency], disable: [map-concurrency]}").unwrap_err(), @".golangci.yml: linters.disable names map-concurrency, which linters.enable names as well; take one out");
        insta::assert_snapshot!(disabled("{default: some}").unwrap_err(), @r#".golangci.yml: linters.default takes standard, all, none or fast, not "some""#);
    }
}
