//! `severity`: what findings weigh in reports.

use gomapcheck_diagnostics::{SeverityRule, SeverityRules};

use crate::config::conditions::{self, Case};
use crate::config::document::{Dialect, Document};
use crate::error::CliError;

/// Reads the severities.
pub(super) fn read(document: &Document) -> Result<SeverityRules, CliError> {
    let section = document.section("severity")?;
    let (key, case) = match document.dialect() {
        Dialect::Golangci1 => {
            ("default-severity", Case::of(section.switch("case-sensitive")?.unwrap_or(false)))
        }
        Dialect::Ours | Dialect::Golangci2 => ("default", Case::Sensitive),
    };
    let default = section.text(key)?.unwrap_or_default();
    let mut rules = Vec::new();
    for rule in section.sections("rules")? {
        let Some(conditions) = conditions::read(&rule, case, 1)? else { continue };
        match rule.text("severity")?.filter(|severity| !severity.is_empty()) {
            Some(severity) => rules.push(SeverityRule { severity, conditions }),
            None => return Err(rule.fault(format!("{} needs a severity", rule.name()))),
        }
    }
    if default.is_empty() && !rules.is_empty() {
        let needs = format!(
            "{} is needed where there are rules; \"@linter\" keeps the rules' own",
            section.name_of(key)
        );
        return Err(section.fault(needs));
    }
    Ok(SeverityRules { default, rules })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::document::tests::document;

    fn of(name: &str, text: &str) -> Result<SeverityRules, String> {
        read(&document(name, text)?).map_err(|error| error.to_string())
    }

    #[test]
    fn a_default_and_rules() {
        let text = "version: '2'\nseverity:\n  default: '@linter'\n  rules:\n    - {severity: info, path: _test}\n    - {severity: low, linters: [errcheck]}\n";
        let rules = of(".golangci.yml", text).unwrap();
        assert_eq!(rules.default, "@linter");
        assert_eq!(rules.rules.iter().map(|rule| &*rule.severity).collect::<Vec<_>>(), ["info"]);
        assert_eq!(of("gomapcheck.toml", ""), Ok(SeverityRules::default()));
    }

    #[test]
    fn the_first_version_called_it_otherwise() {
        let text = "severity:\n  default-severity: warning\n  rules: [{severity: info, text: MAP}]\n";
        let rules = of(".golangci.yml", text).unwrap();
        assert_eq!(rules.default, "warning");
        let text = rules.rules.first().and_then(|rule| rule.conditions.text.as_ref());
        assert!(text.is_some_and(|text| text.is_match("a map")));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let message = |text: &str| of("gomapcheck.toml", text).unwrap_err();
        insta::assert_snapshot!(message("[[severity.rules]]\nseverity = 'info'\npath = 'a'"), @r#"gomapcheck.toml: severity.default is needed where there are rules; "@linter" keeps the rules' own"#);
        insta::assert_snapshot!(message("[[severity.rules]]\nseverity = 'info'"), @"gomapcheck.toml: severity.rules[0] needs at least 1 of linters, path, text and source");
        insta::assert_snapshot!(message("[[severity.rules]]\npath = 'a'"), @"gomapcheck.toml: severity.rules[0] needs a severity");
    }
}
