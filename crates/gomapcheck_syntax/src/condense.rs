//! The text that the parser is given: the file's without comments, tables of constants, and what strings contain.
//!
//! They are a third of the bytes of a Go file, and nothing in them is code; a parser that never sees them is that much
//! faster. What it says of the condensed text is brought back to the file's offsets by [`Offsets`].

use std::cell::Cell;
use std::ops::Range;

use gomapcheck_source::Span;
use tree_sitter::Node;

use crate::lexical::to_u32;
use crate::passive::{Passive, Scan, scan};

/// A text without what the parser need not see.
#[derive(Default)]
pub(crate) struct Condensed {
    pub(crate) text: Vec<u8>,
    pub(crate) offsets: Offsets,
    /// The comments left out, in order, at the file's offsets.
    pub(crate) comments: Vec<Span>,
}

/// Condenses a text of fewer than 2³² bytes, without the bodies given (in order) too; `None` where a comment is never
/// closed. Linear.
pub(crate) fn condense(text: &[u8], bodies: &[Range<usize>]) -> Option<Condensed> {
    let Scan { passive, comments } = scan(text, bodies);
    if comments.last().is_some_and(|last| is_unclosed(text.get(last.clone()).unwrap_or_default())) {
        return None;
    }
    let mut writer =
        Writer { text, at: 0, condensed: Vec::with_capacity(text.len()), offsets: Offsets::default() };
    for part in passive {
        match part {
            Passive::Table(range) | Passive::Body(range) => writer.leave_out(range),
            Passive::Quoted(quoted) => writer.leave_out_quoted(quoted),
            Passive::Comment(comment) => writer.leave_out_comment(comment),
        }
    }
    let (condensed, offsets) = writer.finish();
    let comments =
        comments.into_iter().map(|comment| Span { start: to_u32(comment.start), end: to_u32(comment.end) });
    Some(Condensed { text: condensed, offsets, comments: comments.collect() })
}

fn is_unclosed(comment: &[u8]) -> bool {
    comment.starts_with(b"/*") && (comment.len() < 4 || !comment.ends_with(b"*/"))
}

struct Writer<'text> {
    text: &'text [u8],
    /// Up to where the text has been written or left out.
    at: usize,
    condensed: Vec<u8>,
    offsets: Offsets,
}

impl Writer<'_> {
    fn leave_out(&mut self, range: Range<usize>) {
        self.keep_up_to(range.start);
        self.at = self.at.max(range.end);
    }

    /// A raw string becomes another: the grammar wants something between its quotes.
    fn leave_out_quoted(&mut self, quoted: Range<usize>) {
        let is_raw = self.text.get(quoted.end) == Some(&b'`');
        self.leave_out(quoted);
        if is_raw {
            self.keep_up_to(self.at + 1);
            if let Some(quotes) = self.condensed.last_chunk_mut() {
                *quotes = *b"\"\"";
            }
        }
    }

    /// A comment that fills its lines goes with them. Another is a blank, or a line feed if it contains one: so Go reads it.
    fn leave_out_comment(&mut self, comment: Range<usize>) {
        let before = self.text.get(self.at..comment.start).unwrap_or_default();
        let indentation = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let start = comment.start - indentation;
        let fills_line = start.checked_sub(1).is_none_or(|last| self.text.get(last) == Some(&b'\n'));
        if fills_line && self.text.get(comment.end) == Some(&b'\n') {
            self.leave_out(start..comment.end + 1);
            return;
        }
        let is_line = self.text.get(comment.start + 1) == Some(&b'/');
        let holds_line_feed = !is_line && memchr::memchr(b'\n', &self.text[comment.clone()]).is_some();
        self.leave_out(start..comment.end);
        if !is_line {
            self.condensed.push(if holds_line_feed { b'\n' } else { b' ' });
        }
    }

    fn keep_up_to(&mut self, end: usize) {
        if self.at < end {
            self.offsets.push(self.condensed.len(), self.at);
            self.condensed.extend_from_slice(self.text.get(self.at..end).unwrap_or_default());
            self.at = end;
        }
    }

    fn finish(mut self) -> (Vec<u8>, Offsets) {
        self.keep_up_to(self.text.len());
        (self.condensed, self.offsets)
    }
}

/// Where the bytes of a condensed text stand in its file.
///
/// Asked in the order of a walk, an answer takes constant time but for jumps, which take logarithmic time.
#[derive(Default)]
pub(crate) struct Offsets {
    pieces: Vec<Piece>,
    last: Cell<usize>,
}

