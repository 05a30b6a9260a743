use gomapcheck_ir::{ImportDecl, StmtKind, StmtList};
use gomapcheck_source::{Name, Span};

use super::Lowering;
use crate::kind::Kind;

impl Lowering<'_, '_> {
    /// Lowers the whole file, declaration by declaration.
    pub(super) fn lower_source_file(&mut self) {
        let damaged = self.walk.has_error();
        let initial_values = self.scratch.stmts.len();
        self.each_child(|this, kind| {
            if !damaged || this.is_trustworthy(kind) {
                this.lower_top_level(kind);
            }
        });
        if damaged && self.file.errors.is_empty() {
            self.file.errors.push(self.input.whole());
        }
        let body = self.finish_stmts(initial_values);
        if let Some(initializer) = self.initializer {
            self.file.functions[initializer.index()].body = Some(body);
        }
    }

    /// In a file with syntax errors the parser may take the inside of a function for top-level declarations, so that only
    /// what begins a line is believed.
    fn is_trustworthy(&mut self, kind: Kind) -> bool {
        let span = self.walk.span();
        if matches!(kind, Kind::Error | Kind::Block | Kind::ExpressionStatement) {
            self.report(span);
            return false;
        }
        let before = (span.start as usize).checked_sub(1).and_then(|i| self.input.text.as_bytes().get(i));
        let begins_line = before.is_none_or(|byte| *byte == b'\n');
        if !begins_line && kind != Kind::Semicolon {
            self.report(span);
        }
        begins_line
    }

    /// Reports damage at the top level, which often comes in many small pieces side by side.
    fn report(&mut self, span: Span) {
        match self.file.errors.last_mut() {
            Some(last) if span.start <= last.end.saturating_add(1) => last.end = last.end.max(span.end),
            _ => self.file.errors.push(span),
        }
    }

    fn lower_top_level(&mut self, kind: Kind) {
        match kind {
            Kind::PackageClause => self.lower_package_clause(),
            Kind::ImportDeclaration => self.lower_imports(),
            Kind::ConstDeclaration | Kind::VarDeclaration => self.lower_package_values(kind),
            Kind::TypeDeclaration => self.lower_type_declaration(None),
            Kind::FunctionDeclaration | Kind::MethodDeclaration => self.lower_function_declaration(kind),
            Kind::Semicolon | Kind::EmptyStatement => {}
            _ => self.file.errors.push(self.walk.span()),
        }
    }

    fn lower_package_clause(&mut self) {
        self.each_child(|this, kind| {
            if kind == Kind::Identifier {
                this.file.package_name = this.name_here();
            }
        });
    }

    fn lower_imports(&mut self) {
        self.each_child(|this, kind| match kind {
            Kind::ImportSpec => this.lower_import(),
            Kind::ImportSpecList => this.lower_imports(),
            Kind::Error => this.file.errors.push(this.walk.span()),
            _ => {}
        });
    }

    fn lower_import(&mut self) {
        let span = self.walk.span();
        let mut alias = None;
        let mut path = None;
        self.each_child(|this, kind| match kind {
            Kind::Identifier | Kind::Dot => alias = Some(this.name_here()),
            Kind::StringLiteral => path = Some(Name::new(unquote(this.text(this.walk.span())))),
            _ => {}
        });
        if let Some(path) = path {
            self.file.imports.push(ImportDecl { alias, path, span });
        }
    }

    /// Lowers a package-level initial value as a statement of the file's initializer.
    pub(super) fn initial_value(&mut self, lower: impl FnOnce(&mut Self) -> (StmtKind, Span)) {
        let initializer = self.initializer_function();
        let outer = self.function.replace(initializer);
        self.scratch.symbols.open();
        let (kind, span) = lower(self);
        self.stmt(kind, span);
        self.scratch.symbols.close();
        self.function = outer;
    }

    /// The file's initializer, made when first needed.
    pub(super) fn initializer_function(&mut self) -> gomapcheck_ir::FunctionId {
        if let Some(initializer) = self.initializer {
            return initializer;
        }
        let span = self.input.whole();
        let initializer = self.new_function("init", gomapcheck_ir::FunctionKind::Initializer, span, span);
        self.file.functions[initializer.index()].body = Some(StmtList::EMPTY);
        self.file.functions[initializer.index()].opaque = None;
        self.initializer = Some(initializer);
        initializer
    }
}

/// The text between the quotes of a string literal.
fn unquote(literal: &str) -> &str {
    literal.get(1..literal.len().saturating_sub(1)).unwrap_or("")
}
