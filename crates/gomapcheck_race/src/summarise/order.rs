//! The call graph of the analysed packages, and the order in which to summarise it.
//!
//! Strongly connected components by Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972), with an
//! explicit stack; linear in functions and calls.

use gomapcheck_ir::{self as ir, ExprKind, FunctionId};
use gomapcheck_source::{FileId, Span};
use gomapcheck_types::{Callee, FunctionRef, MethodTarget, Program, Resolution};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::models::Models;
use crate::summarise::flow::{Dispatch, InterfaceCall};
use crate::summarise::registration::methods_run;

/// An interface call is followed to its implementations only when there are few: with more, nothing useful is common to them.
pub(super) const MOST_IMPLEMENTATIONS: usize = 4;

/// Functions in layers: every callee stands in an earlier layer, or in the same component.
pub(super) struct Order {
    /// The layers; each holds components that do not depend on each other.
    pub(super) layers: Vec<Vec<Vec<FunctionRef>>>,
    /// The methods, and the functions that another one calls or mentions.
    pub(super) called: FxHashSet<FunctionRef>,
}

/// Orders every function that has a body, and tells which functions interface calls reach.
pub(super) fn order(program: &Program<'_>, models: &Models) -> (Order, Dispatch) {
    let functions: Vec<FunctionRef> = program.functions().filter(|f| has_body(program, *f)).collect();
    let index: FxHashMap<FunctionRef, u32> =
        functions.iter().enumerate().map(|(i, f)| (*f, u32::try_from(i).unwrap_or(u32::MAX))).collect();
    let (edges, dispatch) = edges(program, models, &functions, &index);
    (Order { layers: layers(&functions, &edges), called: called(program, &functions, &edges) }, dispatch)
}

fn called(program: &Program<'_>, functions: &[FunctionRef], edges: &[Vec<u32>]) -> FxHashSet<FunctionRef> {
    let is_method =
        |f: &FunctionRef| program.ir(f.file).function(f.function).kind == ir::FunctionKind::Method;
    let from_others = (0..).zip(edges).flat_map(|(from, to)| to.iter().filter(move |to| **to != from));
    let mentioned = from_others.map(|to| functions[*to as usize]);
    functions.iter().copied().filter(is_method).chain(mentioned).collect()
}

fn has_body(program: &Program<'_>, f: FunctionRef) -> bool {
    program.ir(f.file).function(f.function).body.is_some()
}

/// For each function its callees, literals inside it included, sorted.
fn edges(
    program: &Program<'_>,
    models: &Models,
    functions: &[FunctionRef],
    index: &FxHashMap<FunctionRef, u32>,
) -> (Vec<Vec<u32>>, Dispatch) {
    let mut files: Vec<FileId> = functions.iter().map(|f| f.file).collect();
    files.dedup();
    let mut edges = vec![Vec::new(); functions.len()];
    let found: Vec<FileEdges> =
        files.par_iter().map(|file| file_edges(program, models, *file, index)).collect();
    let mut calls = Vec::new();
    for (file, found) in files.iter().zip(found) {
        for (from, to) in found.edges {
            edges[from as usize].push(to);
        }
        calls.push((*file, found.calls));
    }
    let dispatch = Dispatch::find(program, &calls);
    for (file, calls) in &calls {
        for call in calls {
            let Some(from) = call.owner.and_then(|f| index.get(&FunctionRef::new(*file, f))) else {
                continue;
            };
            let reached = dispatch.of(*file, call.receiver).unwrap_or(&call.reached);
            edges[*from as usize].extend(reached.iter().filter_map(|f| index.get(f)));
        }
    }
    for targets in &mut edges {
        targets.sort_unstable();
        targets.dedup();
    }
    (edges, dispatch)
}

/// What one file tells of calls.
struct FileEdges {
    edges: Vec<(u32, u32)>,
    /// Calls through interfaces with few implementations.
    calls: Vec<InterfaceCall>,
}

fn file_edges(
    program: &Program<'_>,
    models: &Models,
    file: FileId,
    index: &FxHashMap<FunctionRef, u32>,
) -> FileEdges {
    let ir = program.ir(file);
    let owners = Owners::new(ir);
    let (mut edges, mut calls) = (Vec::new(), Vec::new());
    let mut add = |from: Option<FunctionId>, to: FunctionRef| {
        let from = from.and_then(|f| index.get(&FunctionRef::new(file, f)));
        if let (Some(from), Some(to)) = (from, index.get(&to)) {
            edges.push((*from, *to));
        }
    };
    for (i, expr) in ir.exprs.iter().enumerate() {
        let id = ir::ExprId::new(i);
        match expr.kind {
            ExprKind::Call { .. } => {
                let callee = program.callee(file, id);
                let run = methods_run(program, models, (file, id), &callee);
                run.iter().for_each(|f| add(owners.of(expr.span), *f));
                if let Callee::Method { receiver, selection } = callee
                    && let MethodTarget::Interface(Some(interface), method) = selection.method
                {
                    let reached = program.implementations_seen_from(file, interface, method);
                    if (1..=MOST_IMPLEMENTATIONS).contains(&reached.len()) {
                        let (owner, embedded) = (owners.of(expr.span), selection.embedded.last().copied());
                        calls.push(InterfaceCall { owner, receiver, interface, method, embedded, reached });
                    }
                }
            }
            ExprKind::Name(_) | ExprKind::Selector { .. } => {
                let resolution = program.resolution(file, id);
                let function = denoted(&resolution).or_else(|| function_of_variable(program, &resolution));
                if let Some(f) = function {
                    add(owners.of(expr.span), f);
                }
            }
            ExprKind::Function(literal) => add(ir.function(literal).parent, FunctionRef::new(file, literal)),
            _ => {}
        }
    }
    FileEdges { edges, calls }
}

