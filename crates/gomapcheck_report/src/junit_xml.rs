use std::io;

use gomapcheck_diagnostics::{Diagnostic, LINTER};

use crate::by_file::by_file;
use crate::xml::{CharacterData, Escaped};

/// Writes JUnit's XML, as golangci-lint shapes it: without a header, and without a line feed at the end.
pub(crate) fn write_junit_xml(
    writer: &mut dyn io::Write,
    diagnostics: &[Diagnostic],
    extended: bool,
) -> io::Result<()> {
    writer.write_all(b"<testsuites>")?;
    for (path, diagnostics) in by_file(diagnostics) {
        let (name, count) = (Escaped(path), diagnostics.len());
        write!(
            writer,
            "\n  <testsuite name=\"{name}\" tests=\"{count}\" errors=\"0\" failures=\"{count}\">"
        )?;
        for diagnostic in diagnostics {
            write_case(writer, diagnostic, extended)?;
        }
        writer.write_all(b"\n  </testsuite>")?;
    }
    let end: &[u8] = if diagnostics.is_empty() { b"</testsuites>" } else { b"\n</testsuites>" };
    writer.write_all(end)
}

fn write_case(writer: &mut dyn io::Write, diagnostic: &Diagnostic, extended: bool) -> io::Result<()> {
    let (location, severity) = (&diagnostic.location, diagnostic.severity_text());
    let (place, line, text) = (location.to_string(), location.start.line, diagnostic.text());
    write!(writer, "\n    <testcase name=\"{LINTER}\" classname=\"{}\"", Escaped(&place))?;
    if extended {
        write!(writer, " file=\"{}\" line=\"{line}\"", Escaped(&location.path))?;
    }
    let message = format!("{place}: {text}");
    let details = format!(
        "{severity}: {text}\nCategory: {LINTER}\nFile: {}\nLine: {line}\nDetails: {}",
        location.path,
        diagnostic.source_lines.join("\n")
    );
    write!(
        writer,
        ">\n      <failure message=\"{}\" type=\"{}\">{}</failure>\n    </testcase>",
        Escaped(&message),
        Escaped(severity),
        CharacterData(&details)
    )
}
