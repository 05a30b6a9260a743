//! Comments that mean something: notes on locking, and `//nolint`.
//!
//! The walk hands over every comment it passed. Most files hold none of interest and cost one look at each comment.

use crate::discipline::states_discipline;
use crate::kind::{Kind, KindTable};
use crate::lower::NoteSite;
use crate::recover::Parsed;
use gomapcheck_ir::{Directive, File, Function, Note, NoteTarget};
use gomapcheck_source::{LineIndex, Span};

/// Attaches notes and directives to the file.
pub(crate) fn attach(
    file: &mut File,
    text: &str,
    parsed: &Parsed,
    mut comments: Vec<Span>,
    sites: &[NoteSite],
) {
    let holds_note = |span: &Span| states_discipline(slice(text, *span));
    let holds_directive = |span: &Span| directive_text(slice(text, *span)).is_some();
    let (notes, directives) = (comments.iter().any(holds_note), comments.iter().any(holds_directive));
    if !notes && !directives {
        return;
    }
    comments.sort();
    comments.dedup();
    let lines = LineIndex::new(text);
    let groups = group(text, &lines, &comments);
    if notes {
        file.notes = sites.iter().flat_map(|site| notes_of(text, &lines, &groups, site)).collect();
        let in_code: Vec<Note> =
            groups.iter().filter_map(|group| note_in_code(file, text, &lines, group)).collect();
        file.notes.extend(in_code);
    }
    if directives {
        file.directives =
            groups.iter().flat_map(|group| directives_of(text, &lines, parsed, group)).collect();
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or("")
}

/// A run of comments without blank lines between, or the comments behind code on one line: a group of Go's parser.
struct Group<'comments> {
    comments: &'comments [Span],
    first_line: u32,
    last_line: u32,
    column: u32,
    /// Whether code stands before it on its line.
    trailing: bool,
}

fn group<'comments>(text: &str, lines: &LineIndex, comments: &'comments [Span]) -> Vec<Group<'comments>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut first = 0;
    for (index, comment) in comments.iter().enumerate() {
        let start = lines.position(comment.start);
        let last_line = lines.position(comment.end.saturating_sub(1).max(comment.start)).line;
        if let Some(current) = groups.last_mut() {
            let between = text.get(comments[index - 1].end as usize..comment.start as usize).unwrap_or("x");
            let reach = if current.trailing { current.last_line } else { current.last_line + 1 };
            if start.line <= reach && between.trim().is_empty() {
                current.comments = &comments[first..=index];
                current.last_line = last_line;
                continue;
            }
        }
        let line_start = lines.line_range(start.line).start;
        let trailing = !text.get(line_start..comment.start as usize).unwrap_or("").trim().is_empty();
        first = index;
        groups.push(Group {
            comments: &comments[index..=index],
            first_line: start.line,
            last_line,
            column: start.column,
            trailing,
        });
    }
    groups
}

impl Group<'_> {
    fn span(&self) -> Span {
        let start = self.comments.first().map_or(0, |span| span.start);
        Span { start, end: self.comments.last().map_or(start, |span| span.end) }
    }

    /// The text without comment marks.
    fn text(&self, text: &str) -> String {
        let mut lines = Vec::new();
        for comment in self.comments {
            let comment = slice(text, *comment);
            match comment.strip_prefix("/*") {
                Some(block) => {
                    let block = block.strip_suffix("*/").unwrap_or(block);
                    lines.extend(block.lines().map(|line| line.trim().trim_start_matches('*').trim()));
                }
                None => lines.push(comment.trim_start_matches('/').trim()),
            }
        }
        lines.join("\n").trim().to_owned()
    }
}

/// The notes above a declaration and, for fields and values, behind it.
fn notes_of(text: &str, lines: &LineIndex, groups: &[Group<'_>], site: &NoteSite) -> Vec<Note> {
    let above = group_above(text, lines, groups, site.span);
    let behind = match site.target {
        NoteTarget::Field(..) | NoteTarget::Value(_) => group_behind(text, lines, groups, site.span),
        NoteTarget::Function(_) | NoteTarget::Type(_) | NoteTarget::Code(_) => None,
    };
    let note = |group: &Group<'_>| {
        let note = group.text(text);
        states_discipline(&note).then(|| Note {
            target: site.target,
            text: note.into_boxed_str(),
            span: group.span(),
        })
    };
    above.into_iter().chain(behind).filter_map(note).collect()
}

fn group_above<'g, 'c>(
    text: &str,
    lines: &LineIndex,
    groups: &'g [Group<'c>],
    site: Span,
) -> Option<&'g Group<'c>> {
    let before = groups.partition_point(|group| group.span().start < site.start);
    let group = groups.get(before.checked_sub(1)?)?;
    let between = text.get(group.span().end as usize..site.start as usize)?;
    let next_line = group.last_line + 1 == lines.position(site.start).line;
    (!group.trailing && next_line && between.trim().is_empty()).then_some(group)
}

