//! Which comments speak of locking, or of the time when it is not needed: a search for a few words in all comments of all files.
//!
//! Comments are a quarter of Go's source, so the search skips: it looks at the last two of four bytes and goes on by as many
//! as no word can begin at (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).

/// The beginnings of the words, in lower case; a comment with one of them is a note.
const WORDS: [&[u8]; 21] = [
    b"lock",
    b"hold",
    b"held",
    b"mutex",
    b"guard",
    b"gomapcheck",
    b"protect",
    b"concurren",
    b"thread",
    b"synchroni",
    b"safe",
    b"called before",
    b"used before",
    b"registered before",
    b"ever called",
    b"called after",
    b"called until",
    b"testing only",
    b"testing purpose",
    b"only for test",
    b"only used ",
];

/// No word is shorter.
const WINDOW: usize = 4;

/// Whether a comment contains one of the words that make it a note, in upper or lower case.
pub(crate) fn states_discipline(comment: &str) -> bool {
    let bytes = comment.as_bytes();
    let mut end = WINDOW;
    while let Some(&[before, last]) = bytes.get(end - 2..end) {
        match SHIFTS[slot(before, last)] {
            0 => {
                if begins_word(bytes, end - WINDOW) {
                    return true;
                }
                end += 1;
            }
            shift => end += usize::from(shift),
        }
    }
    false
}

fn begins_word(bytes: &[u8], at: usize) -> bool {
    let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk) else { return false };
    if !BEGINNINGS.contains(&beginning(*window)) {
        return false;
    }
    let is_here =
        |word: &&[u8]| bytes.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word));
    // Not in the name that directives call us by: `//nolint:map-concurrency`.
    let is_our_name = |word: &[u8]| word[0] == b'c' && at > 0 && bytes[at - 1] == b'-';
    WORDS.iter().find(|word| is_here(word)).is_some_and(|word| !is_our_name(word))
}

/// The first bytes of each word as one number: comparing those is all that most windows cost.
static BEGINNINGS: [u32; WORDS.len()] = {
    let mut beginnings = [0; WORDS.len()];
    let mut word = 0;
    while word < WORDS.len() {
        if let Some(window) = WORDS[word].first_chunk() {
            beginnings[word] = beginning(*window);
        }
        word += 1;
    }
    beginnings
};

/// Letters in lower case; what is no letter may come to look like one.
const fn beginning(window: [u8; WINDOW]) -> u32 {
    u32::from_ne_bytes(window) | 0x2020_2020
}

/// By how much a window that ends with two bytes may move on without passing over a word; 0 where it may hold one.
static SHIFTS: [u8; 1 << 10] = {
    let mut shifts = [WINDOW as u8 - 1; 1 << 10];
    let mut word = 0;
    while word < WORDS.len() {
        let mut end = 2;
        while end <= WINDOW {
            let slot = slot(WORDS[word][end - 2], WORDS[word][end - 1]);
            let shift = (WINDOW - end) as u8;
            if shift < shifts[slot] {
                shifts[slot] = shift;
            }
            end += 1;
        }
        word += 1;
    }
    shifts
};

/// Two bytes as an index: of each the five bits that letters differ in.
const fn slot(before: u8, last: u8) -> usize {
    ((before & 31) as usize) << 5 | (last & 31) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_that_speak_of_locking_are_found() {
        for comment in [
            "lock",
            "// guarded by mu",
            "// must HOLD s.mu",
            "// xheld",
            "/* Protects items */",
            "// safe for concurrent use",
            "// no longer safe once it has been shared",
            "// +checklocks:mu",
            "// not threadsafe",
            "// no synchronization",
            "// Must be called before Start.",
            "// Must only be called after Wait.",
            "// Reset is for testing only.",
            "//gomapcheck:ignore",
            "// allocklo lock",
        ] {
            assert!(states_discipline(comment), "{comment}");
        }
    }

    #[test]
    fn other_comments_are_not() {
        for comment in
            ["", "//", "// loc", "// hol ding", "//nolint:map-concurrency", "// mute x", "// ünïcödé gua"]
        {
            assert!(!states_discipline(comment), "{comment}");
        }
    }
}
