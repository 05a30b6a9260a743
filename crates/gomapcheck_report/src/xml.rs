//! Text in XML, escaped as Go's `encoding/xml` does.

use std::fmt::{self, Write};

/// Text for an attribute's value or an element's content.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '"' => f.write_str("&#34;"),
                '\'' => f.write_str("&#39;"),
                '&' => f.write_str("&amp;"),
                '<' => f.write_str("&lt;"),
                '>' => f.write_str("&gt;"),
                '\t' => f.write_str("&#x9;"),
                '\n' => f.write_str("&#xA;"),
                '\r' => f.write_str("&#xD;"),
                other => f.write_char(allowed(other)),
            }?;
        }
        Ok(())
    }
}

/// Text in a section that needs no escapes, but for the mark that would end it.
pub(crate) struct CharacterData<'a>(pub(crate) &'a str);

impl fmt::Display for CharacterData<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.chars().map(allowed).collect();
        // The mark is cut in two, an end of one section and the beginning of the next.
        write!(f, "<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
    }
}

/// XML 1.0 has no way to write most control characters, not even escaped.
fn allowed(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => character,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped_and_what_is_forbidden_replaced() {
        let text = "\"a\" <b> & 'c'\t\r\n\u{1b}[0m \0 é \u{FFFE} \u{1F600}";
        insta::assert_snapshot!(Escaped(text), @"&#34;a&#34; &lt;b&gt; &amp; &#39;c&#39;&#x9;&#xD;&#xA;\u{FFFD}[0m \u{FFFD} é \u{FFFD} 😀");
    }

    #[test]
    fn a_section_cannot_be_left() {
        assert_eq!(CharacterData("m[n[0]]>1 <é>").to_string(), "<![CDATA[m[n[0]]]]><![CDATA[>1 <é>]]>");
        assert_eq!(CharacterData("\u{1b}").to_string(), "<![CDATA[\u{FFFD}]]>");
    }
}
