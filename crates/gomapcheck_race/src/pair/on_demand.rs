//! Maps that a function fills on demand: it looks an element up, keeps what it finds, and stores what it has made itself where
//! there was none. Whoever writes such a function means to have it called from everywhere; without a lock, two callers collide.

use gomapcheck_ir::{self as ir, ExprId, ExprKind, LocalId, LocalKind, StmtKind, UnaryOp};
use gomapcheck_source::{FileId, Span};
use gomapcheck_types::{Builtin, Callee, Program, Type};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::conflict::{Confidence, Operation};
use crate::contexts::{Openness, World};
use crate::domain::{KeyOwner, Root};
use crate::evidence::{Finding, changes_map, kind_of};
use crate::guards::{Site, SiteGroup, is_in_set_up};
use crate::pair::by_declaration::is_guarded;
use crate::summary::Thread;

/// The unlocked caches: package variables are likely shared by callers of different goroutines, fields possibly.
pub(crate) fn findings<'a>(
    world: &World<'a>,
    groups: &[SiteGroup<'a>],
    program: &Program<'_>,
) -> Vec<Finding<'a>> {
    let mut uses: FxHashMap<FileId, Uses> = FxHashMap::default();
    let mut findings = Vec::new();
    for group in groups.iter().filter(|group| !is_guarded(group)) {
        for write in group.sites.iter().filter(|site| is_bare(site, Operation::Write)) {
            let precedes = |read: &&Site<'a>| {
                let (read, write) = (read.access, write.access);
                read.function == write.function && read.location.span.start < write.location.span.start
            };
            let reads: Vec<&Site<'a>> = group
                .sites
                .iter()
                .filter(|site| is_bare(site, Operation::Read) && site.function == write.function)
                .filter(precedes)
                .collect();
            let is_early = is_registration(world, write) || is_in_set_up(world, write);
            if reads.is_empty() || is_early || begins_anew(program, group, write) {
                continue;
            }
            let Some(confidence) = confidence(world, write) else { continue };
            let file = write.access.location.file;
            let uses = uses.entry(file).or_insert_with(|| Uses::of(program.ir(file)));
            let made = uses.stored_by(program, file, write.access.operand);
            let read = match made {
                Some(Stored::Empty) => reads.first().copied(),
                Some(Stored::Made) => reads.into_iter().find(|read| uses.kept.contains(&read.access.operand)),
                None => None,
            };
            let is_asked = made == Some(Stored::Empty)
                || uses.stores_container(program, file, write.access.operand)
                || gives_something(program, write);
            let confidence = if is_asked { confidence } else { Confidence::Possible };
            findings.extend(read.map(|read| finding(world, write, read, confidence)));
        }
    }
    findings
}

/// Whether the function of a write gives its callers something other than an error: they ask it for what the map holds.
fn gives_something(program: &Program<'_>, write: &Site<'_>) -> bool {
    let function = write.access.function;
    let ir = program.ir(function.file);
    let signature = ir.signature(ir.function(function.function).signature);
    let is_error =
        |result: &ir::Param| matches!(ir.kind(result.ty), ExprKind::Name(name) if name.as_str() == "error");
    signature.results.iter().any(|result| !is_error(result))
}

/// Whether an access of this kind to a map of the declaration itself holds no lock and runs on its caller's goroutine. A lock
/// that some callers hold, and others do not, is no lock of the map's.
fn is_bare(site: &Site<'_>, operation: Operation) -> bool {
    site.access.operation == operation
        && site.access.calls.is_empty()
        && site.access.key.depth == 0
        && site.access.thread == Thread::Caller
        && site.surely.is_empty()
        && site.usual.is_empty()
        && !site.vague
}

/// Whether a function registers something, going by its name: packages do that when they are initialised.
fn is_registration(world: &World<'_>, site: &Site<'_>) -> bool {
    world.facts[site.outermost as usize].name.name.as_str().to_ascii_lowercase().starts_with("register")
}

