//! The order in which a program starts: what `main` does before it starts a goroutine comes before all that this one does.
//!
//! Asked for two accesses that are about to be reported: the ways to both are followed up through all known callers, and
//! compared in the functions that lie on both.

use crate::contexts::way::{Beginning, Goroutine, Passage, Way};
use crate::contexts::{Role, World};
use crate::domain::LiveSet;
use crate::evidence::collide;
use crate::guards::{Site, SiteGroup};
use crate::summary::Thread;

/// So many functions through which all ways lead are tried.
const MOST_FUNCTIONS: usize = 8;

/// So many accesses that an access could collide with are looked at.
const MOST_SITES: usize = 32;

/// Whether an access is ordered against all that it could collide with.
pub(crate) fn is_ordered_by_start(world: &World<'_>, group: &SiteGroup<'_>, site: &Site<'_>) -> bool {
    let collides = |other: &&Site<'_>| collide(site.access.operation, other.access.operation);
    let others = || group.sites.iter().filter(collides);
    (1..=MOST_SITES).contains(&others().count())
        && others().all(|other| are_ordered_by_start(world, site, other))
}

/// Whether two accesses are never made side by side, going by the order in which the program starts.
pub(crate) fn are_ordered_by_start(world: &World<'_>, a: &Site<'_>, b: &Site<'_>) -> bool {
    // One of them has to be made by whoever starts the goroutines.
    let is_launched = |site: &Site<'_>| site.access.thread != Thread::Caller;
    if is_launched(a) && is_launched(b) {
        return false;
    }
    let ways = |from| {
        let way = |site: &Site<'_>| world.ways.to(world, (site.function, site.access), from);
        Some((way(a)?, way(b)?))
    };
    let Some((of_a, of_b)) = ways(None) else { return false };
    let start = Order { world, is_strict: true };
    if start.orders(&of_a, &of_b) {
        return true;
    }
    let leads_to_b = |function: &&u32| of_b.own.contains_key(function) || of_b.beside.contains_key(function);
    of_a.functions.iter().filter(leads_to_b).take(MOST_FUNCTIONS).any(|function| {
        let begins_there = |way: &Way| {
            let mut begins = way.begins.iter().chain(&way.begins_beside);
            begins.all(|begin| match *begin {
                Beginning::Function(first) => first == *function,
                Beginning::Unknown(_) | Beginning::Given(_) => true,
                Beginning::Command(_) => false,
            })
        };
        ways(Some(*function)).is_some_and(|(of_a, of_b)| {
            begins_there(&of_a)
                && begins_there(&of_b)
                && start.orders(&of_a, &of_b)
                && is_run_once(world, *function)
        })
    })
}

/// The order of what begins with the start of a program.
struct Order<'w, 'a> {
    world: &'w World<'a>,
    /// Whether libraries may call what nobody in the program does as soon as that has started any goroutine.
    is_strict: bool,
}

impl Order<'_, '_> {
    fn orders(&self, a: &Way, b: &Way) -> bool {
        let (a_own, b_own) = (is_own(a), is_own(b));
        let (a_beside, b_beside) = (is_beside(a), is_beside(b));
        let is_told = |way: &Way| !way.begins.is_empty() || !way.goroutines.is_empty();
        (a_own || b_own)
            && is_told(a)
            && is_told(b)
            && (!a_own || !b_beside || self.precedes(a, b))
            && (!b_own || !a_beside || self.precedes(b, a))
            && (!a_beside || !b_beside || run_on_one_goroutine(self.world, a, b))
    }

    /// Whether what is done early on the goroutine that all begins with comes before the start of all goroutines on which the
    /// late access is made.
    fn precedes(&self, early: &Way, late: &Way) -> bool {
        let own = early.begins.iter().filter(|begin| !is_anywhere(begin));
        let others = late.begins.iter().filter(|begin| is_anywhere(begin));
        let beside: Vec<Beginning> = late.begins_beside.iter().chain(others).copied().collect();
        let is_unknown = |begin: &Beginning| matches!(begin, Beginning::Unknown(_));
        own.into_iter().all(|early| beside.iter().all(|late| begins_before(self.world, *early, *late)))
            && (!self.is_strict || !beside.iter().any(is_unknown) || self.is_before_launches(early))
            && early.own.iter().all(|(function, early)| {
                let passages = late.beside.get(function).map_or(&[][..], Vec::as_slice);
                let comes_first = |early: &Passage| {
                    passages
                        .iter()
                        .all(|passage| stands_before(self.world, *function, early, (late, passage)))
                };
                early.iter().all(comes_first)
            })
    }

