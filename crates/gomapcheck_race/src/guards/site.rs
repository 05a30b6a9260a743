//! Accesses by the map's declaration, each with the locks that may protect it.

use rustc_hash::FxHashMap;

use crate::contexts::{CallerEdge, FunctionFacts, Openness, World};
use crate::domain::{Held, Key, KeyOwner, Lockset, Place, Root};
use crate::evidence::Side;
use crate::summary::{Access, FunctionTarget, Thread, Value};

/// An access to a shared map, with the locks that count for it.
#[derive(Clone, Debug)]
pub(crate) struct Site<'a> {
    /// The function it stands in, by number.
    pub(crate) function: u32,
    /// The declared function around it, by number.
    pub(crate) outermost: u32,
    /// The access.
    pub(crate) access: &'a Access,
    /// Held on every path, and able to protect this map.
    pub(crate) surely: Lockset,
    /// Held on some path, or perhaps of another object.
    pub(crate) perhaps: Vec<Key>,
    /// Those of them that all known callers hold, or that are held on some path here.
    pub(crate) usual: Vec<Key>,
    /// Whether some lock is held, by promise or as a parameter, that cannot be told by declaration.
    pub(crate) vague: bool,
    /// Where a promise says so, the locks that are not meant, since the function takes them by itself.
    own: Vec<Key>,
    /// The lock that is held as a copy.
    pub(crate) copied: Option<Held>,
    /// Whether a comment says that it needs no lock.
    pub(crate) waived: bool,
}

impl<'a> Site<'a> {
    /// Whether a lock is seen to belong to the map: a field beside it or of an object on the way to it, or a package variable
    /// beside it. A lock that merely happens to be held says little.
    pub(crate) fn is_related(&self, held: &Held) -> bool {
        let (lock, map) = (&held.lock, &self.access.key);
        match lock.key.owner {
            KeyOwner::Value(_) => true,
            owner if owner == map.owner => true,
            _ => match (&lock.place, &self.access.place) {
                (Some(lock_place), Some(map_place)) => {
                    object_of(lock_place, &lock.key).is_some_and(|(root, object)| {
                        root == map_place.root && map_place.path.starts_with(object)
                    })
                }
                _ => false,
            },
        }
    }

    /// Whether a lock of this declaration may be held.
    pub(crate) fn may_hold(&self, lock: &Key) -> bool {
        self.may_hold_vaguely(lock) || self.perhaps.contains(lock) || self.surely.mode_of_key(lock).is_some()
    }

    /// Whether the lock that cannot be told may be this one.
    pub(crate) fn may_hold_vaguely(&self, lock: &Key) -> bool {
        self.vague && !self.own.contains(lock)
    }

    /// Whether some lock besides `guard` may be held here and there: then it may be what orders the two.
    pub(crate) fn may_share(&self, other: &Self, guard: &Key) -> bool {
        let held: Vec<&Key> = self.surely.iter().map(|held| &held.lock.key).chain(&self.usual).collect();
        let other_holds = |lock: &Key| other.usual.contains(lock) || other.holds(lock);
        // A lock promised without a name is the guard where the guard is held.
        let other_is_vague = other.vague && !other.holds(guard) && !held.is_empty();
        let other_holds_more = || {
            other.usual.iter().any(|lock| lock != guard)
                || other.surely.iter().any(|held| held.lock.key != *guard)
        };
        let is_vague = self.may_hold_vaguely(guard) || (self.vague && other_holds_more());
        is_vague || other_is_vague || held.into_iter().any(|lock| lock != guard && other_holds(lock))
    }

    /// Whether a lock that belongs to the map is surely held.
    pub(crate) fn holds_related(&self) -> bool {
        self.surely.iter().any(|held| self.is_related(held))
    }

    /// Whether a lock of this declaration is surely held.
    pub(crate) fn holds(&self, lock: &Key) -> bool {
        self.surely.mode_of_key(lock).is_some()
    }

    /// Some lock is held that someone else gave.
    fn hold_unnamed(&mut self) {
        self.vague = true;
        self.own.clear();
    }

    /// The access as one side of a finding. What another package's function does to the map that it is given is shown where
    /// it is given: there the lock is missing.
    pub(crate) fn side(&self, world: &World<'a>) -> Side<'a> {
        let mut side =
            Side::called(self.access, world.summaries.function(self.function), self.surely.clone());
        let package = |f| world.summaries.number(f).map(|n| world.facts[n as usize].name.package);
        let own = package(side.terms);
        let mut caller = side.terms;
        for step in &self.access.calls {
            if package(step.callee) != own {
                side.at = step.location;
                side.function = caller;
                break;
            }
            caller = step.callee;
        }
        side
    }
}

/// The accesses to the maps of one declaration, inner maps of a map of maps included.
#[derive(Clone, Debug)]
pub(crate) struct SiteGroup<'a> {
    /// The declaration.
    pub(crate) key: Key,
    /// In the order of the functions.
    pub(crate) sites: Vec<Site<'a>>,
}

