//! The cursor walk that turns one syntax tree into one [`File`].

mod declaration;
mod expression;
mod function;
mod literal;
mod package;
mod statement;
mod switch;
mod types;

use gomapcheck_ir::{
    Capture, Clause, Element, Expr, ExprId, ExprKind, ExprList, File, FunctionId, Local, LocalId, LocalKind,
    NoteTarget, OpaqueReason, Stmt, StmtId, StmtKind, StmtList,
};
use gomapcheck_source::{Name, Span};
use rustc_hash::FxHashSet;

use crate::Mode;
use crate::condense::Offsets;
use crate::kind::Kind;
use crate::lexical::to_u32;
use crate::symbols::{BLANK, Entity, SymbolId, Symbols};
use crate::walk::Walk;

/// How deeply expressions, types and statements of a lowered file may nest.
///
/// What lies deeper becomes [`ExprKind::Bad`] or [`StmtKind::Bad`] and its function is marked opaque, so that every stage
/// may recurse over a file without fear for its stack.
pub const MAX_DEPTH: u32 = 400;

/// A declaration that comments may be attached to.
pub(crate) struct NoteSite {
    pub(crate) target: NoteTarget,
    pub(crate) span: Span,
}

/// What outlives a file: memory that is used again for the next one.
pub(crate) struct Scratch {
    symbols: Symbols,
    exprs: Vec<ExprId>,
    stmts: Vec<StmtId>,
    elements: Vec<Element>,
    clauses: Vec<Clause>,
    /// The last function that recorded each local as a capture: a shortcut before the set below.
    captured_last: Vec<Option<FunctionId>>,
    captured: FxHashSet<(FunctionId, LocalId)>,
    literal_counts: Vec<u32>,
    /// The names of parameters, aligned with the parameters themselves.
    parameter_names: Vec<(SymbolId, Span)>,
    pub(crate) sites: Vec<NoteSite>,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self {
            symbols: Symbols::new(),
            exprs: Vec::new(),
            stmts: Vec::new(),
            elements: Vec::new(),
            clauses: Vec::new(),
            captured_last: Vec::new(),
            captured: FxHashSet::default(),
            literal_counts: Vec::new(),
            parameter_names: Vec::new(),
            sites: Vec::new(),
        }
    }

    fn clear(&mut self) {
        self.symbols.clear();
        self.exprs.clear();
        self.stmts.clear();
        self.elements.clear();
        self.clauses.clear();
        self.captured_last.clear();
        self.captured.clear();
        self.literal_counts.clear();
        self.parameter_names.clear();
        self.sites.clear();
    }
}

/// A method's own type parameters, which the grammar does not know: parsed apart, their place blanked in the file.
pub(crate) struct MethodTypeParams<'tree> {
    /// Where the blanked list begins.
    pub(crate) start: u32,
    /// The tree of a function that has this list and the method's parameters.
    pub(crate) tree: &'tree tree_sitter::Tree,
}

/// What the walk is to read: a text and its tree.
pub(crate) struct Input<'tree> {
    pub(crate) text: &'tree str,
    pub(crate) tree: &'tree tree_sitter::Tree,
    /// Where the bytes that were parsed stand in the text.
    pub(crate) offsets: &'tree Offsets,
    pub(crate) mode: Mode,
    /// In the order of their starts.
    pub(crate) method_type_params: &'tree [MethodTypeParams<'tree>],
    /// Functions (by their starts) whose bodies were blanked because they could not be parsed.
    pub(crate) broken: &'tree [u32],
}

impl Input<'_> {
    fn whole(&self) -> Span {
        Span { start: self.offsets.span_of(self.tree.root_node()).start, end: to_u32(self.text.len()) }
    }
}

/// The state of one walk.
pub(crate) struct Lowering<'tree, 'scratch> {
    input: &'scratch Input<'tree>,
    walk: Walk<'tree>,
    file: File,
    scratch: &'scratch mut Scratch,
    /// The function whose body is being lowered.
    function: Option<FunctionId>,
    /// The function that evaluates the package-level initial values, once there is one.
    initializer: Option<FunctionId>,
    depth: u32,
}

/// Lowers the tree into `file`, which is empty; the comments met on the way come with the file.
pub(crate) fn lower_tree(file: File, input: &Input<'_>, scratch: &mut Scratch) -> (File, Vec<Span>) {
    scratch.clear();
    let walk = Walk::new(input.tree, input.offsets);
    let mut lowering = Lowering { input, walk, file, scratch, function: None, initializer: None, depth: 0 };
    lowering.lower_source_file();
    (lowering.file, lowering.walk.comments)
}

