//! Comments that say that an access needs no lock.

use gomapcheck_ir::NoteTarget;
use gomapcheck_source::{FileId, Span};
use gomapcheck_types::Program;

use crate::conflict::Location;

/// The code for which comments say so, file by file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waivers {
    /// Sorted.
    covered: Vec<(FileId, Span)>,
}

impl Waivers {
    /// Those in these files: at functions, and at code in them.
    pub(crate) fn of(program: &Program<'_>, files: &[FileId]) -> Self {
        let mut covered = Vec::new();
        for file in files {
            let ir = program.ir(*file);
            for note in ir.notes.iter().filter(|note| waives(&note.text)) {
                match note.target {
                    NoteTarget::Code(span) => covered.push((*file, span)),
                    NoteTarget::Function(function) => covered.push((*file, ir.function(function).span)),
                    NoteTarget::Field(..) | NoteTarget::Value(_) | NoteTarget::Type(_) => {}
                }
            }
        }
        covered.sort_unstable();
        Self { covered }
    }

    /// Whether a comment says that what stands here needs no lock.
    pub(crate) fn cover(&self, location: Location) -> bool {
        let of_file = self.covered.partition_point(|(file, _)| *file < location.file);
        let behind =
            |(file, span): &(FileId, Span)| *file == location.file && span.start <= location.span.start;
        self.covered[of_file..]
            .iter()
            .take_while(|one| behind(one))
            .any(|(_, span)| span.contains(location.span))
    }
}

/// What is left out.
const LOCKS: [&str; 9] = [
    "lock",
    "locks",
    "locking",
    "locked",
    "mutex",
    "mutexes",
    "synchronization",
    "synchronisation",
    "synchronized",
];

/// Words that say that something would be needed.
const NEEDS: [&str; 6] = ["need", "needed", "needs", "required", "require", "necessary"];

/// Words before "without" that make it a statement of what may be done.
const PERMISSIONS: [&str; 8] = ["can", "may", "safe", "safely", "ok", "okay", "fine", "possible"];

/// Words that say that it was meant so.
const PURPOSES: [&str; 5] = ["deliberate", "deliberately", "intentional", "intentionally", "purpose"];

/// Words by which a comment complains of what it describes.
const COMPLAINTS: [&str; 11] =
    ["race", "races", "racy", "racing", "todo", "fixme", "xxx", "bug", "unsafe", "wrong", "hack"];

/// How many words may stand between what belongs together.
const REACH: usize = 5;

/// Whether a comment says that a lock is left out on purpose: "no lock needed", "can be set without any synchronization".
pub(crate) fn waives(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let sentences: Vec<Vec<&str>> = lower.split(['.', ';']).map(words_of).collect();
    let complains = sentences.iter().flatten().any(|word| COMPLAINTS.contains(word));
    !complains
        && !sentences.iter().any(|words| pleads_reading(words))
        && sentences.iter().any(|words| is_waiver(words))
}

/// Whether the reason is that nothing is written here, which is none: others may write.
fn pleads_reading(words: &[&str]) -> bool {
    let writes = |word: &str| ["writ", "modif", "mutat", "chang"].iter().any(|stem| word.starts_with(stem));
    words
        .windows(2)
        .any(|pair| ["no", "not", "without", "don't", "doesn't"].contains(&pair[0]) && writes(pair[1]))
}

fn words_of(sentence: &str) -> Vec<&str> {
    sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_waiver(words: &[&str]) -> bool {
    let any = |words: &[&str], known: &[&str]| words.iter().any(|word| known.contains(word));
    let is_negation =
        |word: &&str| ["not", "cannot", "never", "needn't"].contains(word) || word.ends_with("n't");
    words.iter().enumerate().any(|(at, word)| {
        let (before, behind) = (&words[..at], &words[at + 1..]);
        let next = &behind[..behind.len().min(REACH)];
        let last = &before[before.len().saturating_sub(REACH)..];
        match *word {
            // "can be set without any synchronization"
            "without" => {
                any(&next[..next.len().min(3)], &LOCKS)
                    && any(before, &PERMISSIONS)
                    && !before.iter().any(is_negation)
            }
            // "no lock is needed", "no need to hold the lock"
            "no" => any(next, &LOCKS) && any(&behind[..behind.len().min(REACH + 2)], &NEEDS),
            "unnecessary" => any(next, &LOCKS) || any(last, &LOCKS),
            // "the absence of a lock here is deliberate", "deliberately not locked"
            "absence" => any(next, &LOCKS) && any(behind, &PURPOSES),
            word if PURPOSES.contains(&word) => next.iter().any(is_negation) && any(next, &LOCKS),
            // "we do not need to lock", "locking is not necessary"
            word if is_negation(&word) => {
                let needs = word == "needn't" || any(&next[..next.len().min(2)], &NEEDS);
                needs && (any(next, &LOCKS) || any(last, &LOCKS))
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::waives;

    #[test]
    fn comments_that_leave_a_lock_out() {
        for text in [
            "No lock needed: nobody else knows it yet.",
            "No lock for c is required",
            "no need to hold the lock here",
            "There is no need for a mutex.",
            "We don't need to lock, the loop is the only writer.",
            "Locking is not necessary before Start.",
            "The header can be set without any synchronization because\nthe reader waits.",
            "It is safe to read this without holding the lock.",
            "The absence of a lock here is deliberate. Used on reloads alone.",
            "deliberately not locked",
            "The lock is not needed: nobody adds jobs any more.",
            "A lock would be unnecessary here.",
        ] {
            assert!(waives(text), "{text}");
        }
    }

    #[test]
    fn comments_that_do_not() {
        for text in [
            "Get returns the value without locking.",
            "It cannot be read without the lock.",
            "TODO: no lock needed?",
            "No lock is needed, but this is racy.",
            "The lock is needed here.",
            "mu must be held.",
            "There is no such lock.",
            "No mutex lock required here because no writing to the cache.",
            "Do not hold the lock here.",
        ] {
            assert!(!waives(text), "{text}");
        }
    }
}
