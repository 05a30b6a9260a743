//! What to do where the grammar lags the language, or where a file is broken.
//!
//! Nothing here runs for a file that parses. Else the text is parsed again, with what the grammar does not know left out
//! or renamed in place, so that offsets stay those of the file; and functions that still do not parse lose their bodies.

use std::ops::Range;

use gomapcheck_source::Span;
use tree_sitter::{Node, Parser, Point, QueryCursor, StreamingIterator, Tree};

use crate::condense::{Condensed, Offsets, condense};
use crate::layout::{Declared, functions};
use crate::lexical::is_identifier_byte;
use crate::operands::rename_operands;
use crate::queries::damage_query;

/// The parse of one file.
pub(crate) struct Parsed {
    pub(crate) tree: Tree,
    /// Where the bytes that were parsed stand in the file.
    pub(crate) offsets: Offsets,
    /// The comments that the tree lacks, in order.
    pub(crate) comments: Vec<Span>,
    /// A method's own type parameters: the offset after its name, and the tree of a function that has them.
    pub(crate) method_type_params: Vec<(u32, Tree)>,
    /// Where the functions begin that could not be read and were parsed without their bodies, in order.
    pub(crate) broken: Vec<u32>,
}

impl Parsed {
    fn new(tree: Tree) -> Self {
        Self {
            tree,
            offsets: Offsets::default(),
            comments: Vec::new(),
            method_type_params: Vec::new(),
            broken: Vec::new(),
        }
    }

    fn has_error(&self) -> bool {
        self.tree.root_node().has_error()
    }
}

/// Parses a whole file.
pub(crate) fn parse_whole(parser: &mut Parser, text: &[u8]) -> Option<Parsed> {
    parse_condensed(parser, text, Vec::new())
}

/// Parses a file without its functions' bodies.
pub(crate) fn parse_declarations(parser: &mut Parser, text: &[u8]) -> Option<Parsed> {
    let functions = functions(text);
    if functions.iter().any(|function| !function.closed) {
        return parse_whole(parser, text);
    }
    parse_condensed(parser, text, functions.into_iter().filter_map(|function| function.body).collect())
}

/// Parses the condensed text; where that fails, all of it but the bodies given.
fn parse_condensed(parser: &mut Parser, text: &[u8], bodies: Vec<Range<usize>>) -> Option<Parsed> {
    if let Some(Condensed { text: mut condensed, offsets, comments }) = condense(text, &bodies) {
        rename_builtins(&mut condensed);
        rename_operands(&mut condensed);
        let parsed = Parsed { offsets, comments, ..Parsed::new(parser.parse(&condensed, None)?) };
        if !parsed.has_error() {
            return Some(parsed);
        }
    }
    let parsed = Parsed::new(parse_without(parser, text, &bodies)?);
    if !parsed.has_error() {
        return Some(parsed);
    }
    Recovery::new(text, bodies).run(parser, parsed)
}

struct Recovery<'text> {
    original: &'text [u8],
    text: Vec<u8>,
    functions: Vec<Declared>,
    left_out: Vec<Range<usize>>,
    method_type_params: Vec<(u32, Tree)>,
}

impl<'text> Recovery<'text> {
    fn new(original: &'text [u8], left_out: Vec<Range<usize>>) -> Self {
        Self {
            original,
            text: original.to_vec(),
            functions: functions(original),
            left_out,
            method_type_params: Vec::new(),
        }
    }

    fn run(mut self, parser: &mut Parser, first: Parsed) -> Option<Parsed> {
        let mut parsed = first;
        self.leave_out_method_type_params(parser);
        let renamed = rename_builtins(&mut self.text);
        if renamed || !self.method_type_params.is_empty() {
            parsed = Parsed::new(parse_without(parser, &self.text, &self.left_out)?);
        }
        if parsed.has_error() {
            parsed = self.without_broken_bodies(parser, parsed)?;
        }
        parsed.method_type_params = self.method_type_params;
        Some(parsed)
    }

    /// Go 1.27's methods with type parameters: the grammar loses the header and leaves the body astray.
    fn leave_out_method_type_params(&mut self, parser: &mut Parser) {
        for function in &self.functions {
            let Some(list) = &function.method_type_params else { continue };
            // One blank keeps the keyword and the name apart.
            let keyword = function.start..function.start + 4;
            let blank = function.name.start - 1;
            let signature = blank..function.params_end;
            if !self.original.get(blank).is_some_and(u8::is_ascii_whitespace) {
                continue;
            }
            let Some(tree) = parse_ranges(parser, self.original, &[keyword, signature]) else { continue };
            let Ok(name_end) = u32::try_from(function.name.end) else { continue };
            if !tree.root_node().has_error() {
                self.method_type_params.push((name_end, tree));
                self.left_out.push(list.clone());
            }
        }
        self.left_out.sort_by_key(|range| range.start);
    }

