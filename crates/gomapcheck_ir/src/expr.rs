use gomapcheck_source::{Name, Span};

use crate::{
    ElementList, ExprId, ExprList, FunctionId, InterfaceId, LocalId, SignatureId, StructId, TypeDeclId,
    TypeParamId,
};

/// An expression or a type, and where it stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is. In Go the grammar cannot always tell a type from a value, so types are expressions too.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ExprKind {
    /// Something that could not be lowered; its type is unknown, and nothing follows from it.
    Bad,
    /// A variable, parameter or constant of an enclosing function.
    Local(LocalId),
    /// A type declared in an enclosing function.
    LocalType(TypeDeclId),
    /// A type parameter in scope.
    TypeParam(TypeParamId),
    /// A name of the file, package or universe scope, still to be resolved. Also the key `a` of `T{a: 1}`, where no local
    /// of that name is in scope.
    Name(Name),
    /// `base.name`: field, method, or a name of an imported package when `base` is a [`ExprKind::Name`] that names one.
    Selector {
        /// What stands before the dot.
        base: ExprId,
        /// What stands after the dot.
        name: Name,
    },
    /// `base[i]`, or an instantiation `base[T, U]`.
    Index {
        /// What is indexed.
        base: ExprId,
        /// One index, or the type arguments.
        indices: ExprList,
    },
    /// `base[low:high:max]`.
    Slice {
        /// What is sliced.
        base: ExprId,
        /// The bounds that were written, in order.
        bounds: ExprList,
    },
    /// `callee(args…)`: a call, a conversion, or a builtin.
    Call {
        /// What is called; a type for a conversion.
        callee: ExprId,
        /// The arguments; the first of `make` and `new` may be a type.
        args: ExprList,
        /// Whether the last argument is followed by `...`.
        spread: bool,
    },
    /// A prefix operator; [`UnaryOp::Deref`] of a type is a pointer type.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        operand: ExprId,
    },
    /// `left op right`.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// The left operand.
        left: ExprId,
        /// The right operand.
        right: ExprId,
    },
    /// `operand.(ty)`; without `ty` the `x.(type)` of a type switch.
    Assert {
        /// The interface value.
        operand: ExprId,
        /// The asserted type.
        ty: Option<ExprId>,
    },
    /// `ty{…}`; without `ty` an element whose type is elided.
    Composite {
        /// The type as written.
        ty: Option<ExprId>,
        /// The elements, or [`ElementList::CONSTANTS`].
        elements: ElementList,
    },
    /// A number, rune or string.
    Literal(LiteralKind),
    /// `func(…) { … }`, which is a [`crate::Function`] of its own.
    Function(FunctionId),
    /// `(inner)`.
    Paren(ExprId),
    /// `map[key]value`.
    MapType {
        /// The key type.
        key: ExprId,
        /// The element type.
        value: ExprId,
    },
    /// `[len]elem`; without `len` it is `[...]elem`.
    ArrayType {
        /// The length.
        len: Option<ExprId>,
        /// The element type.
        elem: ExprId,
    },
    /// `[]elem`.
    SliceType(ExprId),
    /// `chan elem`, `<-chan elem`, `chan<- elem`.
    ChanType {
        /// What may be done with it.
        direction: ChanDirection,
        /// The element type.
        elem: ExprId,
    },
    /// `struct { … }`.
    StructType(StructId),
    /// `interface { … }`, or an inline constraint such as `~int | string`.
    InterfaceType(InterfaceId),
    /// `func(…) …` as a type.
    FunctionType(SignatureId),
}

/// A basic literal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LiteralKind {
    /// `2`, `0x1p`, `1_000`.
    Int,
    /// `0`, which chooses the first element.
    Zero,
    /// `1`, which makes a lock of a channel with that much room, and a queue of a group with that limit.
    One,
    /// `1.5`.
    Float,
    /// `1i`.
    Imaginary,
    /// `'a'`.
    Rune,
    /// A string of either kind.
    String,
}

/// A prefix operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `*x`
    Deref,
    /// `&x`
    Address,
    /// `<-x`
    Receive,
    /// `!x`
    Not,
    /// `-x`
    Negate,
    /// `+x`
    Plus,
    /// `^x`
    Complement,
    /// `~T` in a constraint.
    Tilde,
}

/// A binary operator, as far as types and control flow need to tell them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    /// `&&`
    LogicalAnd,
    /// `||`
    LogicalOr,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`, `<=`, `>`, `>=`
    Order,
    /// `<<`, `>>`, `<<=`, `>>=`: the result has the left operand's type.
    Shift,
    /// `+`
    Add,
    /// Every other arithmetic operator.
    Arithmetic,
}

/// What may be done with a channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChanDirection {
    /// `chan T`
    Both,
    /// `chan<- T`
    Send,
    /// `<-chan T`
    Receive,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_takes_three_words() {
        assert_eq!(size_of::<Expr>(), 24);
    }
}
