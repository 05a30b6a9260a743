//! How accesses of one function and of the goroutines that it starts come to run at the same time.

use crate::conflict::{LockMode, Operation};
use crate::domain::{LiveSet, Place, Root};
use crate::evidence::changes_map;
use crate::models::LaunchKind;
use crate::summary::{Access, Launch, Multiplicity, Signal};

/// Where two goroutines of one go statement meet at the end of more calls than this, something on the way tells them apart.
const LONGEST_SURE_WAY: usize = 3;

/// Pairs with more calls than this on their two ways together are possible at best: so many conditions lie on them.
const LONGEST_SURE_WAYS: usize = 5;

/// How two accesses meet.
pub(super) struct Meeting {
    pub(super) reason: &'static str,
    /// Whether a channel or an unseen order may keep them apart.
    pub(super) is_doubtful: bool,
    /// Whether the caller has waited for the goroutine on some path: on the others it may not have begun.
    pub(super) is_apart: bool,
    /// Whether it depends on what one goroutine does after it has signalled.
    pub(super) is_late: bool,
}

impl Meeting {
    /// One that nothing speaks against.
    pub(super) fn sure(reason: &'static str) -> Self {
        Self { reason, is_doubtful: false, is_apart: false, is_late: false }
    }
}

/// What a function says and hears through channels and wait groups, wherever it does.
#[derive(Clone, Copy)]
pub(super) struct Talk<'t, 'a> {
    /// On which it signals.
    pub(super) signalled: &'t [&'a Place],
    /// From which it receives.
    pub(super) received: &'t [Place],
}

impl Talk<'_, '_> {
    /// Whether a goroutine does something each time that the function tells it to, and the function hears when it is done.
    fn is_dialogue(&self, launched: &Access, launch: &Launch) -> bool {
        let is_told = launched.gates.iter().any(|gate| self.signalled.contains(&gate));
        let mut answers = launch.accesses.iter().flat_map(|access| &access.after).chain(&launch.signals);
        is_told && answers.any(|signal| self.received.contains(signal.place()))
    }
}

/// What the goroutine does after a receive is ordered after what the sender did before the send: whether the caller, or who
/// else can reach the channel, may send on it after this access.
fn may_open_later(signalled: &[&Place], caller: &Access, gate: &Place) -> bool {
    let opened = caller.after.iter().any(|signal| signal.place() == gate);
    // What is a field can be reached by whoever has got its object meanwhile.
    let is_own = matches!(gate.root, Root::Local(_) | Root::Fresh(_)) && gate.path.is_empty();
    !opened && (!is_own || signalled.contains(&gate))
}

/// Whether an access is part of the work of a `sync.Once` that starts the launch as well: of two calls of a function that begins
/// so, one alone does either.
fn is_done_with(caller: &Access, launch: &Launch) -> bool {
    let starts = launch.location;
    !launch.calls.is_empty()
        && caller.locks.surely.iter().any(|held| {
            held.lock.key.is_once()
                && held.mode == LockMode::Write
                && held.acquired.file == starts.file
                && held.acquired.span.contains(starts.span)
        })
}

/// How what the caller of a launch does comes to run beside what the launch does.
pub(super) fn meets_caller(
    talk: Talk<'_, '_>,
    caller: &Access,
    launched: &Access,
    (index, launch): (usize, &Launch),
) -> Option<Meeting> {
    if launch.deferred_start || is_done_with(caller, launch) {
        return None;
    }
    let goes_on = launched.after_signal && launched.gates.is_empty();
    let answers = !goes_on && launch.signals.iter().any(|signal| caller.gates.contains(signal.place()));
    let waits_for_caller = launched.gates.iter().any(|gate| may_open_later(talk.signalled, caller, gate));
    if caller.live.contains(index) {
        let reason = "nothing waits for the goroutine before this access";
        // A handler waits until its server listens, and that comes after all that is registered.
        let is_registered = matches!(launch.kind, LaunchKind::Handler(_));
        let is_dialogue = talk.is_dialogue(launched, launch);
        let has_ended = launch.signals.iter().any(|signal| caller.passed.contains(signal.place()));
        // What is kept may begin later than all that is done here; of two functions that are kept nobody knows which comes first.
        let begins_later = launch.is_kept && !caller.is_kept;
        let is_doubtful = waits_for_caller || answers || is_registered || is_dialogue || begins_later;
        return Some(Meeting { is_doubtful, is_apart: has_ended, ..Meeting::sure(reason) });
    }
    if is_changed_by_its_loop(launched, launch, caller) {
        let reason = "the loop goes on while the goroutines that it starts run";
        return Some(Meeting { is_doubtful: waits_for_caller, ..Meeting::sure(reason) });
    }
    let comes_later = caller.location.file == launch.location.file
        && caller.calls.is_empty()
        && launch.calls.is_empty()
        && caller.location.span.start > launch.location.span.end;
    // A channel that is received from until it is closed tells the end, whatever was sent on it before.
    let has_closed = launch.signals.iter().any(|signal| matches!(signal, Signal::Closed(_)));
    let is_late = launched.after_signal && comes_later && !has_closed;
    (is_late && !launch.signals.is_empty()).then_some(Meeting {
        is_late: true,
        ..Meeting::sure("the goroutine goes on after it has signalled that it is finished")
    })
}

