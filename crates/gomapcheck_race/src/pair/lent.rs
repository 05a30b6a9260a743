//! Methods that only those call to whom their object lends itself: `walk(s)`, where `walk` calls what an interface asks for.
//!
//! A lower-case type stays in its package, and leaves it as what interfaces hold. Where each such interface that has the method
//! is what a known function is given for the time of a call, that function is the only one who can call the method, and only
//! on behalf of those who gave it such an object. Asked for what is about to be reported, with the text at hand.

use gomapcheck_ir::{self as ir, ExprId, ExprKind, LocalKind, StmtKind};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{Callee, FunctionRef, Program, Type, TypeId, TypeRef};

use crate::conflict::{Confidence, Location};
use crate::contexts::{CallerEdge, Openness, World};
use crate::evidence::{Finding, Side, TraceStep};
use crate::summary::{Multiplicity, Thread};

/// More functions than these are not passed on the way to an access.
const MOST_FUNCTIONS: usize = 32;

/// Findings about a method that its object's own goroutine alone leads to are possible at best.
pub(crate) fn weaken_lent(world: &World<'_>, program: &Program<'_>, findings: &mut [Finding<'_>]) {
    for finding in findings.iter_mut().filter(|finding| finding.confidence > Confidence::Possible) {
        let Some(other) = &finding.second else { continue };
        let Some(way) = goroutine(world, &finding.first) else { continue };
        if !has_launch(other) && is_only_on(world, program, &way, other.terms) {
            finding.confidence = Confidence::Possible;
        }
    }
}

fn has_launch(side: &Side<'_>) -> bool {
    side.trace.iter().any(|step| !matches!(step, TraceStep::Call(_)))
}

/// The functions that a goroutine of which there is one calls on the way to an access.
fn goroutine(world: &World<'_>, side: &Side<'_>) -> Option<Vec<u32>> {
    let is_launch =
        |step: &TraceStep| matches!(step, TraceStep::Launch { multiplicity: Multiplicity::One, .. });
    let start = side.trace.iter().position(is_launch)?;
    let calls = side.trace[start + 1..].iter().filter_map(|step| match step {
        TraceStep::Call(call) => world.summaries.number(call.callee),
        _ => None,
    });
    Some(calls.collect())
}

/// A function on the way up, and which of its parameters holds an object of a type, if that is known.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Reached {
    function: u32,
    holds: Option<(u32, TypeRef)>,
}

/// Whether a method is called only by functions of this way, themselves or through others.
fn is_only_on(world: &World<'_>, program: &Program<'_>, way: &[u32], method: FunctionRef) -> bool {
    let Some(method) = world.summaries.number(method) else { return false };
    let Some(own) = world.facts[method as usize].receiver else { return false };
    if !is_lent_only(world, program, method, own) {
        return false;
    }
    let mut pending = vec![Reached { function: method, holds: Some((0, own)) }];
    let mut next = 0;
    while let Some(reached) = pending.get(next).copied() {
        next += 1;
        if reached.function != method && reached.holds.is_none() && way.contains(&reached.function) {
            continue;
        }
        let is_open = reached.function != method && world.runs_without_callers(reached.function as usize);
        // Whoever else calls an open function gives it an object of a type of his own.
        if (is_open && reached.holds.is_none()) || next > MOST_FUNCTIONS {
            return false;
        }
        let mut callers = world.known_callers(reached.function).peekable();
        if callers.peek().is_none() {
            return false;
        }
        for edge in callers {
            // What the goroutine has others do for it, and waits for, is compared where it does so.
            let thread = world.site(edge).thread;
            let is_part = way.contains(&edge.caller) && !world.outlives(edge.caller, thread);
            if thread != Thread::Caller && !is_part {
                return false;
            }
            if let Some(caller) = through(world, program, edge, reached)
                && !pending.contains(&caller)
            {
                pending.push(caller);
            }
        }
    }
    true
}

