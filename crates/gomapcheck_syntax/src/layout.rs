//! Where a file's functions begin and end, found without a parse.
//!
//! The scan knows strings, comments and brackets, and nothing else of Go; it runs at memory speed, some fifty times
//! faster than the parser. Function bodies that nobody asks for are left out of the parse with its help, and functions
//! that the grammar cannot read are told from those around them.

use std::ops::Range;

use crate::lexical::{after_comment, after_quoted, is_identifier_byte, marks};

/// A function or method declared at the beginning of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Declared {
    /// Offset of the keyword `func`.
    pub(crate) start: usize,
    /// Where the name stands.
    pub(crate) name: Range<usize>,
    /// The brackets after a method's name with all between them: the grammar does not know these.
    pub(crate) method_type_params: Option<Range<usize>>,
    /// The offset after the parameters' closing parenthesis.
    pub(crate) params_end: usize,
    /// The text between the body's braces; `None` without body.
    pub(crate) body: Option<Range<usize>>,
    /// Whether the body's closing brace was found before the next function.
    pub(crate) closed: bool,
}

/// Every function of a file in order.
pub(crate) fn functions(text: &[u8]) -> Vec<Declared> {
    let mut scanner = Scanner { text, at: 0 };
    let mut found = Vec::new();
    while let Some(start) = scanner.next_function() {
        match scanner.header(start) {
            Some(mut declared) => {
                if let Some(body) = &mut declared.body {
                    let (end, closed) = scanner.skip_body();
                    body.end = end.max(body.start);
                    declared.closed = closed;
                }
                found.push(declared);
            }
            None => scanner.at = scanner.at.max(start + 4),
        }
    }
    found
}

struct Scanner<'text> {
    text: &'text [u8],
    at: usize,
}