    /// Parses without the bodies of functions that do not parse on their own.
    fn without_broken_bodies(&mut self, parser: &mut Parser, parsed: Parsed) -> Option<Parsed> {
        let damaged = damaged_ranges(&parsed.tree);
        let mut broken = Vec::new();
        for function in &self.functions {
            let Some(body) = &function.body else { continue };
            let end = (body.end + 1).min(self.text.len());
            let touched = damaged.iter().any(|range| range.start < end && function.start < range.end);
            let already_out = self.left_out.binary_search_by_key(&body.start, |range| range.start).is_ok();
            if touched && !already_out && (!function.closed || self.is_broken(parser, function, end)) {
                broken.push((function, body.clone()));
            }
        }
        if broken.is_empty() {
            return Some(parsed);
        }
        for (function, body) in &broken {
            if !function.closed {
                close_body(&mut self.text, body);
            }
            self.left_out.retain(|range| range.start < body.start || range.end > body.end);
            self.left_out.push(blanked(body, function.closed));
        }
        self.left_out.sort_by_key(|range| range.start);
        let mut again = Parsed::new(parse_without(parser, &self.text, &self.left_out)?);
        again.broken = broken.iter().filter_map(|(function, _)| u32::try_from(function.start).ok()).collect();
        Some(again)
    }

    fn is_broken(&self, parser: &mut Parser, function: &Declared, end: usize) -> bool {
        let list = function.method_type_params.clone().unwrap_or(end..end);
        let ranges = [function.start..list.start, list.end..end];
        parse_ranges(parser, &self.text, &ranges).is_none_or(|tree| tree.root_node().has_error())
    }
}

/// What to leave out of a body that was closed by hand: all but its last byte, which is now the brace.
fn blanked(body: &Range<usize>, closed: bool) -> Range<usize> {
    if closed { body.clone() } else { body.start..body.end.saturating_sub(1).max(body.start) }
}

/// Makes the last byte of a body that is never closed its closing brace.
fn close_body(text: &mut [u8], body: &Range<usize>) {
    if let Some(last) =
        body.end.checked_sub(1).filter(|last| *last >= body.start).and_then(|i| text.get_mut(i))
    {
        *last = b'}';
    }
}

/// The places at the top of the tree where the parser lost its way.
fn damaged_ranges(tree: &Tree) -> Vec<Range<usize>> {
    let root = tree.root_node();
    if root.is_error() {
        return vec![root.byte_range()];
    }
    let Some(query) = damage_query() else { return Vec::new() };
    let mut cursor = QueryCursor::new();
    cursor.set_max_start_depth(Some(1));
    let mut ranges = Vec::new();
    let mut matches = cursor.matches(query, root, |_: Node<'_>| std::iter::empty::<&[u8]>());
    while let Some(found) = matches.next() {
        for capture in found.captures {
            if capture.node.has_error() || capture.node.kind() == "block" {
                ranges.push(capture.node.byte_range());
            }
        }
    }
    ranges
}

/// Parses the text without the given ranges, which are in order.
fn parse_without(parser: &mut Parser, text: &[u8], left_out: &[Range<usize>]) -> Option<Tree> {
    let mut kept = Vec::with_capacity(left_out.len() + 1);
    let mut start = 0;
    for range in left_out {
        kept.push(start..range.start.max(start));
        start = range.end.max(start);
    }
    kept.push(start..text.len());
    parse_ranges(parser, text, &kept)
}

fn parse_ranges(parser: &mut Parser, text: &[u8], ranges: &[Range<usize>]) -> Option<Tree> {
    let mut point = Point { row: 0, column: 0 };
    let mut at = 0;
    let mut point_at = |offset: usize| {
        let passed = text.get(at..offset).unwrap_or_default();
        point.row += memchr::memchr_iter(b'\n', passed).count();
        point.column = match memchr::memrchr(b'\n', passed) {
            Some(last) => passed.len() - last - 1,
            None => point.column + passed.len(),
        };
        at = offset;
        point
    };
    let ranges: Vec<tree_sitter::Range> = ranges
        .iter()
        .map(|range| tree_sitter::Range {
            start_byte: range.start,
            start_point: point_at(range.start),
            end_byte: range.end,
            end_point: point_at(range.end),
        })
        .collect();
    let tree = match parser.set_included_ranges(&ranges) {
        Ok(()) => parser.parse(text, None),
        Err(_) => None,
    };
    // No ranges mean the whole text again; that cannot fail.
    let _ = parser.set_included_ranges(&[]);
    tree
}

/// Go 1.26's `new(expression)`, and functions of one's own called `new` or `make`: the grammar takes only a type first.
/// Under another name of the same length they are calls like any other; the IR's names come from the file's own text.
/// Whether anything was renamed.
fn rename_builtins(text: &mut [u8]) -> bool {
    let new = rename_calls(text, b"new(", b"neu(");
    let make = rename_calls(text, b"make(", b"maje(");
    new || make
}

fn rename_calls(text: &mut [u8], from: &[u8], to: &[u8]) -> bool {
    let sites: Vec<usize> = memchr::memmem::find_iter(text, from)
        .filter(|at| !continues_name(text, *at))
        .filter(|at| !is_type_argument(&text[at + from.len()..]))
        .collect();
    for site in &sites {
        text[*site..site + to.len()].copy_from_slice(to);
    }
    !sites.is_empty()
}

/// Whether the word at this offset is the end of a longer one, or a field's or method's name.
fn continues_name(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| text.get(i));
    before.is_some_and(|byte| is_identifier_byte(*byte) || *byte == b'.')
}