/// The caller that an edge leads to; `None` if it gives an object of another type.
fn through(world: &World<'_>, program: &Program<'_>, edge: &CallerEdge, reached: Reached) -> Option<Reached> {
    let caller = Reached { function: edge.caller, holds: None };
    let Some((position, own)) = reached.holds else { return Some(caller) };
    let call = world.site(edge);
    let ir = program.ir(call.location.file);
    let Some(given) = argument(program, call.location, call.callee, position) else { return Some(caller) };
    let ty = program.type_of(call.location.file, given);
    if !matches!(program.ty(program.underlying(ty)), Type::Interface(_)) {
        let is_other = program.named(ty).is_some_and(|named| named != own);
        return (!is_other).then_some(caller);
    }
    let function = world.summaries.function(edge.caller);
    let holds = match ir.kind(ir.unparen(given)) {
        ExprKind::Local(local) if ir.local(local).function == function.function => {
            let shift = u32::from(ir.function(function.function).receiver.is_some());
            match ir.local(local).kind {
                LocalKind::Param(n) => Some((n + shift, own)),
                _ => None,
            }
        }
        _ => None,
    };
    Some(Reached { holds, ..caller })
}

/// What a call gives for a parameter, the receiver counted.
fn argument(program: &Program<'_>, at: Location, callee: FunctionRef, position: u32) -> Option<ExprId> {
    let ir = program.ir(at.file);
    let is_call =
        |expr: &ExprId| ir.span(*expr) == at.span && matches!(ir.kind(*expr), ExprKind::Call { .. });
    let call = (0..ir.exprs.len()).map(ExprId::new).find(is_call)?;
    let ExprKind::Call { callee: called, args, .. } = ir.kind(call) else { return None };
    let has_receiver = program.ir(callee.file).function(callee.function).receiver.is_some();
    match (position, has_receiver) {
        (0, true) => match ir.kind(ir.unparen(called)) {
            ExprKind::Selector { base, .. } => Some(base),
            _ => None,
        },
        (n, _) => ir.exprs_of(args).get((n as usize).checked_sub(usize::from(has_receiver))?).copied(),
    }
}

/// Whether a method can be called only by functions that its object is given to for the time of a call: those that are known,
/// and those of the package.
fn is_lent_only(world: &World<'_>, program: &Program<'_>, method: u32, own: TypeRef) -> bool {
    let facts = &world.facts[method as usize];
    let is_plain = facts.implicit.is_none() && facts.value_uses.is_empty() && !world.is_launched(method);
    let is_kept = !facts.name.receiver.is_some_and(Name::is_exported);
    let asked = facts.name.name;
    is_plain
        && is_kept
        && world.openness[method as usize] != Openness::Unknown
        && program
            .package_of(own.file)
            .files
            .iter()
            .filter(|file| !program.is_test(**file))
            .all(|file| Uses { world, program, file: *file, own, asked }.are_lent())
}

/// What a file does with objects of a type.
struct Uses<'u> {
    world: &'u World<'u>,
    program: &'u Program<'u>,
    file: FileId,
    own: TypeRef,
    /// The method.
    asked: Name,
}

