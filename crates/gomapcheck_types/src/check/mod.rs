//! Types of the expressions of one file.
//!
//! One walk in the order of the text: a variable is typed before it is used, a literal where it stands. Nothing is checked;
//! what does not fit becomes unknown.

mod calls;
mod expressions;
mod literals;
mod names;
mod statements;

use gomapcheck_ir::{self as ir, ExprId, FunctionId, FunctionKind, LocalId};
use gomapcheck_source::Name;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::scope::Object;
use crate::select::Member;
use crate::world::{FileEntry, World};
use crate::{Builtin, FunctionRef, Resolution, Type, TypeId};

/// What has been found out about the expressions of a file.
#[derive(Default)]
pub(crate) struct FileTypes {
    pub(crate) exprs: Vec<TypeId>,
    pub(crate) locals: Vec<TypeId>,
    /// For each expression where its resolution stands; 0 is [`Resolution::Unknown`].
    pub(crate) resolution_of: Vec<u32>,
    pub(crate) resolutions: Vec<Resolution>,
}

/// An expression as an operand.
#[derive(Clone, Copy, Debug)]
struct Operand {
    ty: TypeId,
    mode: Mode,
}

/// What kind of operand an expression is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Value,
    Type,
    Builtin(Builtin),
    /// A generic function that still needs type arguments.
    Generic(FunctionRef),
    /// A package name.
    Package(Object),
    /// A function or type of a package that is not at hand.
    External(Name, Name),
}

impl Operand {
    const UNKNOWN: Self = Self { ty: TypeId::UNKNOWN, mode: Mode::Value };

    fn value(ty: TypeId) -> Self {
        Self { ty, mode: Mode::Value }
    }

    fn of_type(ty: TypeId) -> Self {
        Self { ty, mode: Mode::Type }
    }
}

type Operands = SmallVec<[Operand; 8]>;

/// Nesting beyond this is left untyped: it would need more stack than a thread has, and only generators write it.
const DEEPEST: u32 = 250;

/// Types the expressions of one file.
pub(crate) struct Checker<'w, 'a> {
    world: &'w World<'a>,
    file: &'w FileEntry,
    ir: &'w ir::File,
    out: FileTypes,
    /// Whether types are kept and function bodies are entered.
    records: bool,
    depth: u32,
    /// The selector that is about to be called.
    called: Option<ExprId>,
    names: FxHashMap<Name, (Operand, u32)>,
    selections: FxHashMap<(TypeId, Name), Option<(Member, u32)>>,
}

impl<'w, 'a> Checker<'w, 'a> {
    /// Answers questions about package-level expressions and keeps nothing.
    pub(crate) fn for_declarations(world: &'w World<'a>, file: &'w FileEntry) -> Self {
        Self {
            world,
            file,
            ir: &file.ir,
            out: FileTypes::default(),
            records: false,
            depth: 0,
            called: None,
            names: FxHashMap::default(),
            selections: FxHashMap::default(),
        }
    }

    /// Types every function body of a file.
    pub(crate) fn check_file(world: &'w World<'a>, file: &'w FileEntry) -> FileTypes {
        let mut checker = Self::for_declarations(world, file);
        checker.records = true;
        let ir = &file.ir;
        checker.out = FileTypes {
            exprs: vec![TypeId::UNKNOWN; ir.exprs.len()],
            locals: vec![TypeId::UNKNOWN; ir.locals.len()],
            resolution_of: vec![0; ir.exprs.len()],
            resolutions: vec![Resolution::Unknown],
        };
        for (id, function) in ir.functions_with_ids() {
            if function.kind != FunctionKind::Literal {
                checker.function(id);
            }
        }
        // Initial values that no initializer evaluates.
        for value in &ir.values {
            if let Some(init) = value.init
                && checker.out.exprs[init.index()].is_unknown()
            {
                checker.infer(init);
            }
        }
        checker.out.exprs.shrink_to_fit();
        checker.out.resolutions.shrink_to_fit();
        checker.out
    }

    /// The type of a package-level initial value, or of one of its results.
    pub(crate) fn initial_type(&mut self, init: ExprId, result: Option<u32>) -> TypeId {
        match result {
            None => self.infer(init).ty,
            Some(index) => self.several(init, 2.max(index as usize + 1))[index as usize],
        }
    }

    /// A function's parameters and body.
    fn function(&mut self, id: FunctionId) {
        let function = self.ir.function(id);
        let receiver = function.receiver.map(|receiver| (receiver.local, receiver.ty));
        let signature = self.ir.signature(function.signature);
        if let Some((Some(local), ty)) = receiver {
            let ty = self.type_expr(ty);
            self.set_local(local, ty);
        }
        let last = signature.params.len().wrapping_sub(1);
        for (index, param) in signature.params.iter().enumerate() {
            let mut ty = self.type_expr(param.ty);
            if signature.variadic && index == last {
                ty = self.world.types.slice(ty);
            }
            if let Some(local) = param.local {
                self.set_local(local, ty);
            }
        }
        for result in &signature.results {
            let ty = self.type_expr(result.ty);
            if let Some(local) = result.local {
                self.set_local(local, ty);
            }
        }
        if let Some(body) = function.body {
            self.block(body);
        }
    }

    /// The type that a type expression denotes, kept.
    fn type_expr(&mut self, expr: ExprId) -> TypeId {
        let ty = self.world.type_expr(self.file, expr);
        self.record(expr, ty);
        ty
    }

    fn record(&mut self, expr: ExprId, ty: TypeId) {
        if self.records {
            self.out.exprs[expr.index()] = ty;
        }
    }

    fn resolve(&mut self, expr: ExprId, resolution: u32) {
        if self.records {
            self.out.resolution_of[expr.index()] = resolution;
        }
    }

    /// Keeps a resolution and gives its number.
    fn keep(&mut self, resolution: Resolution) -> u32 {
        if !self.records || resolution == Resolution::Unknown {
            return 0;
        }
        self.out.resolutions.push(resolution);
        u32::try_from(self.out.resolutions.len() - 1).unwrap_or(0)
    }

    fn set_local(&mut self, local: LocalId, ty: TypeId) {
        if let Some(slot) = self.out.locals.get_mut(local.index()) {
            *slot = ty;
        }
    }

    fn local(&self, local: LocalId) -> TypeId {
        self.out.locals.get(local.index()).copied().unwrap_or(TypeId::UNKNOWN)
    }

    /// The shape that decides what may be done with a value.
    fn core(&self, ty: TypeId) -> &'w Type {
        self.world.types.ty(self.world.core(ty))
    }
}
