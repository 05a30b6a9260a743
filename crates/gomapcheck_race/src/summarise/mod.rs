//! One function to its summary: an abstract interpreter over the structured IR.
//!
//! Functions are taken callees first, so that a call is the substitution of a finished summary. The members of a cycle are
//! interpreted twice: first with nothing known of each other, then with the first result.

mod alike;
mod assign;
mod bind;
mod cached;
mod call;
mod callbacks;
mod condition;
mod decoder;
mod encoder;
mod expression;
mod flag;
mod flow;
mod inherit;
mod instantiate;
mod interpreter;
mod keep;
mod known;
mod launch;
mod lent;
mod lock;
mod order;
mod outcome;
mod paths;
mod prepare;
mod prune;
mod record;
mod registration;
mod results;
mod rounds;
mod semaphore;
mod signals;
mod stable;
mod state;
#[cfg(test)]
mod state_tests;
mod statement;
mod translate;
mod wait;

pub(crate) use wait::own_group;

pub(crate) use decoder::decodes;
use std::cmp::Reverse;

use gomapcheck_ir::FunctionKind;
use gomapcheck_types::{FunctionRef, Program};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::models::Models;
use crate::summaries::{KeptSummary, Summaries};
use crate::summarise::flow::Dispatch;
use crate::summarise::semaphore::Semaphores;
use crate::summarise::stable::Variables;

/// How often the members of a cycle of calls are interpreted.
const CYCLE_ROUNDS: usize = 2;

/// How much of the summaries is kept when they are finished.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Detail {
    /// What contexts, guards and pairs read.
    Needed,
    /// All, for people to read.
    All,
}

/// Finished summaries, by function.
type Finished = FxHashMap<FunctionRef, KeptSummary>;

/// The functions of a component with their summaries.
type Component = Vec<(FunctionRef, KeptSummary)>;

/// What is known of a program before its functions are interpreted.
struct Tables<'t> {
    models: &'t Models,
    semaphores: Semaphores,
    variables: Variables,
    dispatch: Dispatch,
}

/// Summarises every function of the analysed packages, in parallel where the call graph allows it. The result does not depend
/// on the number of threads.
#[must_use]
pub fn program(program: &Program<'_>, models: &Models, detail: Detail) -> Summaries {
    let ((order, dispatch), (semaphores, variables)) = rayon::join(
        || order::order(program, models),
        || rayon::join(|| Semaphores::find(program), || Variables::find(program)),
    );
    let tables = Tables { models, semaphores, variables, dispatch };
    let mut finished = Finished::default();
    let mut sequence = Vec::new();
    let mut steps = 0;
    for layer in order.layers {
        let mut results: Vec<(usize, (Component, u64))> = by_size(program, &layer)
            .into_par_iter()
            .with_max_len(1)
            .map(|(position, component)| {
                let (mut summaries, taken) = summarise_component(program, &tables, &finished, component);
                if detail == Detail::Needed {
                    without_what_callers_read(&mut summaries, &order.called);
                }
                (position, (summaries, taken))
            })
            .collect();
        results.sort_unstable_by_key(|(position, _)| *position);
        for (_, (summaries, taken)) in results {
            steps += taken;
            for (function, summary) in summaries {
                sequence.push(function);
                finished.insert(function, summary);
            }
        }
    }
    let mut ordered: Vec<(FunctionRef, KeptSummary)> =
        sequence.into_iter().map(|f| (f, finished.remove(&f).unwrap_or_default())).collect();
    ordered.par_iter_mut().for_each(|(f, summary)| {
        if program.ir(f.file).function(f.function).kind == FunctionKind::Literal {
            // The function around it has taken them over, with the locks held there.
            summary.change(|summary| summary.calls = Vec::new());
        }
        if detail == Detail::Needed {
            summary.change(prune::finished);
        }
    });
    Summaries::new(ordered, steps)
}

/// The components of a layer with their positions in it, those with the most text first: one that comes last would keep the
/// other threads waiting.
fn by_size<'l>(program: &Program<'_>, layer: &'l [Vec<FunctionRef>]) -> Vec<(usize, &'l [FunctionRef])> {
    let size = |f: &FunctionRef| {
        let span = program.ir(f.file).function(f.function).span;
        u64::from(span.end.saturating_sub(span.start))
    };
    let mut components: Vec<(usize, &[FunctionRef])> = layer.iter().map(Vec::as_slice).enumerate().collect();
    components.sort_by_cached_key(|(_, component)| Reverse(component.iter().map(size).sum::<u64>()));
    components
}

/// Methods stay as they are: servers may run them without a call in sight.
fn without_what_callers_read(summaries: &mut [(FunctionRef, KeptSummary)], called: &FxHashSet<FunctionRef>) {
    for (function, summary) in summaries {
        if !called.contains(function) {
            summary.change(prune::without_callers);
        }
    }
}

/// The members of a cycle, each behind its literals and theirs: what a literal in a literal does has to come up in one round.
fn literals_first(program: &Program<'_>, component: &[FunctionRef]) -> Vec<FunctionRef> {
    let mut sequence = component.to_vec();
    if component.len() > 1 {
        sequence.sort_by_cached_key(|f| {
            let ir = program.ir(f.file);
            let around = || std::iter::successors(Some(f.function), |id| ir.function(*id).parent);
            let outermost = around().last().unwrap_or(f.function);
            (f.file, outermost, Reverse(around().count()), f.function)
        });
    }
    sequence
}

fn summarise_component(
    program: &Program<'_>,
    tables: &Tables<'_>,
    finished: &Finished,
    component: &[FunctionRef],
) -> (Component, u64) {
    let mut known = Finished::default();
    let mut steps = 0;
    let rounds = if component.len() > 1 { CYCLE_ROUNDS } else { 1 };
    let sequence = literals_first(program, component);
    for _ in 0..rounds {
        for function in &sequence {
            let (summary, taken) = interpreter::function(program, tables, &[&known, finished], *function);
            steps += taken;
            known.insert(*function, KeptSummary::from(summary));
        }
    }
    (component.iter().map(|f| (*f, known.remove(f).unwrap_or_default())).collect(), steps)
}
