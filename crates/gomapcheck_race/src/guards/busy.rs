//! Maps that are handed out while a flag keeps their writers waiting: under the lock, `for s.busy { s.cond.Wait() }` stands before
//! each change, and `s.busy = true` before the map is handed out. Until somebody puts the flag down, nobody changes the map.
//!
//! Asked for what is about to be reported, with the text of the functions at hand.

use gomapcheck_ir::{ExprId, ExprKind, FunctionKind, StmtId, StmtKind, StmtList};
use gomapcheck_source::Span;
use gomapcheck_types::{Callee, FunctionRef, MethodTarget, Program, Resolution};

use crate::conflict::{Confidence, ConflictKind, LockMode, Operation};
use crate::domain::{Held, Key};
use crate::evidence::{Finding, changes_map};
use crate::guards::SiteGroup;
use crate::guards::prepared::{Search, is_one};
use crate::summary::{Access, Thread};

/// Findings about maps that their writers leave alone while they are handed out are possible at best.
pub(crate) fn weaken_busy(program: &Program<'_>, groups: &[SiteGroup<'_>], findings: &mut [Finding<'_>]) {
    for finding in findings.iter_mut().filter(|finding| finding.confidence > Confidence::Possible) {
        let map = finding.key().outermost();
        let Ok(at) = groups.binary_search_by(|group| group.key.cmp(&map)) else { continue };
        if is_kept_apart(program, &groups[at], finding) {
            finding.confidence = Confidence::Possible;
        }
    }
}

fn is_kept_apart(program: &Program<'_>, group: &SiteGroup<'_>, finding: &Finding<'_>) -> bool {
    if finding.kind == ConflictKind::GuardedEscape {
        return Protocol::of(program, group, finding.first.access.function).is_some();
    }
    let sides = [&finding.first].into_iter().chain(&finding.second).chain(&finding.others);
    let (changes, uses): (Vec<&Access>, Vec<&Access>) =
        sides.map(|side| side.access).partition(|access| changes_map(access.operation));
    let is_known = |change: &&Access| group.sites.iter().any(|site| site.access.location == change.location);
    let is_meanwhile = |used: &&Access| {
        giver_of(program, used).is_some_and(|(giver, call)| {
            let protocol = Protocol::of(program, group, giver);
            protocol.is_some_and(|protocol| !protocol.is_over(used, call))
        })
    };
    !uses.is_empty() && changes.iter().all(is_known) && uses.iter().all(is_meanwhile)
}

/// The function whose result the variable is that an access uses, and the call.
fn giver_of(program: &Program<'_>, access: &Access) -> Option<(FunctionRef, Span)> {
    let file = access.location.file;
    let search = Search::new(program, file);
    let ExprKind::Local(used) = search.ir.kind(search.ir.unparen(access.operand)) else { return None };
    let (_, _, [call]) = search.given(used)? else { return None };
    Some((program.callee(file, *call).declared()?, search.ir.span(*call)))
}

/// A flag that a function raises before it hands a map out, and that all who change the map wait for.
struct Protocol<'p> {
    program: &'p Program<'p>,
    flag: Resolution,
}

impl<'p> Protocol<'p> {
    fn of(program: &'p Program<'p>, group: &SiteGroup<'_>, giver: FunctionRef) -> Option<Self> {
        let accesses = || group.sites.iter().map(|site| site.access);
        let is_given = |access: &&Access| access.function == giver && access.operation == Operation::Escape;
        let given = accesses().find(is_given)?;
        let changes = || accesses().filter(|access| changes_map(access.operation) && !access.fills);
        changes().next()?;
        let search = Search::new(program, giver.file);
        let mut locks = given.locks.surely.iter().filter(|held| is_taken_here(program, given, held));
        locks.find_map(|held| {
            let flag = raised(&search, giver, between(held.acquired.span, given.location.span))?;
            let protocol = Self { program, flag };
            changes().all(|change| protocol.keeps(change, &held.lock.key)).then_some(protocol)
        })
    }

    /// Whether a change is made under the lock by a function that has waited for the flag. Who puts the flag down has no more use
    /// for the map.
    fn keeps(&self, change: &Access, lock: &Key) -> bool {
        let function = change.function;
        let is_lock = |held: &&Held| held.lock.key == *lock && is_taken_here(self.program, change, held);
        let Some(held) = change.locks.surely.iter().find(is_lock) else { return false };
        let before = between(held.acquired.span, change.location.span);
        let search = Search::new(self.program, function.file);
        change.thread == Thread::Caller
            && change.stored.is_none()
            && (waits_for(&search, function, &self.flag, before) || self.puts_down(function))
    }

