//! Composite literals that hold constants alone: the tables of tests, of character classes, of precomputed values.
//!
//! They are a tenth of all tokens in Go's own source, and nothing in them can be an access, a call or a lock. So the
//! parser is given a text in which blanks stand in their place; offsets and lines stay those of the file.
//!
//! The scan needs no grammar: braces around literals, operators, commas and field names alone can only belong to a
//! composite literal, since a literal is no statement. It is linear, and fast where a brace holds something else.

use std::borrow::Cow;
use std::ops::Range;

use crate::lexical::{after_comment, after_quoted, is_identifier_byte, marks};

/// The text with blanks for what stands between the braces of composite literals that hold constants alone.
pub(crate) fn without_constant_tables(text: &[u8]) -> Cow<'_, [u8]> {
    let tables = constant_tables(text);
    if tables.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blanked = text.to_vec();
    for table in tables {
        for byte in blanked.get_mut(table).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    Cow::Owned(blanked)
}

/// Whether a text in braces is such a literal's.
pub(crate) fn is_constant_table(braces: &[u8]) -> bool {
    constant_tables(braces).last().is_some_and(|table| table.start == 1 && table.end + 1 == braces.len())
}

/// What stands between the braces of such literals, outermost ones only, in order.
fn constant_tables(text: &[u8]) -> Vec<Range<usize>> {
    let mut scanner = Scanner { text, at: 0, open: Vec::new(), tables: Vec::new() };
    while scanner.step() {}
    scanner.tables
}

/// A brace that is not closed yet.
struct Open {
    /// The offset after it.
    start: usize,
    /// Whether nothing but constants has been seen behind it.
    constant: bool,
    /// Whether a literal has.
    filled: bool,
}

struct Scanner<'text> {
    text: &'text [u8],
    at: usize,
    open: Vec<Open>,
    tables: Vec<Range<usize>>,
}

impl Scanner<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Passes over one token, or over all up to the next that matters; `false` at the end of the text.
    fn step(&mut self) -> bool {
        if self.open.last().is_none_or(|open| !open.constant) {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(offset) = rest.iter().position(|byte| MARKS[usize::from(*byte)]) else { return false };
            self.at += offset;
        }
        let Some(byte) = self.byte() else { return false };
        match byte {
            b'"' | b'\'' | b'`' => {
                self.at = after_quoted(self.text, self.at);
                self.fill();
            }
            b'/' => self.at = after_comment(self.text, self.at),
            b'{' => {
                self.at += 1;
                self.open.push(Open { start: self.at, constant: true, filled: false });
            }
            b'}' => self.close(),
            b'0'..=b'9' => {
                self.word();
                self.fill();
            }
            _ if is_identifier_byte(byte) => self.identifier(),
            _ => {
                if !CONSTANT[usize::from(byte)] {
                    self.spoil();
                }
                self.at += 1;
            }
        }
        true
    }

    fn close(&mut self) {
        if let Some(closed) = self.open.pop() {
            if !closed.constant {
                self.spoil();
            } else if closed.filled {
                self.fill();
                while self.tables.last().is_some_and(|inner| inner.start >= closed.start) {
                    self.tables.pop();
                }
                self.tables.push(closed.start..self.at);
            }
        }
        self.at += 1;
    }

    /// A number, a name, or a number's part after its dot.
    fn word(&mut self) -> &[u8] {
        let start = self.at;
        while self.byte().is_some_and(|byte| is_identifier_byte(byte) || byte == b'.') {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// A name is a constant if it is predeclared as one, and says nothing if it is the key of an element.
    fn identifier(&mut self) {
        if matches!(self.word(), b"nil" | b"true" | b"false") {
            self.fill();
            return;
        }
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        if self.byte() != Some(b':') || self.text.get(self.at + 1) == Some(&b'=') {
            self.spoil();
        }
    }

    fn fill(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.filled = true;
        }
    }

    fn spoil(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.constant = false;
        }
    }
}

/// What matters behind a brace that holds more than constants: the others, and what may hide them.
static MARKS: [bool; 256] = marks(b"\"'`/{}");

/// What may stand between constants.
static CONSTANT: [bool; 256] = marks(b" \t\r\n,:+-*%&|^<>=!()~");

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> String {
        String::from_utf8_lossy(&without_constant_tables(text.as_bytes())).into_owned()
    }

    #[test]
    fn a_table_of_constants_is_blanked_and_its_lines_stay() {
        let text = "var t = []T{\n\t{1, -2.5e+3}, // {\n\t{name: \"}\", ok: nil},\n}\nvar x = 1\n";
        let lines: Vec<String> = parsed(text).lines().map(|line| line.trim_end().to_owned()).collect();
        assert_eq!(lines, ["var t = []T{", "", "", "}", "var x = 1"]);
        assert_eq!(parsed(text).len(), text.len());
    }

    #[test]
    fn only_the_parts_that_hold_constants_are_blanked() {
        assert_eq!(parsed("x := []T{{1, 2}, {f(), 2}}"), "x := []T{{    }, {f(), 2}}");
        assert_eq!(parsed("x := T{a: {'}'}, b: m}"), "x := T{a: {   }, b: m}");
    }

    #[test]
    fn code_is_no_table() {
        for text in [
            "func f() {}",
            "func f() { return 1 }",
            "func f() { L: { } }",
            "func f() { x := 1 }",
            "switch { default: }",
            "type T struct { X int `json:\"x\"` }",
            "x := T{}",
            "x := T{v}",
            "x := T{a.b}",
            "x := T{p: v}",
            "f(func() { 1",
            "}}} {",
        ] {
            assert_eq!(parsed(text), text);
        }
    }
}
