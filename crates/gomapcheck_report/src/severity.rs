use gomapcheck_diagnostics::{Diagnostic, Severity};

/// A format's words for severities.
pub(crate) struct Words {
    /// For our own: info, warning, error.
    pub(crate) own: [&'static str; 3],
    /// All that its readers know. A configuration may use them; for a word that is not among them, that for an error stands.
    pub(crate) known: &'static [&'static str],
}

impl Words {
    /// The word for a finding's severity.
    pub(crate) fn of(&self, diagnostic: &Diagnostic) -> &'static str {
        let [info, warning, error] = self.own;
        match &diagnostic.severity_word {
            Some(word) => {
                self.known.iter().find(|known| known.eq_ignore_ascii_case(word)).copied().unwrap_or(error)
            }
            None => match diagnostic.severity {
                Severity::Info => info,
                Severity::Warning => warning,
                Severity::Error => error,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_configured_word_is_used_where_readers_know_it() {
        let words = Words { own: ["info", "major", "critical"], known: &["minor", "blocker"] };
        let mut finding = sample::findings().remove(1);
        assert_eq!(words.of(&finding), "major");
        finding.severity_word = Some("Blocker".into());
        assert_eq!(words.of(&finding), "blocker");
        finding.severity_word = Some("urgent".into());
        assert_eq!(words.of(&finding), "critical");
    }
}
