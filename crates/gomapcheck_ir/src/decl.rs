use gomapcheck_source::{Name, Span};

use crate::{ExprId, FunctionId, LocalId, SignatureId, StmtList, StructId, TypeDeclId, TypeParamId, ValueId};

/// An import declaration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportDecl {
    /// The name before the path: an alias, `.` or `_`.
    pub alias: Option<Name>,
    /// The import path.
    pub path: Name,
    /// Where the declaration stands.
    pub span: Span,
}

/// A type declaration.
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// Its name.
    pub name: Name,
    /// Whether it is an alias (`type A = B`).
    pub alias: bool,
    /// Its type parameters.
    pub type_params: Vec<TypeParamId>,
    /// The right side; `None` when it could not be lowered.
    pub ty: Option<ExprId>,
    /// The function that declares it; `None` for the package.
    pub function: Option<FunctionId>,
    /// The name's place.
    pub span: Span,
}

/// A type parameter.
#[derive(Clone, Copy, Debug)]
pub struct TypeParam {
    /// Its name; a receiver's names may differ from the declaration's.
    pub name: Name,
    /// Its constraint; `None` in a receiver such as `(s *Set[T])`.
    pub constraint: Option<ExprId>,
    /// Its position in its list, from 0.
    pub position: u32,
}

/// Variable or constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueKind {
    /// `var`
    Variable,
    /// `const`
    Constant,
}

/// One name of a package-level `var` or `const` declaration.
#[derive(Clone, Copy, Debug)]
pub struct ValueDecl {
    /// Its name.
    pub name: Name,
    /// Variable or constant.
    pub kind: ValueKind,
    /// The declared type.
    pub ty: Option<ExprId>,
    /// The initial value: its own, or the one expression of a declaration with several names; for a constant without
    /// one, the repeated one of the declaration above.
    pub init: Option<ExprId>,
    /// Which result of `init` it takes, when one expression gives several.
    pub result: Option<u32>,
    /// The name's place.
    pub span: Span,
}

/// What kind of function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FunctionKind {
    /// `func f()`.
    Declared,
    /// `func (r T) f()`.
    Method,
    /// `func() { … }` as an expression.
    Literal,
    /// Not written in Go: its body evaluates the initial values of the file's package-level variables in order, and it is
    /// the parent of function literals among them. At most one for each file.
    Initializer,
}

/// Why a function has no usable body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpaqueReason {
    /// Declared without a body: assembly or linkname.
    NoBody,
    /// Bodies were not asked for: a dependency.
    NotLowered,
    /// The grammar could not read it.
    SyntaxError,
}

/// A function, method or function literal.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name; `func1`, `func2`, … in order for literals, as in Go's stack traces.
    pub name: Name,
    /// Function, method, literal.
    pub kind: FunctionKind,
    /// The receiver of a method.
    pub receiver: Option<Param>,
    /// Its own type parameters; for a method the receiver's come first.
    pub type_params: Vec<TypeParamId>,
    /// Parameters and results.
    pub signature: SignatureId,
    /// Its statements; `None` when it is opaque.
    pub body: Option<StmtList>,
    /// Why there is no body, or that a part of it was not understood.
    pub opaque: Option<OpaqueReason>,
    /// The function around a literal.
    pub parent: Option<FunctionId>,
    /// Variables of enclosing functions that the body, or a literal in it, uses; in order of first use.
    pub captures: Vec<Capture>,
    /// The whole declaration or literal.
    pub span: Span,
    /// The name, or the `func` of a literal.
    pub name_span: Span,
}

/// A captured variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capture {
    /// The variable.
    pub local: LocalId,
    /// Where it is first used in the literal.
    pub span: Span,
}

/// Parameters and results.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// The parameters, one entry a name.
    pub params: Vec<Param>,
    /// The results, one entry a name.
    pub results: Vec<Param>,
    /// Whether the last parameter is `...T` (its `ty` is then `T`).
    pub variadic: bool,
}

/// A parameter, result or receiver.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Param {
    /// Its name, where it has one other than `_`.
    pub name: Option<Name>,
    /// The variable it becomes in a function with a body.
    pub local: Option<LocalId>,
    /// Its type as written.
    pub ty: ExprId,
}

/// What kind of local.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LocalKind {
    /// The receiver.
    Receiver,
    /// Parameter number n, from 0.
    Param(u32),
    /// Named result number n, from 0.
    Result(u32),
    /// Declared by `var`, `:=` or a type switch.
    Variable,
    /// Declared by the init statement of a three-clause `for`, or by `range`: from Go 1.22 on one for each iteration.
    Loop,
    /// A local constant.
    Constant,
}

/// A local variable, parameter or constant.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Local {
    /// Its name.
    pub name: Name,
    /// How it came to be.
    pub kind: LocalKind,
    /// The function that declares it.
    pub function: FunctionId,
    /// Its name's place in its declaration.
    pub span: Span,
}

/// A `struct { … }` as written.
#[derive(Clone, Debug, Default)]
pub struct StructType {
    /// The fields, one entry a name, embedded ones included.
    pub fields: Vec<Field>,
}

/// A struct field.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Field {
    /// Its name; an embedded field's is the type's own.
    pub name: Name,
    /// Its type as written; for an embedded pointer with the `*`.
    pub ty: ExprId,
    /// Whether it is embedded.
    pub embedded: bool,
    /// Whether its tag tells some encoder to leave it out: `json:"-"`.
    pub omitted: bool,
    /// The name's place.
    pub span: Span,
}

/// An `interface { … }` as written, or an inline constraint.
#[derive(Clone, Debug, Default)]
pub struct InterfaceType {
    /// Methods and embedded elements in order.
    pub elements: Vec<InterfaceElement>,
}

/// One line of an interface.
#[derive(Clone, Debug)]
pub enum InterfaceElement {
    /// A method.
    Method(Method),
    /// An embedded interface or a union of terms.
    Embedded(Embedded),
}

/// A method of an interface.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name.
    pub name: Name,
    /// Parameters and results.
    pub signature: SignatureId,
}

/// An embedded element: one term is an embedded type, several a union.
#[derive(Clone, Debug)]
pub struct Embedded {
    /// The terms.
    pub terms: Vec<UnionTerm>,
}

/// `T` or `~T`.
#[derive(Clone, Copy, Debug)]
pub struct UnionTerm {
    /// Whether a tilde stands before it.
    pub tilde: bool,
    /// The type.
    pub ty: ExprId,
}

/// What a comment is attached to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoteTarget {
    /// Field number n of a struct: above it, or behind it on its line.
    Field(StructId, u32),
    /// A function, in its doc comment.
    Function(FunctionId),
    /// A package-level value: above it, or behind it on its line.
    Value(ValueId),
    /// A type, in its doc comment.
    Type(TypeDeclId),
    /// Code in a function: from the comment to the end of the paragraph below it, or the line before it. Only comments that
    /// may say that something is left out are kept here.
    Code(Span),
}

/// A comment that may state a locking discipline, or when none is needed; kept only when it contains one of a few words, such as
/// `guard`, `lock`, `concurren`, `safe`, `called before` or `for testing only` (in any case).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// What it stands at.
    pub target: NoteTarget,
    /// The comment group's text without comment marks, lines joined by line feeds.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// A `//nolint` comment and the lines it covers, as golangci-lint counts them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directive {
    /// The comment from `nolint` on, as written.
    pub text: Box<str>,
    /// First line covered, from 1.
    pub first_line: u32,
    /// Last line covered.
    pub last_line: u32,
}
