//! Expressions as Go code on one line, for people.

use std::fmt::{self, Display, Formatter};

use crate::{
    BinaryOp, ChanDirection, ExprId, ExprKind, ExprList, File, Param, Signature, SignatureId, UnaryOp,
};

/// Deeper parts are cut short.
const DEEPEST: u32 = 24;

/// Prints an expression as Go writes it, on one line: `s.items`, `m[k]`. The insides of function and composite literals and
/// of structs and interfaces are cut short to `…`, and so are literals and some operators when the text is not given.
#[derive(Clone, Copy, Debug)]
pub struct ExprText<'a> {
    file: &'a File,
    expr: ExprId,
    text: Option<&'a str>,
    depth: u32,
}

impl<'a> ExprText<'a> {
    /// The expression of this file; `text` is the file's source text.
    #[must_use]
    pub fn new(file: &'a File, expr: ExprId, text: Option<&'a str>) -> Self {
        Self { file, expr, text, depth: 0 }
    }

    fn part(&self, expr: ExprId) -> Self {
        Self { expr, depth: self.depth + 1, ..*self }
    }

    fn written(&self, range: std::ops::Range<usize>) -> &'a str {
        self.text.and_then(|text| text.get(range)).map_or("…", str::trim)
    }

    fn list(&self, f: &mut Formatter<'_>, list: ExprList, between: &str) -> fmt::Result {
        for (index, expr) in self.file.exprs_of(list).iter().enumerate() {
            write!(f, "{}{}", if index > 0 { between } else { "" }, self.part(*expr))?;
        }
        Ok(())
    }

    fn operator(&self, op: BinaryOp, left: ExprId, right: ExprId) -> &'a str {
        match op {
            BinaryOp::LogicalAnd => "&&",
            BinaryOp::LogicalOr => "||",
            BinaryOp::Equal => "==",
            BinaryOp::NotEqual => "!=",
            BinaryOp::Add => "+",
            BinaryOp::Order | BinaryOp::Shift | BinaryOp::Arithmetic => {
                let between = self.file.span(left).range().end..self.file.span(right).range().start;
                self.written(between)
            }
        }
    }

    fn signature(&self, f: &mut Formatter<'_>, id: SignatureId) -> fmt::Result {
        let signature = self.file.signature(id);
        write!(f, "func(")?;
        self.params(f, &signature.params, signature)?;
        match &signature.results[..] {
            [] => write!(f, ")"),
            [one] if one.name.is_none() => write!(f, ") {}", self.part(one.ty)),
            results => {
                write!(f, ") (")?;
                self.params(f, results, &Signature::default())?;
                write!(f, ")")
            }
        }
    }

    fn params(&self, f: &mut Formatter<'_>, params: &[Param], signature: &Signature) -> fmt::Result {
        for (index, param) in params.iter().enumerate() {
            if index > 0 {
                write!(f, ", ")?;
            }
            if let Some(name) = param.name {
                write!(f, "{name} ")?;
            }
            let dots = if signature.variadic && index + 1 == params.len() { "..." } else { "" };
            write!(f, "{dots}{}", self.part(param.ty))?;
        }
        Ok(())
    }
}

impl Display for ExprText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.depth > DEEPEST {
            return write!(f, "…");
        }
        let file = self.file;
        match file.kind(self.expr) {
            ExprKind::Bad => write!(f, "…"),
            ExprKind::Local(local) => write!(f, "{}", file.local(local).name),
            ExprKind::LocalType(decl) => write!(f, "{}", file.type_decl(decl).name),
            ExprKind::TypeParam(param) => write!(f, "{}", file.type_param(param).name),
            ExprKind::Name(name) => write!(f, "{name}"),
            ExprKind::Selector { base, name } => write!(f, "{}.{name}", self.part(base)),
            ExprKind::Index { base, indices } => {
                write!(f, "{}[", self.part(base))?;
                self.list(f, indices, ", ")?;
                write!(f, "]")
            }
            ExprKind::Slice { base, .. } => {
                let bounds = file.span(base).range().end..file.span(self.expr).range().end;
                match self.text.and_then(|text| text.get(bounds)) {
                    Some(bounds) if !bounds.contains('\n') => write!(f, "{}{bounds}", self.part(base)),
                    _ => write!(f, "{}[…]", self.part(base)),
                }
            }
            ExprKind::Call { callee, args, spread } => {
                write!(f, "{}(", self.part(callee))?;
                self.list(f, args, ", ")?;
                write!(f, "{}", if spread { "...)" } else { ")" })
            }
            ExprKind::Unary { op, operand } => write!(f, "{}{}", prefix(op), self.part(operand)),
            ExprKind::Binary { op, left, right } => {
                let operator = self.operator(op, left, right);
                write!(f, "{} {operator} {}", self.part(left), self.part(right))
            }
            ExprKind::Assert { operand, ty } => match ty {
                Some(ty) => write!(f, "{}.({})", self.part(operand), self.part(ty)),
                None => write!(f, "{}.(type)", self.part(operand)),
            },
            ExprKind::Composite { ty, .. } => match ty {
                Some(ty) => write!(f, "{}{{…}}", self.part(ty)),
                None => write!(f, "{{…}}"),
            },
            ExprKind::Literal(_) => write!(f, "{}", self.written(file.span(self.expr).range())),
            ExprKind::Function(function) => {
                self.signature(f, file.function(function).signature)?;
                write!(f, " {{…}}")
            }
            ExprKind::Paren(inner) => write!(f, "({})", self.part(inner)),
            ExprKind::MapType { key, value } => write!(f, "map[{}]{}", self.part(key), self.part(value)),
            ExprKind::ArrayType { len, elem } => match len {
                Some(len) => write!(f, "[{}]{}", self.part(len), self.part(elem)),
                None => write!(f, "[...]{}", self.part(elem)),
            },
            ExprKind::SliceType(elem) => write!(f, "[]{}", self.part(elem)),
            ExprKind::ChanType { direction, elem } => {
                let word = match direction {
                    ChanDirection::Both => "chan",
                    ChanDirection::Send => "chan<-",
                    ChanDirection::Receive => "<-chan",
                };
                write!(f, "{word} {}", self.part(elem))
            }
            ExprKind::StructType(structure) => {
                write!(
                    f,
                    "{}",
                    if file.struct_type(structure).fields.is_empty() { "struct{}" } else { "struct{…}" }
                )
            }
            ExprKind::InterfaceType(interface) => {
                let empty = file.interface_type(interface).elements.is_empty();
                write!(f, "{}", if empty { "interface{}" } else { "interface{…}" })
            }
            ExprKind::FunctionType(signature) => self.signature(f, signature),
        }
    }
}

fn prefix(op: UnaryOp) -> &'static str {
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
