//! The ways by which a program comes to an access: up the known calls, to where they begin.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use gomapcheck_types::FunctionRef;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::conflict::Location;
use crate::contexts::{CallerEdge, Openness, Role, World};
use crate::domain::LiveSet;
use crate::summary::{Access, Multiplicity, Thread};

/// More functions than these are not passed.
const MOST_FUNCTIONS: usize = 1024;

/// More calls than these are not followed.
const MOST_CALLS: usize = 4096;

/// More goroutines than these are not told apart.
const MOST_GOROUTINES: usize = 8;

/// Where a way begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Beginning {
    /// With what the runtime calls, or with the function up to which the way was asked for.
    Function(u32),
    /// With what a command line library calls.
    Command(FunctionRef),
    /// With a function that others call, nobody knows when.
    Unknown(u32),
    /// With a method that others call who have got the object: some time after what makes such objects, to which ways lead.
    Given(u32),
}

/// On which goroutine an access is made, seen from a function on the way to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Side {
    /// On the function's own.
    Own,
    /// On one that has begun when the function has returned.
    Begun,
    /// On one that calls, some time later, what the function puts in place.
    Later,
}

/// A place of a function at which ways go on.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    /// Where it stands.
    pub(crate) at: Location,
    /// The function's launches that may run there, where that is told.
    pub(crate) live: Option<LiveSet>,
    /// Whether it is passed once at most, and before what stands below it.
    pub(crate) in_order: bool,
}

/// A goroutine on which an access is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goroutine {
    /// Where it is started, or what it runs is put in place.
    pub(crate) at: Location,
    /// The function that does so.
    pub(crate) by: u32,
    /// Whether it is one goroutine each time that this is done.
    pub(crate) is_one: bool,
}

/// All known ways to an access.
#[derive(Default, Debug)]
pub(crate) struct Way {
    /// Where functions are passed on whose own goroutine the access is made.
    pub(crate) own: FxHashMap<u32, Vec<Passage>>,
    /// Where functions are passed that lead to it on another goroutine.
    pub(crate) beside: FxHashMap<u32, Vec<Passage>>,
    /// Those of the first kind, the innermost first.
    pub(crate) functions: Vec<u32>,
    /// The other goroutines.
    pub(crate) goroutines: Vec<Goroutine>,
    /// Where those are started, and those that start them.
    pub(crate) launches: Vec<Location>,
    /// Where ways on one goroutine begin.
    pub(crate) begins: Vec<Beginning>,
    /// Where ways begin that lead to other goroutines.
    pub(crate) begins_beside: Vec<Beginning>,
}

/// Where an access stands, in which function, and from which function on its ways are asked for.
type Question = (Location, u32, Option<u32>);

/// The ways that have been asked for.
#[derive(Default, Debug)]
pub(crate) struct Ways(Mutex<FxHashMap<Question, Option<Arc<Way>>>>);

impl Ways {
    /// See [`Way::to`]. Many pairs of findings ask for the same.
    pub(crate) fn to(
        &self,
        world: &World<'_>,
        (function, access): (u32, &Access),
        from: Option<u32>,
    ) -> Option<Arc<Way>> {
        let key = (access.location, function, from);
        // What is inlined stands in several functions, and may in one come by several ways.
        if !access.calls.is_empty() {
            return Way::to(world, (function, access), from).map(Arc::new);
        }
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let way = Way::to(world, (function, access), from).map(Arc::new);
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, way.clone());
            way
        })
    }
}

impl Way {
    /// The ways to an access, from the function `from` on if the calls come through it; `None` if there are too many.
    pub(crate) fn to(
        world: &World<'_>,
        (function, access): (u32, &Access),
        from: Option<u32>,
    ) -> Option<Self> {
        let mut search = Search::new(world, from);
        let at = access.calls.first().map_or(access.location, |step| step.location);
        let passage = Passage { at, live: Some(access.live), in_order: true };
        search.pass((function, Side::Own), (access.thread, access.stored), passage);
        search.run()
    }

    /// The ways to the calls of a function.
    pub(crate) fn to_function(world: &World<'_>, function: u32) -> Option<Self> {
        let mut search = Search::new(world, None);
        search.push(function, Side::Own);
        search.run()
    }
}

struct Search<'w, 'a> {
    world: &'w World<'a>,
    from: Option<u32>,
    way: Way,
    pending: VecDeque<(u32, Side)>,
    seen: FxHashSet<(u32, Side)>,
    calls: usize,
}

impl<'w, 'a> Search<'w, 'a> {
    fn new(world: &'w World<'a>, from: Option<u32>) -> Self {
        Self {
            world,
            from,
            way: Way::default(),
            pending: VecDeque::new(),
            seen: FxHashSet::default(),
            calls: 0,
        }
    }

    fn push(&mut self, function: u32, side: Side) {
        if self.seen.insert((function, side)) {
            self.pending.push_back((function, side));
            if side == Side::Own {
                self.way.functions.push(function);
            }
        }
    }

    fn run(mut self) -> Option<Way> {
        while let Some((function, side)) = self.pending.pop_front() {
            if self.seen.len() > MOST_FUNCTIONS || self.calls > MOST_CALLS {
                return None;
            }
            self.go_up(function, side);
        }
        Some(self.way)
    }

