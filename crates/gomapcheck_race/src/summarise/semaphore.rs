//! Channels that serve as locks: made with room for one empty struct, which is in while the lock is held, or out.

use gomapcheck_ir::{self as ir, Expr, ExprId, ExprKind, FunctionId, LiteralKind, Stmt, StmtKind, UnaryOp};
use gomapcheck_source::FileId;
use gomapcheck_types::{LocalRef, Program, Resolution, ValueRef};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::{Key, KeyOwner};
use crate::summarise::order::Owners;

/// What takes the lock that a channel is; the other gives it back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TakenBy {
    /// `lock <- struct{}{}`.
    Sending,
    /// `<-token`, which whoever made the channel has put in.
    Receiving,
}

/// The channels of a program that are locks, by what declares them.
#[derive(Default, Debug)]
pub(super) struct Semaphores(FxHashMap<Key, TakenBy>);

impl Semaphores {
    /// Looks for them in every analysed file.
    pub(super) fn find(program: &Program<'_>) -> Self {
        let files = program.files();
        let found: Vec<Vec<(Key, TakenBy)>> = files
            .par_iter()
            .map(|file| Search { program, file: *file, ir: program.ir(*file) }.all())
            .collect();
        Self(found.into_iter().flatten().collect())
    }

    /// How the lock is taken that this channel is, if it is one.
    pub(super) fn get(&self, channel: &Key) -> Option<TakenBy> {
        if self.0.is_empty() { None } else { self.0.get(channel).copied() }
    }
}

/// Functions that do nothing but take a lock, or give it back, have no more statements than this, and no loop.
const LONGEST_HELPER: usize = 12;

fn sent_on(stmt: &Stmt) -> Option<ExprId> {
    match stmt.kind {
        StmtKind::Send { channel, .. } => Some(channel),
        _ => None,
    }
}

fn received_from(expr: &Expr) -> Option<ExprId> {
    match expr.kind {
        ExprKind::Unary { op: UnaryOp::Receive, operand } => Some(operand),
        _ => None,
    }
}

struct Search<'a> {
    program: &'a Program<'a>,
    file: FileId,
    ir: &'a ir::File,
}