/// A run of bytes that the condensed text has in common with the file.
#[derive(Clone, Copy)]
struct Piece {
    /// Where it begins in the condensed text.
    start: u32,
    /// What lies between there and the same place in the file.
    shift: u32,
}

impl Offsets {
    fn push(&mut self, condensed: usize, original: usize) {
        self.pieces.push(Piece { start: to_u32(condensed), shift: to_u32(original - condensed) });
    }

    /// Where a node stands in the file.
    #[inline]
    pub(crate) fn span_of(&self, node: Node<'_>) -> Span {
        let (start, end) = (to_u32(node.start_byte()), to_u32(node.end_byte()));
        if self.pieces.is_empty() {
            return Span { start, end: end.max(start) };
        }
        let original = start.saturating_add(self.shift_at(start));
        // An end belongs to the byte before it.
        let last = end.saturating_sub(1).max(start);
        Span { start: original, end: end.saturating_add(self.shift_at(last)).max(original) }
    }

    /// Where a byte of the file stands in the condensed text, if it is there.
    pub(crate) fn condensed(&self, original: usize) -> Option<usize> {
        let at = to_u32(original);
        let Some(index) = self.pieces.partition_point(|piece| piece.start + piece.shift <= at).checked_sub(1)
        else {
            return self.pieces.is_empty().then_some(original);
        };
        let condensed = at - self.pieces[index].shift;
        let next = self.pieces.get(index + 1).map_or(u32::MAX, |next| next.start);
        (condensed < next).then_some(condensed as usize)
    }

    #[inline]
    fn shift_at(&self, at: u32) -> u32 {
        let last = self.last.get();
        if let Some(shift) = self.shift_within(last, at) {
            return shift;
        }
        if let Some(shift) = self.shift_within(last + 1, at) {
            self.last.set(last + 1);
            return shift;
        }
        let index = self.pieces.partition_point(|piece| piece.start <= at).saturating_sub(1);
        self.last.set(index);
        self.pieces.get(index).map_or(0, |piece| piece.shift)
    }

    #[inline]
    fn shift_within(&self, index: usize, at: u32) -> Option<u32> {
        let piece = self.pieces.get(index)?;
        let is_before_next = self.pieces.get(index + 1).is_none_or(|next| at < next.start);
        (piece.start <= at && is_before_next).then_some(piece.shift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condensed(text: &str) -> String {
        condense(text.as_bytes(), &[])
            .map_or_else(|| "as it is".to_owned(), |c| String::from_utf8_lossy(&c.text).into_owned())
    }

    #[test]
    fn comments_go_and_lines_of_code_stay_apart() {
        assert_eq!(
            condensed("// a\n// b\npackage p // c\n\t/* d */\nvar x /* e */ = 1\n"),
            "package p\nvar x  = 1\n"
        );
        assert_eq!(condensed("return /* a\n b */ x"), "return\n x");
        assert_eq!(condensed("x := \"// no\" + `/* no */` // yes"), "x := \"\" + \"\"");
        assert_eq!(condensed("x := '\"' + `` + \"\""), "x := '\"' + `` + \"\"");
        assert_eq!(condensed("x /* never closed"), "as it is");
    }

    #[test]
    fn tables_go_with_the_comments_inside_them() {
        assert_eq!(condensed("x := []T{\n\t{1}, // one\n\t/* two */ {2},\n} // three\n"), "x := []T{}\n");
    }

    #[test]
    fn bodies_go_with_all_they_hold() {
        let text = "func f() { g(\"{\") /* } */ }\nvar t = []int{1}\n";
        let found = condense(text.as_bytes(), std::slice::from_ref(&(10..26)));
        assert_eq!(
            found.map(|found| String::from_utf8_lossy(&found.text).into_owned()).as_deref(),
            Some("func f() {}\nvar t = []int{}\n")
        );
    }

    #[test]
    fn every_byte_that_stays_is_found_where_it_was() {
        let text = "// a\npackage p // b\nvar t = []int{1, 2} /* c */ + u\n";
        let found = condense(text.as_bytes(), &[]).unwrap_or_default();
        for (original, byte) in text.bytes().enumerate() {
            if let Some(at) = found.offsets.condensed(original) {
                assert_eq!(found.text[at], byte, "at {original}");
                assert_eq!(at + found.offsets.shift_at(to_u32(at)) as usize, original);
            }
        }
        assert_eq!(found.offsets.condensed(0), None);
        assert_eq!(found.offsets.condensed(5), Some(0));
    }
}