    /// A way goes on here; `side` tells where what is below runs.
    fn pass(
        &mut self,
        (function, side): (u32, Side),
        (thread, stored): (Thread, Option<FunctionRef>),
        mut passage: Passage,
    ) {
        let mut side_here = side;
        if let Thread::Launched(n) = thread {
            let launch = self.world.summaries.at(function).launches.get(n as usize);
            let at = launch.map_or(passage.at, |launch| launch.location);
            let is_one = launch.is_some_and(|launch| launch.multiplicity == Multiplicity::One);
            passage.at = launch.and_then(|launch| launch.calls.first()).map_or(at, |step| step.location);
            self.way.launches.push(at);
            self.start(side, Goroutine { at, by: function, is_one });
            if side == Side::Own {
                side_here = Side::Begun;
            }
        }
        match stored {
            Some(literal) if self.is_command(literal) => {
                passage.live = None;
                self.add(function, side_here, passage);
                self.begin(Beginning::Command(literal), side_here);
            }
            Some(_) => self.go_on_later(function, side_here, passage.at),
            None => {
                self.add(function, side_here, passage);
                self.push(function, side_here);
            }
        }
    }

    /// A function puts something in place that is called some time later.
    fn go_on_later(&mut self, function: u32, side: Side, at: Location) {
        self.start(side, Goroutine { at, by: function, is_one: false });
        self.add(function, Side::Later, Passage { at, live: None, in_order: true });
        self.push(function, Side::Later);
    }

    fn add(&mut self, function: u32, side: Side, passage: Passage) {
        let passages = if side == Side::Own { &mut self.way.own } else { &mut self.way.beside };
        passages.entry(function).or_default().push(passage);
    }

    /// The goroutine nearest to the access counts.
    fn start(&mut self, side: Side, goroutine: Goroutine) {
        let known = &self.way.goroutines;
        if side == Side::Own
            && known.len() < MOST_GOROUTINES
            && known.iter().all(|known| known.at != goroutine.at)
        {
            self.way.goroutines.push(goroutine);
        }
    }

    fn begin(&mut self, beginning: Beginning, side: Side) {
        let begins = if side == Side::Own { &mut self.way.begins } else { &mut self.way.begins_beside };
        if !begins.contains(&beginning) {
            begins.push(beginning);
        }
    }

    fn is_command(&self, function: FunctionRef) -> bool {
        self.world.summaries.number(function).is_some_and(|n| self.world.facts[n as usize].is_command)
    }

    fn go_up(&mut self, function: u32, side: Side) {
        let world = self.world;
        let facts = &world.facts[function as usize];
        if self.from == Some(function) {
            return self.begin(Beginning::Function(function), side);
        }
        if facts.role == Role::Initial {
            // What is put in place when the program is initialised is called when it runs.
            let is_main = facts.name.name.as_str() == "main";
            let is_known = !is_example(facts.name.package.as_str()) && (is_main || side != Side::Later);
            let beginning =
                if is_known { Beginning::Function(function) } else { Beginning::Unknown(function) };
            return self.begin(beginning, side);
        }
        // The function around a literal has taken its calls over. What helpers of tests do tells nothing of the program.
        let is_own_call = |edge: &&CallerEdge| {
            let caller = &world.facts[edge.caller as usize];
            caller.role != Role::Literal && (facts.for_tests || !caller.for_tests)
        };
        let mut is_called = false;
        for edge in world.known_callers(function).filter(is_own_call) {
            is_called = true;
            self.calls += 1;
            if self.calls > MOST_CALLS {
                return;
            }
            let site = world.site(edge);
            // Whoever is handed a function may call it now or later.
            let is_handed_over = || {
                let at = site.location;
                facts.value_uses.iter().any(|usage| usage.file == at.file && at.span.contains(usage.span))
            };
            let kept = site.stored.or((site.dynamic && is_handed_over()).then_some(site.callee));
            let passage = Passage { at: site.location, live: Some(site.live), in_order: site.in_order };
            self.pass((edge.caller, side), (site.thread, kept), passage);
        }
        self.go_up_unseen(function, side, is_called);
    }

    /// The calls that nobody sees.
    fn go_up_unseen(&mut self, function: u32, side: Side, is_called: bool) {
        let world = self.world;
        let facts = &world.facts[function as usize];
        let is_launched = world.is_launched(function);
        match world.openness[function as usize] {
            _ if facts.is_command => self.begin(Beginning::Command(world.summaries.function(function)), side),
            Openness::Closed => {}
            Openness::Exported if is_called || is_launched => {}
            Openness::Exported => self.begin_unseen(function, side),
            Openness::Unknown if facts.implicit.is_some() => {
                let at = world.location_of(function as usize);
                self.start(side, Goroutine { at, by: function, is_one: false });
                self.begin_unseen(function, Side::Later);
            }
            Openness::Unknown => {
                for (usage, within) in facts.value_uses.iter().zip(&facts.used_in) {
                    if world.is_called_at(function as usize, usage) {
                        continue;
                    }
                    match world.summaries.number(*within) {
                        Some(within) => self.go_on_later(within, side, *usage),
                        None => self.begin(Beginning::Unknown(function), Side::Later),
                    }
                }
                if facts.upper_case && !is_called && !is_launched {
                    self.begin_unseen(function, side);
                }
            }
        }
    }

    /// Someone calls a function out of view; a method not before there is an object.
    fn begin_unseen(&mut self, function: u32, side: Side) {
        let receiver = self.world.facts[function as usize].receiver;
        let makers = receiver.map_or(&[][..], |ty| self.world.makers_of(ty));
        let beginning =
            if makers.is_empty() { Beginning::Unknown(function) } else { Beginning::Given(function) };
        self.begin(beginning, side);
        makers.iter().for_each(|maker| self.push(*maker, Side::Later));
    }
}

/// Whether a package shows how a library is used: what its `main` does, others need not do.
fn is_example(import_path: &str) -> bool {
    let is_example =
        |element: &str| matches!(element.trim_start_matches('_'), "example" | "examples" | "testdata");
    import_path.split('/').any(is_example)
}
