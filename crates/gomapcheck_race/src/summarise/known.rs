//! What branches tell of variables that keep their value, and what calls make of it.

use gomapcheck_ir::{BinaryOp, Clause, ExprId, ExprKind, LocalId, LocalKind, ValueKind};
use gomapcheck_source::Name;
use gomapcheck_types::{LocalRef, Resolution, Type};
use smallvec::SmallVec;

use crate::domain::{Condition, Place, Root, SharedList, Verdict, exclude_each_other};
use crate::summarise::bind::Binding;
use crate::summarise::interpreter::Interpreter;
use crate::summarise::state::State;
use crate::summary::{Reference, Value};

/// So much is known of variables at a point at most.
const MOST_CONDITIONS: usize = 8;

impl Interpreter<'_> {
    /// What holds of a variable where the condition `expr` does.
    pub(super) fn known_by(&self, expr: ExprId) -> Option<Condition> {
        match self.ir.kind(self.ir.unparen(expr)) {
            ExprKind::Local(local) => {
                Some(Condition { subject: self.subject(local)?, constant: Condition::truth(), holds: true })
            }
            ExprKind::Binary { op: op @ (BinaryOp::Equal | BinaryOp::NotEqual), left, right } => {
                let sides = self.compared(left, right).or_else(|| self.compared(right, left));
                let (subject, constant) = sides?;
                Some(equality(subject, constant, op == BinaryOp::Equal))
            }
            _ => None,
        }
    }

    fn compared(&self, variable: ExprId, constant: ExprId) -> Option<(Root, Root)> {
        let ExprKind::Local(local) = self.ir.kind(self.ir.unparen(variable)) else { return None };
        // Errors are checked all the time, and tell nothing of what is shared.
        let is_interface = matches!(self.shape(self.type_of(variable)), Type::Interface(_));
        let sides = (self.subject(local)?, self.constant(constant)?);
        (!is_interface).then_some(sides)
    }

    /// What is known in a clause of a switch over a variable: that it is none of the other clauses' constants, and which it
    /// is where the clause is for one alone.
    pub(super) fn known_in_clause(
        &self,
        subject: Option<ExprId>,
        clauses: &[Clause],
        own: usize,
    ) -> Vec<Condition> {
        let local = subject.and_then(|subject| match self.ir.kind(self.ir.unparen(subject)) {
            ExprKind::Local(local) => self.subject(local),
            _ => None,
        });
        let Some(subject) = local else { return Vec::new() };
        let constants = |clause: &Clause| -> Vec<Root> {
            self.ir.exprs_of(clause.cases).iter().filter_map(|case| self.constant(*case)).collect()
        };
        let mut known = Vec::new();
        for (index, clause) in clauses.iter().enumerate() {
            let of_clause = constants(clause);
            match (index == own, of_clause.as_slice()) {
                (true, [only]) if self.ir.exprs_of(clause.cases).len() == 1 => {
                    known.push(equality(subject, *only, true));
                }
                (true, _) => {}
                (false, others) => known.extend(others.iter().map(|other| equality(subject, *other, false))),
            }
        }
        known
    }

    /// The state in which something more is known; `None` where that cannot be. Goroutines that are only started where it
    /// does not hold do not run.
    pub(super) fn assume(&self, mut state: State, known: Condition) -> Option<State> {
        let known = SharedList::from(vec![known]);
        if exclude_each_other(&state.conditions, &known) {
            return None;
        }
        for (n, launch) in self.recorder.launches.iter().enumerate() {
            if exclude_each_other(&launch.conditions, &known) {
                state.live.remove(n);
            }
        }
        if state.conditions.len() < MOST_CONDITIONS {
            state.conditions.add_all(&known);
        }
        Some(state)
    }

    /// The variable as conditions name it, if it keeps its value.
    fn subject(&self, local: LocalId) -> Option<Root> {
        let local_ref = self.local_ref(local);
        if !self.variables.keeps_value(local_ref) {
            return None;
        }
        let declared = self.ir.local(local);
        match declared.kind {
            LocalKind::Param(_) if declared.function == self.function.function => {
                Some(Root::Param(self.param_number(declared.kind)?))
            }
            _ => Some(Root::Local(local_ref)),
        }
    }

    /// The constant that an expression names: `true`, `false`, `nil`, or one that a package declares.
    pub(super) fn constant(&self, expr: ExprId) -> Option<Root> {
        let expr = self.ir.unparen(expr);
        match (self.program.resolution(self.file, expr), self.ir.kind(expr)) {
            (Resolution::Universe, ExprKind::Name(name)) => {
                matches!(name.as_str(), "true" | "false" | "nil").then(|| Root::External(Name::new(""), name))
            }
            (Resolution::Value(value), _) => {
                let is_constant = self.program.ir(value.file).value(value.value).kind == ValueKind::Constant;
                is_constant.then_some(Root::Global(value))
            }
            (Resolution::ExternalValue(package, name), _) => Some(Root::External(package, name)),
            _ => None,
        }
    }

    /// The value of an argument. `true` and `false` are told by name, for the sake of the conditions that callees put on them.
    pub(super) fn argument(&mut self, state: &mut State, expr: ExprId) -> Value {
        let value = self.eval(state, expr);
        if value != Value::Unknown {
            return value;
        }
        match self.constant(expr) {
            Some(root) if root == Condition::truth() || root == Condition::falsehood() => {
                Value::Reference(Reference { place: Place::root(root), key: None, copied: false })
            }
            _ => value,
        }
    }

    /// The constants among a call's arguments.
    pub(super) fn constants(&self, parameters: &[Value]) -> SmallVec<[(u32, Root); 1]> {
        let constant = |(n, value): (u32, &Value)| match value {
            Value::Reference(reference) if reference.place.path.is_empty() => {
                self.is_constant(reference.place.root).then_some((n, reference.place.root))
            }
            _ => None,
        };
        (0..).zip(parameters).filter_map(constant).collect()
    }

    fn is_constant(&self, root: Root) -> bool {
        match root {
            Root::Global(value) => self.program.ir(value.file).value(value.value).kind == ValueKind::Constant,
            Root::External(..) => true,
            _ => false,
        }
    }

    /// What a callee knows of its variables, in terms of this function's; `None` where the arguments exclude it.
    pub(super) fn resolve_conditions(
        &self,
        binding: &Binding<'_>,
        conditions: &SharedList<Condition>,
    ) -> Option<SharedList<Condition>> {
        let mut resolved = SharedList::EMPTY;
        for condition in conditions {
            let Some(subject) = self.resolve_subject(binding, condition.subject) else { continue };
            if self.is_constant(subject) {
                if condition.verdict(subject) == Verdict::Contradicted {
                    return None;
                }
            } else {
                resolved.add(&Condition { subject, ..*condition });
            }
        }
        Some(resolved)
    }

    fn resolve_subject(&self, binding: &Binding<'_>, subject: Root) -> Option<Root> {
        match subject {
            Root::Param(n) => match binding.parameters.get(n as usize)? {
                Value::Reference(reference) if reference.place.path.is_empty() => {
                    self.kept_root(reference.place.root)
                }
                _ => None,
            },
            // A variable that a literal has captured goes by this function's own name for it.
            Root::Local(local) if binding.captures.is_empty() && self.is_visible(local) => {
                let declared_here = self.is_own(local);
                if declared_here { self.subject(local.local) } else { Some(subject) }
            }
            _ => None,
        }
    }

    /// A root whose value stays as long as this function runs.
    fn kept_root(&self, root: Root) -> Option<Root> {
        match root {
            Root::Local(local) => self.keeps_value(local).then_some(root),
            Root::Param(n) => {
                let function = self.ir.function(self.function.function);
                let is_meant = |local: &LocalId| self.param_number(self.ir.local(*local).kind) == Some(n);
                let params = &self.ir.signature(function.signature).params;
                let receiver = function.receiver.and_then(|receiver| receiver.local);
                let local = params.iter().filter_map(|param| param.local).chain(receiver).find(is_meant)?;
                self.keeps_value(self.local_ref(local)).then_some(root)
            }
            Root::Global(_) | Root::External(..) => self.is_constant(root).then_some(root),
            Root::Fresh(_) => None,
        }
    }

    fn keeps_value(&self, local: LocalRef) -> bool {
        self.is_visible(local) && self.variables.keeps_value(local)
    }
}

/// That a variable equals a constant, or does not; a truth value always in terms of `true`.
fn equality(subject: Root, constant: Root, holds: bool) -> Condition {
    if constant == Condition::falsehood() {
        Condition { subject, constant: Condition::truth(), holds: !holds }
    } else {
        Condition { subject, constant, holds }
    }
}
