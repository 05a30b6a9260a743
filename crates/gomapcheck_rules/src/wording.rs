//! The phrases that several rules share.

use gomapcheck_race::{AccessEvidence, Conflict, GuardEvidence, HeldLock, LockMode, MapName};

use crate::RuleContext;

/// Text as it may stand in a report's line: every run of white space is one blank.
pub(crate) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The map as written and as what it is: `s.items (field Store.items)`, `seen (variable)`.
pub(crate) fn named(name: &MapName) -> String {
    let MapName { written, declared } = name;
    let kind = declared.strip_suffix(written.as_str()).filter(|kind| kind.is_empty() || kind.ends_with(' '));
    let what = kind.map_or(declared.as_str(), str::trim_end);
    if what.is_empty() { written.clone() } else { format!("{written} ({what})") }
}

/// The same with the kind of thing it is in front: `map s.items (field Store.items)`.
pub(crate) fn map(name: &MapName) -> String {
    let kind = if name.declared.starts_with("slice") { "slice" } else { "map" };
    format!("{kind} {}", named(name))
}

/// The locks held, in words: `s.mu`, `s.mu for reading and t.mu`; `None` when there is none.
pub(crate) fn locks(locks: &[HeldLock]) -> Option<String> {
    let in_words = |lock: &HeldLock| match lock.mode {
        LockMode::Write => lock.name.clone(),
        LockMode::Read => format!("{} for reading", lock.name),
    };
    let words: Vec<String> = locks.iter().map(in_words).collect();
    (!words.is_empty()).then(|| words.join(" and "))
}

/// Why the locks held at two accesses do not help: `with no common lock (s.mu here, none there)`.
pub(crate) fn no_common_lock(first: &AccessEvidence, second: &AccessEvidence) -> String {
    let (here, there) = (locks(&first.locks), locks(&second.locks));
    if here.is_none() && there.is_none() {
        return "with no common lock".to_owned();
    }
    let none = || "none".to_owned();
    format!("with no common lock ({} here, {} there)", here.unwrap_or_else(none), there.unwrap_or_else(none))
}

/// The message of a race between two goroutines.
pub(crate) fn race(conflict: &Conflict, context: &RuleContext<'_>) -> String {
    let first = &conflict.first;
    let (map, here) = (map(&conflict.map), first.operation.participle());
    let Some(second) = &conflict.second else {
        return format!("{map} is {here} here, where others may be using it{}", reason(conflict));
    };
    let there = second.operation.participle();
    let place = context.place(second.location);
    let locks = no_common_lock(first, second);
    let reason = reason(conflict);
    if first.location == second.location {
        return format!("{map} is {here} here by several goroutines ({place} in each), {locks}{reason}");
    }
    if here == there {
        return format!("{map} is {here} here and at {place} by another goroutine, {locks}{reason}");
    }
    format!("{map} is {here} here and {there} at {place} by another goroutine, {locks}{reason}")
}

/// What to do about a race between two goroutines.
pub(crate) fn race_advice(conflict: &Conflict) -> String {
    if let Some(guard) = &conflict.guard {
        return format!("hold {} around both accesses, as the map's other users do", guard.lock);
    }
    if conflict.second.is_none() {
        return "change a copy, and leave the object that everybody has alone".to_owned();
    }
    let lock_of = |access: &AccessEvidence| access.locks.first().map(|lock| lock.name.clone());
    let there = conflict.second.as_ref().and_then(lock_of);
    match (lock_of(&conflict.first), there) {
        (None, Some(lock)) => format!("take {lock} around this access as well"),
        (Some(lock), None) => format!("take {lock} around the other access as well"),
        _ => {
            "guard every access with one sync.Mutex, or give the map to one goroutine and wait for it before \
              others look"
                .to_owned()
        }
    }
}

/// The other access as a clause: `, while it is read at a.go:3:4`; empty without one.
pub(crate) fn other_access(conflict: &Conflict, context: &RuleContext<'_>) -> String {
    conflict.second.as_ref().map_or_else(String::new, |second| {
        format!(", while it is {} at {}", second.operation.participle(), context.place(second.location))
    })
}

/// The guard's name, or words that stand for it.
pub(crate) fn guard_name(conflict: &Conflict) -> &str {
    conflict.guard.as_ref().map_or("its lock", |guard| guard.lock.as_str())
}

/// Why the lock is believed to guard the map: `, which its other users hold (3 of 4 functions)`; empty when a promise of
/// the called function is all that is known.
pub(crate) fn guard_reason(conflict: &Conflict, context: &RuleContext<'_>) -> String {
    match &conflict.guard {
        None => String::new(),
        Some(GuardEvidence { declared: Some(comment), .. }) => {
            format!(", which guards it by the comment at {}", context.place(*comment))
        }
        Some(GuardEvidence { of: 0, .. }) => String::new(),
        Some(GuardEvidence { held_in, of, .. }) => {
            format!(", which its other users hold ({held_in} of {of} functions)")
        }
    }
}

/// The conflict's own reason as the end of a sentence; empty without one.
pub(crate) fn reason(conflict: &Conflict) -> String {
    if conflict.reason.is_empty() { String::new() } else { format!("; {}", conflict.reason) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(written: &str, declared: &str) -> String {
        map(&MapName { written: written.into(), declared: declared.into() })
    }

    #[test]
    fn a_map_is_named_as_written_and_as_what_it_is() {
        assert_eq!(name("s.items", "field Store.items"), "map s.items (field Store.items)");
        assert_eq!(name("cache", "package variable cache"), "map cache (package variable)");
        assert_eq!(name("names", "slice variable names"), "slice names (slice variable)");
        assert_eq!(name("m", ""), "map m");
    }

    #[test]
    fn held_locks_say_their_mode() {
        let lock = |name: &str, mode| HeldLock { name: name.into(), mode, acquired: None };
        let held = [lock("s.mu", LockMode::Read), lock("t.mu", LockMode::Write)];
        assert_eq!(locks(&held).unwrap(), "s.mu for reading and t.mu");
        assert_eq!(locks(&[]), None);
    }
}
