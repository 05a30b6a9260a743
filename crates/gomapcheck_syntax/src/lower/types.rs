use gomapcheck_ir::{
    ChanDirection, Embedded, ExprId, ExprKind, Field, InterfaceElement, InterfaceId, InterfaceType, Method,
    NoteTarget, StructId, StructType, UnaryOp, UnionTerm,
};
use gomapcheck_source::Span;

use super::{Lowering, NoteSite, to_u32};
use crate::kind::Kind;

impl Lowering<'_, '_> {
    /// Lowers `[n]T` and `[...]T`.
    pub(super) fn lower_array_type(&mut self, has_length: bool) -> ExprKind {
        let mark = self.scratch.exprs.len();
        self.lower_operands();
        let mut parts = self.scratch.exprs.drain(mark..);
        let len = if has_length { parts.next() } else { None };
        let elem = parts.next();
        drop(parts);
        elem.map_or(ExprKind::Bad, |elem| ExprKind::ArrayType { len, elem })
    }

    /// Lowers `map[K]V`.
    pub(super) fn lower_map_type(&mut self) -> ExprKind {
        match self.lower_two_operands() {
            Some((key, value)) => ExprKind::MapType { key, value },
            None => ExprKind::Bad,
        }
    }

    /// Lowers `chan T`, `chan<- T`, `<-chan T`.
    pub(super) fn lower_channel_type(&mut self) -> ExprKind {
        let mut direction = ChanDirection::Both;
        let mut seen_chan = false;
        let mut elem = None;
        self.each_child(|this, kind| match kind {
            Kind::Chan => seen_chan = true,
            Kind::Arrow => direction = if seen_chan { ChanDirection::Send } else { ChanDirection::Receive },
            _ => elem = Some(this.lower_expr()),
        });
        elem.map_or(ExprKind::Bad, |elem| ExprKind::ChanType { direction, elem })
    }

    /// Lowers `pkg.T`.
    pub(super) fn lower_qualified_type(&mut self) -> ExprKind {
        let mut base = None;
        let mut name = None;
        self.each_child(|this, kind| match kind {
            Kind::Identifier => base = Some(this.lower_expr()),
            Kind::TypeIdentifier => name = Some(this.name_here()),
            _ => {}
        });
        match (base, name) {
            (Some(base), Some(name)) => ExprKind::Selector { base, name },
            _ => ExprKind::Bad,
        }
    }

    /// Lowers `struct { … }`.
    pub(super) fn lower_struct_type(&mut self) -> ExprKind {
        let id = StructId::new(self.file.structs.len());
        self.file.structs.push(StructType::default());
        let mut fields = Vec::new();
        self.each_child(|this, kind| {
            if kind == Kind::FieldDeclarationList {
                this.each_child(|this, kind| {
                    if kind == Kind::FieldDeclaration {
                        this.lower_field(id, &mut fields);
                    }
                });
            }
        });
        self.file.structs[id.index()].fields = fields;
        ExprKind::StructType(id)
    }

    fn lower_field(&mut self, id: StructId, fields: &mut Vec<Field>) {
        let declaration = self.walk.span();
        let first = fields.len();
        let names = self.scratch.parameter_names.len();
        let mut star = None;
        let mut ty = None;
        let mut omitted = false;
        self.each_child(|this, kind| match kind {
            Kind::FieldIdentifier => {
                let name = (this.symbol_here(), this.walk.span());
                this.scratch.parameter_names.push(name);
            }
            Kind::Star => star = Some(this.walk.span()),
            Kind::Comma => {}
            // A string here is the field's tag.
            Kind::StringLiteral => {
                let tag = this.input.text.get(this.walk.span().range());
                omitted = tag.is_some_and(|tag| tag.contains(r#":"-""#));
            }
            _ => ty = Some(this.lower_expr()),
        });
        let Some(ty) = ty else { return };
        for (symbol, span) in self.scratch.parameter_names.drain(names..) {
            let name = self.scratch.symbols.name(symbol);
            fields.push(Field { name, ty, embedded: false, omitted, span });
        }
        if fields.len() == first {
            fields.extend(self.embedded_field(star, ty).map(|field| Field { omitted, ..field }));
        }
        for index in first..fields.len() {
            let target = NoteTarget::Field(id, to_u32(index));
            self.scratch.sites.push(NoteSite { target, span: declaration });
        }
    }

    /// The field that `T`, `*T`, `pkg.T` or `T[K]` embeds: its name is the type's own.
    fn embedded_field(&mut self, star: Option<Span>, ty: ExprId) -> Option<Field> {
        let mut named = ty;
        if let ExprKind::Index { base, .. } = self.file.kind(named) {
            named = base;
        }
        let whole = self.file.span(named);
        let (name, span) = match self.file.kind(named) {
            ExprKind::Selector { name, .. } => {
                let start = whole.end.saturating_sub(to_u32(name.as_str().len()));
                (name, Span { start, end: whole.end })
            }
            _ => {
                let symbol = self.scratch.symbols.intern(self.input.text.get(whole.range()).unwrap_or("_"));
                (self.scratch.symbols.name(symbol), whole)
            }
        };
        let ty = match star {
            Some(star) => {
                let span = Span { start: star.start, end: self.file.span(ty).end };
                self.expr(ExprKind::Unary { op: UnaryOp::Deref, operand: ty }, span)
            }
            None => ty,
        };
        Some(Field { name, ty, embedded: true, omitted: false, span })
    }

    /// Lowers `interface { … }`.
    pub(super) fn lower_interface_type(&mut self) -> ExprKind {
        let mut elements = Vec::new();
        self.each_child(|this, kind| match kind {
            Kind::MethodElem => elements.extend(this.lower_method()),
            Kind::TypeElem => {
                let terms = this.lower_union();
                elements.push(InterfaceElement::Embedded(Embedded { terms }));
            }
            _ => {}
        });
        self.new_interface(elements)
    }

    fn new_interface(&mut self, elements: Vec<InterfaceElement>) -> ExprKind {
        let id = InterfaceId::new(self.file.interfaces.len());
        self.file.interfaces.push(InterfaceType { elements });
        ExprKind::InterfaceType(id)
    }

    fn lower_method(&mut self) -> Option<InterfaceElement> {
        let (signature, name) = self.lower_signature();
        Some(InterfaceElement::Method(Method { name: name?, signature }))
    }

    fn lower_union(&mut self) -> Vec<UnionTerm> {
        let mut terms = Vec::new();
        self.each_child(|this, kind| match kind {
            Kind::Bar => {}
            Kind::NegatedType => this.each_child(|this, _| {
                let ty = this.lower_expr();
                terms.push(UnionTerm { tilde: true, ty });
            }),
            _ => {
                let ty = this.lower_expr();
                terms.push(UnionTerm { tilde: false, ty });
            }
        });
        terms
    }

    /// Lowers a constraint or a type argument: one plain term is that type itself, a union an interface around it.
    pub(super) fn lower_constraint(&mut self) -> ExprId {
        let span = self.walk.span();
        let terms = self.lower_union();
        if let [UnionTerm { tilde: false, ty }] = terms.as_slice() {
            return *ty;
        }
        let kind = self.new_interface(vec![InterfaceElement::Embedded(Embedded { terms })]);
        self.expr(kind, span)
    }
}
