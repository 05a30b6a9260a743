//! What names and comments of functions promise about the locks held when they are called.

use crate::conflict::LockMode;

/// A promise as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PromiseText {
    /// The lock as the comment names it, `mu` or `s.mu`; none when it names none.
    pub(crate) lock: Option<String>,
    /// How it is held.
    pub(crate) mode: LockMode,
}

/// The promise in a function's name: `putLocked`, `put_locked`, `putNoLock`, `putUnlocked` (which take no lock themselves), but
/// not `isLocked`.
pub(crate) fn promise_of_name(name: &str) -> Option<PromiseText> {
    let takes_none =
        ["NoLock", "NoLocks", "Unlocked", "WithoutLock", "WithoutLocking", "_nolock", "_unlocked"];
    if takes_none.iter().any(|suffix| name.strip_suffix(suffix).is_some_and(|stem| stem.len() > 2)) {
        return Some(PromiseText { lock: None, mode: LockMode::Write });
    }
    let stem = name.strip_suffix("Locked").or_else(|| name.strip_suffix("_locked"))?;
    let last_word = stem.rsplit(|c: char| !c.is_lowercase()).next().unwrap_or(stem);
    let asks = ["is", "Is", "try", "Try", "was", "has", "Has"].contains(&stem);
    let negates = stem.ends_with("Not") || stem.ends_with("not") || stem.ends_with("No");
    if stem.is_empty() || asks || negates || last_word == "un" {
        return None;
    }
    let mode = if stem.ends_with('R') { LockMode::Read } else { LockMode::Write };
    Some(PromiseText { lock: None, mode })
}

/// Phrases after which a lock is named that the caller holds.
const BEFORE: [&str; 21] = [
    "must hold the lock",
    "must hold",
    "must be holding",
    "must already hold",
    "caller should hold",
    "callers should hold",
    "caller holds",
    "callers hold",
    "called while holding",
    "called with",
    "call with",
    "called under",
    "invoked with",
    "caller to hold",
    "caller to acquire",
    "caller must acquire",
    "caller must lock",
    "callers must lock",
    "assumes",
    "requires",
    "while holding",
];

/// Phrases before which such a lock is named.
const BEHIND: [&str; 10] = [
    "must be held",
    "must already be held",
    "must be locked",
    "should be held",
    "is held",
    "be held by",
    "to be held",
    "is locked",
    "held.",
    "held on entry",
];

/// Phrases that say it all without a name.
const WITH_HELD: [&str; 4] =
    ["with lock held", "with the lock held", "with mutex held", "with the mutex held"];

/// The promise in a function's doc comment.
pub(crate) fn promise_of_note(text: &str) -> Option<PromiseText> {
    for line in text.lines() {
        let line = line.trim();
        if let Some(lock) = line.strip_prefix("+checklocks:") {
            return Some(PromiseText { lock: Some(lock.trim().to_owned()), mode: LockMode::Write });
        }
        if let Some(lock) = line.strip_prefix("+checklocksread:") {
            return Some(PromiseText { lock: Some(lock.trim().to_owned()), mode: LockMode::Read });
        }
    }
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = flat.to_ascii_lowercase();
    if lower.contains("must not hold")
        || lower.contains("must not be held")
        || lower.contains("not be locked")
        || lower.contains("not be called with")
        || lower.contains("not call with")
    {
        return None;
    }
    let mode =
        if lower.contains("read lock") || lower.contains("rlock") { LockMode::Read } else { LockMode::Write };
    if WITH_HELD.iter().any(|phrase| lower.contains(phrase)) {
        return Some(PromiseText { lock: None, mode });
    }
    for phrase in BEFORE {
        if let Some(at) = lower.find(phrase) {
            let words = flat[at + phrase.len()..].split(' ').take(5);
            if let Some(lock) = words.map(trim).find(|word| names_lock(word)) {
                return Some(PromiseText { lock: nameable(lock), mode });
            }
        }
    }
    for phrase in BEHIND {
        if let Some(at) = lower.find(phrase) {
            let words = flat[..at].split(' ').rev().map(trim).take(4);
            let negates = |word: &str| ["not", "no", "without", "never"].contains(&word);
            if words.clone().any(negates) {
                continue;
            }
            if let Some(lock) = words.into_iter().find(|word| names_lock(word)) {
                return Some(PromiseText { lock: nameable(lock), mode });
            }
        }
    }
    None
}