impl<'tree> Lowering<'tree, '_> {
    fn text(&self, span: Span) -> &'tree str {
        self.input.text.get(span.range()).unwrap_or("")
    }

    /// Adds an expression.
    #[inline]
    fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        let id = ExprId::new(self.file.exprs.len());
        self.file.exprs.push(Expr { kind, span });
        id
    }

    /// Adds a statement to the block being collected.
    #[inline]
    fn stmt(&mut self, kind: StmtKind, span: Span) {
        let id = StmtId::new(self.file.stmts.len());
        self.file.stmts.push(Stmt { kind, span });
        self.scratch.stmts.push(id);
    }

    /// Makes a run of the expressions collected since `mark`.
    fn finish_exprs(&mut self, mark: usize) -> ExprList {
        let start = self.file.expr_pool.len();
        self.file.expr_pool.extend(self.scratch.exprs.drain(mark..));
        ExprList { start: to_u32(start), len: to_u32(self.file.expr_pool.len() - start) }
    }

    /// Makes a block of the statements collected since `mark`.
    fn finish_stmts(&mut self, mark: usize) -> StmtList {
        let start = self.file.stmt_pool.len();
        self.file.stmt_pool.extend(self.scratch.stmts.drain(mark..));
        StmtList { start: to_u32(start), len: to_u32(self.file.stmt_pool.len() - start) }
    }

    /// The current node's text as a symbol.
    fn symbol_here(&mut self) -> SymbolId {
        let text = self.text(self.walk.span());
        self.scratch.symbols.intern(text)
    }

    /// The current node's text as a name.
    fn name_here(&mut self) -> Name {
        let symbol = self.symbol_here();
        self.scratch.symbols.name(symbol)
    }

    /// Reports that the current node could not be lowered, and marks the function around it.
    fn give_up(&mut self) {
        let span = self.walk.span();
        self.file.errors.push(span);
        if let Some(function) = self.function {
            self.file.functions[function.index()].opaque = Some(OpaqueReason::SyntaxError);
        }
    }

    /// Resolves an identifier in the scopes around it.
    fn resolve(&mut self, symbol: SymbolId, span: Span) -> ExprKind {
        match self.scratch.symbols.lookup(symbol) {
            Some(Entity::Local(local)) => {
                self.record_use(local, span);
                ExprKind::Local(local)
            }
            Some(Entity::Type(ty)) => ExprKind::LocalType(ty),
            Some(Entity::TypeParam(parameter)) => ExprKind::TypeParam(parameter),
            None => ExprKind::Name(self.scratch.symbols.name(symbol)),
        }
    }

    /// Records a captured variable in the current literal and in every literal between it and the variable's function.
    fn record_use(&mut self, local: LocalId, span: Span) {
        let Local { function: home, kind, .. } = self.file.locals[local.index()];
        if self.function == Some(home) || kind == LocalKind::Constant {
            return;
        }
        if self.scratch.captured_last[local.index()] == self.function {
            return;
        }
        self.scratch.captured_last[local.index()] = self.function;
        let mut current = self.function;
        while let Some(function) = current.filter(|function| *function != home) {
            if !self.scratch.captured.insert((function, local)) {
                return;
            }
            let entry = &mut self.file.functions[function.index()];
            entry.captures.push(Capture { local, span });
            current = entry.parent;
        }
    }

    /// Adds a local without declaring its name.
    fn new_local(&mut self, symbol: SymbolId, kind: LocalKind, span: Span) -> LocalId {
        let function = self.function_here();
        let local = LocalId::new(self.file.locals.len());
        self.file.locals.push(Local { name: self.scratch.symbols.name(symbol), kind, function, span });
        self.scratch.captured_last.push(None);
        local
    }

    /// Adds a local and declares its name in the innermost scope.
    fn declare_local(&mut self, symbol: SymbolId, kind: LocalKind, span: Span) -> LocalId {
        let local = self.new_local(symbol, kind, span);
        self.scratch.symbols.declare(symbol, Entity::Local(local));
        local
    }

    /// The name of a declaration as an expression: the new local, or the blank identifier.
    fn declare_target(&mut self, symbol: SymbolId, kind: LocalKind, span: Span) -> ExprId {
        let kind = if symbol == BLANK {
            ExprKind::Name(self.scratch.symbols.name(BLANK))
        } else {
            ExprKind::Local(self.declare_local(symbol, kind, span))
        };
        self.expr(kind, span)
    }

    /// Calls `lower` for each child that is neither a comment nor a token without meaning.
    fn each_child(&mut self, mut lower: impl FnMut(&mut Self, Kind)) {
        let parent_end = self.walk.end();
        if !self.walk.enter() {
            return;
        }
        loop {
            let kind = self.walk.kind();
            // A child that ends with its parent is the last: asking the cursor for another costs more than this look.
            let is_last = self.walk.end() == parent_end;
            if kind != Kind::Other {
                lower(self, kind);
            }
            if is_last || !self.walk.advance() {
                break;
            }
        }
        self.walk.leave();
    }
}