/// The accesses of all functions but tests to maps that others can reach, by declaration, in its order.
pub(crate) fn site_groups<'a>(world: &World<'a>) -> Vec<SiteGroup<'a>> {
    let mut positions: FxHashMap<Key, usize> = FxHashMap::default();
    let mut groups: Vec<SiteGroup<'a>> = Vec::new();
    for (function, _, summary) in world.summaries.iter() {
        let facts = &world.facts[function as usize];
        if facts.in_test || facts.ignored {
            continue;
        }
        for access in &summary.sites {
            let own = world.is_owned(function, access) || world.is_before_launches(function, access);
            if own || access.key.is_local() || is_done_once(world, function, access) {
                continue;
            }
            if is_taken_over(world, function, access) {
                continue;
            }
            let key = access.key.outermost();
            if world.retired.binary_search(&key).is_ok() {
                continue;
            }
            let position = *positions.entry(key.clone()).or_insert_with(|| {
                groups.push(SiteGroup { key, sites: Vec::new() });
                groups.len() - 1
            });
            groups[position].sites.push(site(world, function, access));
        }
    }
    groups.sort_by(|a, b| a.key.cmp(&b.key));
    groups
}

/// Whether an access runs only under a `sync.Once`.
fn is_done_once(world: &World<'_>, function: u32, access: &Access) -> bool {
    world.locks_at(function, access).0.iter().any(|held| held.lock.key.is_once())
}

/// Whether an access is that of a literal which its function gives to callers that are all known, and call it: they have the same
/// access, and know the object.
fn is_taken_over(world: &World<'_>, function: u32, access: &Access) -> bool {
    let summary = world.summaries.at(function);
    let is_it = |result: &Value| matches!(result, Value::Function(value) if value.target == FunctionTarget::Function(access.function));
    if access.function == world.summaries.function(function)
        || access.thread != Thread::Caller
        || !summary.results.iter().any(is_it)
        || world.openness[function as usize] != Openness::Closed
    {
        return false;
    }
    let calls_it = |edge: &CallerEdge| {
        let mut calls = world.summaries.at(edge.caller).calls.iter();
        world.site(edge).thread == Thread::Caller && calls.any(|call| call.callee == access.function)
    };
    let mut callers = world.known_callers(function).peekable();
    callers.peek().is_some() && callers.all(calls_it)
}

fn site<'a>(world: &World<'a>, function: u32, access: &'a Access) -> Site<'a> {
    let (held, maybe) = world.locks_at(function, access);
    let is_promised = access.thread == Thread::Caller && world.is_under_vague_promise(function);
    let mut site = Site {
        function,
        outermost: world.outermost(function),
        access,
        surely: Lockset::default(),
        perhaps: Vec::new(),
        usual: world.usual_locks_at(function, access).iter().map(|held| held.lock.key.clone()).collect(),
        vague: is_promised,
        own: if is_promised { world.summaries.at(function).taken() } else { Vec::new() },
        copied: None,
        waived: world.waivers.cover(access.location),
    };
    let facts = &world.facts[function as usize];
    let is_lock = |held: &&Held| !held.lock.key.is_flag();
    for held in held.iter().filter(is_lock) {
        match protection(access, held, facts) {
            Protection::Full => site.surely.acquire(held.clone()),
            Protection::Perhaps => site.perhaps.push(held.lock.key.clone()),
            Protection::Copied => site.copied = Some(held.clone()),
            Protection::Unnamed => site.hold_unnamed(),
            Protection::None => {}
        }
    }
    for held in maybe.iter().filter(is_lock) {
        match protection(access, held, facts) {
            Protection::Full | Protection::Perhaps => site.perhaps.push(held.lock.key.clone()),
            Protection::Unnamed => site.hold_unnamed(),
            Protection::Copied | Protection::None => {}
        }
    }
    site.perhaps.sort();
    site.perhaps.dedup();
    site
}

/// What a lock that is held does for a map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Protection {
    /// It may be the map's guard.
    Full,
    /// It may be that of another object.
    Perhaps,
    /// It is a copy of the guard.
    Copied,
    /// It was given by someone else, and which it is cannot be told here.
    Unnamed,
    /// It was made here.
    None,
}

fn protection(access: &Access, held: &Held, facts: &FunctionFacts) -> Protection {
    let lock = &held.lock;
    if let KeyOwner::Local(local) = lock.key.owner {
        return match (facts.copied_locks.contains(&local), facts.made_locks.contains(&local)) {
            (true, _) => Protection::Copied,
            (false, true) => Protection::None,
            (false, false) => Protection::Unnamed,
        };
    }
    let Some(place) = &lock.place else {
        return Protection::Full;
    };
    let Some(map) = &access.place else { return Protection::Full };
    if place.passes_element() && !shares_element(place, map) {
        return Protection::Perhaps;
    }
    let siblings = matches!(lock.key.owner, KeyOwner::Type(_)) && lock.key.owner == access.key.owner;
    let lock_object = object_of(place, &lock.key);
    if siblings && lock_object.is_some() && lock_object != object_of(map, &access.key) {
        return Protection::Perhaps;
    }
    Protection::Full
}

/// Whether the element that a lock belongs to is on the way to the map: the lock of a shard guards the shard's map.
fn shares_element(lock: &Place, map: &Place) -> bool {
    let last = lock.path.iter().rposition(|step| *step == crate::domain::Step::Element);
    let object = last.map_or(0, |at| at + 1);
    lock.root == map.root && map.path.len() >= object && map.path[..object] == lock.path[..object]
}

/// The object whose field a place is: root and the path before the fields that its declaration names.
fn object_of<'p>(place: &'p Place, key: &Key) -> Option<(Root, &'p [crate::domain::Step])> {
    let tail = key.path.len() + usize::from(key.depth);
    let length = place.path.len().checked_sub(tail)?;
    Some((place.root, &place.path[..length]))
}
