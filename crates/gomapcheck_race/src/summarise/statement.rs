//! Statements: how state flows through Go's structured control flow.

use gomapcheck_ir::{Clause, ClauseId, ExprId, ExprKind, ExprList, StmtId, StmtKind, StmtList, UnaryOp};
use gomapcheck_source::{Name, Span};
use gomapcheck_types::Type;

use crate::conflict::Operation;
use crate::domain::{Choice, LiveSet, Place, Root};
use crate::summarise::interpreter::{Frame, Interpreter};
use crate::summarise::outcome::{Known, tell_by_flag};
use crate::summarise::paths::{join, with_failures};
use crate::summarise::semaphore::TakenBy;
use crate::summarise::state::{State, fresh};
use crate::summary::{Manner, Value};

/// What a switch decides by.
#[derive(Clone, Copy)]
enum Switched<'s> {
    /// The value of an expression; none where each case is a condition.
    Value(Option<ExprId>),
    /// The type of what an interface holds.
    Type(&'s Value),
}

/// Loops in more loops than this are interpreted once: each level would double the work.
const DEEPEST_REPEATED: usize = 4;

impl Interpreter<'_> {
    /// Interprets a block; `None` in and out means that the point cannot be reached.
    pub(super) fn block(&mut self, mut state: Option<State>, block: StmtList) -> Option<State> {
        let ir = self.ir;
        for stmt in ir.stmts_of(block) {
            state = self.statement(state?, *stmt);
        }
        state
    }

    fn optional(&mut self, state: State, stmt: Option<StmtId>) -> Option<State> {
        match stmt {
            Some(stmt) => self.statement(state, stmt),
            None => Some(state),
        }
    }

    fn statement(&mut self, mut state: State, id: StmtId) -> Option<State> {
        self.step();
        let stmt = *self.ir.stmt(id);
        match stmt.kind {
            StmtKind::Bad | StmtKind::DeclareType(_) | StmtKind::Fallthrough => Some(state),
            StmtKind::Expr(expr) => {
                self.eval(&mut state, expr);
                self.unless_ended(state)
            }
            StmtKind::Send { channel, value } => {
                let sent = value;
                let (value, at) = (self.eval(&mut state, sent), channel);
                let channel = self.eval(&mut state, channel);
                self.channel_lock(&mut state, &channel, (TakenBy::Sending, at));
                if self.program.is_map(self.type_of(sent)) {
                    self.access_as(&state, &value, (sent, Manner::Sent), Operation::Escape);
                }
                self.publish(&mut state, &value);
                self.signal_channel(&mut state, &channel);
                Some(state)
            }
            StmtKind::IncDec(operand) => {
                self.assign_operation(&mut state, operand);
                Some(state)
            }
            StmtKind::Assign { targets, op, values } => {
                self.assign_statement(&mut state, targets, op.is_some(), values);
                Some(state)
            }
            StmtKind::Define { targets, values } | StmtKind::Declare { targets, values, .. } => {
                self.define(&mut state, targets, values);
                Some(state)
            }
            StmtKind::Go(call) => {
                self.go(&mut state, call);
                Some(state)
            }
            StmtKind::Defer(call) => {
                if let Some(prepared) = self.prepare(&mut state, call) {
                    self.deferred.push(prepared);
                }
                Some(state)
            }
            StmtKind::Return(values) => {
                self.return_values(&mut state, values);
                self.note_outcome(&state, values);
                let is_failure = self.failing > 0 || self.returns_new_error(values);
                let exits = if is_failure { &mut self.failures } else { &mut self.exits };
                *exits = join(exits.take(), Some(state));
                None
            }
            StmtKind::Break(label) => self.leave(state, label, false),
            StmtKind::Continue(label) => self.leave(state, label, true),
            StmtKind::Goto(_) => Some(state),
            StmtKind::Block(block) => self.block(Some(state), block),
            StmtKind::If { init, condition, then, otherwise } => {
                let state = self.optional(state, init)?;
                let (yes, no) = self.condition(state, condition);
                let fails = u32::from(self.is_failure(condition));
                let recovers = u32::from(self.is_recovery(init, condition));
                self.failing += fails;
                self.recovering += recovers;
                let yes = self.block(yes, then);
                self.failing -= fails;
                self.recovering -= recovers;
                let no = match (no, otherwise) {
                    (Some(no), Some(otherwise)) => self.statement(no, otherwise),
                    (no, _) => no,
                };
                join(yes, no)
            }
            StmtKind::Switch { init, subject, clauses, clause_count } => {
                let mut state = self.optional(state, init)?;
                if let Some(subject) = subject {
                    self.eval(&mut state, subject);
                }
                self.switch(state, clauses, clause_count, Switched::Value(subject))
            }
            StmtKind::TypeSwitch { init, subject, clauses, clause_count } => {
                let mut state = self.optional(state, init)?;
                let value = self.eval(&mut state, subject);
                self.switch(state, clauses, clause_count, Switched::Type(&value))
            }
            StmtKind::Select { clauses, clause_count } => self.select(state, clauses, clause_count),
            StmtKind::For { init, condition, post, body } => {
                let state = self.optional(state, init)?;
                self.for_loop(state, stmt.span, condition, post, body)
            }
            StmtKind::Range { key, value, define, over, body } => {
                self.range_loop(state, stmt.span, (key, value, define), over, body)
            }
            StmtKind::Labeled { label, stmt } => {
                self.label = Some(label);
                self.statement(state, stmt)
            }
        }
    }

    /// After a call that never returns nothing is reached.
    fn unless_ended(&mut self, state: State) -> Option<State> {
        if self.take_ended() { None } else { Some(state) }
    }

    fn leave(&mut self, state: State, label: Option<Name>, go_on: bool) -> Option<State> {
        let frame = self.frames.iter_mut().rev().find(|frame| match label {
            Some(_) => frame.label == label,
            None => !go_on || frame.is_loop,
        });
        if let Some(frame) = frame {
            let joined = if go_on { &mut frame.continues } else { &mut frame.breaks };
            *joined = join(joined.take(), Some(state));
        }
        None
    }

    fn enter(&mut self, is_loop: bool) {
        let label = self.label.take();
        self.frames.push(Frame { label, breaks: None, continues: None, is_loop });
    }

    fn switch(&mut self, state: State, first: ClauseId, count: u32, switched: Switched<'_>) -> Option<State> {
        self.enter(false);
        let ir = self.ir;
        let clauses: &[Clause] = if count == 0 { &[] } else { ir.clauses_of(first, count) };
        let mut after = if clauses.iter().any(|c| c.is_default) { None } else { Some(state.clone()) };
        let mut fallen: Option<State> = None;
        for (number, clause) in clauses.iter().enumerate() {
            let mut entry = state.clone();
            let mut known = Vec::new();
            match (switched, clause.local) {
                (Switched::Value(subject), _) => {
                    for case in ir.exprs_of(clause.cases) {
                        self.eval(&mut entry, *case);
                    }
                    known = self.known_in_clause(subject, clauses, number);
                }
                (Switched::Type(value), Some(local)) => self.bind_local(&mut entry, local, value.clone()),
                (Switched::Type(_), None) => {}
            }
            let entry = known.into_iter().try_fold(entry, |entry, known| self.assume(entry, known));
            let entry = join(entry, fallen.take());
            let end = self.block(entry, clause.body);
            let falls =
                ir.stmts_of(clause.body).last().is_some_and(|s| ir.stmt(*s).kind == StmtKind::Fallthrough);
            if falls {
                fallen = end;
            } else {
                after = join(after, end);
            }
        }
        let frame = self.frames.pop();
        join(after, frame.and_then(|f| f.breaks))
    }

    fn select(&mut self, state: State, first: ClauseId, count: u32) -> Option<State> {
        self.enter(false);
        let ir = self.ir;
        let clauses: &[Clause] = if count == 0 { &[] } else { ir.clauses_of(first, count) };
        let (mut after, mut failed) = (None, None);
        let flag = self.flag_set_in(clauses);
        let mut ends = Vec::new();
        for clause in clauses {
            let entry = match clause.communication {
                Some(communication) => self.statement(state.clone(), communication),
                None => Some(state.clone()),
            };
            let fails = clause.communication.is_some_and(|communication| self.receives_error(communication));
            self.failing += u32::from(fails);
            let end = self.block(entry, clause.body);
            self.failing -= u32::from(fails);
            if let (Some(flag), Some(end)) = (flag, &end) {
                ends.push((self.sets_flag(clause, flag), Known::at(end)));
            }
            // `case err = <-failed:` leaves it to the end of the function to tell.
            if fails && self.ir.stmts_of(clause.body).is_empty() {
                failed = join(failed, end);
            } else {
                after = join(after, end);
            }
        }
        let frame = self.frames.pop();
        let after = join(after, frame.and_then(|f| f.breaks));
        let mut after = with_failures(after, failed);
        if let (Some(flag), Some(after)) = (flag, &mut after) {
            tell_by_flag(after, flag, ends);
        }
        after
    }

    /// Whether what a select statement chooses is that an error comes by a channel.
    fn receives_error(&self, communication: StmtId) -> bool {
        let (StmtKind::Define { targets, values } | StmtKind::Assign { targets, values, op: None }) =
            self.ir.stmt(communication).kind
        else {
            return false;
        };
        match (self.ir.exprs_of(targets), self.ir.exprs_of(values)) {
            ([target, ..], [value]) => {
                let is_received = matches!(
                    self.ir.kind(self.ir.unparen(*value)),
                    ExprKind::Unary { op: UnaryOp::Receive, .. }
                );
                is_received && self.is_error_variable(*target)
            }
            _ => false,
        }
    }

    fn for_loop(
        &mut self,
        state: State,
        span: Span,
        condition: Option<ExprId>,
        post: Option<StmtId>,
        body: StmtList,
    ) -> Option<State> {
        self.repeat(state, (span, None), |this, entry| {
            let (inside, outside) = match condition {
                Some(condition) => this.condition(entry, condition),
                None => (Some(entry), None),
            };
            let end = this.block(inside, body);
            let end = this.continued(end);
            let end = match (end, post) {
                (Some(end), Some(post)) => this.statement(end, post),
                (end, _) => end,
            };
            (end, outside)
        })
    }

    fn range_loop(
        &mut self,
        mut state: State,
        span: Span,
        (key, value, define): (Option<ExprId>, Option<ExprId>, bool),
        over: ExprId,
        body: StmtList,
    ) -> Option<State> {
        let ranged = self.eval(&mut state, over);
        let over_type = self.type_of(over);
        if self.program.is_map(over_type) {
            self.access(&state, &ranged, over, Operation::Iterate);
        }
        let is_channel = matches!(self.shape(over_type), Type::Chan(..));
        if matches!(self.shape(over_type), Type::Signature(_)) {
            self.call_iterator(&mut state, &ranged, over);
        }
        let element = match &ranged {
            Value::Reference(reference) => {
                let by = value.map_or(Choice::UNKNOWN, Choice::of_loop);
                Self::step_element(reference, by).map_or(Value::Unknown, Value::Reference)
            }
            _ => Value::Unknown,
        };
        let drained = is_channel.then(|| ranged.clone());
        self.repeat(state, (span, drained), |this, mut entry| {
            let mut outside = entry.clone();
            if is_channel {
                this.receive(&mut outside, &ranged, true);
                this.receive(&mut entry, &ranged, false);
            }
            // The element of this round stands for the round.
            if let Some(variable) = value {
                entry.renew(&Place::root(fresh(variable)));
            }
            for (target, value) in [(key, Value::Unknown), (value, element.clone())] {
                match target {
                    Some(target) if define => this.define_target(&mut entry, target, value),
                    Some(target) => this.assign(&mut entry, target, value),
                    None => {}
                }
            }
            let end = this.block(Some(entry), body);
            (this.continued(end), Some(outside))
        })
    }

    /// Joins the states of the `continue` statements to the end of the body.
    fn continued(&mut self, end: Option<State>) -> Option<State> {
        let continues = self.frames.last_mut().and_then(|frame| frame.continues.take());
        join(end, continues)
    }

    /// Interprets a loop until its entry state is stable, twice at most: the domains that matter stabilise at once, and what
    /// does not is joined to "unknown". `pass` gives the state at the end of the body and the one that leaves the loop, which
    /// may receive from a channel until it is closed.
    fn repeat(
        &mut self,
        state: State,
        (span, drained): (Span, Option<Value>),
        mut pass: impl FnMut(&mut Self, State) -> (Option<State>, Option<State>),
    ) -> Option<State> {
        let label = self.label.take();
        if self.loops.is_empty() {
            self.before_loops = state.gates.clone();
        }
        self.loops.push(span);
        let (mut entry, mut after) = (state, None);
        let mut told = Vec::new();
        let passes = if self.loops.len() > DEEPEST_REPEATED { 1 } else { 2 };
        for _ in 0..passes {
            self.label = label;
            self.enter(true);
            let (end, mut outside) = pass(self, entry.clone());
            // As many goroutines as are waited for, one in each round: that there may be no round is no reason to doubt it.
            let awaited = end.as_ref().map_or(LiveSet::default(), |end| entry.live.without(end.live));
            if let (Some(outside), Some(end)) = (&mut outside, &end) {
                outside.live = outside.live.without(awaited);
                outside.waits.add_all(&end.waits);
            }
            let frame = self.frames.pop();
            after = join(outside, frame.and_then(|f| f.breaks));
            let Some(end) = end else { break };
            let ir = self.ir;
            self.recorder.repeated(end.live, span, |site| ir.span(site).start);
            told = end.told_since(&entry);
            let mut next = entry.clone().join(end);
            next.begin_round(&told);
            if next == entry {
                break;
            }
            entry = next;
            if let Some(exit) = after.take() {
                let mut last = entry.clone();
                last.live = last.live.without(awaited);
                after = Some(self.carried(exit, last, drained.as_ref()));
            }
        }
        self.loops.pop();
        if let Some(after) = after.as_mut().filter(|_| !told.is_empty()) {
            after.end_rounds(&told);
        }
        after
    }

    /// What leaves a loop has passed its end as well, once the loop has run: launches of the body may live.
    fn carried(&mut self, mut exit: State, mut last: State, drained: Option<&Value>) -> State {
        use crate::domain::Domain;
        if let Some(channel) = drained {
            self.receive(&mut last, channel, true);
        }
        exit.live = exit.live.join(&last.live);
        exit
    }

    fn define(&mut self, state: &mut State, targets: ExprList, values: ExprList) {
        let ir = self.ir;
        let (targets, values) = (ir.exprs_of(targets), ir.exprs_of(values));
        if values.is_empty() {
            for target in targets {
                self.define_target(state, *target, Value::Unknown);
                self.begin_slice(state, *target);
            }
        } else if targets.len() == values.len() {
            let found: Vec<Value> = values.iter().map(|v| self.eval(state, *v)).collect();
            for (target, value) in targets.iter().zip(found) {
                self.define_target(state, *target, value);
            }
        } else if let [value] = values {
            let results = self.eval_results(state, *value, targets.len());
            for (target, result) in targets.iter().zip(results) {
                self.define_target(state, *target, result);
            }
        }
        self.keep_outcome(state, targets.last(), values.last());
    }

    /// `var all []T`: what it will hold comes from here, and nobody else has seen any of it.
    fn begin_slice(&self, state: &mut State, target: ExprId) {
        let ExprKind::Local(local) = self.ir.kind(target) else { return };
        let local_ref = self.local_ref(local);
        let ty = self.program.local_type(self.file, local);
        if self.is_own(local_ref) && matches!(self.shape(ty), Type::Slice(_)) {
            state.make_empty(Root::Local(local_ref));
        }
    }

    fn assign_statement(&mut self, state: &mut State, targets: ExprList, compound: bool, values: ExprList) {
        let ir = self.ir;
        let (targets, values) = (ir.exprs_of(targets), ir.exprs_of(values));
        if compound {
            for value in values {
                self.eval(state, *value);
            }
            for target in targets {
                self.assign_operation(state, *target);
            }
        } else if targets.len() == values.len() {
            let found: Vec<Value> = values.iter().map(|v| self.eval(state, *v)).collect();
            for ((target, source), value) in targets.iter().zip(values).zip(found) {
                self.assigned = Some(*source);
                self.assign(state, *target, value);
            }
            self.assigned = None;
        } else if let [value] = values {
            let results = self.eval_results(state, *value, targets.len());
            for (target, result) in targets.iter().zip(results) {
                self.assign(state, *target, result);
            }
        }
        if !compound {
            self.keep_outcome(state, targets.last(), values.last());
        }
    }

    /// `x op= …`, `x++`: the target keeps its identity.
    fn assign_operation(&mut self, state: &mut State, target: ExprId) {
        let target = self.ir.unparen(target);
        match self.ir.kind(target) {
            ExprKind::Index { .. } => self.assign(state, target, Value::Unknown),
            _ => {
                self.eval(state, target);
            }
        }
    }
}
