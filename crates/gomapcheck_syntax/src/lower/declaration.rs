use gomapcheck_ir::{
    ExprId, ExprKind, ExprList, FunctionId, LocalKind, NoteTarget, StmtKind, TypeDecl, TypeDeclId, ValueDecl,
    ValueId, ValueKind,
};
use gomapcheck_source::Span;

use super::{Lowering, NoteSite, to_u32};
use crate::kind::Kind;
use crate::symbols::{Entity, SymbolId};

/// The type and values of a `const` or `var` line; for a constant without its own, those of the line above.
#[derive(Clone, Copy, Default)]
struct Given {
    ty: Option<ExprId>,
    values: ExprList,
}

impl Lowering<'_, '_> {
    /// Calls `lower` for each line of a `const`, `var` or `type` declaration.
    fn each_spec(&mut self, lower: &mut impl FnMut(&mut Self)) {
        self.each_child(|this, kind| match kind {
            Kind::VarSpecList => this.each_spec(lower),
            Kind::ConstSpec | Kind::VarSpec | Kind::TypeSpec | Kind::TypeAlias => lower(this),
            Kind::Error => this.give_up(),
            _ => {}
        });
    }

    /// Lowers a package-level `const` or `var` declaration.
    pub(super) fn lower_package_values(&mut self, declaration: Kind) {
        let kind =
            if declaration == Kind::VarDeclaration { ValueKind::Variable } else { ValueKind::Constant };
        let whole = self.walk.span();
        let mut given = Given::default();
        let mut first = true;
        self.each_spec(&mut |this| {
            let span = this.walk.span();
            // The comment of an ungrouped declaration stands above its keyword.
            let start =
                if std::mem::take(&mut first) && span.end == whole.end { whole.start } else { span.start };
            given = this.lower_package_spec(kind, Span { start, end: span.end }, given);
        });
    }

    fn lower_package_spec(&mut self, kind: ValueKind, site: Span, above: Given) -> Given {
        let span = self.walk.span();
        let names = self.scratch.parameter_names.len();
        if self.walk.has_error() {
            self.lower_damaged_spec(kind);
            return above;
        }
        let given = match kind {
            ValueKind::Constant => self.lower_spec_parts(Some(above)),
            ValueKind::Variable => self.lower_package_variable(span),
        };
        let count = self.scratch.parameter_names.len() - names;
        let several = given.values.len() == 1 && count > 1;
        for position in 0..count {
            let (symbol, span) = self.scratch.parameter_names[names + position];
            let index = if several { 0 } else { position };
            let init = self.file.exprs_of(given.values).get(index).copied();
            let result = several.then(|| to_u32(position));
            let name = self.scratch.symbols.name(symbol);
            let id = ValueId::new(self.file.values.len());
            self.file.values.push(ValueDecl { name, kind, ty: given.ty, init, result, span });
            self.scratch.sites.push(NoteSite { target: NoteTarget::Value(id), span: site });
        }
        self.scratch.parameter_names.truncate(names);
        given
    }

    /// Lowers a `var` line; its values become a statement of the file's initializer.
    fn lower_package_variable(&mut self, span: Span) -> Given {
        let mut given = Given::default();
        if !self.spec_has_values() {
            return self.lower_spec_parts(None);
        }
        self.initial_value(|this| {
            let first = this.scratch.parameter_names.len();
            given = this.lower_spec_parts(None);
            let mark = this.scratch.exprs.len();
            for index in first..this.scratch.parameter_names.len() {
                let (symbol, span) = this.scratch.parameter_names[index];
                let name = this.scratch.symbols.name(symbol);
                let target = this.expr(ExprKind::Name(name), span);
                this.scratch.exprs.push(target);
            }
            let targets = this.finish_exprs(mark);
            (StmtKind::Declare { targets, ty: given.ty, values: given.values }, span)
        });
        given
    }

    fn spec_has_values(&mut self) -> bool {
        let mut has_values = false;
        self.each_child(|_, kind| has_values |= kind == Kind::ExpressionList);
        has_values
    }

    /// Such names exist, but nothing is known of their types and values.
    fn lower_damaged_spec(&mut self, kind: ValueKind) {
        self.file.errors.push(self.walk.span());
        self.each_child(|this, child| {
            if child == Kind::Identifier {
                let span = this.walk.span();
                let name = this.name_here();
                let bad = this.expr(ExprKind::Bad, span);
                let init = Some(bad);
                this.file.values.push(ValueDecl { name, kind, ty: init, init, result: None, span });
            }
        });
    }

