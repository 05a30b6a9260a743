//! What a finished summary need not keep.
//!
//! Accesses are carried from callee to caller, and a goroutine's with it. Where no caller is left, only those matter that
//! can meet another one in this very function: a server that is started in a thousand tests must not be remembered a
//! thousand times.

use rustc_hash::FxHashSet;

use crate::domain::{Place, SharedList};
use crate::evidence::changes_map;
use crate::summary::{Access, Summary};

/// Drops what only callers would read, from the summary of a function that has none.
pub(super) fn without_callers(summary: &mut Summary) {
    summary.param_calls = SharedList::EMPTY;
    let written = written(summary);
    let launched: FxHashSet<Place> = summary
        .launches
        .iter()
        .flat_map(|launch| &launch.accesses)
        .filter_map(|access| access.place.clone())
        .collect();
    let meets = |access: &Access| access.place.as_ref().is_some_and(|place| launched.contains(place));
    // What the function signals on its way is told by its accesses as long as they are there.
    for dropped in summary.accesses.iter().filter(|access| !meets(access)) {
        summary.signals.add_all(&dropped.after);
    }
    keep(&mut summary.accesses, meets);
    summary.behind_results = SharedList::EMPTY;
    summary.held_by_results = SharedList::EMPTY;
    goroutines(summary, &written);
}

/// Drops what goroutines of callees do where it meets nothing, once all callers are done.
pub(super) fn finished(summary: &mut Summary) {
    summary.param_calls = SharedList::EMPTY;
    if summary.launches.iter().any(|launch| !launch.calls.is_empty()) {
        let written = written(summary);
        goroutines(summary, &written);
    }
}

/// A goroutine that a callee starts belongs to the callee; here it matters as far as it can meet something by place.
fn goroutines(summary: &mut Summary, written: &FxHashSet<Place>) {
    for launch in summary.launches.iter_mut().filter(|launch| !launch.calls.is_empty()) {
        keep(&mut launch.accesses, |access| {
            access.place.as_ref().is_some_and(|place| written.contains(place))
        });
    }
}

fn written(summary: &Summary) -> FxHashSet<Place> {
    let launched = summary.launches.iter().flat_map(|launch| &launch.accesses);
    let accesses = summary.accesses.iter().chain(launched);
    accesses
        .filter(|access| changes_map(access.operation))
        .filter_map(|access| access.place.clone())
        .collect()
}

fn keep(accesses: &mut Vec<Access>, wanted: impl Fn(&Access) -> bool) {
    let before = accesses.len();
    accesses.retain(wanted);
    if accesses.len() < before {
        accesses.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conflict::Operation;
    use crate::summary::CallStep;
    use crate::testing::{access, at, launch, on_local};

    /// A goroutine started two calls below, as tests start servers.
    fn of_callee(accesses: Vec<Access>) -> Summary {
        let function = access(Operation::Read, 0).function;
        let mut server = launch(1, accesses);
        server.calls.push(CallStep { location: at(1), callee: function });
        Summary { launches: vec![server], ..Summary::default() }
    }

    #[test]
    fn a_callees_goroutine_is_forgotten_where_it_meets_nothing() {
        let mut summary = of_callee(vec![on_local(1, Operation::Read, 3)]);
        summary.accesses = vec![on_local(2, Operation::Write, 4)];
        without_callers(&mut summary);
        assert_eq!(summary.launches[0].accesses, []);
        assert_eq!(summary.accesses, []);
    }

    #[test]
    fn what_meets_something_stays() {
        let read = on_local(1, Operation::Read, 3);
        let write = on_local(1, Operation::Write, 4);
        let mut summary = of_callee(vec![read.clone()]);
        summary.accesses = vec![write.clone()];
        without_callers(&mut summary);
        assert_eq!((&summary.launches[0].accesses, &summary.accesses), (&vec![read], &vec![write]));
    }

    #[test]
    fn a_functions_own_goroutine_stays_whole() {
        let read = on_local(1, Operation::Read, 3);
        let mut summary = Summary { launches: vec![launch(1, vec![read.clone()])], ..Summary::default() };
        finished(&mut summary);
        assert_eq!(summary.launches[0].accesses, [read]);
    }
}
