use std::io;

use gomapcheck_diagnostics::{Diagnostic, LINTER};

use crate::by_file::by_file;
use crate::severity::Words;
use crate::xml::Escaped;

const SEVERITIES: Words =
    Words { own: ["info", "warning", "error"], known: &["ignore", "info", "warning", "error"] };

/// Writes Checkstyle's XML, as golangci-lint shapes it.
pub(crate) fn write_checkstyle(writer: &mut dyn io::Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    writer.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\n<checkstyle version=\"5.0\">")?;
    for (path, diagnostics) in by_file(diagnostics) {
        write!(writer, "\n  <file name=\"{}\">", Escaped(path))?;
        for diagnostic in diagnostics {
            let start = diagnostic.location.start;
            write!(
                writer,
                "\n    <error column=\"{}\" line=\"{}\" message=\"{}\" severity=\"{}\" source=\"{LINTER}\"></error>",
                start.column,
                start.line,
                Escaped(&diagnostic.text()),
                SEVERITIES.of(diagnostic)
            )?;
        }
        writer.write_all(b"\n  </file>")?;
    }
    let end: &[u8] = if diagnostics.is_empty() { b"</checkstyle>\n" } else { b"\n</checkstyle>\n" };
    writer.write_all(end)
}