/// Whether a write's function has begun, on no condition, by putting a new map in place: what it looks up is what it has stored
/// itself.
fn begins_anew(program: &Program<'_>, group: &SiteGroup<'_>, write: &Site<'_>) -> bool {
    let written = write.access;
    let file = written.location.file;
    let ir = program.ir(file);
    let body = ir.function(written.function.function).body.map_or(&[][..], |body| ir.stmts_of(body));
    let begins = |at: Span| {
        let before = body.iter().map(|stmt| ir.stmt(*stmt));
        before.take_while(|stmt| stmt.span.end <= written.location.span.start).any(|stmt| match stmt.kind {
            StmtKind::Assign { values, op: None, .. } => {
                stmt.span.contains(at)
                    && ir.exprs_of(values).iter().all(|value| is_made(program, file, *value))
            }
            _ => false,
        })
    };
    group.sites.iter().any(|site| {
        site.access.operation == Operation::Replace
            && site.access.function == written.function
            && site.access.place == written.place
            && site.access.calls.is_empty()
            && begins(site.access.location.span)
    })
}

/// Whether an expression makes a new map.
fn is_made(program: &Program<'_>, file: FileId, value: ExprId) -> bool {
    let value = program.ir(file).unparen(value);
    match program.ir(file).kind(value) {
        ExprKind::Composite { .. } => true,
        ExprKind::Call { .. } => matches!(program.callee(file, value), Callee::Builtin(Builtin::Make)),
        _ => false,
    }
}

/// How well it is shown that callers of different goroutines mean the same map.
fn confidence(world: &World<'_>, write: &Site<'_>) -> Option<Confidence> {
    let is_sometimes_locked = !write.perhaps.is_empty();
    match write.access.key.owner {
        KeyOwner::Value(_) if is_sometimes_locked => None,
        KeyOwner::Value(_) => is_called_from_outside(world, write.outermost, 0).then_some(Confidence::Likely),
        KeyOwner::Type(_) => {
            let root = write.access.place.as_ref().map(|place| place.root);
            (root == Some(Root::Param(0))).then_some(Confidence::Possible)
        }
        _ => None,
    }
}

/// Deeper chains of calls are not followed.
const DEEPEST: u8 = 4;

/// Whether packages that are not in view may call a function, or one that calls it. Nobody imports the packages of a command.
fn is_called_from_outside(world: &World<'_>, function: u32, depth: u8) -> bool {
    let is_command =
        || world.facts[function as usize].name.package.as_str().split('/').any(|element| element == "cmd");
    (world.openness[function as usize] == Openness::Exported && !is_command())
        || (depth < DEEPEST
            && world
                .known_callers(function)
                .filter(|edge| !world.is_initial_call(edge))
                .any(|edge| is_called_from_outside(world, edge.caller, depth + 1)))
}

fn finding<'a>(world: &World<'a>, write: &Site<'a>, read: &Site<'a>, confidence: Confidence) -> Finding<'a> {
    debug_assert!(changes_map(write.access.operation), "a cache is filled by writes");
    Finding {
        kind: kind_of(write.access.operation, read.access.operation),
        confidence,
        first: write.side(world),
        second: Some(read.side(world)),
        guard: None,
        reason: "the map is filled on demand, by whichever goroutine asks first".to_owned(),
        others: Vec::new(),
        object: None,
    }
}

/// What one file does with the elements of maps, by the map operand.
struct Uses {
    /// Reads whose element is kept or returned.
    kept: FxHashSet<ExprId>,
    /// Writes, with what they store.
    stored: FxHashMap<ExprId, ExprId>,
    /// What local variables are given.
    given: FxHashMap<LocalId, ExprId>,
}

impl Uses {
    fn of(ir: &ir::File) -> Self {
        let mut uses =
            Self { kept: FxHashSet::default(), stored: FxHashMap::default(), given: FxHashMap::default() };
        for stmt in &ir.stmts {
            match stmt.kind {
                StmtKind::Assign { targets, op: None, values } | StmtKind::Define { targets, values } => {
                    uses.assignment(ir, ir.exprs_of(targets), ir.exprs_of(values));
                }
                StmtKind::Return(values) => {
                    uses.kept.extend(ir.exprs_of(values).iter().filter_map(|value| element_of(ir, *value)));
                }
                _ => {}
            }
        }
        uses
    }

