//! What comments at fields and variables say about locks.

use crate::contexts::names_lock;

/// What a comment at a lock says that the lock guards.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Guarded {
    /// The words after "protects": fields or variables may be among them.
    pub(crate) names: Vec<String>,
    /// Whether the declarations that follow are meant.
    pub(crate) following: bool,
    /// The words after "except".
    pub(crate) excepted: Vec<String>,
}

/// Phrases before the name of the lock, in a comment at what it guards.
const BY: [&str; 9] = [
    "+checklocks:",
    "gomapcheck:guarded-by ",
    "guarded_by(",
    "guarded by ",
    "protected by ",
    "protected with ",
    "guarded with ",
    "covered by ",
    "locked by ",
];

/// The lock that a comment at a map names: "guarded by mu", "+checklocks:mu".
pub(crate) fn guard_named(text: &str) -> Option<String> {
    let flat = flatten(text);
    let lower = flat.to_ascii_lowercase();
    let phrase = BY.iter().find_map(|phrase| lower.find(phrase).map(|at| at + phrase.len()))?;
    let mut words = flat[phrase..].split([' ', ')', ',', ';']).map(trim_word);
    words
        .find(|word| !["the", "a", "its", "this", "struct's"].contains(word))
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.trim_end_matches(".Lock").trim_end_matches(".RLock").trim_start_matches('&').to_owned()
        })
}

/// Verbs before what a lock guards.
const VERBS: [&str; 9] = [
    "gomapcheck:guards ",
    "protects ",
    "protect ",
    "protecting ",
    "guards ",
    "guard ",
    "guarding ",
    "synchronizes access to ",
    "serializes access to ",
];

/// Words before what a lock does not guard.
const EXCEPTIONS: [&str; 4] = [" except", " but not ", " other than ", " apart from "];

/// What a comment at a lock says that it guards: "protects items, index", "guards the fields below".
pub(crate) fn guarded_named(text: &str) -> Option<Guarded> {
    let flat = flatten(text);
    let lower = flat.to_ascii_lowercase();
    let at = VERBS.iter().find_map(|verb| lower.find(verb).map(|at| at + verb.len()));
    let Some(at) = at else {
        // `mu sync.Mutex // items, index`
        let bare = flat.split(", ").all(|word| !word.is_empty() && word.chars().all(is_identifier));
        return bare
            .then(|| Guarded { names: flat.split(", ").map(str::to_owned).collect(), ..Guarded::default() });
    };
    let rest = &flat[at..];
    let sentence = rest.split(". ").next().unwrap_or(rest);
    // "on the server-side": for some of the objects.
    if sentence.split([' ', '-']).any(|word| trim_word(word) == "side") {
        return None;
    }
    let cut = EXCEPTIONS.iter().filter_map(|word| sentence.find(word)).min().unwrap_or(sentence.len());
    let (sentence, exception) = sentence.split_at(cut);
    let following = ["below", "following", "follow", "everything", "all fields", "the rest"]
        .iter()
        .any(|word| sentence.to_ascii_lowercase().contains(word));
    Some(Guarded { names: named_in(sentence), following, excepted: named_in(exception) })
}

/// The words that may be names of fields or variables.
fn named_in(text: &str) -> Vec<String> {
    text.split(|c: char| !is_identifier(c) && c != '.')
        .map(|word| word.trim_matches('.').rsplit('.').next().unwrap_or(word).to_owned())
        .filter(|word| !word.is_empty() && !names_lock(word))
        .collect()
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn flatten(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn trim_word(word: &str) -> &str {
    word.trim_matches(|c: char| !is_identifier(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_names_its_guard() {
        for text in
            ["guarded by mu", "items by name; protected by the mu.", "+checklocks:mu", "GUARDED_BY(mu)"]
        {
            assert_eq!(guard_named(text).as_deref(), Some("mu"), "{text}");
        }
        assert_eq!(guard_named("Guarded by s.store.mu").as_deref(), Some("s.store.mu"));
        assert_eq!(guard_named("items by name"), None);
    }

    #[test]
    fn a_lock_names_what_it_guards() {
        let guarded = guarded_named("mu protects items and index.").unwrap_or_default();
        assert_eq!(
            (guarded.names, guarded.following),
            (vec!["items".into(), "and".into(), "index".into()], false)
        );
        assert!(guarded_named("guards the fields below").unwrap_or_default().following);
        assert!(guarded_named("protects everything that follows").unwrap_or_default().following);
        assert_eq!(guarded_named("items, index").unwrap_or_default().names, ["items", "index"]);
        let guarded = guarded_named("guards all the fields below, except done").unwrap_or_default();
        assert!(guarded.following && guarded.excepted.contains(&"done".into()), "{guarded:?}");
        assert_eq!(guarded_named("hdrMu protects header and trailer on the server-side."), None);
        assert_eq!(guarded_named("taken before the store's lock"), None);
    }
}
