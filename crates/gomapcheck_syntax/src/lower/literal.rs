use gomapcheck_ir::{Element, ElementList, ExprKind};
use gomapcheck_source::Name;

use super::{Lowering, to_u32};
use crate::kind::Kind;
use crate::passive::is_constant_table;

impl Lowering<'_, '_> {
    /// Lowers `T{…}`.
    pub(super) fn lower_composite(&mut self) -> ExprKind {
        let mut ty = None;
        let mut elements = ElementList::EMPTY;
        self.each_child(|this, kind| match kind {
            Kind::LiteralValue => elements = this.lower_elements(),
            _ => ty = Some(this.lower_expr()),
        });
        ExprKind::Composite { ty, elements }
    }

    /// Lowers `{…}` inside a composite literal: an element whose type is elided.
    pub(super) fn lower_elided_composite(&mut self) -> ExprKind {
        ExprKind::Composite { ty: None, elements: self.lower_elements() }
    }

    fn lower_elements(&mut self) -> ElementList {
        let braces = self.input.text.get(self.walk.span().range()).unwrap_or_default();
        let mark = self.scratch.elements.len();
        self.each_child(|this, kind| {
            let element = match kind {
                Kind::LiteralElement => Element { key: None, key_name: None, value: this.lower_expr() },
                Kind::KeyedElement => match this.lower_keyed_element() {
                    Some(element) => element,
                    None => return,
                },
                _ => return,
            };
            this.scratch.elements.push(element);
        });
        if self.scratch.elements.len() == mark && is_constant_table(braces.as_bytes()) {
            return ElementList::CONSTANTS;
        }
        let start = self.file.elements.len();
        self.file.elements.extend(self.scratch.elements.drain(mark..));
        ElementList { start: to_u32(start), len: to_u32(self.file.elements.len() - start) }
    }

    fn lower_keyed_element(&mut self) -> Option<Element> {
        let mut key = None;
        let mut key_name = None;
        let mut value = None;
        self.each_child(|this, kind| {
            if kind != Kind::LiteralElement {
                return;
            }
            if key.is_none() {
                let (lowered, name) = this.lower_key();
                key = Some(lowered);
                key_name = name;
            } else {
                value = Some(this.lower_expr());
            }
        });
        Some(Element { key, key_name, value: value? })
    }

    /// Lowers a key; a bare identifier comes with its name, since for a struct it names the field.
    fn lower_key(&mut self) -> (gomapcheck_ir::ExprId, Option<Name>) {
        let span = self.walk.span();
        let key = self.lower_expr();
        let is_identifier = self.file.span(key) == span
            && matches!(
                self.file.kind(key),
                ExprKind::Name(_) | ExprKind::Local(_) | ExprKind::LocalType(_) | ExprKind::TypeParam(_)
            );
        let name = is_identifier.then(|| {
            let symbol = self.scratch.symbols.intern(self.input.text.get(span.range()).unwrap_or("_"));
            self.scratch.symbols.name(symbol)
        });
        (key, name)
    }
}
