//! The goroutines in which a function can run.

use gomapcheck_ir::ExprId;
use rustc_hash::FxHashMap;

use crate::contexts::{CallerEdge, Openness, Role, World};
use crate::models::LaunchModel;
use crate::summary::{Access, Launch, Multiplicity, Thread};

/// A goroutine that a function's name or a launch starts: what pairs by declaration are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start<'a> {
    /// Launch number n of a function.
    Launch {
        /// The launching function.
        by: u32,
        /// Its launch.
        launch: &'a Launch,
        /// The launch's number in that function.
        index: u32,
    },
    /// A method that servers run.
    Implicit {
        /// The method.
        method: u32,
        /// What runs it.
        model: LaunchModel,
    },
}

impl<'a> Start<'a> {
    /// What it does to maps.
    pub(crate) fn accesses(&self, world: &World<'a>) -> impl Iterator<Item = &'a Access> + use<'a> {
        let (list, implicit): (&'a [Access], bool) = match *self {
            Self::Launch { launch, .. } => (&launch.accesses, false),
            Self::Implicit { method, .. } => (&world.summaries.at(method).accesses, true),
        };
        list.iter().filter(move |access| !implicit || access.thread == Thread::Caller)
    }

    /// Whether several may run at once.
    pub(crate) fn is_parallel(&self) -> bool {
        match self {
            Self::Launch { launch, .. } => launch.multiplicity != Multiplicity::One,
            Self::Implicit { model, .. } => model.parallel,
        }
    }
}

/// The starts by which a function is reached through calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Roots {
    /// None is known.
    #[default]
    None,
    /// One: the goroutine of whoever calls the program or package (`None`), or start number n.
    One(Option<u32>),
    /// At least two.
    Several,
}

impl Roots {
    fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, known) | (known, Self::None) => known,
            (a, b) if a == b => a,
            _ => Self::Several,
        }
    }
}

/// The goroutine of a launch that is too deep to be told apart.
const UNNUMBERED: u32 = u32::MAX;

/// Every start of the non-test functions, in the order of the functions.
pub(crate) fn starts<'a>(world: &World<'a>) -> Vec<Start<'a>> {
    let mut starts = Vec::new();
    for (number, _, summary) in world.summaries.iter() {
        let facts = &world.facts[number as usize];
        // What a literal launches, the function around it launches.
        if facts.in_test || facts.role == Role::Literal {
            continue;
        }
        let own = (0..).zip(&summary.launches).filter(|(_, launch)| launch.calls.is_empty());
        starts.extend(own.map(|(index, launch)| Start::Launch { by: number, launch, index }));
        if let Some(model) = facts.implicit {
            starts.push(Start::Implicit { method: number, model });
        }
    }
    starts
}

/// How often the walk over all functions is repeated for the sake of recursion.
const ROUNDS: usize = 3;

/// By function number, the starts that reach it, callers first.
pub(crate) fn reach(world: &World<'_>, starts: &[Start<'_>]) -> Vec<Roots> {
    let count = world.summaries.functions().len();
    let mut roots = vec![Roots::None; count];
    let mut launches: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut registrations: FxHashMap<(u32, ExprId), u32> = FxHashMap::default();
    for (id, start) in (0..).zip(starts) {
        let mut id = id;
        let target = match *start {
            Start::Launch { by, launch, index } => {
                // The callbacks of one registration take turns on one goroutine.
                if launch.takes_turns() {
                    id = *registrations.entry((by, launch.site)).or_insert(id);
                }
                launches.insert((by, index), id);
                launch.target.and_then(|target| world.summaries.number(target))
            }
            Start::Implicit { method, .. } => Some(method),
        };
        if let Some(target) = target {
            roots[target as usize] = roots[target as usize].join(Roots::One(Some(id)));
        }
    }
    for (number, root) in (0..).zip(roots.iter_mut()) {
        // Tests that call a function are not the only ones who do.
        let is_called = world.known_callers(number).next().is_some();
        let from_outside = match world.openness[number as usize] {
            Openness::Closed => !is_called && *root == Roots::None,
            Openness::Exported => !is_called && *root == Roots::None,
            Openness::Unknown => !world.is_unused(number),
        };
        if from_outside {
            *root = root.join(Roots::One(None));
        }
    }
    for _ in 0..ROUNDS {
        let mut changed = false;
        for number in (0..count).rev() {
            let mut joined = roots[number];
            for edge in &world.callers[number] {
                if world.counts(number, edge) {
                    joined = joined.join(through(world, edge, &roots, &launches));
                }
            }
            changed |= joined != roots[number];
            roots[number] = joined;
        }
        if !changed {
            break;
        }
    }
    roots
}

fn through(
    world: &World<'_>,
    edge: &CallerEdge,
    roots: &[Roots],
    launches: &FxHashMap<(u32, u32), u32>,
) -> Roots {
    match world.site(edge).thread {
        Thread::Caller => roots[edge.caller as usize],
        Thread::Launched(index) => {
            let id = launches.get(&(edge.caller, index)).copied();
            Roots::One(Some(id.unwrap_or(UNNUMBERED)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Roots;

    #[test]
    fn joins_keep_the_laws() {
        let all = [Roots::None, Roots::One(None), Roots::One(Some(0)), Roots::One(Some(1)), Roots::Several];
        for a in all {
            assert_eq!((a.join(a), a.join(Roots::None), a.join(Roots::Several)), (a, a, Roots::Several));
            for b in all {
                assert_eq!(a.join(b), b.join(a));
                for c in all {
                    assert_eq!(a.join(b).join(c), a.join(b.join(c)));
                }
            }
        }
    }
}
