use gomapcheck_source::Span;
use tree_sitter::{Node, Tree, TreeCursor};

use crate::condense::Offsets;
use crate::kind::{Kind, KindTable};

/// A cursor over one tree that passes over comments and remembers them.
///
/// Every lowering function follows one convention: it is entered with the walk at its node, and it returns with the walk
/// at the same node. After [`Walk::leave`] only moving on makes sense: the cached node is then still that of the child.
pub(crate) struct Walk<'tree> {
    cursor: TreeCursor<'tree>,
    node: Node<'tree>,
    kind: Kind,
    kinds: &'static KindTable,
    offsets: &'tree Offsets,
    /// The comments met so far, in the order of the walk.
    pub(crate) comments: Vec<Span>,
}

impl<'tree> Walk<'tree> {
    /// A walk that stands at the root.
    pub(crate) fn new(tree: &'tree Tree, offsets: &'tree Offsets) -> Self {
        let node = tree.root_node();
        let kinds = KindTable::get();
        let kind = kinds.kind(node.kind_id());
        Self { cursor: tree.walk(), node, kind, kinds, offsets, comments: Vec::new() }
    }

    /// The current node's kind.
    #[inline]
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Where the current node stands in the file.
    #[inline]
    pub(crate) fn span(&self) -> Span {
        self.offsets.span_of(self.node)
    }

    /// Where the current node ends in the text that was parsed.
    #[inline]
    pub(crate) fn end(&self) -> usize {
        self.node.end_byte()
    }

    /// Whether something in the current node could not be parsed.
    pub(crate) fn has_error(&self) -> bool {
        self.node.has_error() || self.node.is_missing()
    }

    /// Goes to the first child that is not a comment. Stays when there is none.
    #[inline]
    pub(crate) fn enter(&mut self) -> bool {
        if !self.cursor.goto_first_child() {
            return false;
        }
        if self.refresh() || self.advance() {
            return true;
        }
        self.cursor.goto_parent();
        false
    }

    /// Goes to the next sibling that is not a comment; false at the last one.
    #[inline]
    pub(crate) fn advance(&mut self) -> bool {
        while self.cursor.goto_next_sibling() {
            if self.refresh() {
                return true;
            }
        }
        false
    }

    /// Goes to the parent.
    #[inline]
    pub(crate) fn leave(&mut self) {
        self.cursor.goto_parent();
    }

    /// Goes to the parent, which is then the current node in every respect.
    pub(crate) fn leave_for_again(&mut self) {
        self.cursor.goto_parent();
        self.refresh();
    }

    #[inline]
    fn refresh(&mut self) -> bool {
        self.node = self.cursor.node();
        self.kind = self.kinds.kind(self.node.kind_id());
        if self.kind == Kind::Comment {
            self.comments.push(self.offsets.span_of(self.node));
            return false;
        }
        true
    }
}
