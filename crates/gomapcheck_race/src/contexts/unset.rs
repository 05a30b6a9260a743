//! Fields that never hold a map in the program: nothing but tests puts one there.
//!
//! A lower-case field is only set by its own package, whose files tell all that is ever stored in it. That it may be nil has to
//! be asked where it is used: what is used without asking is set somewhere, if only by those who are to come.

use gomapcheck_ir::{self as ir, BinaryOp, ExprId, ExprKind, LocalKind, StmtKind, UnaryOp};
use gomapcheck_source::FileId;
use gomapcheck_types::{Callee, FieldRef, FunctionRef, Program, Resolution, StructRef};

use crate::conflict::Location;
use crate::contexts::World;
use crate::domain::{Key, KeyOwner};

/// How many parameters a value is followed through, from call to call.
const DEEPEST: u8 = 3;

/// Whether a field is used only if it is not nil, and all that the program stores in it is nil.
pub(crate) fn is_unset(world: &World<'_>, program: &Program<'_>, map: &Key, used: Location) -> bool {
    let Some(field) = field_of(program, map) else { return false };
    let search = Search { world, program, field, map };
    search.is_asked_about(used) && search.files().all(|file| search.stores_nothing(file))
}

/// The lower-case field of a declared struct that a key names.
fn field_of(program: &Program<'_>, map: &Key) -> Option<FieldRef> {
    let (KeyOwner::Type(ty), [name], 0) = (map.owner, map.path.as_slice(), map.depth) else { return None };
    let ir = program.ir(ty.file);
    let ExprKind::StructType(structure) = ir.kind(ir.type_decl(ty.decl).ty?) else { return None };
    let fields = &ir.struct_type(structure).fields;
    let index = fields.iter().position(|field| field.name == *name && !field.embedded)?;
    let structure = StructRef::new(ty.file, structure);
    (!name.is_exported()).then_some(FieldRef { structure, index: u32::try_from(index).ok()? })
}

struct Search<'s, 'p> {
    world: &'s World<'s>,
    program: &'s Program<'p>,
    field: FieldRef,
    map: &'s Key,
}

impl Search<'_, '_> {
    /// The files of the field's package, but for test files.
    fn files(&self) -> impl Iterator<Item = FileId> {
        let package = self.program.package_of(self.field.structure.file);
        package.files.iter().copied().filter(|file| !self.program.is_test(*file))
    }

    /// Whether a place is the body of an `if` that asks whether the field is nil.
    fn is_asked_about(&self, used: Location) -> bool {
        let ir = self.program.ir(used.file);
        ir.stmts.iter().filter(|stmt| stmt.span.contains(used.span)).any(|stmt| match stmt.kind {
            StmtKind::If { condition, then, .. } => {
                let body = ir.stmts_of(then).iter().map(|stmt| ir.stmt(*stmt).span);
                body.into_iter().any(|span| span.contains(used.span)) && self.is_not_nil(used.file, condition)
            }
            _ => false,
        })
    }

    /// Whether a condition holds only if the field is not nil.
    fn is_not_nil(&self, file: FileId, condition: ExprId) -> bool {
        let ir = self.program.ir(file);
        match ir.kind(ir.unparen(condition)) {
            ExprKind::Binary { op: BinaryOp::LogicalAnd, left, right } => {
                self.is_not_nil(file, left) || self.is_not_nil(file, right)
            }
            ExprKind::Binary { op: BinaryOp::NotEqual, left, right } => {
                self.is_field(file, left) && self.is_nil(file, right)
            }
            _ => false,
        }
    }

    fn is_nil(&self, file: FileId, expr: ExprId) -> bool {
        let ir = self.program.ir(file);
        let expr = ir.unparen(expr);
        self.program.resolution(file, expr) == Resolution::Universe
            && matches!(ir.kind(expr), ExprKind::Name(name) if name.as_str() == "nil")
    }

    /// Whether nothing but nil is stored in the field by a file.
    fn stores_nothing(&self, file: FileId) -> bool {
        let ir = self.program.ir(file);
        ir.errors.is_empty()
            && ir.stmts.iter().all(|stmt| self.is_harmless(file, &stmt.kind))
            && (0..ir.exprs.len()).map(ExprId::new).all(|expr| match ir.kind(expr) {
                ExprKind::Composite { elements, .. } => self.is_made_without(file, expr, elements),
                // Whoever has its address may store something.
                ExprKind::Unary { op: UnaryOp::Address, operand } => !self.is_field(file, operand),
                _ => true,
            })
    }

