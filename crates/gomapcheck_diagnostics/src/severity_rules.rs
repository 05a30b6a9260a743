use std::sync::Arc;

use crate::{Conditions, Diagnostic, Severity};

/// The word that leaves a finding the severity that its rule gave it.
const OWN: &str = "@linter";

/// Which severities a configuration gives: golangci-lint's `severity`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SeverityRules {
    /// The severity of findings for which no rule holds; nothing and `@linter` leave them their own.
    pub default: String,
    /// The first rule that holds decides.
    pub rules: Vec<SeverityRule>,
}

/// A severity and which findings get it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeverityRule {
    /// The severity, in any words.
    pub severity: String,
    /// What must hold.
    pub conditions: Conditions,
}

impl SeverityRules {
    /// Gives each finding its severity. A word that is not one of ours is kept as it is for reports, while the finding's own
    /// severity stays what filters and colours go by.
    pub fn apply(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            let rule = self.rules.iter().find(|rule| rule.conditions.hold(diagnostic));
            match rule.map_or(&*self.default, |rule| &*rule.severity) {
                "" | OWN => {}
                word => match word.to_lowercase().parse::<Severity>() {
                    Ok(severity) if severity.as_str() == word => diagnostic.severity = severity,
                    _ => diagnostic.severity_word = Some(Arc::from(word)),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pattern;
    use crate::diagnostic::tests::finding;

    fn severities(rules: &SeverityRules) -> Vec<String> {
        let mut findings = ["a.go", "a_test.go", "lib/a.go"].map(|path| finding(path, 1, "mixed-map-locks"));
        rules.apply(&mut findings);
        findings.iter().map(|finding| finding.severity_text().to_owned()).collect()
    }

    fn rule(path: &str, severity: &str) -> SeverityRule {
        let conditions = Conditions { path: Pattern::new(path, true).ok(), ..Conditions::default() };
        SeverityRule { severity: severity.to_owned(), conditions }
    }

    #[test]
    fn the_first_rule_that_holds_decides_and_else_the_default() {
        let mut rules = SeverityRules::default();
        assert_eq!(severities(&rules), ["error", "error", "error"]);
        rules.default = "warning".to_owned();
        rules.rules = vec![rule("_test", "blocker"), rule("a_test", "info"), rule("^lib/", "@linter")];
        assert_eq!(severities(&rules), ["warning", "blocker", "error"]);
    }
}
