//! A `sync.Map` that is looked into and then changed in two steps, where another goroutine may come between.

use gomapcheck_ir::{
    ExprId, ExprKind, FunctionId, FunctionKind, LocalId, LocalKind, NoteTarget, StmtId, StmtKind, StmtList,
};
use gomapcheck_source::{Name, Span};
use gomapcheck_types::{Callee, MethodTarget, Type};
use rustc_hash::FxHashSet;

use super::Misuse;
use super::code::Code;
use crate::conflict::{Confidence, ConflictKind, Operation};

/// What is missing in the code, by what the change depends on.
const LOAD_OR_STORE: &str = "LoadOrStore does both in one step";
const COMPARE_AND_SWAP: &str = "CompareAndSwap stores only if the value is still the one that was loaded";
const LOAD_AND_DELETE: &str = "LoadAndDelete does both in one step";

/// A call of a `sync.Map`'s method.
#[derive(Clone, Copy, Debug)]
struct Call {
    expr: ExprId,
    /// The place of its first byte, by which calls are sorted.
    start: u32,
    method: Method,
    map: ExprId,
    key: ExprId,
    value: Option<ExprId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Method {
    Load,
    Store,
    Delete,
    /// Looks and acts in one step.
    Atomic,
}

fn method(name: Name) -> Option<Method> {
    Some(match name.as_str() {
        "Load" => Method::Load,
        "Store" => Method::Store,
        "Delete" => Method::Delete,
        "LoadOrStore" | "LoadAndDelete" | "CompareAndSwap" | "CompareAndDelete" | "Swap" => Method::Atomic,
        _ => return None,
    })
}

/// Look and change of one key in two steps.
pub(super) fn find(code: &Code<'_>) -> Vec<Misuse> {
    let calls = calls(code);
    let has = |method| calls.iter().any(|call| call.method == method);
    if !has(Method::Load) || !(has(Method::Store) || has(Method::Delete)) {
        return Vec::new();
    }
    let search = Search { code, functions: Functions::new(code), calls, locks: locks(code) };
    let mut found = Vec::new();
    for block in blocks(code) {
        let end = code.block_span(block).end;
        for stmt in code.ir.stmts_of(block) {
            found.extend(search.at(*stmt, end));
        }
    }
    found
}

fn calls(code: &Code<'_>) -> Vec<Call> {
    let mut calls = Vec::new();
    for (index, expr) in code.ir.exprs.iter().enumerate() {
        let ExprKind::Call { callee, args, .. } = expr.kind else { continue };
        let ExprKind::Selector { name, .. } = code.ir.kind(code.ir.unparen(callee)) else { continue };
        let (Some(method), [key, others @ ..]) = (method(name), code.ir.exprs_of(args)) else { continue };
        let id = ExprId::new(index);
        if let Some(map) = sync_map(code, id) {
            let (start, value) = (expr.span.start, others.first().copied());
            calls.push(Call { expr: id, start, method, map, key: *key, value });
        }
    }
    calls.sort_by_key(|call| call.start);
    calls
}

/// The `sync.Map` that a call's method belongs to.
fn sync_map(code: &Code<'_>, call: ExprId) -> Option<ExprId> {
    let Callee::Method { receiver, selection } = code.program.callee(code.file, call) else { return None };
    if matches!(selection.method, MethodTarget::Interface(..)) {
        return None;
    }
    let (package, owner, _) = code.called(call)?;
    (package.as_str() == "sync" && owner.is_some_and(|owner| owner.as_str() == "Map")).then_some(receiver)
}

/// Every block of statements of the file.
fn blocks<'c>(code: &'c Code<'_>) -> impl Iterator<Item = StmtList> + 'c {
    let of_statements = code.ir.stmts.iter().filter_map(|stmt| match stmt.kind {
        StmtKind::Block(block) => Some(block),
        StmtKind::If { then, .. } => Some(then),
        StmtKind::For { body, .. } | StmtKind::Range { body, .. } => Some(body),
        _ => None,
    });
    let of_clauses = code.ir.clauses.iter().map(|clause| clause.body);
    code.bodies().map(|(_, body)| body).chain(of_statements).chain(of_clauses)
}

/// A call that takes or releases a lock, told by its name.
struct LockCall {
    start: u32,
    takes: bool,
}

/// Calls that take a lock, and those that release one at once.
fn locks(code: &Code<'_>) -> Vec<LockCall> {
    let deferred: FxHashSet<ExprId> = code
        .ir
        .stmts
        .iter()
        .filter_map(|stmt| match stmt.kind {
            StmtKind::Defer(call) => Some(code.ir.unparen(call)),
            _ => None,
        })
        .collect();
    let mut locks = Vec::new();
    for (index, expr) in code.ir.exprs.iter().enumerate() {
        let ExprKind::Call { callee, .. } = expr.kind else { continue };
        let name = match code.ir.kind(code.ir.unparen(callee)) {
            ExprKind::Selector { name, .. } | ExprKind::Name(name) => name.as_str().to_ascii_lowercase(),
            _ => continue,
        };
        let releases = name.contains("unlock");
        let is_of_lock = name.contains("lock") && !name.contains("block") && !name.contains("clock");
        let is_deferred = deferred.contains(&ExprId::new(index));
        if is_of_lock && (!releases || !is_deferred) {
            locks.push(LockCall { start: expr.span.start, takes: !releases });
        }
    }
    locks.sort_by_key(|lock| lock.start);
    locks
}

/// The functions of a file by where they begin.
struct Functions {
    by_place: Vec<(u32, FunctionId)>,
    /// Functions that run under somebody's exclusion: literals given to `once.Do`, `group.Do`, `withLock`, and those
    /// whose comment asks for a lock.
    exclusive: FxHashSet<FunctionId>,
}

impl Functions {
    fn new(code: &Code<'_>) -> Self {
        let written = code.ir.functions_with_ids().filter(|(_, f)| f.kind != FunctionKind::Initializer);
        let mut by_place: Vec<_> = written.map(|(id, function)| (function.span.start, id)).collect();
        by_place.sort_unstable();
        let mut exclusive = FxHashSet::default();
        for expr in &code.ir.exprs {
            let ExprKind::Call { callee, args, .. } = expr.kind else { continue };
            let (ExprKind::Selector { name, .. } | ExprKind::Name(name)) =
                code.ir.kind(code.ir.unparen(callee))
            else {
                continue;
            };
            let name = name.as_str();
            if matches!(name, "Do" | "DoChan") || name.to_ascii_lowercase().contains("lock") {
                for arg in code.ir.exprs_of(args) {
                    if let ExprKind::Function(literal) = code.ir.kind(code.ir.unparen(*arg)) {
                        exclusive.insert(literal);
                    }
                }
            }
        }
        // "The lock must be held": only callers' locks can be meant.
        exclusive.extend(code.ir.notes.iter().filter_map(|note| match note.target {
            NoteTarget::Function(function) if note.text.contains("held") || note.text.contains("hold") => {
                Some(function)
            }
            _ => None,
        }));
        Self { by_place, exclusive }
    }

