use std::fmt::{self, Write};

use super::Printer;
use crate::{
    BinaryOp, ChanDirection, ElementList, Embedded, ExprId, ExprKind, ExprList, InterfaceElement,
    InterfaceId, LiteralKind, StructId, UnaryOp,
};

impl Printer<'_, '_, '_> {
    pub(super) fn expr(&mut self, id: ExprId) -> fmt::Result {
        match self.file.kind(id) {
            ExprKind::Bad => self.out.write_char('?'),
            ExprKind::Local(local) => self.local(local),
            ExprKind::LocalType(ty) => write!(self.out, "{}%{}", self.file.type_decl(ty).name, ty.index()),
            ExprKind::TypeParam(id) => write!(self.out, "{}${}", self.file.type_param(id).name, id.index()),
            ExprKind::Name(name) => write!(self.out, "{name}"),
            ExprKind::Selector { base, name } => {
                self.expr(base)?;
                write!(self.out, ".{name}")
            }
            ExprKind::Index { base, indices } => {
                self.expr(base)?;
                self.enclosed("[", indices, "]")
            }
            ExprKind::Slice { base, bounds } => self.slice(base, bounds),
            ExprKind::Call { callee, args, spread } => {
                self.expr(callee)?;
                self.enclosed("(", args, if spread { "...)" } else { ")" })
            }
            ExprKind::Unary { op, operand } => {
                self.out.write_str(unary_sign(op))?;
                self.expr(operand)
            }
            ExprKind::Binary { op, left, right } => self.binary(op, left, right),
            ExprKind::Assert { operand, ty } => self.assertion(operand, ty),
            ExprKind::Composite { ty, elements } => self.composite(ty, elements),
            ExprKind::Literal(kind) => self.out.write_str(literal_sign(kind)),
            ExprKind::Function(id) => write!(self.out, "func {}", self.file.function(id).name),
            ExprKind::Paren(inner) => {
                self.out.write_char('(')?;
                self.expr(inner)?;
                self.out.write_char(')')
            }
            kind => self.written_type(kind),
        }
    }

    fn written_type(&mut self, kind: ExprKind) -> fmt::Result {
        match kind {
            ExprKind::MapType { key, value } => {
                self.out.write_str("map[")?;
                self.expr(key)?;
                self.out.write_char(']')?;
                self.expr(value)
            }
            ExprKind::ArrayType { len, elem } => {
                self.out.write_char('[')?;
                match len {
                    Some(len) => self.expr(len)?,
                    None => self.out.write_str("...")?,
                }
                self.out.write_char(']')?;
                self.expr(elem)
            }
            ExprKind::SliceType(elem) => {
                self.out.write_str("[]")?;
                self.expr(elem)
            }
            ExprKind::ChanType { direction, elem } => {
                self.out.write_str(match direction {
                    ChanDirection::Both => "chan ",
                    ChanDirection::Send => "chan<- ",
                    ChanDirection::Receive => "<-chan ",
                })?;
                self.expr(elem)
            }
            ExprKind::StructType(id) => self.struct_type(id),
            ExprKind::InterfaceType(id) => self.interface_type(id),
            ExprKind::FunctionType(id) => {
                self.out.write_str("func")?;
                self.signature(id)
            }
            _ => Ok(()),
        }
    }

    fn slice(&mut self, base: ExprId, bounds: ExprList) -> fmt::Result {
        self.expr(base)?;
        self.enclosed("[: ", bounds, "]")
    }

    fn binary(&mut self, op: BinaryOp, left: ExprId, right: ExprId) -> fmt::Result {
        self.expr(left)?;
        self.out.write_str(match op {
            BinaryOp::LogicalAnd => " && ",
            BinaryOp::LogicalOr => " || ",
            BinaryOp::Equal => " == ",
            BinaryOp::NotEqual => " != ",
            BinaryOp::Order => " < ",
            BinaryOp::Shift => " << ",
            BinaryOp::Add => " + ",
            BinaryOp::Arithmetic => " - ",
        })?;
        self.expr(right)
    }

    fn assertion(&mut self, operand: ExprId, ty: Option<ExprId>) -> fmt::Result {
        self.expr(operand)?;
        self.out.write_str(".(")?;
        match ty {
            Some(ty) => self.expr(ty)?,
            None => self.out.write_str("type")?,
        }
        self.out.write_char(')')
    }

    fn composite(&mut self, ty: Option<ExprId>, elements: ElementList) -> fmt::Result {
        if let Some(ty) = ty {
            self.expr(ty)?;
        }
        if elements == ElementList::CONSTANTS {
            return self.out.write_str("{…}");
        }
        self.out.write_char('{')?;
        for (index, element) in self.file.elements_of(elements).iter().enumerate() {
            if index > 0 {
                self.out.write_str(", ")?;
            }
            if let Some(key) = element.key {
                self.expr(key)?;
                self.out.write_str(": ")?;
            }
            self.expr(element.value)?;
        }
        self.out.write_char('}')
    }

    pub(super) fn exprs(&mut self, list: ExprList) -> fmt::Result {
        self.enclosed("", list, "")
    }

    fn enclosed(&mut self, open: &str, list: ExprList, close: &str) -> fmt::Result {
        self.out.write_str(open)?;
        for (index, id) in self.file.exprs_of(list).iter().enumerate() {
            if index > 0 {
                self.out.write_str(", ")?;
            }
            self.expr(*id)?;
        }
        self.out.write_str(close)
    }

    fn struct_type(&mut self, id: StructId) -> fmt::Result {
        let fields = &self.file.struct_type(id).fields;
        self.out.write_str("struct {")?;
        for (index, field) in fields.iter().enumerate() {
            self.out.write_str(if index == 0 { " " } else { "; " })?;
            if field.embedded {
                write!(self.out, "embedded {}: ", field.name)?;
            } else {
                write!(self.out, "{} ", field.name)?;
            }
            self.expr(field.ty)?;
        }
        self.out.write_str(if fields.is_empty() { "}" } else { " }" })
    }

    fn interface_type(&mut self, id: InterfaceId) -> fmt::Result {
        let elements = &self.file.interface_type(id).elements;
        self.out.write_str("interface {")?;
        for (index, element) in elements.iter().enumerate() {
            self.out.write_str(if index == 0 { " " } else { "; " })?;
            match element {
                InterfaceElement::Method(method) => {
                    write!(self.out, "{}", method.name)?;
                    self.signature(method.signature)?;
                }
                InterfaceElement::Embedded(embedded) => self.union(embedded)?,
            }
        }
        self.out.write_str(if elements.is_empty() { "}" } else { " }" })
    }

    fn union(&mut self, embedded: &Embedded) -> fmt::Result {
        for (index, term) in embedded.terms.iter().enumerate() {
            if index > 0 {
                self.out.write_str(" | ")?;
            }
            if term.tilde {
                self.out.write_char('~')?;
            }
            self.expr(term.ty)?;
        }
        Ok(())
    }
}

fn unary_sign(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Deref => "*",
        UnaryOp::Address => "&",
        UnaryOp::Receive => "<-",
        UnaryOp::Not => "!",
        UnaryOp::Negate => "-",
        UnaryOp::Plus => "+",
        UnaryOp::Complement => "^",
        UnaryOp::Tilde => "~",
    }
}

fn literal_sign(kind: LiteralKind) -> &'static str {
    match kind {
        LiteralKind::Int | LiteralKind::Zero | LiteralKind::One => "<int>",
        LiteralKind::Float => "<float>",
        LiteralKind::Imaginary => "<imaginary>",
        LiteralKind::Rune => "<rune>",
        LiteralKind::String => "<string>",
    }
}