/// Words by which a function says that it is not for several goroutines at once.
const DISCLAIMERS: [&str; 18] = [
    "not safe for concurrent",
    "not safe for use by multiple",
    "not safe for parallel",
    "unsafe for concurrent",
    "not concurrent safe",
    "not concurrency safe",
    "not thread safe",
    "not threadsafe",
    "not goroutine safe",
    "not be called concurrently",
    "not be used concurrently",
    "not be called in parallel",
    "no longer safe",
    "no longer be safe",
    "no longer thread safe",
    "concurrency issue",
    "concurrency problem",
    "single threaded",
];

/// Words by which a function says that it is for the time before others use what it changes.
const PREPARES: [&str; 6] = ["called", "registered", "set", "used", "invoked", "added"];

/// Words that tell, behind "before", that the use begins.
const BEGINS: [&str; 12] = [
    "any", "first", "other", "run", "running", "serve", "serving", "start", "started", "starting", "use",
    "using",
];

/// Words that tell, behind "after", that the use is over.
const ENDS: [&str; 10] =
    ["clos", "commit", "drain", "end", "exit", "finish", "join", "shutdown", "stop", "wait"];

/// Words that tell, behind "after", that it begins.
const BEGINNINGS: [&str; 9] = ["connect", "creat", "init", "load", "new", "open", "regist", "setup", "start"];

/// Whether a function's doc comment says that its callers must keep other goroutines away, or that they call it before
/// there are any, or when there are none any more.
pub(crate) fn disclaims(text: &str) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = words.to_ascii_lowercase().replace('-', " ");
    // A call ends in brackets, not a sentence in a dot without a space.
    DISCLAIMERS.iter().any(|phrase| plain.contains(phrase))
        || plain.split(". ").any(|sentence| prepares(sentence) || concludes(sentence))
}

/// Words that ask for something.
const ASKS: [&str; 7] = ["must", "should", "needs to", "has to", "have to", "only", "expected to"];

/// `must be called before Start`, `registered before Get() is ever called`; not `must be called before the process exits`.
fn prepares(sentence: &str) -> bool {
    let Some((ahead, behind)) = sentence.split_once(" before ") else { return false };
    let next: Vec<&str> = behind.split(' ').take(4).collect();
    let begins = next.iter().any(|word| word.ends_with("()") || BEGINS.contains(&trim(word)));
    asks_for(ahead, &PREPARES) && (begins || behind.contains("ever called"))
}

/// Verbs for the use of what a function gives.
const USES: [&str; 5] = ["called", "used", "invoked", "read", "accessed"];

/// `should only be called after Wait`, `can be read only after the stream has ended`, `must not be called until after Flush`; not
/// `must be called after Start` nor `must not be called after Close`.
fn concludes(sentence: &str) -> bool {
    let has = |behind: &str, stems: &[&str]| {
        let mut next = behind.split(' ').take(5).map(trim);
        next.any(|word| stems.iter().any(|stem| word.starts_with(stem)))
    };
    let is_negated = |ahead: &str| {
        let negates = |word: &str| ["not", "never", "cannot"].contains(&trim(word)) || word.contains("n't");
        ahead.split(' ').any(negates)
    };
    if let Some((ahead, behind)) = sentence.split_once(" until ") {
        let is_phase =
            ["must not be ", "should not be ", "may not be "].iter().any(|words| ahead.contains(words));
        return is_phase && asks_for(ahead, &USES) && !has(behind, &BEGINNINGS);
    }
    let Some((ahead, behind)) = sentence.split_once(" after ") else { return false };
    !is_negated(ahead) && asks_for(ahead, &USES) && has(behind, &ENDS) && !has(behind, &BEGINNINGS)
}

fn asks_for(text: &str, calls: &[&str]) -> bool {
    ASKS.iter().any(|word| text.contains(word)) && text.split(' ').map(trim).any(|word| calls.contains(&word))
}