/// How two launches of one function come to run side by side.
pub(super) fn meets_other(a: (&Access, usize, &Launch), b: (&Access, usize, &Launch)) -> Option<Meeting> {
    let runs = |live: LiveSet, index: usize| live.contains(index);
    let both_deferred = a.2.deferred_start && b.2.deferred_start;
    if !(both_deferred || runs(a.2.live, b.1) || runs(b.2.live, a.1))
        || a.2.deferred_start != b.2.deferred_start
    {
        return None;
    }
    if a.2.one_at_a_time && b.2.one_at_a_time && a.2.location == b.2.location {
        return None;
    }
    // The callbacks of one registration run one after the other unless each runs several times at once.
    if a.2.site == b.2.site && a.2.takes_turns() && b.2.takes_turns() {
        return None;
    }
    let is_single = |launch: &Launch| launch.multiplicity == Multiplicity::One;
    let is_one_goroutine = a.2.site == b.2.site && a.2.goroutine.is_some() && a.2.goroutine == b.2.goroutine;
    if is_one_goroutine && is_single(a.2) && is_single(b.2) {
        return None;
    }
    let follows = |late: &Access, early: &Access, signals: &[Signal]| {
        !early.after_signal && signals.iter().any(|signal| late.gates.contains(signal.place()))
    };
    if follows(a.0, b.0, &b.2.signals) || follows(b.0, a.0, &a.2.signals) {
        return None;
    }
    // One go statement reached on two long ways: for other objects, or in branches that exclude each other.
    let way = |(access, _, launch): (&Access, usize, &Launch)| access.calls.len() + launch.calls.len();
    let is_one_start = a.2.location == b.2.location && way(a).max(way(b)) > LONGEST_SURE_WAY;
    let has_ended =
        |one: &Launch, other: &Launch| one.signals.iter().any(|signal| other.passed.contains(signal.place()));
    let is_doubtful = is_one_start
        || !a.0.gates.is_empty()
        || !b.0.gates.is_empty()
        || has_ended(a.2, b.2)
        || has_ended(b.2, a.2);
    Some(Meeting { is_doubtful, ..Meeting::sure("nothing orders the two goroutines") })
}

/// Whether so many conditions lie on two ways that their ends may never meet. Each way alone may be as long for the goroutines of
/// one go statement, where it stands in the function that knows the object, and where a lock at one end expects another goroutine.
pub(super) fn is_long(one: usize, other: usize, is_likely: bool) -> bool {
    if is_likely { one.max(other) > LONGEST_SURE_WAYS } else { one + other > LONGEST_SURE_WAYS }
}

/// Why one launch runs beside itself.
pub(super) fn itself(launch: &Launch) -> &'static str {
    match (launch.kind, launch.multiplicity) {
        (LaunchKind::Handler(_), _) => "requests are served in parallel",
        (LaunchKind::Test(_), _) => "the test's instances run in parallel",
        (_, Multiplicity::Loop { .. }) => "the goroutines that the loop starts run in parallel",
        _ => "several of these goroutines run in parallel",
    }
}

/// Whether a goroutine that the body of a loop starts changes the map that the loop iterates over.
pub(super) fn is_changed_by_its_loop(write: &Access, launch: &Launch, iteration: &Access) -> bool {
    let Multiplicity::Loop { start, end } = launch.multiplicity else { return false };
    let at = iteration.location;
    changes_map(write.operation)
        && iteration.operation == Operation::Iterate
        && iteration.calls.is_empty()
        && at.file == launch.location.file
        && (start..end).contains(&at.span.start)
        && at.span.start < launch.location.span.start
}