    fn is_harmless(&self, file: FileId, stmt: &StmtKind) -> bool {
        let ir = self.program.ir(file);
        match *stmt {
            StmtKind::Assign { targets, values, .. } => {
                let (targets, values) = (ir.exprs_of(targets), ir.exprs_of(values));
                (0..).zip(targets).filter(|(_, target)| self.is_field(file, **target)).all(|(n, _)| {
                    let value = values.get(n).filter(|_| values.len() == targets.len());
                    value.is_some_and(|value| self.is_nothing(file, *value, 0))
                })
            }
            StmtKind::Range { key, value, define: false, .. } => {
                !key.into_iter().chain(value).any(|target| self.is_field(file, target))
            }
            _ => true,
        }
    }

    /// Whether a composite literal leaves the field out, or sets it to nil.
    fn is_made_without(&self, file: FileId, literal: ExprId, elements: ir::ElementList) -> bool {
        let elements = self.program.ir(file).elements_of(elements);
        let names_field =
            |element: &ir::Element| element.key_name.is_some_and(|name| Some(&name) == self.map.path.last());
        let is_by_position = elements.first().is_some_and(|element| element.key.is_none());
        if !is_by_position && !elements.iter().any(names_field) {
            return true;
        }
        let owner = self.program.named(self.program.type_of(file, literal));
        if owner.is_some_and(|owner| KeyOwner::Type(owner) != self.map.owner) {
            return true;
        }
        let value = match is_by_position {
            // Elements of lists and maps have no names either.
            true if owner.is_none() => return true,
            true => elements.get(self.field.index as usize),
            false => elements.iter().find(|element| names_field(element)),
        };
        value.is_none_or(|element| self.is_nothing(file, element.value, 0))
    }

    /// Whether an expression is the field, or may be.
    fn is_field(&self, file: FileId, expr: ExprId) -> bool {
        let ir = self.program.ir(file);
        let expr = ir.unparen(expr);
        match ir.kind(expr) {
            ExprKind::Selector { name, .. } if Some(&name) == self.map.path.last() => {
                match self.program.resolution(file, expr) {
                    Resolution::Field(selection) => selection.field == self.field,
                    _ => true,
                }
            }
            _ => false,
        }
    }

    /// Whether a value is nil, what the field holds already, or a parameter that gets no more than that.
    fn is_nothing(&self, file: FileId, value: ExprId, depth: u8) -> bool {
        let ir = self.program.ir(file);
        let value = ir.unparen(value);
        match ir.kind(value) {
            ExprKind::Name(_) => self.is_nil(file, value),
            ExprKind::Selector { .. } => self.is_field(file, value),
            ExprKind::Local(local) => match ir.local(local).kind {
                LocalKind::Param(n) if depth < DEEPEST => {
                    let function = FunctionRef::new(file, ir.local(local).function);
                    !is_assigned(ir, local) && self.gets_nothing(function, n as usize, depth)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether all calls of a lower-case function give nil for a parameter.
    fn gets_nothing(&self, function: FunctionRef, parameter: usize, depth: u8) -> bool {
        let Some(number) = self.world.summaries.number(function) else { return false };
        let facts = &self.world.facts[number as usize];
        let is_known = !facts.upper_case && facts.value_uses.is_empty() && facts.name.receiver.is_none();
        is_known
            && self.files().all(|file| {
                let ir = self.program.ir(file);
                (0..ir.exprs.len()).map(ExprId::new).all(|expr| match ir.kind(expr) {
                    ExprKind::Call { args, spread, .. }
                        if self.program.callee(file, expr) == Callee::Function(function) =>
                    {
                        let value = ir.exprs_of(args).get(parameter).filter(|_| !spread);
                        value.is_some_and(|value| self.is_nothing(file, *value, depth + 1))
                    }
                    _ => true,
                })
            })
    }
}

/// Whether a variable is assigned to, or its address taken, anywhere.
fn is_assigned(ir: &ir::File, local: ir::LocalId) -> bool {
    let is_it = |expr: ExprId| ir.kind(ir.unparen(expr)) == ExprKind::Local(local);
    let by_statement = ir.stmts.iter().any(|stmt| match stmt.kind {
        StmtKind::Assign { targets, .. } | StmtKind::Define { targets, .. } => {
            ir.exprs_of(targets).iter().any(|target| is_it(*target))
        }
        StmtKind::Range { key, value, .. } => key.into_iter().chain(value).any(is_it),
        _ => false,
    });
    by_statement
        || ir.exprs.iter().any(
            |expr| matches!(expr.kind, ExprKind::Unary { op: UnaryOp::Address, operand } if is_it(operand)),
        )
}