fn trim(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Whether a word speaks of a lock: `mu`, `s.mu`, `storeMu`, `cacheLock`, `lock`, `mutex`.
pub(crate) fn names_lock(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    let lower = last.to_ascii_lowercase();
    let lower = lower.trim_end_matches("()");
    lower == "mu"
        || last.ends_with("Mu")
        || last.ends_with("_mu")
        || lower.ends_with("lock")
        || lower == "locks"
        || lower.ends_with("mutex")
        || lower == "mtx"
        || last.ends_with("Mtx")
        || lower == "l"
}

/// The lock's name, unless the word is the ordinary noun.
fn nameable(word: &str) -> Option<String> {
    let noun = ["lock", "locks", "mutex", "Lock", "Mutex", "rlock", "RLock"].contains(&word);
    (!noun).then(|| word.trim_end_matches("()").trim_end_matches(".Lock").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(text: &str) -> Option<Option<String>> {
        promise_of_note(text).map(|promise| promise.lock)
    }

    #[test]
    fn names_that_end_in_locked_promise() {
        for name in ["putLocked", "removeItemLocked", "put_locked", "getRLocked"] {
            assert!(promise_of_name(name).is_some(), "{name}");
        }
        for name in ["isLocked", "IsLocked", "Locked", "block", "TryLocked", "setNotLocked"] {
            assert_eq!(promise_of_name(name), None, "{name}");
        }
        assert_eq!(promise_of_name("getRLocked").map(|p| p.mode), Some(LockMode::Read));
    }

    #[test]
    fn comments_name_the_lock() {
        assert_eq!(lock("put stores v. The caller must hold s.mu."), Some(Some("s.mu".into())));
        assert_eq!(lock("s.mu must be held."), Some(Some("s.mu".into())));
        assert_eq!(lock("Called with storeMu held"), Some(Some("storeMu".into())));
        assert_eq!(lock("put stores v - call with lock held"), Some(None));
        assert_eq!(lock("Lock held on entry"), Some(None));
        assert_eq!(lock("stop must not be called with the lock held"), None);
        assert_eq!(lock("update runs with the lock held"), Some(None));
        assert_eq!(lock("start expects the caller to acquire needed locks."), Some(None));
        assert_eq!(lock("The caller must lock s.mu first."), Some(Some("s.mu".into())));
        assert_eq!(lock("expects s.mu to be held"), Some(Some("s.mu".into())));
        assert_eq!(lock("+checklocks:s.mu"), Some(Some("s.mu".into())));
        assert_eq!(lock("the caller must hold\nthe lock"), Some(None));
    }

    #[test]
    fn comments_that_leave_order_to_the_callers() {
        for text in [
            "Raw returns the map itself.\nIt is not thread-safe.",
            "Not safe for concurrent\nuse.",
            "Once it has been unwrapped, the methods of the\nset are no longer safe.",
        ] {
            assert!(disclaims(text), "{text}");
        }
        for text in [
            "Register must be called before Start().",
            "Should be registered when\na service starts up and before GetArchiver() is ever called.",
            "SetLogger is only safe to be used before serving.",
            "Count returns the number of entries.\nNote: this should only be called after calling commit, otherwise\nit counts others.",
            "It can be safely read only after stream has ended.",
            "It\ndoes not block and must not be called until after WriteHeader.",
        ] {
            assert!(disclaims(text), "{text}");
        }
        for text in [
            "Get is safe for concurrent use.",
            "Walk starts a thread.",
            "Close must be called before the process exits.",
            "Put should be called often. It waits before any retry.",
            "Start sets the clock before serving.",
            "Put must not be called after Close.",
            "Get should only be called after Start.",
            "Get must not be called until Start has returned.",
            "Get must be called after initialization has finished.",
            "It is removed after the last reader has ended.",
        ] {
            assert!(!disclaims(text), "{text}");
        }
    }

    #[test]
    fn other_comments_promise_nothing() {
        assert_eq!(lock("put locks the store and stores v."), None);
        assert_eq!(lock("put should hold the write lock."), None);
        assert_eq!(lock("Lock should be held."), Some(None));
        assert_eq!(lock("The caller must not hold s.mu."), None);
        assert_eq!(lock("Lock not held on entry."), None);
        assert_eq!(lock("called with a key that is held elsewhere"), None);
    }
}
