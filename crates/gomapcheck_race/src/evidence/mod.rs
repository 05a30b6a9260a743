//! From findings to conflicts: grouped by map, with names, traces and reasons in words.

mod finding;
mod group;
mod names;

pub(crate) use finding::{Finding, Guard, Side, TraceStep, changes_map, collide, disturbs, kind_of};
pub(crate) use group::{group, without_repetitions};
pub(crate) use names::Names;

use gomapcheck_types::{FunctionRef, Program};
use rayon::prelude::*;

use crate::analyse::Options;
use crate::conflict::{AccessEvidence, Conflict, GuardEvidence, HeldLock, MapName, Step};
use crate::domain::Lockset;
use crate::models::LaunchKind;
use crate::summary::Multiplicity;

/// The conflicts that findings tell, sorted; `is_for_tests` tells which functions are for tests, in whatever files, and
/// `is_at_start` which accesses are part of an object's start.
pub(crate) fn conflicts(
    program: &Program<'_>,
    options: &Options<'_>,
    is_for_tests: &dyn Fn(FunctionRef) -> bool,
    is_at_start: &dyn Fn(&Side<'_>) -> bool,
    findings: Vec<Finding<'_>>,
) -> Vec<Conflict> {
    let writer = Writer { names: Names::new(program), options };
    let is_test = |file| (options.is_test)(file);
    let mut conflicts: Vec<Conflict> = group(findings, &is_test, is_for_tests, is_at_start)
        .par_iter()
        .map(|finding| writer.conflict(finding))
        .collect();
    conflicts.sort();
    conflicts
}

struct Writer<'w, 'p> {
    names: Names<'w, 'p>,
    options: &'w Options<'w>,
}

impl Writer<'_, '_> {
    fn conflict(&self, finding: &Finding<'_>) -> Conflict {
        let first = self.side(&finding.first);
        let mut others: Vec<AccessEvidence> = finding.others.iter().map(|side| self.side(side)).collect();
        others.sort();
        Conflict {
            kind: finding.kind,
            confidence: finding.confidence,
            map: MapName { written: first.expression.clone(), declared: self.names.declared(finding.key()) },
            second: finding.second.as_ref().map(|side| self.side(side)),
            guard: finding.guard.as_ref().map(|guard| self.guard(guard)),
            reason: finding.reason.clone(),
            others,
            first,
        }
    }

    fn side(&self, side: &Side<'_>) -> AccessEvidence {
        let access = side.access;
        AccessEvidence {
            location: side.at,
            operation: access.operation,
            expression: self.names.map(side),
            function: self.names.function(side.function),
            in_test: (self.options.is_test)(side.at.file),
            locks: self.locks(side, &side.locks),
            steps: side.trace.iter().map(|step| self.step(step)).collect(),
        }
    }

    fn locks(&self, side: &Side<'_>, locks: &Lockset) -> Vec<HeldLock> {
        // That a `sync.Once` is over, or a flag raised, orders, but nobody would call it a lock.
        let mut held: Vec<HeldLock> = locks
            .iter()
            .filter(|held| !held.lock.key.is_once() && !held.lock.key.is_flag())
            .map(|held| HeldLock {
                name: self.names.lock(side.terms, &held.lock),
                mode: held.mode,
                acquired: Some(held.acquired),
            })
            .collect();
        held.sort();
        held.dedup_by(|a, b| a.name == b.name);
        held
    }

    fn guard(&self, guard: &Guard) -> GuardEvidence {
        GuardEvidence {
            lock: self.names.key(&guard.lock),
            held_in: guard.held_in,
            of: guard.of,
            example: guard.example,
            declared: guard.declared,
        }
    }

    fn step(&self, step: &TraceStep) -> Step {
        match *step {
            TraceStep::Call(call) => {
                Step { location: call.location, text: format!("calls {}", self.names.function(call.callee)) }
            }
            TraceStep::Launch { location, kind, multiplicity } => {
                Step { location, text: launch_words(kind, multiplicity) }
            }
            TraceStep::Served { function, kind } => {
                let name = self.names.function(function);
                Step {
                    location: self.names.place_of(function),
                    text: format!("{name} is {}", role_words(kind)),
                }
            }
        }
    }
}

fn launch_words(kind: LaunchKind, multiplicity: Multiplicity) -> String {
    let what = match kind {
        LaunchKind::Go => "started by the go statement".to_owned(),
        LaunchKind::Launcher(name) => format!("started by {name}"),
        LaunchKind::Handler(name) => {
            return format!("registered with {name}, which runs it for each request");
        }
        LaunchKind::Callback(name) => format!("run on a goroutine of its own by {name}"),
        LaunchKind::Test(name) => format!("run in parallel by {name}"),
    };
    match multiplicity {
        Multiplicity::One => format!("{what} here"),
        Multiplicity::Loop { .. } => format!("{what} in a loop here"),
        Multiplicity::Many => format!("{what} here, several at once"),
    }
}

fn role_words(kind: LaunchKind) -> String {
    match kind {
        LaunchKind::Handler(name) => format!("a handler: {name} runs it for each request"),
        LaunchKind::Go => "run on a goroutine of its own".to_owned(),
        LaunchKind::Launcher(name) | LaunchKind::Callback(name) | LaunchKind::Test(name) => {
            format!("run by {name}")
        }
    }
}
