use gomapcheck_source::{Name, Span};

use crate::{BinaryOp, ClauseId, ExprId, ExprList, LocalId, StmtId, StmtList, TypeDeclId};

/// A statement and where it stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands.
    pub span: Span,
}

/// A structured statement: there are no basic blocks, Go's own nesting is kept.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum StmtKind {
    /// Something that could not be lowered: anything may happen here.
    Bad,
    /// An expression evaluated for its effect.
    Expr(ExprId),
    /// `channel <- value`.
    Send {
        /// The channel.
        channel: ExprId,
        /// What is sent.
        value: ExprId,
    },
    /// `operand++` or `operand--`.
    IncDec(ExprId),
    /// `targets = values`, `target op= value`.
    Assign {
        /// The left side; blank identifiers are [`crate::ExprKind::Name`] `_`.
        targets: ExprList,
        /// The operator of `op=`.
        op: Option<BinaryOp>,
        /// The right side: as many values as targets, or one with several results.
        values: ExprList,
    },
    /// `targets := values`. Targets are locals (new ones begin to live here, others are assigned) or the blank identifier.
    Define {
        /// The left side.
        targets: ExprList,
        /// The right side.
        values: ExprList,
    },
    /// `var targets ty = values` in a function; also `const`, whose targets are constants.
    Declare {
        /// The names, as [`crate::ExprKind::Local`] or the blank identifier; in a file's initializer the package-level
        /// variables, as [`crate::ExprKind::Name`].
        targets: ExprList,
        /// The declared type.
        ty: Option<ExprId>,
        /// The initial values, possibly none; for a constant with an implicit value the repeated ones.
        values: ExprList,
    },
    /// A type declared in a function.
    DeclareType(TypeDeclId),
    /// `go call`.
    Go(ExprId),
    /// `defer call`.
    Defer(ExprId),
    /// `return values`.
    Return(ExprList),
    /// `break label`.
    Break(Option<Name>),
    /// `continue label`.
    Continue(Option<Name>),
    /// `goto label`.
    Goto(Name),
    /// `fallthrough`.
    Fallthrough,
    /// `{ … }`.
    Block(StmtList),
    /// `if init; condition { … } else …`; an `else if` is an `If` alone in `otherwise`.
    If {
        /// The statement before the condition.
        init: Option<StmtId>,
        /// The condition.
        condition: ExprId,
        /// The body.
        then: StmtList,
        /// The else branch.
        otherwise: Option<StmtId>,
    },
    /// `switch init; subject { … }`.
    Switch {
        /// The statement before the subject.
        init: Option<StmtId>,
        /// The subject; none means `true`.
        subject: Option<ExprId>,
        /// The first clause; they follow each other.
        clauses: ClauseId,
        /// How many clauses.
        clause_count: u32,
    },
    /// `switch init; x := subject.(type) { … }`; each clause has its own `x`.
    TypeSwitch {
        /// The statement before the subject.
        init: Option<StmtId>,
        /// The interface value whose type is asked for (without `.(type)`).
        subject: ExprId,
        /// The first clause; they follow each other.
        clauses: ClauseId,
        /// How many clauses.
        clause_count: u32,
    },
    /// `select { … }`.
    Select {
        /// The first clause; they follow each other.
        clauses: ClauseId,
        /// How many clauses.
        clause_count: u32,
    },
    /// `for init; condition; post { … }`.
    For {
        /// The statement before the loop.
        init: Option<StmtId>,
        /// The condition; none means forever.
        condition: Option<ExprId>,
        /// The statement after each iteration.
        post: Option<StmtId>,
        /// The body.
        body: StmtList,
    },
    /// `for key, value := range over { … }`.
    Range {
        /// The first variable: a local when `define`, else any operand.
        key: Option<ExprId>,
        /// The second variable.
        value: Option<ExprId>,
        /// Whether `:=` declares the variables.
        define: bool,
        /// What is ranged over: map, slice, array, string, channel, integer or function.
        over: ExprId,
        /// The body.
        body: StmtList,
    },
    /// `label: stmt`.
    Labeled {
        /// The label.
        label: Name,
        /// The statement.
        stmt: StmtId,
    },
}

/// One clause of a `switch`, type switch or `select`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Clause {
    /// The values or types of a `case`; empty for `default` and in a `select`.
    pub cases: ExprList,
    /// Whether it is the `default` clause.
    pub is_default: bool,
    /// The communication of a `select` clause: send, receive expression, assignment or definition.
    pub communication: Option<StmtId>,
    /// The variable of a type switch in this clause.
    pub local: Option<LocalId>,
    /// The body.
    pub body: StmtList,
    /// Where it stands.
    pub span: Span,
}

/// One element of a composite literal.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Element {
    /// Field name ([`crate::ExprKind::Name`]), index or map key. A name that a local shadows is lowered as that local, and
    /// [`Element::key_name`] keeps the name: for a struct it is the field.
    pub key: Option<ExprId>,
    /// The key when it is a bare identifier.
    pub key_name: Option<Name>,
    /// The value; a [`crate::ExprKind::Composite`] without type when elided.
    pub value: ExprId,
}
