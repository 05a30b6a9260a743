use std::fmt::{self, Write};
use std::io;

use gomapcheck_diagnostics::{Diagnostic, LINTER};

use crate::severity::Words;

const SEVERITIES: Words =
    Words { own: ["INFO", "WARNING", "ERROR"], known: &["INFO", "ERROR", "WARNING", "WEAK WARNING"] };

/// How many characters a message may have.
const LONGEST_MESSAGE: usize = 4000;

/// Writes TeamCity's service messages, as golangci-lint shapes them: the linter once, then each finding.
pub(crate) fn write_teamcity(writer: &mut dyn io::Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    if !diagnostics.is_empty() {
        writeln!(
            writer,
            "##teamcity[inspectionType id='{LINTER}' name='{LINTER}' description='{LINTER}' category='gomapcheck reports']"
        )?;
    }
    for diagnostic in diagnostics {
        let text = diagnostic.text();
        // Cut before it is escaped: half an escape would spoil the line.
        let end = text.char_indices().nth(LONGEST_MESSAGE).map_or(text.len(), |(at, _)| at);
        writeln!(
            writer,
            "##teamcity[inspection typeId='{LINTER}' message='{}' file='{}' line='{}' SEVERITY='{}']",
            Escaped(text.get(..end).unwrap_or(&text)),
            Escaped(&diagnostic.location.path),
            diagnostic.location.start.line,
            SEVERITIES.of(diagnostic)
        )?;
    }
    Ok(())
}

/// Text inside the quotes of a service message.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '\'' | '|' | '[' | ']' => write!(f, "|{character}"),
                '\n' => f.write_str("|n"),
                '\r' => f.write_str("|r"),
                '\u{85}' => f.write_str("|x"),
                '\u{2028}' => f.write_str("|l"),
                '\u{2029}' => f.write_str("|p"),
                other => f.write_char(other),
            }?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_long_message_ends_between_two_characters() {
        let mut findings = sample::hostile();
        findings.truncate(1);
        findings[0].message = "é|".repeat(LONGEST_MESSAGE);
        let mut bytes = Vec::new();
        write_teamcity(&mut bytes, &findings).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let message = text.split_once("message='").unwrap().1.split_once("' file=").unwrap().0;
        assert_eq!(message.replace("||", "|").chars().count(), LONGEST_MESSAGE);
    }
}
