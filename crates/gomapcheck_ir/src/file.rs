use gomapcheck_source::{FileId, Name, Span};

use crate::{
    Clause, ClauseId, Directive, Element, ElementList, Expr, ExprId, ExprKind, ExprList, Function,
    FunctionId, ImportDecl, InterfaceId, InterfaceType, Local, LocalId, Note, Signature, SignatureId, Stmt,
    StmtId, StmtList, StructId, StructType, TypeDecl, TypeDeclId, TypeParam, TypeParamId, ValueDecl, ValueId,
};

/// One lowered Go file. Its arenas are public: the stages above read them in plain loops.
#[derive(Clone, Debug)]
pub struct File {
    /// Which file of the run.
    pub id: FileId,
    /// The name in the package clause; `_` when there is none.
    pub package_name: Name,
    /// Import declarations in order.
    pub imports: Vec<ImportDecl>,
    /// Declared types, local ones included.
    pub types: Vec<TypeDecl>,
    /// Package-level variables and constants, one entry a name, `_` included.
    pub values: Vec<ValueDecl>,
    /// Functions, methods and literals; a literal comes after the function around it.
    pub functions: Vec<Function>,
    /// Expressions and types.
    pub exprs: Vec<Expr>,
    /// Statements.
    pub stmts: Vec<Stmt>,
    /// Clauses of `switch` and `select`.
    pub clauses: Vec<Clause>,
    /// Local variables of all functions.
    pub locals: Vec<Local>,
    /// Type parameters.
    pub type_params: Vec<TypeParam>,
    /// Struct types.
    pub structs: Vec<StructType>,
    /// Interface types.
    pub interfaces: Vec<InterfaceType>,
    /// Signatures.
    pub signatures: Vec<Signature>,
    /// Runs of expressions: see [`ExprList`].
    pub expr_pool: Vec<ExprId>,
    /// Runs of statements: see [`StmtList`].
    pub stmt_pool: Vec<StmtId>,
    /// Elements of composite literals: see [`ElementList`].
    pub elements: Vec<Element>,
    /// Comments that may state a locking discipline.
    pub notes: Vec<Note>,
    /// `//nolint` comments.
    pub directives: Vec<Directive>,
    /// Places that could not be lowered.
    pub errors: Vec<Span>,
    /// Number of lines.
    pub line_count: u32,
}

fn exact<T>(elements: &mut Vec<T>) -> Vec<T> {
    let mut exact = Vec::with_capacity(elements.len());
    exact.append(elements);
    exact
}

impl File {
    /// An empty file.
    #[must_use]
    pub fn new(id: FileId) -> Self {
        Self {
            id,
            package_name: Name::new("_"),
            imports: Vec::new(),
            types: Vec::new(),
            values: Vec::new(),
            functions: Vec::new(),
            exprs: Vec::new(),
            stmts: Vec::new(),
            clauses: Vec::new(),
            locals: Vec::new(),
            type_params: Vec::new(),
            structs: Vec::new(),
            interfaces: Vec::new(),
            signatures: Vec::new(),
            expr_pool: Vec::new(),
            stmt_pool: Vec::new(),
            elements: Vec::new(),
            notes: Vec::new(),
            directives: Vec::new(),
            errors: Vec::new(),
            line_count: 0,
        }
    }

    /// Moves everything into a file that has exactly the room it needs; this one is empty afterwards and keeps its own room
    /// for the next.
    #[must_use]
    pub fn take_exact(&mut self) -> Self {
        Self {
            id: self.id,
            package_name: self.package_name,
            imports: exact(&mut self.imports),
            types: exact(&mut self.types),
            values: exact(&mut self.values),
            functions: exact(&mut self.functions),
            exprs: exact(&mut self.exprs),
            stmts: exact(&mut self.stmts),
            clauses: exact(&mut self.clauses),
            locals: exact(&mut self.locals),
            type_params: exact(&mut self.type_params),
            structs: exact(&mut self.structs),
            interfaces: exact(&mut self.interfaces),
            signatures: exact(&mut self.signatures),
            expr_pool: exact(&mut self.expr_pool),
            stmt_pool: exact(&mut self.stmt_pool),
            elements: exact(&mut self.elements),
            notes: exact(&mut self.notes),
            directives: exact(&mut self.directives),
            errors: exact(&mut self.errors),
            line_count: self.line_count,
        }
    }

    /// The expression.
    #[must_use]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.index()]
    }

    /// What the expression is.
    #[must_use]
    pub fn kind(&self, id: ExprId) -> ExprKind {
        self.exprs[id.index()].kind
    }

    /// Where the expression stands.
    #[must_use]
    pub fn span(&self, id: ExprId) -> Span {
        self.exprs[id.index()].span
    }

    /// The expression inside any number of parentheses.
    #[must_use]
    pub fn unparen(&self, mut id: ExprId) -> ExprId {
        while let ExprKind::Paren(inner) = self.kind(id) {
            id = inner;
        }
        id
    }

    /// The expressions of a run.
    #[must_use]
    pub fn exprs_of(&self, list: ExprList) -> &[ExprId] {
        &self.expr_pool[list.range()]
    }

    /// The statement.
    #[must_use]
    pub fn stmt(&self, id: StmtId) -> &Stmt {
        &self.stmts[id.index()]
    }

    /// The statements of a block.
    #[must_use]
    pub fn stmts_of(&self, list: StmtList) -> &[StmtId] {
        &self.stmt_pool[list.range()]
    }

    /// The elements of a composite literal; none where only constants stood.
    #[must_use]
    pub fn elements_of(&self, list: ElementList) -> &[Element] {
        if list == ElementList::CONSTANTS { &[] } else { &self.elements[list.range()] }
    }

    /// A run of clauses.
    #[must_use]
    pub fn clauses_of(&self, first: ClauseId, count: u32) -> &[Clause] {
        &self.clauses[first.index()..first.index() + count as usize]
    }

    /// The function.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> &Function {
        &self.functions[id.index()]
    }

    /// The local.
    #[must_use]
    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.index()]
    }

    /// The declared type.
    #[must_use]
    pub fn type_decl(&self, id: TypeDeclId) -> &TypeDecl {
        &self.types[id.index()]
    }

    /// The package-level value.
    #[must_use]
    pub fn value(&self, id: ValueId) -> &ValueDecl {
        &self.values[id.index()]
    }

    /// The type parameter.
    #[must_use]
    pub fn type_param(&self, id: TypeParamId) -> &TypeParam {
        &self.type_params[id.index()]
    }

    /// The struct type.
    #[must_use]
    pub fn struct_type(&self, id: StructId) -> &StructType {
        &self.structs[id.index()]
    }

    /// The interface type.
    #[must_use]
    pub fn interface_type(&self, id: InterfaceId) -> &InterfaceType {
        &self.interfaces[id.index()]
    }

    /// The signature.
    #[must_use]
    pub fn signature(&self, id: SignatureId) -> &Signature {
        &self.signatures[id.index()]
    }

    /// Every function with its id.
    pub fn functions_with_ids(&self) -> impl Iterator<Item = (FunctionId, &Function)> {
        self.functions.iter().enumerate().map(|(i, f)| (FunctionId::new(i), f))
    }
}