    /// The innermost function around a place.
    fn around(&self, code: &Code<'_>, place: Span) -> Option<FunctionId> {
        let after = self.by_place.partition_point(|(start, _)| *start <= place.start);
        let mut candidate = self.by_place.get(..after)?.last().map(|(_, id)| *id);
        while let Some(id) = candidate
            && !code.ir.function(id).span.contains(place)
        {
            candidate = code.ir.function(id).parent;
        }
        candidate
    }

    /// Whether a function, or one around it, is known to run under a lock of its callers.
    fn is_exclusive(&self, code: &Code<'_>, function: FunctionId) -> bool {
        let mut around = Some(function);
        while let Some(id) = around {
            let function = code.ir.function(id);
            let name = function.name.as_str();
            if self.exclusive.contains(&id)
                || name.ends_with("Locked")
                || name.ends_with("NoLock")
                || matches!(name, "init" | "main")
            {
                return true;
            }
            around = function.parent;
        }
        false
    }
}

/// A look into the map: `value, found := m.Load(key)`.
struct Look<'c> {
    call: &'c Call,
    value: Option<LocalId>,
    found: Option<LocalId>,
    function: FunctionId,
    /// Where the change may stand: behind the look, up to the end of its block.
    scope: Span,
}

struct Search<'c, 'p> {
    code: &'c Code<'p>,
    functions: Functions,
    calls: Vec<Call>,
    locks: Vec<LockCall>,
}

impl Search<'_, '_> {
    /// What a look in this statement, or in the head of this `if`, is followed by before its block ends.
    fn at(&self, stmt: StmtId, end: u32) -> Option<Misuse> {
        let look = self.look(stmt, end)?;
        if self.functions.is_exclusive(self.code, look.function) || self.is_own(look.call.map, look.function)
        {
            return None;
        }
        let change = self.change(&look)?;
        let between = Span::new(look.scope.start, change.start);
        if self.is_locked(&look, change)
            || self.code.is_changed(change.key, between, &|_| false)
            || self.code.is_changed(change.map, between, &|_| false)
        {
            return None;
        }
        let reason = self.reason(&look, change)?;
        let operation = if change.method == Method::Delete { Operation::Delete } else { Operation::Write };
        Some(Misuse {
            kind: ConflictKind::SyncMapCheckThenAct,
            confidence: Confidence::Likely,
            function: look.function,
            changed: (change.map, operation),
            other: (look.call.map, Operation::Read),
            is_slice: false,
            reason,
        })
    }