impl Search<'_> {
    fn all(&self) -> Vec<(Key, TakenBy)> {
        let makes: Vec<ExprId> =
            (0..self.ir.exprs.len()).map(ExprId::new).filter(|expr| self.makes_one(*expr)).collect();
        if makes.is_empty() {
            return Vec::new();
        }
        let owners = Owners::new(self.ir);
        let of = |expr: ExprId| owners.of(self.ir.span(expr));
        let made = self.made(&makes).into_iter().filter(|(key, _)| self.may_be_lock(key, &of));
        made.map(|(key, make)| (key.clone(), self.style(&key, of(make), &of))).collect()
    }

    /// `make(chan struct{}, 1)`
    fn makes_one(&self, expr: ExprId) -> bool {
        let ExprKind::Call { args, .. } = self.ir.kind(expr) else { return false };
        let [ty, room] = *self.ir.exprs_of(args) else { return false };
        let ExprKind::ChanType { elem, .. } = self.ir.kind(self.ir.unparen(ty)) else { return false };
        let ExprKind::StructType(element) = self.ir.kind(self.ir.unparen(elem)) else { return false };
        self.ir.kind(room) == ExprKind::Literal(LiteralKind::One)
            && self.ir.struct_type(element).fields.is_empty()
    }

    /// What the channels are stored in, each with the expression that makes it.
    fn made(&self, makes: &[ExprId]) -> Vec<(Key, ExprId)> {
        let makes_one = |expr: ExprId| Some(self.ir.unparen(expr)).filter(|expr| makes.contains(expr));
        let mut made = Vec::new();
        for stmt in &self.ir.stmts {
            let (StmtKind::Assign { targets, values, .. }
            | StmtKind::Define { targets, values }
            | StmtKind::Declare { targets, values, .. }) = stmt.kind
            else {
                continue;
            };
            for (target, value) in self.ir.exprs_of(targets).iter().zip(self.ir.exprs_of(values)) {
                made.extend(makes_one(*value).and_then(|make| Some((self.key(*target)?, make))));
            }
        }
        for (index, expr) in self.ir.exprs.iter().enumerate() {
            let ExprKind::Composite { elements, .. } = expr.kind else { continue };
            for element in self.ir.elements_of(elements) {
                let Some((make, name)) = makes_one(element.value).zip(element.key_name) else { continue };
                let owner = self.program.named(self.program.type_of(self.file, ExprId::new(index)));
                made.extend(owner.map(|ty| (Key::owner(KeyOwner::Type(ty)).field(None, name), make)));
            }
        }
        for (index, value) in self.ir.values.iter().enumerate() {
            let variable = ValueRef::new(self.file, ir::ValueId::new(index));
            made.extend(
                value.init.and_then(makes_one).map(|make| (Key::owner(KeyOwner::Value(variable)), make)),
            );
        }
        made
    }

    /// Whether nothing speaks against a channel's being a lock: who takes it gives it back, unless that is all that it does. A
    /// channel on which one function tells another something is none.
    fn may_be_lock(&self, key: &Key, of: &dyn Fn(ExprId) -> Option<FunctionId>) -> bool {
        let is_meant = |channel: &ExprId| self.key(*channel).as_ref() == Some(key);
        let users = |channels: Vec<ExprId>| -> FxHashSet<FunctionId> {
            channels.into_iter().filter(is_meant).filter_map(of).map(|user| self.outermost(user)).collect()
        };
        let senders = users(self.ir.stmts.iter().filter_map(sent_on).collect());
        let receivers = users(self.ir.exprs.iter().filter_map(received_from).collect());
        let is_helper = |user: &FunctionId| {
            let whole = self.ir.function(*user).span;
            let mut inside = self.ir.stmts.iter().filter(|stmt| whole.contains(stmt.span));
            let is_loop = |stmt: &Stmt| matches!(stmt.kind, StmtKind::For { .. } | StmtKind::Range { .. });
            inside.clone().count() <= LONGEST_HELPER && !inside.any(is_loop)
        };
        let mut users = senders.union(&receivers);
        users.clone().next().is_none() || !senders.is_disjoint(&receivers) || users.all(is_helper)
    }

    fn outermost(&self, function: FunctionId) -> FunctionId {
        let around = std::iter::successors(Some(function), |id| self.ir.function(*id).parent);
        around.last().unwrap_or(function)
    }

    /// Who makes a channel and puts more in than it takes out gives a token to take.
    fn style(
        &self,
        key: &Key,
        maker: Option<FunctionId>,
        of: &dyn Fn(ExprId) -> Option<FunctionId>,
    ) -> TakenBy {
        let is_meant = |channel: ExprId| of(channel) == maker && self.key(channel).as_ref() == Some(key);
        let sends = self.ir.stmts.iter().filter_map(sent_on).filter(|channel| is_meant(*channel));
        let receives = self.ir.exprs.iter().filter_map(received_from).filter(|channel| is_meant(*channel));
        if sends.count() > receives.count() { TakenBy::Receiving } else { TakenBy::Sending }
    }

    /// What declares the variable or field that an expression names.
    fn key(&self, expr: ExprId) -> Option<Key> {
        let expr = self.ir.unparen(expr);
        if let ExprKind::Local(local) = self.ir.kind(expr) {
            return Some(Key::owner(KeyOwner::Local(LocalRef::new(self.file, local))));
        }
        match self.program.resolution(self.file, expr) {
            Resolution::Field(selection) => {
                let owner = self.program.field_owner(selection.field)?;
                let name = self.program.field(selection.field).name;
                Some(Key::owner(KeyOwner::Type(owner)).field(None, name))
            }
            Resolution::Value(value) => Some(Key::owner(KeyOwner::Value(value))),
            _ => None,
        }
    }
}
