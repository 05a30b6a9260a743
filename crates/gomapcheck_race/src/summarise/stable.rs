//! Local variables that keep their value, and those that literals or pointers reach: what conditions on them are worth.

use gomapcheck_ir::{self as ir, ExprId, ExprKind, LocalId, LocalKind, StmtKind, UnaryOp};
use gomapcheck_source::{FileId, Span};
use gomapcheck_types::{LocalRef, Program};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What is known of one local variable.
#[derive(Clone, Copy, Default, Debug)]
struct Traits {
    /// It is assigned where it is declared, and nowhere else.
    keeps_value: bool,
    /// A literal captures it, or its address is taken.
    is_reached: bool,
}

/// The local variables of a program's analysed files.
#[derive(Default, Debug)]
pub(super) struct Variables(FxHashMap<FileId, Vec<Traits>>);

impl Variables {
    /// Looks at every analysed file once.
    pub(super) fn find(program: &Program<'_>) -> Self {
        let files = program.files();
        Self(files.par_iter().map(|file| (*file, traits(program.ir(*file)))).collect())
    }

    /// Whether a variable has one value as long as its function runs: it is assigned once, and in no loop.
    pub(super) fn keeps_value(&self, local: LocalRef) -> bool {
        self.of(local).keeps_value
    }

    /// Whether a goroutine may see what the variable is given after it has been started.
    pub(super) fn is_reached(&self, local: LocalRef) -> bool {
        self.of(local).is_reached
    }

    fn of(&self, local: LocalRef) -> Traits {
        self.0
            .get(&local.file)
            .and_then(|traits| traits.get(local.local.index()))
            .copied()
            .unwrap_or_default()
    }
}

fn traits(file: &ir::File) -> Vec<Traits> {
    let loops = loops(file);
    let mut traits: Vec<Traits> = file
        .locals
        .iter()
        .map(|local| {
            let is_given = matches!(local.kind, LocalKind::Receiver | LocalKind::Param(_));
            let is_plain = matches!(local.kind, LocalKind::Variable | LocalKind::Constant);
            let function = file.function(local.function).span;
            let keeps_value = is_given || (is_plain && !is_repeated(&loops, local.span, function));
            Traits { keeps_value, is_reached: false }
        })
        .collect();
    let mut change = |local: LocalId, change: fn(&mut Traits)| {
        if let Some(traits) = traits.get_mut(local.index()) {
            change(traits);
        }
    };
    for stmt in &file.stmts {
        assigned(file, &stmt.kind, &mut |local| change(local, |traits| traits.keeps_value = false));
    }
    for expr in &file.exprs {
        if let ExprKind::Unary { op: UnaryOp::Address, operand } = expr.kind
            && let ExprKind::Local(local) = file.kind(file.unparen(operand))
        {
            change(local, |traits| *traits = Traits { keeps_value: false, is_reached: true });
        }
    }
    for (_, function) in file.functions_with_ids() {
        for capture in &function.captures {
            change(capture.local, |traits| traits.is_reached = true);
        }
    }
    traits
}

/// The variables that a statement gives another value than that which they are declared with.
fn assigned(file: &ir::File, stmt: &StmtKind, found: &mut dyn FnMut(LocalId)) {
    let mut target = |expr: ExprId, is_declaration: bool| {
        let expr = file.unparen(expr);
        if let ExprKind::Local(local) = file.kind(expr)
            && !(is_declaration && file.local(local).span == file.span(expr))
        {
            found(local);
        }
    };
    match *stmt {
        StmtKind::Assign { targets, .. } => {
            file.exprs_of(targets).iter().for_each(|expr| target(*expr, false));
        }
        // A variable that is declared without a value waits for one.
        StmtKind::Define { targets, .. } | StmtKind::Declare { targets, .. } => {
            file.exprs_of(targets).iter().for_each(|expr| target(*expr, true));
        }
        StmtKind::IncDec(operand) => target(operand, false),
        StmtKind::Range { key, value, define, .. } => {
            [key, value].into_iter().flatten().for_each(|expr| target(expr, define));
        }
        _ => {}
    }
}

/// Where loops stand, by their starts.
fn loops(file: &ir::File) -> Vec<Span> {
    let is_loop = |stmt: &&ir::Stmt| matches!(stmt.kind, StmtKind::For { .. } | StmtKind::Range { .. });
    let mut loops: Vec<Span> = file.stmts.iter().filter(is_loop).map(|stmt| stmt.span).collect();
    loops.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    loops
}

/// Whether a variable of a function stands in a loop of that function.
fn is_repeated(loops: &[Span], variable: Span, function: Span) -> bool {
    let begin = loops.partition_point(|span| span.start < function.start);
    loops[begin..].iter().take_while(|span| span.start <= variable.start).any(|span| span.contains(variable))
}
