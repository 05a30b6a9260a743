use std::io;

use gomapcheck_diagnostics::{Diagnostic, LINTER};

/// What the text printer puts around the bare lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextStyle {
    /// Terminal colours, as golangci-lint uses them.
    pub colors: bool,
    /// The linter's name behind the text.
    pub linter_name: bool,
    /// The source line with its caret, the trace and the advice.
    pub details: bool,
}

/// Writes findings as golangci-lint's text: `FILE:LINE:COLUMN: TEXT (LINTER)`, the source line and a caret; the trace and the
/// advice stand below, indented, with positions at the ends of their lines so that no tool takes them for findings.
pub(crate) fn write_text(
    writer: &mut dyn io::Write,
    diagnostics: &[Diagnostic],
    style: TextStyle,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        write_head(writer, diagnostic, style)?;
        if style.details {
            write_source(writer, diagnostic, style)?;
            write_trace(writer, diagnostic)?;
            write_notes(writer, diagnostic)?;
        }
    }
    Ok(())
}

fn write_head(writer: &mut dyn io::Write, diagnostic: &Diagnostic, style: TextStyle) -> io::Result<()> {
    let location = &diagnostic.location;
    let text = diagnostic.text();
    if style.colors {
        let (path, line, column) = (&location.path, location.start.line, location.start.column);
        write!(writer, "\x1b[1m{path}:{line}\x1b[22m:{column}: \x1b[31m{text}\x1b[0m")?;
    } else {
        write!(writer, "{location}: {text}")?;
    }
    if style.linter_name { writeln!(writer, " ({LINTER})") } else { writeln!(writer) }
}

fn write_source(writer: &mut dyn io::Write, diagnostic: &Diagnostic, style: TextStyle) -> io::Result<()> {
    for line in &diagnostic.source_lines {
        writeln!(writer, "{line}")?;
    }
    // As golangci-lint does: a caret points into one line only, and every byte before it counts as one blank.
    if let [line] = &diagnostic.source_lines[..] {
        let before = (diagnostic.location.start.column as usize).saturating_sub(1);
        let indent: String =
            line.bytes().take(before).map(|byte| if byte == b'\t' { '\t' } else { ' ' }).collect();
        let caret = if style.colors { "\x1b[33m^\x1b[0m" } else { "^" };
        writeln!(writer, "{indent}{caret}")?;
    }
    Ok(())
}

fn write_trace(writer: &mut dyn io::Write, diagnostic: &Diagnostic) -> io::Result<()> {
    let width = diagnostic.trace.len().to_string().len();
    for (index, step) in diagnostic.trace.iter().enumerate() {
        writeln!(writer, "    {:>width$}. {}, at {}", index + 1, step.text, step.location)?;
    }
    Ok(())
}

fn write_notes(writer: &mut dyn io::Write, diagnostic: &Diagnostic) -> io::Result<()> {
    for also in &diagnostic.also {
        writeln!(writer, "    also: {}, at {}", also.text, also.location)?;
    }
    if !diagnostic.advice.is_empty() {
        writeln!(writer, "    help: {}", diagnostic.advice)?;
    }
    Ok(())
}
