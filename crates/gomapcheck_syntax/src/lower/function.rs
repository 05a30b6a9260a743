use gomapcheck_ir::{
    ExprKind, Function, FunctionId, FunctionKind, LocalKind, NoteTarget, OpaqueReason, Param, Signature,
    SignatureId, StmtList, TypeParam, TypeParamId,
};
use gomapcheck_source::{Name, Span};

use super::{Lowering, NoteSite, to_u32};
use crate::Mode;
use crate::kind::Kind;
use crate::symbols::{BLANK, Entity};
use crate::walk::Walk;

/// A parameter list with the place of its names among [`super::Scratch::parameter_names`].
struct Parameters {
    params: Vec<Param>,
    variadic: bool,
    names: usize,
}

impl<'tree> Lowering<'tree, '_> {
    /// Adds a function without body.
    pub(super) fn new_function(
        &mut self,
        name: &str,
        kind: FunctionKind,
        span: Span,
        name_span: Span,
    ) -> FunctionId {
        let id = FunctionId::new(self.file.functions.len());
        let signature = self.new_signature(Signature::default());
        self.file.functions.push(Function {
            name: Name::new(name),
            kind,
            receiver: None,
            type_params: Vec::new(),
            signature,
            body: None,
            opaque: Some(OpaqueReason::NoBody),
            parent: None,
            captures: Vec::new(),
            span,
            name_span,
        });
        self.scratch.literal_counts.push(0);
        id
    }

    pub(super) fn new_signature(&mut self, signature: Signature) -> SignatureId {
        let id = SignatureId::new(self.file.signatures.len());
        self.file.signatures.push(signature);
        id
    }

    /// The function whose body is being lowered; the initializer outside of functions.
    pub(super) fn function_here(&mut self) -> FunctionId {
        match self.function {
            Some(function) => function,
            None => self.initializer_function(),
        }
    }

    /// Lowers a function or method declaration.
    pub(super) fn lower_function_declaration(&mut self, kind: Kind) {
        let span = self.walk.span();
        let damaged = self.walk.has_error();
        let is_method = kind == Kind::MethodDeclaration;
        let function_kind = if is_method { FunctionKind::Method } else { FunctionKind::Declared };
        let id = self.new_function("_", function_kind, span, span);
        self.scratch.sites.push(NoteSite { target: NoteTarget::Function(id), span });
        self.scratch.symbols.open();
        if damaged && self.header_is_damaged() {
            self.lower_damaged_header(id);
        } else {
            self.lower_function_parts(id, is_method);
        }
        self.scratch.symbols.close();
        let start = span.start;
        if self.input.broken.binary_search(&start).is_ok() {
            self.file.errors.push(span);
            self.file.functions[id.index()].opaque = Some(OpaqueReason::SyntaxError);
            self.file.functions[id.index()].body = None;
        }
    }

    fn header_is_damaged(&mut self) -> bool {
        let mut damaged = false;
        self.each_child_of_any_kind(|this| {
            damaged |= this.walk.kind() != Kind::Block && this.walk.has_error();
        });
        damaged
    }

    /// Nothing is known of such a function but that it exists: it takes anything and gives something unknown.
    fn lower_damaged_header(&mut self, id: FunctionId) {
        let span = self.walk.span();
        self.file.errors.push(span);
        let mut name = None;
        self.each_child_of_any_kind(|this| {
            if matches!(this.walk.kind(), Kind::Identifier | Kind::FieldIdentifier) && name.is_none() {
                name = Some((this.name_here(), this.walk.span()));
            }
        });
        let ty = self.expr(ExprKind::Bad, span);
        let unknown = Param { name: None, local: None, ty };
        let signature =
            self.new_signature(Signature { params: vec![unknown], results: vec![unknown], variadic: true });
        let function = &mut self.file.functions[id.index()];
        if let Some((name, name_span)) = name {
            function.name = name;
            function.name_span = name_span;
        }
        if function.kind == FunctionKind::Method {
            function.receiver = Some(unknown);
        }
        function.signature = signature;
        function.opaque = Some(OpaqueReason::SyntaxError);
    }

    fn lower_function_parts(&mut self, id: FunctionId, is_method: bool) {
        let names = self.scratch.parameter_names.len();
        let mut receiver = None;
        let mut params = None;
        let mut results = None;
        self.each_child(|this, kind| match kind {
            Kind::ParameterList if is_method && receiver.is_none() => {
                this.declare_receiver_type_params(id);
                receiver = Some(this.lower_parameters());
            }
            Kind::Identifier | Kind::FieldIdentifier if params.is_none() => {
                let name_span = this.walk.span();
                let name = this.name_here();
                let function = &mut this.file.functions[id.index()];
                (function.name, function.name_span) = (name, name_span);
                if is_method {
                    this.attach_method_type_params(id, name_span.end);
                }
            }
            Kind::TypeParameterList => {
                let type_params = this.lower_type_parameters();
                this.file.functions[id.index()].type_params.extend(type_params);
            }
            Kind::ParameterList if params.is_none() => params = Some(this.lower_parameters()),
            Kind::Block => this.lower_declared_body(id, receiver.as_mut(), params.as_mut(), results.as_mut()),
            Kind::Error => {}
            _ => results = Some(this.lower_results()),
        });
        self.finish_function(id, receiver, params, results);
        self.scratch.parameter_names.truncate(names);
    }

    fn lower_declared_body(
        &mut self,
        id: FunctionId,
        receiver: Option<&mut Parameters>,
        params: Option<&mut Parameters>,
        results: Option<&mut Parameters>,
    ) {
        if self.input.mode == Mode::Declarations {
            self.file.functions[id.index()].opaque = Some(OpaqueReason::NotLowered);
        } else if self.walk.has_error() {
            self.file.errors.push(self.walk.span());
            self.file.functions[id.index()].opaque = Some(OpaqueReason::SyntaxError);
        } else {
            self.lower_body(id, receiver, params, results);
        }
    }

    /// Declares the parameters and lowers the block, which shares their scope.
    fn lower_body(
        &mut self,
        id: FunctionId,
        receiver: Option<&mut Parameters>,
        params: Option<&mut Parameters>,
        results: Option<&mut Parameters>,
    ) {
        let outer = self.function.replace(id);
        self.file.functions[id.index()].opaque = None;
        if let Some(receiver) = receiver {
            self.declare_parameters(receiver, |_| LocalKind::Receiver);
        }
        if let Some(params) = params {
            self.declare_parameters(params, LocalKind::Param);
        }
        if let Some(results) = results {
            self.declare_parameters(results, LocalKind::Result);
        }
        let body = self.lower_block_contents();
        self.file.functions[id.index()].body = Some(body);
        self.function = outer;
    }

    fn declare_parameters(&mut self, parameters: &mut Parameters, kind: impl Fn(u32) -> LocalKind) {
        for (position, param) in parameters.params.iter_mut().enumerate() {
            let (symbol, span) = self.scratch.parameter_names[parameters.names + position];
            if symbol != BLANK {
                param.local = Some(self.declare_local(symbol, kind(to_u32(position)), span));
            }
        }
    }

    fn finish_function(
        &mut self,
        id: FunctionId,
        receiver: Option<Parameters>,
        params: Option<Parameters>,
        results: Option<Parameters>,
    ) {
        let variadic = params.as_ref().is_some_and(|params| params.variadic);
        let function = &mut self.file.functions[id.index()];
        function.receiver = receiver.and_then(|list| list.params.into_iter().next());
        let signature = &mut self.file.signatures[function.signature.index()];
        signature.params = params.map(|list| list.params).unwrap_or_default();
        signature.results = results.map(|list| list.params).unwrap_or_default();
        signature.variadic = variadic;
    }

    /// Lowers `func(…) … { … }`.
    pub(super) fn lower_function_literal(&mut self) -> ExprKind {
        let span = self.walk.span();
        let name_span = Span { start: span.start, end: span.start.saturating_add(4).min(span.end) };
        let parent = self.function_here();
        let name = self.literal_name(parent);
        let id = self.new_function(&name, FunctionKind::Literal, span, name_span);
        self.file.functions[id.index()].parent = Some(parent);
        let names = self.scratch.parameter_names.len();
        let mut params = None;
        let mut results = None;
        self.scratch.symbols.open();
        self.each_child(|this, kind| match kind {
            Kind::ParameterList if params.is_none() => params = Some(this.lower_parameters()),
            Kind::Block => this.lower_declared_body(id, None, params.as_mut(), results.as_mut()),
            _ => results = Some(this.lower_results()),
        });
        self.scratch.symbols.close();
        self.finish_function(id, None, params, results);
        self.scratch.parameter_names.truncate(names);
        ExprKind::Function(id)
    }

    /// The name of the next literal in `parent`, as Go's stack traces count them.
    fn literal_name(&mut self, parent: FunctionId) -> String {
        let count = &mut self.scratch.literal_counts[parent.index()];
        *count += 1;
        let number = *count;
        let parent = &self.file.functions[parent.index()];
        if parent.kind == FunctionKind::Literal {
            format!("{}.{number}", parent.name)
        } else {
            format!("func{number}")
        }
    }

    /// Lowers the signature of a function type or an interface's method: the current node's parameter lists
    /// and name.
    pub(super) fn lower_signature(&mut self) -> (SignatureId, Option<Name>) {
        let names = self.scratch.parameter_names.len();
        let mut signature = Signature::default();
        let mut name = None;
        let mut seen = false;
        self.each_child(|this, kind| match kind {
            Kind::ParameterList if !seen => {
                let list = this.lower_parameters();
                (signature.params, signature.variadic) = (list.params, list.variadic);
                seen = true;
            }
            Kind::FieldIdentifier => name = Some(this.name_here()),
            _ => signature.results = this.lower_results().params,
        });
        self.scratch.parameter_names.truncate(names);
        (self.new_signature(signature), name)
    }

    fn lower_results(&mut self) -> Parameters {
        if self.walk.kind() == Kind::ParameterList {
            return self.lower_parameters();
        }
        let names = self.scratch.parameter_names.len();
        self.scratch.parameter_names.push((BLANK, self.walk.span()));
        let ty = self.lower_expr();
        Parameters { params: vec![Param { name: None, local: None, ty }], variadic: false, names }
    }

    fn lower_parameters(&mut self) -> Parameters {
        let names = self.scratch.parameter_names.len();
        let mut parameters = Parameters { params: Vec::new(), variadic: false, names };
        self.each_child(|this, kind| match kind {
            Kind::ParameterDeclaration => this.lower_parameter(&mut parameters),
            Kind::VariadicParameterDeclaration => {
                this.lower_parameter(&mut parameters);
                parameters.variadic = true;
            }
            _ => {}
        });
        parameters
    }

    /// Lowers `a, b T`, `T` or `a ...T`.
    fn lower_parameter(&mut self, parameters: &mut Parameters) {
        let first = self.scratch.parameter_names.len();
        let mut ty = None;
        self.each_child(|this, kind| match kind {
            Kind::Identifier => {
                let name = (this.symbol_here(), this.walk.span());
                this.scratch.parameter_names.push(name);
            }
            Kind::Comma | Kind::Ellipsis => {}
            _ => ty = Some(this.lower_expr()),
        });
        let Some(ty) = ty else {
            self.scratch.parameter_names.truncate(first);
            return;
        };
        if self.scratch.parameter_names.len() == first {
            let span = self.file.span(ty);
            self.scratch.parameter_names.push((BLANK, span));
        }
        for index in first..self.scratch.parameter_names.len() {
            let (symbol, _) = self.scratch.parameter_names[index];
            let name = (symbol != BLANK).then(|| self.scratch.symbols.name(symbol));
            parameters.params.push(Param { name, local: None, ty });
        }
    }

    /// Lowers `[K comparable, V any]`, declaring the names in the innermost scope.
    pub(super) fn lower_type_parameters(&mut self) -> Vec<TypeParamId> {
        let mut ids = Vec::new();
        self.each_child(|this, kind| {
            if kind == Kind::TypeParameterDeclaration {
                this.each_child(|this, kind| {
                    if kind == Kind::Identifier {
                        let position = to_u32(ids.len());
                        ids.push(this.declare_type_param(position));
                    }
                });
            }
        });
        let mut next = 0;
        self.each_child(|this, kind| {
            if kind == Kind::TypeParameterDeclaration {
                let first = next;
                this.each_child(|this, kind| match kind {
                    Kind::Identifier => next += 1,
                    Kind::TypeConstraint => {
                        let constraint = this.lower_constraint();
                        for id in ids.iter().take(next).skip(first) {
                            this.file.type_params[id.index()].constraint = Some(constraint);
                        }
                    }
                    _ => {}
                });
            }
        });
        ids
    }

    fn declare_type_param(&mut self, position: u32) -> TypeParamId {
        let symbol = self.symbol_here();
        let id = TypeParamId::new(self.file.type_params.len());
        let name = self.scratch.symbols.name(symbol);
        self.file.type_params.push(TypeParam { name, constraint: None, position });
        self.scratch.symbols.declare(symbol, Entity::TypeParam(id));
        id
    }

    /// Declares `K` and `V` of a receiver such as `(s *Store[K, V])`, before its type is lowered.
    fn declare_receiver_type_params(&mut self, id: FunctionId) {
        let mut found = Vec::new();
        self.each_receiver_type_argument(&mut found);
        self.file.functions[id.index()].type_params = found;
    }

    fn each_receiver_type_argument(&mut self, found: &mut Vec<TypeParamId>) {
        self.each_child(|this, kind| match kind {
            Kind::ParameterDeclaration
            | Kind::PointerType
            | Kind::ParenthesizedType
            | Kind::GenericType
            | Kind::TypeArguments
            | Kind::TypeElem => {
                if kind == Kind::TypeElem {
                    let position = to_u32(found.len());
                    found.push(this.declare_type_param(position));
                } else {
                    this.each_receiver_type_argument(found);
                }
            }
            _ => {}
        });
    }

    /// Lowers a method's own type parameters, which were parsed apart.
    fn attach_method_type_params(&mut self, id: FunctionId, name_end: u32) {
        let Ok(index) = self.input.method_type_params.binary_search_by_key(&name_end, |entry| entry.start)
        else {
            return;
        };
        let side = Walk::new(self.input.method_type_params[index].tree, self.input.offsets);
        let main = std::mem::replace(&mut self.walk, side);
        self.each_child(|this, kind| {
            if kind == Kind::FunctionDeclaration {
                this.each_child(|this, kind| {
                    if kind == Kind::TypeParameterList {
                        let own = this.lower_type_parameters();
                        this.file.functions[id.index()].type_params.extend(own);
                    }
                });
            }
        });
        self.walk = main;
    }

    fn each_child_of_any_kind(&mut self, mut visit: impl FnMut(&mut Self)) {
        if !self.walk.enter() {
            return;
        }
        loop {
            visit(self);
            if !self.walk.advance() {
                break;
            }
        }
        self.walk.leave();
    }

    /// Lowers the statements of a block into the innermost scope.
    pub(super) fn lower_block_contents(&mut self) -> StmtList {
        let mark = self.scratch.stmts.len();
        self.each_child(|this, kind| {
            if kind == Kind::StatementList {
                this.lower_statement_list();
            }
        });
        self.finish_stmts(mark)
    }
}
