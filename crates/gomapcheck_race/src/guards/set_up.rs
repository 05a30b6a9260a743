//! Functions that set objects up before anyone shares them.

use crate::contexts::{CallerEdge, Openness, Role, World, is_owned_call};
use crate::domain::{Key, KeyOwner, Root};
use crate::evidence::{Side, TraceStep, changes_map};
use crate::guards::{Site, SiteGroup};
use crate::summary::Thread;

/// How many calls up a set-up function is looked for.
const DEEPEST: u8 = 3;

/// Whether an access is part of setting its object up, going by the names of the functions: it stands in one that does so,
/// or in one that only such functions call. A function that puts a new lock in place does so too: nobody can hold it yet.
/// What a stored function literal does comes later.
pub(crate) fn is_in_set_up(world: &World<'_>, site: &Site<'_>) -> bool {
    let map = &site.access.key;
    if site.access.stored.is_some() && !is_option(world, site.function) {
        return false;
    }
    let makes_locks = world.facts[site.outermost as usize].makes_locks;
    makes_locks || is_set_up(world, site.function, map) || is_helper(world, site.function, map, 0)
}

/// Whether all that call a function are known, and set objects up before they start anything. An upper-case name is for more
/// than that.
fn is_helper(world: &World<'_>, function: u32, map: &Key, depth: u8) -> bool {
    let is_closed = world.openness[function as usize] == Openness::Closed;
    if depth >= DEEPEST || !is_closed || world.facts[function as usize].upper_case {
        return false;
    }
    let mut callers = world.known_callers(function).peekable();
    callers.peek().is_some()
        && callers.all(|edge| {
            let site = world.site(edge);
            site.thread == Thread::Caller
                && site.live.is_empty()
                && (begins_work(world, edge.caller)
                    || is_set_up(world, edge.caller, map)
                    || is_helper(world, edge.caller, map, depth + 1))
        })
}

/// Whether a package variable is filled by functions alone that the program calls before it starts anything, such as those that
/// `init` functions register with: who could call them later does not.
pub(crate) fn is_filled_at_start(world: &World<'_>, group: &SiteGroup<'_>) -> bool {
    let is_called_at_start = |site: &Site<'_>| {
        let mut callers = world.known_callers(site.outermost).peekable();
        world.facts[site.outermost as usize].role == Role::Initial
            || (callers.peek().is_some() && callers.all(|edge| world.is_initial_call(edge)))
    };
    let mut writes = group.sites.iter().filter(|site| changes_map(site.access.operation)).peekable();
    matches!(group.key.owner, KeyOwner::Value(_)) && writes.peek().is_some() && writes.all(is_called_at_start)
}

/// Whether an access is part of a method that fills its object from somewhere, going by its name, and all that are known to
/// call it own the object: `c := NewConfig(); err := c.Load(path)`.
pub(crate) fn is_loading(world: &World<'_>, site: &Site<'_>) -> bool {
    let is_own = site.access.place.as_ref().is_some_and(|place| place.root == Root::Param(0));
    is_own && site.access.thread == Thread::Caller && loads(world, site.function, 0)
}

fn loads(world: &World<'_>, function: u32, depth: u8) -> bool {
    let facts = &world.facts[function as usize];
    let name = name_of(world, function).to_ascii_lowercase();
    let is_loader =
        ["load", "read", "parse", "decode", "unmarshal"].iter().any(|verb| name.starts_with(verb));
    let can_be_known = world.openness[function as usize] != Openness::Unknown && !world.is_launched(function);
    if !is_loader || !can_be_known || facts.receiver.is_none() {
        return false;
    }
    let mut callers = world.known_callers(function).peekable();
    callers.peek().is_some()
        && callers.all(|edge| {
            let is_part = || depth < DEEPEST && world.facts[edge.caller as usize].receiver == facts.receiver;
            world.site(edge).thread == Thread::Caller
                && (is_owned_call(world, edge) || (is_part() && loads(world, edge.caller, depth + 1)))
        })
}

fn is_option(world: &World<'_>, function: u32) -> bool {
    let name = name_of(world, function).to_ascii_lowercase();
    name.starts_with("with") || name.ends_with("option")
}

fn name_of<'w>(world: &'w World<'_>, function: u32) -> &'w str {
    world.facts[world.outermost(function) as usize].name.name.as_str()
}

/// Whether a function begins or opens something, going by its name: what it does before it starts a goroutine comes first.
pub(crate) fn begins_work(world: &World<'_>, function: u32) -> bool {
    let name = name_of(world, function).to_ascii_lowercase();
    // `OnStart` is what a framework calls to begin.
    let verb = name.strip_prefix("on").unwrap_or(&name);
    ["start", "open", "boot", "launch"].iter().any(|prefix| verb.starts_with(prefix))
}

/// Whether an access is part of an object's start, going by the names of the function that comes to it without a lock, and of all
/// that are known to call that.
pub(crate) fn is_at_start(world: &World<'_>, side: &Side<'_>) -> bool {
    let Some(mut function) = world.summaries.number(side.terms) else { return false };
    // The way may begin with the call that lacks the lock.
    if let Some(TraceStep::Call(step)) = side.trace.first()
        && step.callee == side.terms
    {
        let mut callers = world.known_callers(function);
        let caller = callers.find(|edge| world.site(edge).location == step.location);
        function = caller.map_or(function, |edge| edge.caller);
    }
    let is_early =
        |function: u32| begins_work(world, function) || is_set_up(world, function, &side.access.key);
    let is_call = |edge: &CallerEdge| {
        let site = world.site(edge);
        site.thread == Thread::Caller && site.stored.is_none() && !site.dynamic
    };
    let mut callers = world.known_callers(function).peekable();
    is_early(function)
        || (callers.peek().is_some() && callers.all(|edge| is_call(edge) && is_early(edge.caller)))
}

/// Whether a function starts an object's work, going by its name: what it puts in place there nobody uses yet.
pub(crate) fn is_start(world: &World<'_>, function: u32) -> bool {
    let name = name_of(world, function).to_ascii_lowercase();
    ["start", "run", "serve", "listen", "begin", "connect"].iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a function sets objects up before they are shared, going by its name: `NewStore`, `initTables`, options.
pub(crate) fn is_set_up(world: &World<'_>, function: u32, map: &Key) -> bool {
    let outermost = world.outermost(function);
    let facts = &world.facts[outermost as usize];
    let lower = name_of(world, function).to_ascii_lowercase();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| lower.starts_with(prefix));
    let is_for_tests = |name: &str| name.ends_with("fortest") || name.ends_with("fortesting");
    let is_look = facts.name.receiver.is_some_and(|ty| is_for_tests(&ty.as_str().to_ascii_lowercase()));
    if begins(&["init", "setup", "bootstrap"]) || is_for_tests(&lower) || is_look {
        return true;
    }
    let is_option = is_option(world, function);
    let makes =
        ["new", "make", "create", "open", "build", "must", "parse", "load", "read", "clone", "copy", "dup"];
    let KeyOwner::Type(owner) = map.owner else { return is_option };
    is_option || (begins(&makes) && facts.results.contains(&owner))
}
