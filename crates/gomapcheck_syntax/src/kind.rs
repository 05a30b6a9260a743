use std::sync::OnceLock;

use tree_sitter::Language;

macro_rules! kinds {
    ($($variant:ident: $($named:literal $name:literal)|+;)*) => {
        /// What a syntax node is: the grammar's kinds, as far as lowering tells them apart.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Kind {
            /// A token that carries no meaning of its own, or a kind that never reaches the lowering.
            Other,
            /// The parser could not make sense of this part.
            Error,
            $(#[doc = concat!($("`", $name, "` "),+)] $variant,)*
        }

        /// Each kind with its names in the grammar and whether they name nodes (or tokens).
        pub(crate) const NAMES: &[(Kind, &[(bool, &str)])] = &[$((Kind::$variant, &[$(($named, $name)),+])),*];
    };
}

kinds! {
    Comment: true "comment";
    PackageClause: true "package_clause";
    ImportDeclaration: true "import_declaration";
    ImportSpecList: true "import_spec_list";
    ImportSpec: true "import_spec";
    Dot: true "dot";
    ConstDeclaration: true "const_declaration";
    ConstSpec: true "const_spec";
    VarDeclaration: true "var_declaration";
    VarSpecList: true "var_spec_list";
    VarSpec: true "var_spec";
    TypeDeclaration: true "type_declaration";
    TypeSpec: true "type_spec";
    TypeAlias: true "type_alias";
    FunctionDeclaration: true "function_declaration";
    MethodDeclaration: true "method_declaration";
    ParameterList: true "parameter_list";
    ParameterDeclaration: true "parameter_declaration";
    VariadicParameterDeclaration: true "variadic_parameter_declaration";
    TypeParameterList: true "type_parameter_list";
    TypeParameterDeclaration: true "type_parameter_declaration";
    TypeConstraint: true "type_constraint";
    TypeElem: true "type_elem";
    MethodElem: true "method_elem";
    TypeArguments: true "type_arguments";
    GenericType: true "generic_type";
    QualifiedType: true "qualified_type";
    PointerType: true "pointer_type";
    NegatedType: true "negated_type";
    ParenthesizedType: true "parenthesized_type";
    ArrayType: true "array_type";
    ImplicitLengthArrayType: true "implicit_length_array_type";
    SliceType: true "slice_type";
    MapType: true "map_type";
    ChannelType: true "channel_type";
    FunctionType: true "function_type";
    StructType: true "struct_type";
    FieldDeclarationList: true "field_declaration_list";
    FieldDeclaration: true "field_declaration";
    InterfaceType: true "interface_type";
    Identifier: true "identifier" | true "package_identifier" | true "nil" | true "true" | true "false" | true "iota"
        | true "blank_identifier";
    TypeIdentifier: true "type_identifier";
    FieldIdentifier: true "field_identifier";
    LabelName: true "label_name";
    ExpressionList: true "expression_list";
    ParenthesizedExpression: true "parenthesized_expression";
    UnaryExpression: true "unary_expression";
    BinaryExpression: true "binary_expression";
    SelectorExpression: true "selector_expression";
    IndexExpression: true "index_expression";
    SliceExpression: true "slice_expression";
    CallExpression: true "call_expression";
    ArgumentList: true "argument_list";
    VariadicArgument: true "variadic_argument";
    TypeAssertionExpression: true "type_assertion_expression";
    TypeConversionExpression: true "type_conversion_expression";
    TypeInstantiationExpression: true "type_instantiation_expression";
    CompositeLiteral: true "composite_literal";
    LiteralValue: true "literal_value";
    LiteralElement: true "literal_element";
    KeyedElement: true "keyed_element";
    FuncLiteral: true "func_literal";
    IntLiteral: true "int_literal";
    FloatLiteral: true "float_literal";
    ImaginaryLiteral: true "imaginary_literal";
    RuneLiteral: true "rune_literal";
    StringLiteral: true "raw_string_literal" | true "interpreted_string_literal";
    Block: true "block";
    StatementList: true "statement_list";
    EmptyStatement: true "empty_statement";
    ExpressionStatement: true "expression_statement";
    SendStatement: true "send_statement";
    ReceiveStatement: true "receive_statement";
    IncStatement: true "inc_statement";
    DecStatement: true "dec_statement";
    AssignmentStatement: true "assignment_statement";
    ShortVarDeclaration: true "short_var_declaration";
    LabeledStatement: true "labeled_statement";
    FallthroughStatement: true "fallthrough_statement" | false "fallthrough";
    BreakStatement: true "break_statement";
    ContinueStatement: true "continue_statement";
    GotoStatement: true "goto_statement";
    ReturnStatement: true "return_statement";
    GoStatement: true "go_statement";
    DeferStatement: true "defer_statement";
    IfStatement: true "if_statement";
    ForStatement: true "for_statement";
    ForClause: true "for_clause";
    RangeClause: true "range_clause";
    ExpressionSwitchStatement: true "expression_switch_statement";
    ExpressionCase: true "expression_case";
    DefaultCase: true "default_case";
    TypeSwitchStatement: true "type_switch_statement";
    TypeCase: true "type_case";
    SelectStatement: true "select_statement";
    CommunicationCase: true "communication_case";
    Semicolon: false ";";
    Colon: false ":";
    Comma: false ",";
    Assign: false "=";
    Define: false ":=";
    Ellipsis: false "...";
    Bar: false "|";
    Plus: false "+";
    Minus: false "-";
    Star: false "*";
    Ampersand: false "&";
    Caret: false "^";
    Bang: false "!";
    Arrow: false "<-";
    Shift: false "<<" | false ">>";
    Arithmetic: false "/" | false "%" | false "&^";
    Equal: false "==";
    NotEqual: false "!=";
    Order: false "<" | false "<=" | false ">" | false ">=";
    LogicalAnd: false "&&";
    LogicalOr: false "||";
    AssignAdd: false "+=";
    AssignShift: false "<<=" | false ">>=";
    AssignArithmetic: false "-=" | false "*=" | false "/=" | false "%=" | false "&=" | false "&^=" | false "|=" | false "^=";
    Chan: false "chan";
    TypeKeyword: false "type";
}

/// The grammar's kind ids, resolved once.
pub(crate) struct KindTable {
    kinds: Vec<Kind>,
}

impl KindTable {
    /// The table of tree-sitter-go.
    pub(crate) fn get() -> &'static Self {
        static TABLE: OnceLock<KindTable> = OnceLock::new();
        TABLE.get_or_init(|| Self::new(&language()))
    }

    fn new(language: &Language) -> Self {
        let count = u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
        let kind_of = |id: u16| {
            let name = language.node_kind_for_id(id)?;
            let key = (language.node_kind_is_named(id), name);
            NAMES.iter().find(|(_, names)| names.contains(&key)).map(|(kind, _)| *kind)
        };
        Self { kinds: (0..count).map(|id| kind_of(id).unwrap_or(Kind::Other)).collect() }
    }

    /// The kind with this id.
    #[inline]
    pub(crate) fn kind(&self, id: u16) -> Kind {
        self.kinds.get(usize::from(id)).copied().unwrap_or(Kind::Error)
    }
}

/// The grammar.
pub(crate) fn language() -> Language {
    tree_sitter_go::LANGUAGE.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_knows_every_name_in_the_table() {
        let language = language();
        for (named, name) in NAMES.iter().flat_map(|(_, names)| names.iter()) {
            assert_ne!(language.id_for_node_kind(name, *named), 0, "{name} is not a kind of the grammar");
        }
    }
}
