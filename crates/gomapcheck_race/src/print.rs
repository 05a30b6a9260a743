//! Summaries as text, one line an entry: what `gomapcheck dump summaries` shows.

use std::fmt::Write;

use gomapcheck_types::{FunctionRef, Program};

use crate::conflict::LockMode;
use crate::domain::{Locks, Lockset};
use crate::evidence::Names;
use crate::summary::{Access, CallStep, Multiplicity, Ownership, Summary, Thread, Value};

/// A function's summary, its name on the first line, one entry on each further line, indented.
#[must_use]
pub fn print_summary(program: &Program<'_>, f: FunctionRef, summary: &Summary) -> String {
    let printer = Printer { names: Names::new(program), function: f };
    let mut lines = vec![printer.names.function(f)];
    lines.extend(summary.accesses.iter().map(|access| format!("  access {}", printer.access(access))));
    lines.extend(summary.sites.iter().map(|access| format!("  site {}", printer.access(access))));
    for call in &summary.calls {
        let arguments: Vec<String> = call.arguments.iter().map(|argument| ownership(*argument)).collect();
        lines.push(format!(
            "  call {} ({}){}{}{} at {}",
            printer.names.function(call.callee),
            arguments.join(", "),
            printer.locks(&call.locks),
            thread(call.thread),
            if call.dynamic { " dynamic" } else { "" },
            offset(call.location)
        ));
    }
    for (number, launch) in summary.launches.iter().enumerate() {
        let target =
            launch.target.map_or_else(|| "unknown".to_owned(), |target| printer.names.function(target));
        let many = match launch.multiplicity {
            Multiplicity::One => String::new(),
            Multiplicity::Loop { start, end } => format!(" loop {start}..{end}"),
            Multiplicity::Many => " many".to_owned(),
        };
        let mut line = format!("  launch {number} {target} by {:?}{many}", launch.kind);
        let flags = [(launch.outlives, " outlives"), (launch.deferred_start, " deferred")];
        line.extend(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, word)| *word));
        if let Some(outcome) = launch.ended_where {
            let _ = write!(line, " ended where {outcome:?}");
        }
        let _ = write!(
            line,
            " signals {:?} at {}{}",
            launch.signals,
            offset(launch.location),
            printer.calls(&launch.calls)
        );
        lines.push(line);
        lines.extend(launch.accesses.iter().map(|access| format!("    access {}", printer.access(access))));
    }
    if !summary.effect.acquires.is_empty() {
        lines.push(format!("  acquires{}", printer.held(&summary.effect.acquires)));
    }
    for (outcome, held) in &summary.effect.depending {
        let lock = printer.names.lock(f, &held.lock);
        lines.push(format!("  acquires {lock} where {outcome:?}"));
    }
    for lock in &summary.effect.releases {
        lines.push(format!("  releases {}", printer.names.lock(f, lock)));
    }
    for (number, result) in summary.results.iter().enumerate() {
        match result {
            Value::Unknown => {}
            Value::Reference(reference) => lines.push(format!("  result {number} {:?}", reference.place)),
            Value::Function(value) => lines.push(format!("  result {number} {:?}", value.target)),
        }
    }
    for call in &summary.param_calls {
        let how =
            call.launch.as_ref().map_or_else(String::new, |(kind, ..)| format!(" launched by {kind:?}"));
        lines.push(format!(
            "  calls {:?}{how}{} at {}",
            call.place,
            printer.locks(&call.locks),
            offset(call.location)
        ));
    }
    lines.extend(summary.signals.iter().map(|signal| format!("  signals {signal:?}")));
    lines.extend(summary.waits.iter().map(|signal| format!("  waits {signal:?}")));
    let waits_where = summary.waits_where.iter();
    lines.extend(waits_where.map(|(outcome, signal)| format!("  waits {signal:?} where {outcome:?}")));
    let flags = [(summary.never_returns, "never returns"), (summary.parallel_test, "parallel test")];
    lines.extend(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, word)| format!("  {word}")));
    lines.push(String::new());
    lines.join("\n")
}

struct Printer<'n, 'p> {
    names: Names<'n, 'p>,
    function: FunctionRef,
}

impl Printer<'_, '_> {
    fn access(&self, access: &Access) -> String {
        let place = access.place.as_ref().map_or_else(|| "?".to_owned(), |place| format!("{place:?}"));
        let live = if access.live.is_empty() { String::new() } else { format!(" live {:?}", access.live) };
        let gates =
            if access.gates.is_empty() { String::new() } else { format!(" after {:?}", access.gates) };
        let late = if access.after_signal { " after signal" } else { "" };
        format!(
            "{} {} as {place} ({}){}{}{live}{gates}{late} {} at {}{}",
            access.operation.noun(),
            self.names.declared(&access.key),
            self.names.operand(access),
            self.locks(&access.locks),
            thread(access.thread),
            ownership(access.ownership),
            offset(access.location),
            self.calls(&access.calls)
        )
    }

    fn locks(&self, locks: &Locks) -> String {
        let mut text = self.held(&locks.surely);
        if locks.perhaps != locks.surely {
            let _ = write!(text, " perhaps{}", self.held(&locks.perhaps));
        }
        text
    }

    fn held(&self, locks: &Lockset) -> String {
        let names = locks.iter().map(|held| {
            let mode = if held.mode == LockMode::Read { "R " } else { "" };
            format!("{mode}{}", self.names.lock(self.function, &held.lock))
        });
        format!(" {{{}}}", names.collect::<Vec<_>>().join(", "))
    }

    fn calls(&self, calls: &[CallStep]) -> String {
        let names = calls.iter().map(|step| self.names.function(step.callee));
        let chain = names.collect::<Vec<_>>().join(" > ");
        if chain.is_empty() { chain } else { format!(" through {chain}") }
    }
}

fn thread(thread: Thread) -> String {
    match thread {
        Thread::Caller => String::new(),
        Thread::Launched(number) => format!(" in launch {number}"),
    }
}

fn ownership(ownership: Ownership) -> String {
    match ownership {
        Ownership::Owned => "owned".to_owned(),
        Ownership::OwnedIf(param) => format!("owned if param{param}"),
        Ownership::Shared => "shared".to_owned(),
    }
}

fn offset(location: crate::conflict::Location) -> String {
    format!("{:?}:{}", location.file, location.span.start)
}