    /// Whether no function on the way has started a goroutine itself: libraries could be calling what nobody else does.
    fn is_before_launches(&self, way: &Way) -> bool {
        way.own.iter().all(|(function, passages)| {
            let launches = &self.world.summaries.at(*function).launches;
            let has_begun = |live: LiveSet| {
                let mut own = launches.iter().enumerate().filter(|(_, launch)| launch.calls.is_empty());
                (launches.is_empty() && !live.is_empty()) || own.any(|(n, _)| live.contains(n))
            };
            passages.iter().all(|passage| !passage.live.is_some_and(has_begun))
        })
    }
}

/// Whether a function that others call is what a way begins with, nobody knows on which goroutine.
fn is_anywhere(beginning: &Beginning) -> bool {
    matches!(beginning, Beginning::Unknown(_) | Beginning::Given(_))
}

/// Whether an access is made on the goroutine that all begins with.
fn is_own(way: &Way) -> bool {
    way.begins.iter().any(|begin| !is_anywhere(begin))
}

/// Whether an access is made on another one.
fn is_beside(way: &Way) -> bool {
    !way.goroutines.is_empty() || way.begins.iter().any(is_anywhere)
}

/// Whether both run on the same goroutine where they do not run on the one that all begins with, and there is one.
fn run_on_one_goroutine(world: &World<'_>, a: &Way, b: &Way) -> bool {
    match (a.goroutines.as_slice(), b.goroutines.as_slice()) {
        ([one], [other]) => {
            let mut begins = a.begins.iter().chain(&b.begins);
            one.at == other.at && !begins.any(is_anywhere) && is_started_once(world, one)
        }
        _ => false,
    }
}

/// Whether what begins here comes before what begins there, or is compared elsewhere.
fn begins_before(world: &World<'_>, early: Beginning, late: Beginning) -> bool {
    match (early, late) {
        _ if early == late => true,
        (Beginning::Function(early), Beginning::Function(late)) => {
            let is_initial = |function: u32| world.facts[function as usize].role == Role::Initial;
            let is_main = world.facts[late as usize].name.name.as_str() == "main";
            is_initial(early) && is_initial(late) && is_main
        }
        // Of two commands one is run. What a program does before it is for both.
        (Beginning::Command(_) | Beginning::Function(_), Beginning::Command(_)) => true,
        // What nobody in the program calls, libraries call that the program has started.
        (Beginning::Command(_) | Beginning::Function(_), Beginning::Unknown(_) | Beginning::Given(_)) => true,
        (Beginning::Command(_), Beginning::Function(_))
        | (Beginning::Unknown(_) | Beginning::Given(_), _) => false,
    }
}

/// Whether a function comes to one place before the other one, as far as that is not told further down.
fn stands_before(world: &World<'_>, function: u32, early: &Passage, (way, late): (&Way, &Passage)) -> bool {
    if early.at == late.at {
        return true;
    }
    if let Some(live) = early.live {
        let launches = world.summaries.at(function).launches.iter().enumerate();
        let mut through = launches.filter(|(_, launch)| {
            launch.calls.first().map_or(launch.location, |step| step.location) == late.at
                && way.launches.contains(&launch.location)
        });
        if let Some((first, _)) = through.next() {
            return !live.contains(first) && through.all(|(n, _)| !live.contains(n));
        }
    }
    early.in_order && early.at.file == late.at.file && early.at.span.end <= late.at.span.start
}

fn is_started_once(world: &World<'_>, goroutine: &Goroutine) -> bool {
    goroutine.is_one
        && Way::to_function(world, goroutine.by)
            .is_some_and(|way| way.goroutines.is_empty() && is_passed_once(&way))
}

/// Whether a program runs a function once, on whichever goroutine.
fn is_run_once(world: &World<'_>, function: u32) -> bool {
    Way::to_function(world, function).is_some_and(|way| {
        !way.begins.iter().any(is_anywhere)
            && is_passed_once(&way)
            && if way.begins.is_empty() {
                !way.begins_beside.iter().any(is_anywhere) && run_on_one_goroutine(world, &way, &way)
            } else {
                way.goroutines.len() <= 1 && Order { world, is_strict: false }.orders(&way, &way)
            }
    })
}

/// Whether each function on the way is passed once.
fn is_passed_once(way: &Way) -> bool {
    way.own.values().chain(way.beside.values()).all(|passages| {
        let [first, others @ ..] = passages.as_slice() else { return true };
        first.in_order && others.iter().all(|other| other.at == first.at)
    })
}