/// The function that a name stands for.
pub(super) fn denoted(resolution: &Resolution) -> Option<FunctionRef> {
    match resolution {
        Resolution::Function(f) | Resolution::MethodExpression(f) => Some(*f),
        Resolution::Method(selection) => match selection.method {
            MethodTarget::Declared(f) => Some(f),
            _ => None,
        },
        _ => None,
    }
}

/// The function that a package-level variable is declared with: `var walk = filepath.Walk`. It may be given another one.
pub(super) fn function_of_variable(program: &Program<'_>, resolution: &Resolution) -> Option<FunctionRef> {
    let Resolution::Value(variable) = *resolution else { return None };
    let ir = program.ir(variable.file);
    let init = ir.unparen(ir.value(variable.value).init?);
    match ir.kind(init) {
        ExprKind::Function(literal) => Some(FunctionRef::new(variable.file, literal)),
        ExprKind::Name(_) | ExprKind::Selector { .. } => match program.resolution(variable.file, init) {
            Resolution::Function(f) => Some(f),
            _ => None,
        },
        _ => None,
    }
}

/// Finds the innermost function around a span, by binary search over the functions' starts.
pub(super) struct Owners<'a> {
    ir: &'a ir::File,
    starts: Vec<(u32, FunctionId)>,
    initializer: Option<FunctionId>,
}

impl<'a> Owners<'a> {
    pub(super) fn new(ir: &'a ir::File) -> Self {
        let mut starts: Vec<_> = ir
            .functions_with_ids()
            .filter(|(_, f)| f.kind != ir::FunctionKind::Initializer)
            .map(|(id, f)| (f.span.start, id))
            .collect();
        starts.sort_unstable();
        let initializer =
            ir.functions_with_ids().find(|(_, f)| f.kind == ir::FunctionKind::Initializer).map(|(id, _)| id);
        Self { ir, starts, initializer }
    }

    pub(super) fn of(&self, span: Span) -> Option<FunctionId> {
        let after = self.starts.partition_point(|(start, _)| *start <= span.start);
        let mut candidate = after.checked_sub(1).map(|i| self.starts[i].1);
        while let Some(id) = candidate {
            let function = self.ir.function(id);
            if function.kind == ir::FunctionKind::Initializer || function.span.contains(span) {
                return candidate;
            }
            candidate = function.parent;
        }
        self.initializer
    }
}

const UNSEEN: u32 = u32::MAX;

/// Components in layers by the longest chain of calls below them.
fn layers(functions: &[FunctionRef], edges: &[Vec<u32>]) -> Vec<Vec<Vec<FunctionRef>>> {
    let components = components(edges);
    let mut component_of = vec![0u32; functions.len()];
    for (c, members) in components.iter().enumerate() {
        for member in members {
            component_of[*member as usize] = u32::try_from(c).unwrap_or(u32::MAX);
        }
    }
    let mut layers: Vec<Vec<Vec<FunctionRef>>> = Vec::new();
    let mut layer_of = vec![0usize; components.len()];
    for (c, members) in components.iter().enumerate() {
        let below = members
            .iter()
            .flat_map(|m| &edges[*m as usize])
            .map(|to| component_of[*to as usize] as usize)
            .filter(|to| *to != c)
            .map(|to| layer_of[to] + 1)
            .max();
        layer_of[c] = below.unwrap_or(0);
        while layers.len() <= layer_of[c] {
            layers.push(Vec::new());
        }
        layers[layer_of[c]].push(members.iter().map(|m| functions[*m as usize]).collect());
    }
    layers
}

/// Strongly connected components, callees first.
fn components(edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let count = edges.len();
    let (mut number, mut low) = (vec![UNSEEN; count], vec![0u32; count]);
    let (mut on_stack, mut stack, mut found) = (vec![false; count], Vec::new(), Vec::new());
    let mut next = 0u32;
    for start in 0..count {
        if number[start] != UNSEEN {
            continue;
        }
        let mut work = vec![(start, 0usize)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                number[node] = next;
                low[node] = next;
                next += 1;
                stack.push(u32::try_from(node).unwrap_or(u32::MAX));
                on_stack[node] = true;
            } else {
                let child = edges[node][edge - 1] as usize;
                if on_stack[child] {
                    low[node] = low[node].min(low[child]);
                }
            }
            let mut descended = false;
            for (offset, to) in edges[node][edge..].iter().enumerate() {
                let to = *to as usize;
                if number[to] == UNSEEN {
                    work.push((node, edge + offset + 1));
                    work.push((to, 0));
                    descended = true;
                    break;
                } else if on_stack[to] {
                    low[node] = low[node].min(number[to]);
                }
            }
            if !descended && low[node] == number[node] {
                found.push(pop_component(&mut stack, &mut on_stack, node));
            }
        }
    }
    found
}

fn pop_component(stack: &mut Vec<u32>, on_stack: &mut [bool], root: usize) -> Vec<u32> {
    let mut members = Vec::new();
    while let Some(top) = stack.pop() {
        on_stack[top as usize] = false;
        members.push(top);
        if top as usize == root {
            break;
        }
    }
    members.sort_unstable();
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callees_come_first_and_cycles_stay_together() {
        // 0 → 1 → 2 → 1, 0 → 3
        let edges = vec![vec![1, 3], vec![2], vec![1], vec![]];
        assert_eq!(components(&edges), vec![vec![1, 2], vec![3], vec![0]]);
    }
}