/// Whether a type and the closing parenthesis of `new(…)` stand at the beginning of the text.
fn is_type_argument(text: &[u8]) -> bool {
    let text = &text[..text.len().min(TYPE_LENGTH)];
    after_type(text.trim_ascii_start(), 0)
        .is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b')' | b',')))
}

/// How long a type inside `new(…)` may be to be recognised.
const TYPE_LENGTH: usize = 4096;

/// How deeply a type inside `new(…)` may nest to be recognised.
const TYPE_DEPTH: u32 = 64;

/// What stands after the type at the beginning of the text.
fn after_type(text: &[u8], depth: u32) -> Option<&[u8]> {
    let inner = |rest: &'_ [u8]| -> Option<usize> {
        let trimmed = rest.trim_ascii_start();
        let after = if depth < TYPE_DEPTH { after_type(trimmed, depth + 1)? } else { return None };
        Some(after.len())
    };
    let suffix = |length: usize| &text[text.len() - length..];
    match text.first()? {
        b'*' => inner(&text[1..]).map(suffix),
        b'(' => {
            let rest = suffix(inner(&text[1..])?).trim_ascii_start();
            rest.strip_prefix(b")")
        }
        b'[' => inner(after_brackets(text)?).map(suffix),
        b'<' => inner(text.strip_prefix(b"<-chan")?).map(suffix),
        _ => {
            let length = text.iter().take_while(|byte| is_identifier_byte(**byte)).count();
            let (word, rest) = text.split_at(length);
            match word {
                _ if word.first().is_none_or(u8::is_ascii_digit) => None,
                b"map" => inner(after_brackets(rest)?).map(suffix),
                b"chan" => inner(rest.strip_prefix(b"<-").unwrap_or(rest)).map(suffix),
                b"struct" | b"interface" => after_brackets(rest.trim_ascii_start()),
                b"func" => {
                    let rest = after_brackets(rest.trim_ascii_start())?.trim_ascii_start();
                    match rest.first() {
                        Some(b'(') => after_brackets(rest),
                        Some(b')' | b',') | None => Some(rest),
                        Some(_) => inner(rest).map(suffix),
                    }
                }
                _ => after_name(rest),
            }
        }
    }
}

/// What stands after `.Name` and type arguments, the text beginning behind a name.
fn after_name(mut rest: &[u8]) -> Option<&[u8]> {
    if let Some(member) = rest.strip_prefix(b".") {
        let length = member.iter().take_while(|byte| is_identifier_byte(**byte)).count();
        if length == 0 {
            return None;
        }
        rest = &member[length..];
    }
    if rest.first() == Some(&b'[') { after_brackets(rest) } else { Some(rest) }
}

/// What stands after the brackets at the beginning of the text, quoted text aside.
fn after_brackets(text: &[u8]) -> Option<&[u8]> {
    let mut depth = 0_usize;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return text.get(index + 1..);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_after_new_are_told_from_expressions() {
        for ty in [
            "int)",
            "pkg.T)",
            "*T)",
            "[]T)",
            "[4]int)",
            "map[K][]V)",
            "chan<- T)",
            "func(int) T)",
            "struct{ x int })",
            "G[int])",
        ] {
            assert!(is_type_argument(ty.as_bytes()), "{ty}");
        }
        for expression in ["42)", "a + b)", "f(x))", "[]int{1})", "a.b.c)", "\"s\")", "T{})", "&x)", "-1)"] {
            assert!(!is_type_argument(expression.as_bytes()), "{expression}");
        }
    }
}
