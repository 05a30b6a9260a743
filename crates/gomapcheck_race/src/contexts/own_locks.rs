//! Locks that structs have a pointer to, made anew for each object: as good as locks in the struct itself.

use gomapcheck_ir::{self as ir, ExprId, ExprKind, StmtKind, UnaryOp};
use gomapcheck_source::FileId;
use gomapcheck_types::{Builtin, Callee, Program};
use rustc_hash::FxHashMap;

use crate::domain::{Key, KeyOwner};
use crate::summaries::Summaries;

/// What the code stores in a pointer to a lock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stored {
    /// Nothing that is seen.
    Nothing,
    /// New locks only.
    New,
    /// Perhaps the lock of something else.
    Other,
}

/// The fields and variables that point to locks, as far as accesses hold them, where all that these files ever store in
/// them is a lock made on the spot, and which is handed to nothing else. Sorted.
pub(crate) fn own_locks(program: &Program<'_>, summaries: &Summaries, files: &[FileId]) -> Vec<Key> {
    let mut stored: FxHashMap<Key, Stored> = FxHashMap::default();
    for (_, _, summary) in summaries.iter() {
        let locks = summary.sites.iter().map(|access| &access.locks.perhaps);
        let held =
            locks.chain(summary.calls.iter().map(|call| &call.locks.perhaps)).flat_map(|set| set.iter());
        for held in held.filter(|held| held.aliased && is_followed(&held.lock.key)) {
            stored.entry(held.lock.key.clone()).or_insert(Stored::Nothing);
        }
    }
    if stored.is_empty() {
        return Vec::new();
    }
    for file in files {
        Reader { program, file: *file, ir: program.ir(*file), stored: &mut stored }.read();
    }
    let mut own: Vec<Key> =
        stored.into_iter().filter(|(_, stored)| *stored == Stored::New).map(|(key, _)| key).collect();
    own.sort();
    own
}

/// Whether what is stored in a place of this declaration can be told: a field of a declared struct.
fn is_followed(key: &Key) -> bool {
    matches!(key.owner, KeyOwner::Type(_)) && key.path.len() == 1 && key.depth == 0
}

struct Reader<'r, 'p> {
    program: &'r Program<'p>,
    file: FileId,
    ir: &'r ir::File,
    stored: &'r mut FxHashMap<Key, Stored>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        for index in 0..self.ir.exprs.len() {
            match self.ir.exprs[index].kind {
                ExprKind::Composite { elements, .. } => self.literal(ExprId::new(index), elements),
                ExprKind::Call { args, .. } => {
                    self.ir.exprs_of(args).iter().for_each(|argument| self.hand_on(*argument));
                }
                _ => {}
            }
        }
        for stmt in &self.ir.stmts {
            if let StmtKind::Assign { targets, values, .. } = stmt.kind {
                let (targets, values) = (self.ir.exprs_of(targets), self.ir.exprs_of(values));
                values.iter().for_each(|value| self.hand_on(*value));
                let is_paired = targets.len() == values.len();
                for (index, target) in targets.iter().enumerate() {
                    self.assignment(*target, values.get(index).copied().filter(|_| is_paired));
                }
            }
        }
    }

    fn literal(&mut self, literal: ExprId, elements: ir::ElementList) {
        let elements = self.ir.elements_of(elements);
        elements.iter().for_each(|element| self.hand_on(element.value));
        let names_some = |element: &ir::Element| {
            element.key_name.is_none_or(|name| self.stored.keys().any(|key| key.path[0] == name))
        };
        if !elements.iter().any(names_some) {
            return;
        }
        let Some(owner) = self.program.named(self.program.type_of(self.file, literal)) else { return };
        let owner = KeyOwner::Type(owner);
        for element in elements {
            match element.key_name {
                Some(name) => self.store(&Key::owner(owner).field(None, name), Some(element.value)),
                // Which of the fields a value without a name is for is not worth the search.
                None if element.key.is_none() => {
                    let fields: Vec<Key> =
                        self.stored.keys().filter(|key| key.owner == owner).cloned().collect();
                    fields.iter().for_each(|field| self.store(field, None));
                }
                None => {}
            }
        }
    }

    fn assignment(&mut self, target: ExprId, value: Option<ExprId>) {
        let ExprKind::Selector { base, name } = self.ir.kind(self.ir.unparen(target)) else { return };
        if !self.stored.keys().any(|key| key.path[0] == name) {
            return;
        }
        match self.program.named(self.program.type_of(self.file, base)) {
            Some(owner) => self.store(&Key::owner(KeyOwner::Type(owner)).field(None, name), value),
            None => {
                let alike: Vec<Key> = self.stored.keys().filter(|key| key.path[0] == name).cloned().collect();
                alike.iter().for_each(|field| self.store(field, None));
            }
        }
    }

    /// A lock whose pointer goes elsewhere is that of something else from there on: `&Room{mu: hub.mu}`.
    fn hand_on(&mut self, value: ExprId) {
        self.assignment(value, None);
    }

    fn store(&mut self, field: &Key, value: Option<ExprId>) {
        let is_new = value.is_some_and(|value| self.is_new(value));
        if let Some(stored) = self.stored.get_mut(field) {
            *stored = if is_new && *stored != Stored::Other { Stored::New } else { Stored::Other };
        }
    }

    /// `&sync.Mutex{}` or `new(sync.Mutex)`.
    fn is_new(&self, value: ExprId) -> bool {
        let value = self.ir.unparen(value);
        match self.ir.kind(value) {
            ExprKind::Unary { op: UnaryOp::Address, operand } => {
                matches!(self.ir.kind(self.ir.unparen(operand)), ExprKind::Composite { .. })
            }
            ExprKind::Call { .. } => {
                matches!(self.program.callee(self.file, value), Callee::Builtin(Builtin::New))
            }
            _ => false,
        }
    }
}
