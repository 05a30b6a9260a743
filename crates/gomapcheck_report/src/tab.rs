use std::io;

use gomapcheck_diagnostics::{Diagnostic, LINTER};

/// What the tab printer puts into its lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TabStyle {
    /// Terminal colours, as golangci-lint uses them.
    pub colors: bool,
    /// The linter's name between place and text.
    pub linter_name: bool,
}

/// Writes a line for each finding, as golangci-lint does: place, linter, text, in columns of equal width.
pub(crate) fn write_tab(
    writer: &mut dyn io::Write,
    diagnostics: &[Diagnostic],
    style: TabStyle,
) -> io::Result<()> {
    let place_width = |diagnostic: &Diagnostic| diagnostic.location.to_string().chars().count();
    let width = diagnostics.iter().map(place_width).max().unwrap_or_default();
    for diagnostic in diagnostics {
        let (path, start) = (&diagnostic.location.path, diagnostic.location.start);
        let padding = " ".repeat(width - place_width(diagnostic));
        let linter = if style.linter_name { format!("{LINTER}  ") } else { String::new() };
        let text = diagnostic.text();
        if style.colors {
            write!(writer, "\x1b[1m{path}:{}\x1b[22m:{}", start.line, start.column)?;
            writeln!(writer, "{padding}  {linter}\x1b[31m{text}\x1b[0m")?;
        } else {
            writeln!(writer, "{path}:{start}{padding}  {linter}{text}")?;
        }
    }
    Ok(())
}
