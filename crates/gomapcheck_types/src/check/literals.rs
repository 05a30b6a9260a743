//! Composite literals.

use gomapcheck_ir::{Element, ElementList, ExprId, ExprKind};

use super::{Checker, Operand};
use crate::{FieldRef, StructRef, Type, TypeId};

impl Checker<'_, '_> {
    /// A literal whose type is written, or else is the hint: the element type of the literal around it.
    pub(super) fn composite(&mut self, ty: Option<ExprId>, elements: ElementList, hint: TypeId) -> Operand {
        let whole = ty.map_or(hint, |ty| self.type_expr(ty));
        if self.records {
            // An elided `&T` is a pointer, its elements are those of T.
            let literal = if ty.is_none() { self.pointed(whole) } else { whole };
            self.elements(literal, self.ir.elements_of(elements));
        }
        Operand::value(whole)
    }

    fn pointed(&self, ty: TypeId) -> TypeId {
        match self.core(ty) {
            Type::Pointer(to) => *to,
            _ => ty,
        }
    }

    fn elements(&mut self, literal: TypeId, elements: &[Element]) {
        match self.core(literal) {
            Type::Struct(structure, _) => self.fields(literal, *structure, elements),
            Type::Map { key, value } => {
                for element in elements {
                    if let Some(written) = element.key {
                        self.infer_as(written, *key);
                    }
                    self.infer_as(element.value, *value);
                }
            }
            Type::Slice(elem) | Type::Array(elem) => {
                for element in elements {
                    if let Some(index) = element.key {
                        self.infer(index);
                    }
                    self.infer_as(element.value, *elem);
                }
            }
            _ => {
                for element in elements {
                    // A bare name may be a field's.
                    if let Some(key) = element.key
                        && element.key_name.is_none()
                    {
                        self.infer(key);
                    }
                    self.infer(element.value);
                }
            }
        }
    }

    fn fields(&mut self, literal: TypeId, structure: StructRef, elements: &[Element]) {
        let under = self.world.core(literal);
        for (index, element) in elements.iter().enumerate() {
            let ty = match (element.key, element.key_name) {
                (Some(key), Some(name)) => self.literal_field(key, under, name),
                (Some(_), None) => TypeId::UNKNOWN,
                (None, _) => {
                    let field = FieldRef { structure, index: u32::try_from(index).unwrap_or(u32::MAX) };
                    self.world.field_type_in(field, under)
                }
            };
            self.infer_as(element.value, ty);
        }
    }

    /// An element: a literal without type takes the hint.
    fn infer_as(&mut self, expr: ExprId, hint: TypeId) {
        match self.ir.kind(expr) {
            ExprKind::Composite { ty: None, elements } if self.depth < super::DEEPEST => {
                self.depth += 1;
                let operand = self.composite(None, elements, hint);
                self.depth -= 1;
                self.record(expr, operand.ty);
            }
            _ => {
                self.infer(expr);
            }
        }
    }
}