fn group_behind<'g, 'c>(
    text: &str,
    lines: &LineIndex,
    groups: &'g [Group<'c>],
    site: Span,
) -> Option<&'g Group<'c>> {
    let group = groups.get(groups.partition_point(|group| group.span().start < site.end))?;
    let between = text.get(site.end as usize..group.span().start as usize)?;
    let same_line = lines.position(site.end).line == group.first_line;
    let only_separators = between.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b';' | b','));
    (same_line && only_separators).then_some(group)
}

/// Words that say that something is missing.
const NEGATIONS: [&str; 6] = ["no ", "not ", "n't ", "without", "absence", "unnecessary"];

/// A comment inside a function that may say that a lock is left out, and the lines that it is about: those below it up to an
/// empty one or one that is less indented; behind code, its own.
fn note_in_code(file: &File, text: &str, lines: &LineIndex, group: &Group<'_>) -> Option<Note> {
    let span = group.span();
    let lower = slice(text, span).to_ascii_lowercase();
    if !states_discipline(&lower) || !NEGATIONS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let is_inside = |function: &Function| function.body.is_some() && function.span.contains(span);
    if !file.functions.iter().any(is_inside) {
        return None;
    }
    let last = if group.trailing { group.first_line } else { last_line_below(text, lines, group) };
    let (start, end) = (lines.line_range(group.first_line).start, lines.line_range(last).end);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let covered = Span { start: offset(start), end: offset(end.max(start)) };
    Some(Note { target: NoteTarget::Code(covered), text: group.text(text).into_boxed_str(), span })
}

/// The last line of the paragraph that a group stands above.
fn last_line_below(text: &str, lines: &LineIndex, group: &Group<'_>) -> u32 {
    let is_within = |line: &str| {
        let indentation = line.len() - line.trim_start().len();
        !line.trim().is_empty() && indentation + 1 >= group.column as usize
    };
    let mut last = group.last_line;
    loop {
        let range = lines.line_range(last + 1);
        let is_new = range.start > lines.line_range(last).start;
        if !is_new || !text.get(range).is_some_and(is_within) {
            return last;
        }
        last += 1;
    }
}

/// The directive in a comment, from `nolint` on.
fn directive_text(comment: &str) -> Option<&str> {
    let text = comment.strip_prefix("//")?.trim_start_matches(['/', ' ']);
    let rest = text.strip_prefix("nolint")?;
    let rest = rest.trim_end_matches('\r');
    (rest.is_empty() || rest.starts_with([' ', ':'])).then(|| text.trim_end_matches('\r'))
}

/// The directives of a group. They cover its lines, and the syntax that begins on the next line in the same column.
fn directives_of(text: &str, lines: &LineIndex, parsed: &Parsed, group: &Group<'_>) -> Vec<Directive> {
    let mut found: Vec<Directive> = group
        .comments
        .iter()
        .filter_map(|comment| directive_text(slice(text, *comment)))
        .map(|text| Directive { text: text.into(), first_line: group.first_line, last_line: group.last_line })
        .collect();
    if found.is_empty() {
        return found;
    }
    let next = lines.line_range(group.last_line + 1);
    let at = next.start + group.column as usize - 1;
    if next.start > 0 && at < next.end {
        let end = last_byte_of_syntax_at(parsed, at);
        let last_line = end.map(|end| lines.position(end).line);
        for directive in &mut found {
            directive.last_line = last_line.map_or(directive.last_line, |line| line.max(directive.last_line));
        }
    }
    found
}

/// The last byte of the largest piece of syntax that begins at this offset. A package clause stands for its file.
fn last_byte_of_syntax_at(parsed: &Parsed, at: usize) -> Option<u32> {
    let kinds = KindTable::get();
    let tree = &parsed.tree;
    let at = parsed.offsets.condensed(at)?;
    let mut cursor = tree.walk();
    while cursor.goto_first_child_for_byte(at).is_some() {
        let node = cursor.node();
        let kind = kinds.kind(node.kind_id());
        if node.start_byte() > at {
            return None;
        }
        let counts = node.is_named()
            && !matches!(kind, Kind::StatementList | Kind::ExpressionList | Kind::Comment | Kind::Error);
        if node.start_byte() == at && counts {
            let whole = if kind == Kind::PackageClause { tree.root_node() } else { node };
            return Some(parsed.offsets.span_of(whole).end.saturating_sub(1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_line_comments_that_begin_with_nolint_are_directives() {
        for comment in ["//nolint", "// nolint:a,b // why", "///nolint:all", "//nolint reason", "//nolint :x"]
        {
            assert!(directive_text(comment).is_some(), "{comment}");
        }
        for comment in [
            "//NOLINT",
            "//nolints:",
            "//nolint// r",
            "//nolint\tx",
            "//\tnolint",
            "// see nolint",
            "/*nolint*/",
        ] {
            assert!(directive_text(comment).is_none(), "{comment}");
        }
    }
}