    /// Whether a function that may put the flag down is called between the call that gave the map and its use.
    fn is_over(&self, access: &Access, given: Span) -> bool {
        let file = access.location.file;
        let ir = self.program.ir(file);
        let meanwhile = between(given, access.location.span);
        let is_deferred = |span: Span| {
            ir.stmts.iter().any(|stmt| matches!(stmt.kind, StmtKind::Defer(_)) && stmt.span.contains(span))
        };
        (0..ir.exprs.len()).map(ExprId::new).any(|expr| {
            let span = ir.span(expr);
            meanwhile.contains(span)
                && matches!(ir.kind(expr), ExprKind::Call { .. })
                && self.program.callee(file, expr).declared().is_some_and(|function| self.puts_down(function))
                && !is_deferred(span)
        })
    }

    fn puts_down(&self, function: FunctionRef) -> bool {
        let search = Search::new(self.program, function.file);
        let body = self.program.ir(function.file).function(function.function).span;
        search.assignments(&self.flag).any(|(at, raises)| !raises && body.contains(at))
    }
}

fn between(first: Span, last: Span) -> Span {
    Span { start: first.end, end: last.start }
}

/// Whether a lock that is held for writing at an access was taken in the function that the access stands in.
fn is_taken_here(program: &Program<'_>, access: &Access, held: &Held) -> bool {
    let function = access.function;
    let declared = program.ir(function.file).function(function.function);
    held.mode == LockMode::Write
        && held.acquired.file == function.file
        && declared.span.contains(held.acquired.span)
}

/// The flag that a statement of the function itself raises within a span.
fn raised(search: &Search<'_>, function: FunctionRef, within: Span) -> Option<Resolution> {
    statements(search, function, within).find_map(|stmt| match search.ir.stmt(stmt).kind {
        StmtKind::Assign { targets, op: None, values } => {
            match (search.ir.exprs_of(targets), search.ir.exprs_of(values)) {
                ([target], [value]) if search.is_word(*value, "true") => search.shared(*target),
                _ => None,
            }
        }
        _ => None,
    })
}

/// Whether a function waits within a span until the flag is down, or leaves where it is up.
fn waits_for(search: &Search<'_>, function: FunctionRef, flag: &Resolution, within: Span) -> bool {
    let is_flag =
        |condition: ExprId| search.shared(condition).is_some_and(|looked_at| is_one(&looked_at, flag));
    statements(search, function, within).any(|stmt| match search.ir.stmt(stmt).kind {
        StmtKind::For { init: None, condition: Some(condition), post: None, body } => {
            is_flag(condition) && is_wait_alone(search, body)
        }
        StmtKind::If { init: None, condition, then, otherwise: None } => {
            let last = search.ir.stmts_of(then).last();
            is_flag(condition)
                && last.is_some_and(|last| matches!(search.ir.stmt(*last).kind, StmtKind::Return(_)))
        }
        _ => false,
    })
}

/// Whether a loop does nothing but wait on a condition variable.
fn is_wait_alone(search: &Search<'_>, body: StmtList) -> bool {
    let [only] = search.ir.stmts_of(body) else { return false };
    let StmtKind::Expr(call) = search.ir.stmt(*only).kind else { return false };
    let Callee::Method { selection, .. } = search.program.callee(search.file, call) else { return false };
    let (package, receiver, name) = match selection.method {
        MethodTarget::External(package, receiver, name) => (package, Some(receiver), name),
        MethodTarget::Declared(function) => {
            let declared = search.program.function_name(function);
            (declared.package, declared.receiver, declared.name)
        }
        MethodTarget::Interface(..) => return false,
    };
    let receiver = receiver.map(|receiver| receiver.as_str());
    (package.as_str(), receiver, name.as_str()) == ("sync", Some("Cond"), "Wait")
}

/// The statements of a function's own block that stand within a span.
fn statements<'s>(
    search: &'s Search<'_>,
    function: FunctionRef,
    within: Span,
) -> impl Iterator<Item = StmtId> + 's {
    let declared = search.ir.function(function.function);
    let body = declared.body.filter(|_| declared.kind != FunctionKind::Literal);
    let all = body.map_or(&[][..], |body| search.ir.stmts_of(body));
    all.iter().copied().filter(move |stmt| within.contains(search.ir.stmt(*stmt).span))
}