    fn look(&self, stmt: StmtId, end: u32) -> Option<Look<'_>> {
        let ir = self.code.ir;
        let outer = ir.stmt(stmt);
        let looking = match outer.kind {
            StmtKind::If { init: Some(init), .. } => init,
            _ => stmt,
        };
        let (StmtKind::Define { targets, values } | StmtKind::Assign { targets, values, op: None }) =
            ir.stmt(looking).kind
        else {
            return None;
        };
        let ([value, found], [load]) = (ir.exprs_of(targets), ir.exprs_of(values)) else { return None };
        let start = ir.span(ir.unparen(*load)).start;
        let first = self.calls.partition_point(|call| call.start < start);
        let call = self.calls.get(first).filter(|call| call.expr == ir.unparen(*load))?;
        let function = self.functions.around(self.code, outer.span)?;
        let scope = Span::new(ir.stmt(looking).span.end, end.max(ir.stmt(looking).span.end));
        let is_load = call.method == Method::Load;
        is_load.then(|| Look {
            call,
            value: self.code.local(*value),
            found: self.code.local(*found),
            function,
            scope,
        })
    }

    /// Whether the map itself is a variable of this very function, which decides who shares it and when.
    fn is_own(&self, map: ExprId, function: FunctionId) -> bool {
        let program = self.code.program;
        self.code.local(map).is_some_and(|local| {
            let is_pointer =
                matches!(program.ty(program.local_type(self.code.file, local)), Type::Pointer(_));
            let local = self.code.ir.local(local);
            local.kind == LocalKind::Variable && local.function == function && !is_pointer
        })
    }

    /// The next change of the same key, unless the code looks and acts in one step before.
    fn change(&self, look: &Look<'_>) -> Option<&Call> {
        let first = self.calls.partition_point(|call| call.start < look.scope.start);
        let within = self.calls.iter().skip(first).take_while(|call| call.start < look.scope.end);
        let same = within.filter(|call| {
            self.code.same(call.map, look.call.map)
                && self.code.same(call.key, look.call.key)
                && self.functions.around(self.code, self.code.ir.span(call.expr)) == Some(look.function)
        });
        let mut next = same.filter(|call| call.method != Method::Load);
        next.next().filter(|call| call.method != Method::Atomic)
    }

    /// Whether more locks have been taken than released where the map is looked into or changed.
    fn is_locked(&self, look: &Look<'_>, change: &Call) -> bool {
        // A literal may stand where the function around it holds the lock.
        let outermost = self.code.program.outermost(self.code.file, look.function);
        let begin = self.code.ir.function(outermost).span.start;
        let first = self.locks.partition_point(|lock| lock.start < begin);
        let held_at = |place: u32| {
            let mut held = 0_i32;
            for lock in self.locks.iter().skip(first).take_while(|lock| lock.start < place) {
                held = if lock.takes { held + 1 } else { (held - 1).max(0) };
            }
            held > 0
        };
        held_at(look.call.start) || held_at(change.start)
    }

    /// What the code should have used, if the change depends on the look.
    fn reason(&self, look: &Look<'_>, change: &Call) -> Option<&'static str> {
        let code = self.code;
        let between = Span::new(look.scope.start, change.start);
        let told = self.told_by(look, between);
        if change.method == Method::Delete {
            // Whoever only asks whether there is something to delete does no harm: the second of two deletes nothing.
            let takes = look.value.is_some_and(|value| code.mentions(look.scope, &[value]));
            return takes.then_some(LOAD_AND_DELETE);
        }
        if change.value.is_some_and(|value| code.mentions(code.ir.span(value), &told)) {
            return Some(COMPARE_AND_SWAP);
        }
        self.is_conditional(look, change, &told).then_some(LOAD_OR_STORE)
    }

    /// The variables that tell of what was loaded: the look's own and those computed from them.
    fn told_by(&self, look: &Look<'_>, between: Span) -> Vec<LocalId> {
        let code = self.code;
        let mut told: Vec<LocalId> = look.value.into_iter().chain(look.found).collect();
        for assignment in code.assignments(between) {
            let Some(local) = code.local(assignment.target) else { continue };
            let is_told = assignment.source.is_some_and(|source| code.mentions(code.ir.span(source), &told));
            if is_told && !told.contains(&local) {
                told.push(local);
            }
        }
        told
    }

    /// Whether a condition on what was loaded decides about the change: an `if` around it, or one that leaves before it.
    fn is_conditional(&self, look: &Look<'_>, change: &Call, told: &[LocalId]) -> bool {
        let code = self.code;
        let place = code.ir.span(change.expr);
        code.ir.stmts.iter().any(|stmt| {
            let StmtKind::If { condition, then, .. } = stmt.kind else { return false };
            let condition = code.ir.span(condition);
            let is_between = look.scope.start <= condition.start && condition.end <= place.start;
            is_between
                && code.mentions(condition, told)
                && (stmt.span.contains(place) || stmt.span.end <= place.start && self.leaves(then))
        })
    }

    fn leaves(&self, block: StmtList) -> bool {
        let last = self.code.ir.stmts_of(block).last().map(|stmt| self.code.ir.stmt(*stmt).kind);
        matches!(
            last,
            Some(StmtKind::Return(_) | StmtKind::Continue(_) | StmtKind::Break(_) | StmtKind::Goto(_))
        )
    }
}
