//! The parts of a text that hold no code: comments, what strings contain, and composite literals of constants alone.
//!
//! Such literals (the tables of tests, of character classes, of precomputed values) are a tenth of all tokens in Go's own
//! source, and nothing in them can be an access, a call or a lock. So the parser is given a text without any of these
//! ([`crate::condense`]).
//!
//! The scan needs no grammar: braces around literals, operators, commas and field names alone can only belong to a
//! composite literal, since a literal is no statement. It is linear, and fast where a brace holds something else.

use std::ops::Range;

use crate::lexical::{after_comment, closing_quote, is_identifier_byte, marks};

/// Whether a text in braces is such a literal's.
pub(crate) fn is_constant_table(braces: &[u8]) -> bool {
    scan(braces, &[]).passive.last() == Some(&Passive::Table(1..braces.len().saturating_sub(1)))
}

/// A part of a text that holds no code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Passive {
    /// What stands between the braces of a composite literal of constants.
    Table(Range<usize>),
    /// What stands between the quotes of a string.
    Quoted(Range<usize>),
    /// A comment; a line comment without its line feed.
    Comment(Range<usize>),
    /// What stands between the braces of a function that nobody asks for.
    Body(Range<usize>),
}

impl Passive {
    pub(crate) fn range(&self) -> &Range<usize> {
        match self {
            Self::Table(range) | Self::Quoted(range) | Self::Comment(range) | Self::Body(range) => range,
        }
    }
}

/// What a scan finds; both lists are in order.
#[derive(Default)]
pub(crate) struct Scan {
    /// The parts that hold no code, without those inside of tables.
    pub(crate) passive: Vec<Passive>,
    /// All comments, those inside of tables too.
    pub(crate) comments: Vec<Range<usize>>,
}

/// Finds what holds no code in a text, the bodies given (in order) among it. Linear.
pub(crate) fn scan(text: &[u8], bodies: &[Range<usize>]) -> Scan {
    let mut scanner = Scanner { text, at: 0, bodies, open: Vec::new(), found: Scan::default() };
    while scanner.step() {}
    scanner.found
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
    /// The bodies ahead.
    bodies: &'text [Range<usize>],
    open: Vec<Open>,
    found: Scan,
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
            b'"' | b'\'' | b'`' => self.quoted(byte),
            b'/' => self.comment(),
            b'{' => self.open(),
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

    fn open(&mut self) {
        self.at += 1;
        let is_body = self.bodies.first().is_some_and(|body| body.start == self.at);
        self.open.push(Open { start: self.at, constant: !is_body, filled: false });
        if let Some((body, ahead)) = self.bodies.split_first().filter(|_| is_body) {
            self.found.passive.push(Passive::Body(body.clone()));
            (self.at, self.bodies) = (body.end, ahead);
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        self.at = after_comment(self.text, start);
        if self.at > start + 1 {
            self.found.comments.push(start..self.at);
            self.found.passive.push(Passive::Comment(start..self.at));
        }
    }

    fn quoted(&mut self, quote: u8) {
        let start = self.at + 1;
        match closing_quote(self.text, self.at) {
            Ok(end) => {
                if quote != b'\'' && start < end {
                    self.found.passive.push(Passive::Quoted(start..end));
                }
                self.at = end + 1;
            }
            Err(end) => self.at = end,
        }
        self.fill();
    }

    fn close(&mut self) {
        if let Some(closed) = self.open.pop() {
            if !closed.constant {
                self.spoil();
            } else if closed.filled {
                self.fill();
                while self.found.passive.last().is_some_and(|inner| inner.range().start >= closed.start) {
                    self.found.passive.pop();
                }
                self.found.passive.push(Passive::Table(closed.start..self.at));
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

    fn passive(text: &str, wanted: impl Fn(&Passive) -> bool) -> Vec<&str> {
        scan(text.as_bytes(), &[])
            .passive
            .iter()
            .filter(|part| wanted(part))
            .map(|part| &text[part.range().clone()])
            .collect()
    }

    fn tables(text: &str) -> Vec<&str> {
        passive(text, |part| matches!(part, Passive::Table(_)))
    }

    #[test]
    fn a_table_of_constants_is_found_as_a_whole() {
        let text = "var t = []T{\n\t{1, -2.5e+3}, // {\n\t{name: \"}\", ok: nil},\n}\nvar x = 1\n";
        assert_eq!(tables(text), ["\n\t{1, -2.5e+3}, // {\n\t{name: \"}\", ok: nil},\n"]);
    }

    #[test]
    fn only_the_parts_that_hold_constants_are_tables() {
        assert_eq!(tables("x := []T{{1, 2}, {f(), 2}}"), ["1, 2"]);
        assert_eq!(tables("x := T{a: {'}'}, b: m}"), ["'}'"]);
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
            assert!(tables(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn comments_are_found_beside_them() {
        let text = "a := 1 / 2 // \"one\nvar s = \"// no\" /* two\n*/ + `/*`";
        assert_eq!(passive(text, |part| matches!(part, Passive::Comment(_))), ["// \"one", "/* two\n*/"]);
        assert_eq!(passive(text, |part| matches!(part, Passive::Quoted(_))), ["// no", "/*"]);
        let text = "t := T{1 /* in a table */}";
        let comments: Vec<&str> = scan(text.as_bytes(), &[]).comments.into_iter().map(|c| &text[c]).collect();
        assert_eq!(comments, ["/* in a table */"]);
    }

    #[test]
    fn a_string_that_is_not_closed_is_none() {
        assert!(passive("x := \"abc\ny := 1", |_| true).is_empty());
        assert!(passive("x := `abc", |_| true).is_empty());
        assert!(passive("x := \"\\\"\ny := 1", |_| true).is_empty());
    }
}