    /// Collects the names of a `const` or `var` line and lowers its type and values.
    fn lower_spec_parts(&mut self, above: Option<Given>) -> Given {
        let mut given = Given::default();
        self.each_child(|this, kind| match kind {
            Kind::Identifier => {
                let name = (this.symbol_here(), this.walk.span());
                this.scratch.parameter_names.push(name);
            }
            Kind::ExpressionList => given.values = this.lower_expr_list(),
            Kind::Comma | Kind::Assign | Kind::Semicolon => {}
            _ => given.ty = Some(this.lower_expr()),
        });
        match above {
            Some(above) if given.ty.is_none() && given.values.is_empty() => above,
            _ => given,
        }
    }

    /// Lowers a `const` or `var` declaration in a function: one statement a line.
    pub(super) fn lower_local_values(&mut self, declaration: Kind) {
        let is_const = declaration == Kind::ConstDeclaration;
        let kind = if is_const { LocalKind::Constant } else { LocalKind::Variable };
        let mut above = Given::default();
        self.each_spec(&mut |this| {
            let span = this.walk.span();
            let names = this.scratch.parameter_names.len();
            let given = this.lower_spec_parts(is_const.then_some(above));
            let mark = this.scratch.exprs.len();
            for index in names..this.scratch.parameter_names.len() {
                let (symbol, span) = this.scratch.parameter_names[index];
                let target = this.declare_target(symbol, kind, span);
                this.scratch.exprs.push(target);
            }
            this.scratch.parameter_names.truncate(names);
            let targets = this.finish_exprs(mark);
            this.stmt(StmtKind::Declare { targets, ty: given.ty, values: given.values }, span);
            above = given;
        });
    }

    /// Lowers a `type` declaration of the package, or of a function: there one statement a type.
    pub(super) fn lower_type_declaration(&mut self, function: Option<FunctionId>) {
        let whole = self.walk.span();
        let mut first = true;
        self.each_spec(&mut |this| {
            let span = this.walk.span();
            let id = this.lower_type_spec(function);
            if function.is_some() {
                this.stmt(StmtKind::DeclareType(id), span);
            }
            let start =
                if std::mem::take(&mut first) && span.end == whole.end { whole.start } else { span.start };
            this.scratch
                .sites
                .push(NoteSite { target: NoteTarget::Type(id), span: Span { start, end: span.end } });
        });
    }

    fn lower_type_spec(&mut self, function: Option<FunctionId>) -> TypeDeclId {
        let id = TypeDeclId::new(self.file.types.len());
        let alias = self.walk.kind() == Kind::TypeAlias;
        let span = self.walk.span();
        let damaged = self.walk.has_error();
        let name = self.scratch.symbols.name(crate::symbols::BLANK);
        self.file.types.push(TypeDecl { name, alias, type_params: Vec::new(), ty: None, function, span });
        if damaged {
            self.give_up();
        }
        let mut named = false;
        self.scratch.symbols.open();
        self.each_child(|this, kind| match kind {
            Kind::TypeIdentifier if !named => {
                named = true;
                this.name_type(id, function);
            }
            _ if damaged => {}
            Kind::TypeParameterList => {
                let type_params = this.lower_type_parameters();
                this.file.types[id.index()].type_params = type_params;
            }
            Kind::Assign => {}
            _ => {
                let ty = this.lower_expr();
                this.file.types[id.index()].ty = Some(ty);
            }
        });
        self.scratch.symbols.close();
        id
    }

    /// A local type's scope begins at its name: it is declared around the scope of its type parameters.
    fn name_type(&mut self, id: TypeDeclId, function: Option<FunctionId>) {
        let span = self.walk.span();
        let symbol: SymbolId = self.symbol_here();
        let name = self.scratch.symbols.name(symbol);
        let declared = &mut self.file.types[id.index()];
        (declared.name, declared.span) = (name, span);
        if function.is_some() {
            self.scratch.symbols.close();
            self.scratch.symbols.declare(symbol, Entity::Type(id));
            self.scratch.symbols.open();
        }
    }
}