impl Uses<'_> {
    /// Whether what is put where an interface is expected that has the method is put there for a call only.
    fn are_lent(&self) -> bool {
        let ir = self.program.ir(self.file);
        ir.errors.is_empty()
            && ir.stmts.iter().all(|stmt| self.keeps_nothing(ir, &stmt.kind))
            && ir.functions.iter().all(|function| self.returns_nothing(ir, function))
            && (0..ir.exprs.len()).map(ExprId::new).all(|expr| match ir.kind(expr) {
                ExprKind::Call { callee, args, .. } => {
                    self.is_given_for_call(expr, callee, ir.exprs_of(args))
                }
                ExprKind::Composite { elements, .. } => ir
                    .elements_of(elements)
                    .iter()
                    .all(|element| !self.is_own(element.value) || self.is_of_fields(expr, element.key_name)),
                _ => true,
            })
    }

    fn is_own(&self, expr: ExprId) -> bool {
        self.program.named(self.program.type_of(self.file, expr)) == Some(self.own)
    }

    /// Whether a type is an interface through which the method can be called.
    fn asks(&self, ty: TypeId) -> bool {
        match self.program.ty(self.program.underlying(ty)) {
            Type::Interface(shape) => shape.methods.iter().any(|(name, _)| *name == self.asked),
            Type::Unknown | Type::External(..) => true,
            _ => false,
        }
    }

    fn keeps_nothing(&self, ir: &ir::File, stmt: &StmtKind) -> bool {
        match *stmt {
            StmtKind::Assign { targets, values, .. } => {
                let (targets, values) = (ir.exprs_of(targets), ir.exprs_of(values));
                targets.len() != values.len()
                    || targets.iter().zip(values).all(|(target, value)| {
                        !self.is_own(*value) || !self.asks(self.program.type_of(self.file, *target))
                    })
            }
            StmtKind::Declare { ty: Some(ty), values, .. } => {
                let asks = self.asks(self.program.type_of(self.file, ty));
                !asks || !ir.exprs_of(values).iter().any(|value| self.is_own(*value))
            }
            StmtKind::Send { channel, value } if self.is_own(value) => {
                match self.program.ty(self.program.underlying(self.program.type_of(self.file, channel))) {
                    Type::Chan(_, element) => !self.asks(*element),
                    _ => false,
                }
            }
            _ => true,
        }
    }

    /// Whether no such object is returned as what an interface holds, by a function or a literal.
    fn returns_nothing(&self, ir: &ir::File, function: &ir::Function) -> bool {
        if function.body.is_none() {
            return true;
        }
        let asking: Vec<bool> = ir
            .signature(function.signature)
            .results
            .iter()
            .map(|result| self.asks(self.program.type_of(self.file, result.ty)))
            .collect();
        !asking.contains(&true)
            || ir.stmts.iter().filter(|stmt| function.span.contains(stmt.span)).all(|stmt| match stmt.kind {
                StmtKind::Return(values) => {
                    let values = ir.exprs_of(values);
                    values.len() != asking.len()
                        || !values.iter().zip(&asking).any(|(value, asks)| *asks && self.is_own(*value))
                }
                _ => true,
            })
    }

    /// Whether a field of a composite literal, or its elements, are no interface that has the method.
    fn is_of_fields(&self, literal: ExprId, name: Option<Name>) -> bool {
        let ty = self.program.type_of(self.file, literal);
        match self.program.ty(self.program.underlying(ty)) {
            Type::Struct(..) => {
                let mut fields = self.program.fields(ty).into_iter();
                match name {
                    Some(name) => fields
                        .find(|(field, _)| self.program.field(*field).name == name)
                        .is_some_and(|(_, ty)| !self.asks(ty)),
                    None => fields.all(|(_, ty)| !self.asks(ty)),
                }
            }
            Type::Slice(element) | Type::Array(element) | Type::Map { value: element, .. } => {
                !self.asks(*element)
            }
            _ => false,
        }
    }

    /// Whether a call gives no such object away for longer than it takes.
    fn is_given_for_call(&self, call: ExprId, callee: ExprId, args: &[ExprId]) -> bool {
        if !args.iter().any(|arg| self.is_own(*arg)) {
            return true;
        }
        let called = match self.program.callee(self.file, call) {
            Callee::Conversion(ty) => return !self.asks(ty),
            Callee::Builtin(_) => return true,
            callee => callee.declared(),
        };
        let Type::Signature(shape) = self.program.ty(self.program.type_of(self.file, callee)) else {
            return false;
        };
        args.iter().enumerate().filter(|(_, arg)| self.is_own(**arg)).all(|(n, _)| {
            let Some(param) = shape.params.get(n).or(shape.params.last()) else { return false };
            !self.asks(*param) || called.is_some_and(|f| self.only_borrows(f, n))
        })
    }

    /// Whether a function does not keep what it is given.
    fn only_borrows(&self, f: FunctionRef, argument: usize) -> bool {
        let Some(number) = self.world.summaries.number(f) else { return false };
        let function = self.program.ir(f.file).function(f.function);
        let summary = self.world.summaries.at(number);
        let Ok(param) = u32::try_from(argument + usize::from(function.receiver.is_some())) else {
            return false;
        };
        function.body.is_some()
            && !summary.publishes.contains(&param)
            && !summary.stored_in.iter().any(|(stored, _)| *stored == param)
    }
}