impl Scanner<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Goes to the next `func` at the beginning of a line outside of brackets, strings and comments.
    fn next_function(&mut self) -> Option<usize> {
        let mut depth = 0_usize;
        loop {
            if self.line_begins_function() && depth == 0 {
                return Some(self.at);
            }
            match self.next_mark(&DECLARATION_MARKS)? {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // A bracket that is never closed must not hide the rest of the file.
            if depth > 0 && self.line_begins_function() && self.is_named_function() {
                depth = 0;
            }
        }
    }

    fn line_begins_function(&self) -> bool {
        let rest = &self.text[self.at.min(self.text.len())..];
        let at_line_start = self.at == 0 || self.text.get(self.at - 1) == Some(&b'\n');
        at_line_start
            && rest.starts_with(b"func")
            && rest.get(4).is_some_and(|b| matches!(b, b' ' | b'\t' | b'('))
    }

    fn is_named_function(&self) -> bool {
        let mut probe = Scanner { text: self.text, at: self.at };
        probe.header(self.at).is_some()
    }

    /// Passes over strings and comments up to the next byte that `marks` holds, steps over it and returns it.
    fn next_mark(&mut self, marks: &[bool; 256]) -> Option<u8> {
        loop {
            let offset = self.text.get(self.at..)?.iter().position(|byte| marks[usize::from(*byte)])?;
            self.at += offset;
            let mark = self.byte()?;
            match mark {
                b'"' | b'\'' | b'`' => self.at = after_quoted(self.text, self.at),
                b'/' => self.at = after_comment(self.text, self.at),
                _ => {
                    self.at += 1;
                    return Some(mark);
                }
            }
        }
    }

    /// Reads a function's header, the scanner standing at `func`; `None` when there is no name.
    fn header(&mut self, start: usize) -> Option<Declared> {
        self.at = start + 4;
        self.skip_blanks();
        let is_method = self.byte() == Some(b'(');
        if is_method {
            self.skip_brackets()?;
            self.skip_blanks();
        }
        let name = self.identifier()?;
        self.skip_blanks();
        let mut method_type_params = None;
        if self.byte() == Some(b'[') {
            let open = self.at;
            self.skip_brackets()?;
            method_type_params = is_method.then_some(open..self.at);
            self.skip_blanks();
        }
        if self.byte() != Some(b'(') {
            return None;
        }
        self.skip_brackets()?;
        let params_end = self.at;
        let body = self.body_start().map(|open| open..open);
        Some(Declared { start, name, method_type_params, params_end, body, closed: true })
    }

    /// Passes over the results, the scanner standing behind the parameters; the offset after the body's brace.
    fn body_start(&mut self) -> Option<usize> {
        loop {
            let before = self.at;
            match self.next_mark(&HEADER_MARKS)? {
                b'(' | b'[' => {
                    self.at -= 1;
                    self.skip_brackets()?;
                }
                b'{' => {
                    let word = self.text[before..self.at - 1].trim_ascii_end();
                    if !(word.ends_with(b"struct") || word.ends_with(b"interface")) {
                        return Some(self.at);
                    }
                    self.at -= 1;
                    self.skip_brackets()?;
                }
                _ => {
                    self.at -= 1;
                    return None;
                }
            }
        }
    }

    /// Passes over a body, the scanner standing behind its brace: where the closing brace stands, or where the next
    /// function begins if there is none before.
    fn skip_body(&mut self) -> (usize, bool) {
        let mut depth = 1_usize;
        loop {
            match self.next_mark(&BODY_MARKS) {
                Some(b'{') => depth += 1,
                Some(b'}') => depth -= 1,
                Some(_) if self.line_begins_function() && self.is_named_function() => {
                    return (self.at - 1, false);
                }
                Some(_) => {}
                None => {
                    self.at = self.text.len();
                    return (self.at, false);
                }
            }
            if depth == 0 {
                return (self.at - 1, true);
            }
        }
    }

    /// Passes over a bracket and all up to the one that closes it; `None` when the next function begins before.
    fn skip_brackets(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.next_mark(&BRACKETS)? {
                b'(' | b'[' | b'{' => depth += 1,
                b'\n' if self.line_begins_function() => return None,
                b'\n' => {}
                _ => depth = depth.checked_sub(1)?,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn skip_blanks(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn identifier(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        while self.byte().is_some_and(is_identifier_byte) {
            self.at += 1;
        }
        (self.at > start).then_some(start..self.at)
    }
}

static DECLARATION_MARKS: [bool; 256] = marks(b"\"'`/()[]{}\n");
static BODY_MARKS: [bool; 256] = marks(b"\"'`/{}\n");
static HEADER_MARKS: [bool; 256] = marks(b"\"'`/([{\n;");
static BRACKETS: [bool; 256] = marks(b"\"'`/()[]{}\n");

#[cfg(test)]
mod tests {
    use super::*;

    fn names_and_bodies(text: &str) -> Vec<(&str, Option<&str>)> {
        functions(text.as_bytes())
            .into_iter()
            .map(|f| (&text[f.name], f.body.map(|body| text[body].trim())))
            .collect()
    }

    #[test]
    fn bodies_end_at_their_own_brace() {
        let text = "package p\n\nfunc f() map[string]struct{} {\n\tif x {\n\t}\n}\n\nfunc (r *T) m() { return }\nfunc g()\n";
        assert_eq!(names_and_bodies(text), [("f", Some("if x {\n\t}")), ("m", Some("return")), ("g", None)]);
    }

    #[test]
    fn strings_and_comments_hide_braces() {
        let text =
            "func f() {\n\ta := \"}\" + `\n}\nfunc x() {\n` // }\n\tb := '}' /* } */\n}\nfunc g() {}\n";
        let found = names_and_bodies(text);
        assert_eq!(found.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["f", "g"]);
    }

    #[test]
    fn a_literal_is_not_a_declaration() {
        assert_eq!(names_and_bodies("var f = g(\nfunc() {\n})\n\nvar h =\nfunc() {}\n"), []);
    }

    #[test]
    fn a_body_that_is_never_closed_ends_before_the_next_function() {
        let text = "func f() {\n\tif {\n}\n\nfunc g() {}\n";
        let found = functions(text.as_bytes());
        assert_eq!(found.iter().map(|f| f.closed).collect::<Vec<_>>(), [false, true]);
        assert_eq!(found[0].body, Some(10..19));
    }

    #[test]
    fn type_parameters_of_methods_are_found() {
        let text = "func (r *T[K]) Map[V any, W []V](x V) {}\nfunc F[V any](x V) {}\n";
        let found = functions(text.as_bytes());
        let lists: Vec<_> = found.into_iter().map(|f| f.method_type_params.map(|list| &text[list])).collect();
        assert_eq!(lists, [Some("[V any, W []V]"), None]);
    }
}
