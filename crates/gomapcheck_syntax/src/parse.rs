use std::cell::RefCell;

use gomapcheck_ir::File;
use gomapcheck_source::{FileId, Span};
use tree_sitter::Parser;

use crate::comments::attach;
use crate::kind::language;
use crate::lower::{Input, MethodTypeParams, Scratch, lower_tree};
use crate::recover::{Parsed, parse_declarations, parse_whole};

/// How much of a file to lower.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Everything.
    Whole,
    /// Declarations and package-level initial values, but no function bodies: they are skipped before the parse.
    Declarations,
}

/// A thread's parser and memory, used again for each file.
struct Worker {
    parser: Option<Parser>,
    scratch: Scratch,
    /// Where files are lowered into before they take the room they need.
    arenas: File,
}

thread_local! {
    static WORKER: RefCell<Worker> = RefCell::new(Worker::new());
}

impl Worker {
    fn new() -> Self {
        let mut parser = Parser::new();
        let parser = parser.set_language(&language()).is_ok().then_some(parser);
        Self { parser, scratch: Scratch::new(), arenas: File::new(FileId(0)) }
    }

    fn parse(&mut self, text: &[u8], mode: Mode) -> Option<Parsed> {
        let parser = self.parser.as_mut().filter(|_| u32::try_from(text.len()).is_ok())?;
        match mode {
            Mode::Whole => parse_whole(parser, text),
            Mode::Declarations => parse_declarations(parser, text),
        }
    }
}

/// Lowers one file. Whatever the text is, a file comes back; what could not be read is in [`File::errors`].
///
/// Each thread keeps one parser and its memory for the next file.
#[must_use]
pub fn lower(id: FileId, text: &str, mode: Mode) -> File {
    WORKER.with_borrow_mut(|worker| {
        let line_count = line_count(text);
        let Some(parsed) = worker.parse(text.as_bytes(), mode) else {
            let mut file = File { line_count, ..File::new(id) };
            file.errors.push(Span { start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) });
            return file;
        };
        let method_type_params: Vec<MethodTypeParams<'_>> = parsed
            .method_type_params
            .iter()
            .map(|(start, tree)| MethodTypeParams { start: *start, tree })
            .collect();
        let input = Input {
            text,
            tree: &parsed.tree,
            offsets: &parsed.offsets,
            mode,
            method_type_params: &method_type_params,
            broken: &parsed.broken,
        };
        // A walk that fails inside must not leave half a file behind for the next.
        let fresh = File::new(id);
        let package_name = fresh.package_name;
        let file = File { id, line_count, package_name, ..std::mem::replace(&mut worker.arenas, fresh) };
        let (mut file, mut comments) = lower_tree(file, &input, &mut worker.scratch);
        comments.extend_from_slice(&parsed.comments);
        attach(&mut file, text, &parsed, comments, &worker.scratch.sites);
        let lowered = file.take_exact();
        worker.arenas = file;
        lowered
    })
}

/// Parses one file and throws the tree away: what [`lower`] is measured against.
#[must_use]
pub fn parse_only(text: &str) -> bool {
    WORKER.with_borrow_mut(|worker| {
        worker.parser.as_mut().is_some_and(|parser| parser.parse(text.as_bytes(), None).is_some())
    })
}

fn line_count(text: &str) -> u32 {
    let full = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let rest = usize::from(!text.is_empty() && !text.ends_with('\n'));
    u32::try_from(full + rest).unwrap_or(u32::MAX)
}