    fn assignment(&mut self, ir: &ir::File, targets: &[ExprId], values: &[ExprId]) {
        // With a comma-ok form, the one value belongs to the first target.
        for (target, value) in targets.iter().zip(values) {
            if let Some(map) = element_of(ir, *target) {
                self.stored.insert(map, *value);
            }
            if let ExprKind::Local(local) = ir.kind(*target) {
                self.given.insert(local, *value);
            }
            let is_blank = matches!(ir.kind(*target), ExprKind::Name(name) if name.as_str() == "_");
            if let (Some(map), false) = (element_of(ir, *value), is_blank) {
                self.kept.insert(map);
            }
        }
    }

    /// Whether the write to `map` stores a variable that was last given an empty map, slice or struct: it is to be filled.
    fn stores_container(&self, program: &Program<'_>, file: FileId, map: ExprId) -> bool {
        let ir = program.ir(file);
        let stored = self.stored.get(&map).map(|value| ir.kind(ir.unparen(*value)));
        let Some(ExprKind::Local(local)) = stored else { return false };
        self.given.get(&local).is_some_and(|value| is_new(program, file, ir.unparen(*value)))
    }

    /// What the write to `map` stores, if its function has made that: not what it was given (a registration), and not a mere
    /// mark.
    fn stored_by(&self, program: &Program<'_>, file: FileId, map: ExprId) -> Option<Stored> {
        let ir = program.ir(file);
        let value = ir.unparen(*self.stored.get(&map)?);
        if matches!(program.ty(program.type_of(file, value)), Type::Signature(_)) {
            return None;
        }
        match ir.kind(value) {
            ExprKind::Local(local) => {
                let is_given = matches!(ir.local(local).kind, LocalKind::Param(_) | LocalKind::Receiver);
                (!is_given).then_some(Stored::Made)
            }
            ExprKind::Composite { .. } => Some(if is_empty(ir, value) && !is_mark(program, file, value) {
                Stored::Empty
            } else {
                Stored::Made
            }),
            ExprKind::Unary { op: UnaryOp::Address, operand } => {
                Some(if is_empty(ir, ir.unparen(operand)) { Stored::Empty } else { Stored::Made })
            }
            ExprKind::Call { .. } => {
                let is_make =
                    matches!(program.callee(file, value), Callee::Builtin(Builtin::Make | Builtin::New));
                Some(if is_make { Stored::Empty } else { Stored::Made })
            }
            _ => None,
        }
    }
}

/// Whether an expression makes something that holds nothing yet.
fn is_new(program: &Program<'_>, file: FileId, value: ExprId) -> bool {
    let ir = program.ir(file);
    match ir.kind(value) {
        ExprKind::Composite { .. } => is_empty(ir, value),
        ExprKind::Unary { op: UnaryOp::Address, operand } => is_empty(ir, ir.unparen(operand)),
        ExprKind::Call { .. } => {
            matches!(program.callee(file, value), Callee::Builtin(Builtin::Make | Builtin::New))
        }
        _ => false,
    }
}

/// What a function that fills a map on demand stores there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stored {
    /// A new, empty element: nobody stores one unless to have one there.
    Empty,
    /// Something else of its own.
    Made,
}

fn is_empty(ir: &ir::File, expr: ExprId) -> bool {
    matches!(
        ir.kind(expr),
        ExprKind::Composite { elements, .. } if elements.is_empty() && elements != ir::ElementList::CONSTANTS
    )
}

/// `struct{}{}`: the element of a set.
fn is_mark(program: &Program<'_>, file: FileId, expr: ExprId) -> bool {
    program.named(program.type_of(file, expr)).is_none()
        && matches!(program.ty(program.type_of(file, expr)), Type::Struct(..))
}

/// The map whose element an expression is.
fn element_of(ir: &ir::File, expr: ExprId) -> Option<ExprId> {
    match ir.kind(ir.unparen(expr)) {
        ExprKind::Index { base, .. } => Some(base),
        _ => None,
    }
}
