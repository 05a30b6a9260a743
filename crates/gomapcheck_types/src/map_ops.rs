use gomapcheck_ir::{self as ir, ExprId, ExprKind, FunctionId, FunctionKind, StmtKind};
use gomapcheck_source::{FileId, Span};
use rustc_hash::FxHashSet;

use crate::{Builtin, Program, Resolution};

/// What is done to a map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MapOp {
    /// `clear(m)`
    Clear,
    /// `delete(m, k)`
    Delete,
    /// `len(m)`
    Len,
    /// `for … := range m`
    Range,
    /// `m[k]` as a value
    Read,
    /// `m[k] = v`, `m[k] op= v`, `m[k]++`, `for m[k] = range …`
    Write,
}

impl MapOp {
    /// Its name in `gomapcheck dump map-ops`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Delete => "delete",
            Self::Len => "len",
            Self::Range => "range",
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// An operation on a built-in map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MapOperation {
    /// Where the map operand stands, parentheses included.
    pub span: Span,
    /// What is done.
    pub op: MapOp,
    /// The map operand.
    pub map: ExprId,
    /// The innermost function or literal around it; `None` outside functions.
    pub function: Option<FunctionId>,
}

/// The map operations of a target file, by position and kind.
///
/// The flat arenas of the IR hold every expression and statement, so no tree is walked: an index of a map is a read unless
/// a statement writes to it.
#[must_use]
pub fn map_operations(program: &Program<'_>, file: FileId) -> Vec<MapOperation> {
    let ir = program.ir(file);
    let mut finder = Finder { program, file, ir, written: FxHashSet::default(), found: Vec::new() };
    for stmt in &ir.stmts {
        finder.stmt(stmt.kind);
    }
    for index in 0..ir.exprs.len() {
        finder.expr(ExprId::new(index));
    }
    let mut found = finder.found;
    found.sort_unstable_by_key(|(map, op)| (ir.span(*map).start, *op, ir.span(*map).end));
    found.dedup_by_key(|(map, op)| (ir.span(*map), *op));
    let functions = FunctionsByPlace::new(ir);
    found
        .into_iter()
        .map(|(map, op)| {
            let span = ir.span(map);
            MapOperation { span, op, map, function: functions.innermost(span) }
        })
        .collect()
}

struct Finder<'p> {
    program: &'p Program<'p>,
    file: FileId,
    ir: &'p ir::File,
    /// Index expressions that a statement writes to.
    written: FxHashSet<ExprId>,
    found: Vec<(ExprId, MapOp)>,
}

impl Finder<'_> {
    fn add(&mut self, map: ExprId, op: MapOp) -> bool {
        let is_map = self.program.is_map(self.program.type_of(self.file, map));
        let is_value = is_map && !self.program.is_type(self.file, map);
        if is_value {
            self.found.push((map, op));
        }
        is_value
    }

    fn stmt(&mut self, kind: StmtKind) {
        match kind {
            StmtKind::Assign { targets, .. } => {
                for target in self.ir.exprs_of(targets) {
                    self.write(*target);
                }
            }
            StmtKind::IncDec(target) => self.write(target),
            StmtKind::Range { key, value, define, over, .. } => {
                for target in [key, value].into_iter().flatten().filter(|_| !define) {
                    self.write(target);
                }
                self.add(over, MapOp::Range);
            }
            _ => {}
        }
    }

    fn write(&mut self, target: ExprId) {
        let target = self.ir.unparen(target);
        if let ExprKind::Index { base, .. } = self.ir.kind(target)
            && self.add(base, MapOp::Write)
        {
            self.written.insert(target);
        }
    }

    fn expr(&mut self, expr: ExprId) {
        match self.ir.kind(expr) {
            ExprKind::Index { base, .. } if !self.written.contains(&expr) => {
                self.add(base, MapOp::Read);
            }
            ExprKind::Call { callee, args, .. } => {
                let op = match (self.program.resolution(self.file, callee), self.ir.exprs_of(args)) {
                    (Resolution::Builtin(Builtin::Delete), [map, _]) => Some((*map, MapOp::Delete)),
                    (Resolution::Builtin(Builtin::Clear), [map]) => Some((*map, MapOp::Clear)),
                    (Resolution::Builtin(Builtin::Len), [map]) => Some((*map, MapOp::Len)),
                    _ => None,
                };
                if let Some((map, op)) = op {
                    self.add(map, op);
                }
            }
            _ => {}
        }
    }
}

/// The functions of a file by where they begin.
struct FunctionsByPlace<'p> {
    ir: &'p ir::File,
    functions: Vec<FunctionId>,
}

impl<'p> FunctionsByPlace<'p> {
    fn new(ir: &'p ir::File) -> Self {
        let written = |(id, function): (FunctionId, &ir::Function)| {
            (function.kind != FunctionKind::Initializer).then_some(id)
        };
        let mut functions: Vec<FunctionId> = ir.functions_with_ids().filter_map(written).collect();
        functions
            .sort_by_key(|id| (ir.function(*id).span.start, std::cmp::Reverse(ir.function(*id).span.end)));
        Self { ir, functions }
    }

    /// Functions nest, so the innermost one around a place is the last that begins before it, or one around that.
    fn innermost(&self, place: Span) -> Option<FunctionId> {
        let after = self.functions.partition_point(|id| self.ir.function(*id).span.start <= place.start);
        let mut candidate = self.functions[..after].last().copied();
        while let Some(id) = candidate
            && !self.ir.function(id).span.contains(place)
        {
            candidate = self.ir.function(id).parent;
        }
        candidate.filter(|id| self.ir.function(*id).kind != FunctionKind::Initializer)
    }
}
