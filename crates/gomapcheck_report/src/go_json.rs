use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes a value as Go's `json.Encoder` does: on one line, a line feed behind it, with what HTML could misread escaped.
pub(crate) fn write_line(writer: &mut dyn io::Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *writer, GoFormatter))?;
    writer.write_all(b"\n")
}

struct GoFormatter;

impl Formatter for GoFormatter {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (before, from) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut characters = from.chars();
            if let Some(character) = characters.next() {
                write!(writer, "\\u{:04x}", u32::from(character))?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_line_separators_are_escaped_and_other_text_is_not() {
        let mut bytes = Vec::new();
        write_line(&mut bytes, &"a<b && c>d \u{2028} é \"q\"\t").unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\"a\\u003cb \\u0026\\u0026 c\\u003ed \\u2028 é \\\"q\\\"\\t\"\n"
        );
    }
}
