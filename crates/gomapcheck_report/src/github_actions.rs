use std::fmt::{self, Write};
use std::io;

use gomapcheck_diagnostics::Diagnostic;

use crate::evidence;
use crate::severity::Words;

const LEVELS: Words = Words { own: ["notice", "warning", "error"], known: &["notice", "warning", "error"] };

/// Writes a workflow command for each finding, which GitHub shows as an annotation beside the code.
pub(crate) fn write_github_actions(writer: &mut dyn io::Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    for diagnostic in diagnostics {
        let location = &diagnostic.location;
        let (start, end) = (location.start, location.end);
        write!(writer, "::{} file={}", LEVELS.of(diagnostic), Property(&location.path))?;
        write!(writer, ",line={},endLine={}", start.line, end.line)?;
        // GitHub takes columns for those of one line.
        if start.line == end.line {
            write!(writer, ",col={},endColumn={}", location.start_utf16, location.end_utf16)?;
        }
        let message = format!("{}{}", diagnostic.message, evidence::lines(diagnostic));
        writeln!(writer, ",title={}::{}", Property(diagnostic.rule), Data(&message))?;
    }
    Ok(())
}

/// Text behind `::`.
struct Data<'a>(&'a str);

/// Text behind `name=`.
struct Property<'a>(&'a str);

impl fmt::Display for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(f, self.0, &['%', '\r', '\n'])
    }
}

impl fmt::Display for Property<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(f, self.0, &['%', '\r', '\n', ':', ','])
    }
}

fn escape(f: &mut fmt::Formatter<'_>, text: &str, special: &[char]) -> fmt::Result {
    for character in text.chars() {
        if special.contains(&character) {
            write!(f, "%{:02X}", u32::from(character))?;
        } else {
            f.write_char(character)?;
        }
    }
    Ok(())
}
