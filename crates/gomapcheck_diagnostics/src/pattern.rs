use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regex::{Regex, RegexBuilder};

/// A regular expression as Go writes them, found anywhere in a text unless it says otherwise.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    regex: Regex,
}

/// A regular expression that cannot be understood.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{written:?} is no regular expression: {reason}")]
pub struct PatternError {
    /// The expression as written.
    pub written: String,
    /// What is wrong, on one line.
    pub reason: String,
}

impl Pattern {
    /// Reads an expression.
    ///
    /// # Errors
    /// If it is no regular expression.
    pub fn new(written: &str, is_case_sensitive: bool) -> Result<Self, PatternError> {
        let regex = RegexBuilder::new(&as_rust_writes(written)).case_insensitive(!is_case_sensitive).build();
        let regex = regex.map_err(|error| PatternError {
            written: written.to_owned(),
            reason: last_line(&error.to_string()),
        })?;
        Ok(Self { written: written.to_owned(), regex })
    }

    /// The expression as written.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether it is found in the text.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written && self.regex.as_str() == other.regex.as_str()
    }
}

impl Eq for Pattern {}

/// The parser draws the expression first and says what is wrong with it last.
fn last_line(message: &str) -> String {
    let last = message.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

/// The two dialects are nearly one. What differs: Go's `\d`, `\w`, `\s` and `\b` know ASCII alone, `\Q…\E` quotes, an escaped
/// `<` or `>` is just that character, within brackets `[`, `&&` and `~~`
/// have no meaning, nor has a brace that holds no numbers.
fn as_rust_writes(written: &str) -> String {
    let mut rest = written.chars().peekable();
    let mut translated = String::with_capacity(written.len());
    let mut in_class = false;
    while let Some(character) = rest.next() {
        match character {
            '\\' => escape(&mut rest, in_class, &mut translated),
            '[' if !in_class => {
                in_class = true;
                open_class(&mut rest, &mut translated);
            }
            '[' if rest.peek() == Some(&':') => named_class(&mut rest, &mut translated),
            ']' if in_class => {
                in_class = false;
                translated.push(']');
            }
            '[' | '&' | '~' if in_class => translated.extend(['\\', character]),
            '{' if !in_class && !is_repetition(rest.clone()) => translated.push_str("\\{"),
            _ => translated.push(character),
        }
    }
    translated
}

/// Whether what stands behind a `{` makes it a repetition: `2}`, `2,}` or `2,3}`. Else the brace stands for itself.
fn is_repetition(rest: Peekable<Chars<'_>>) -> bool {
    let inside: String = rest.take_while(|character| matches!(character, '0'..='9' | ',' | '}')).collect();
    inside.split_once('}').is_some_and(|(count, _)| {
        count.starts_with(|first: char| first.is_ascii_digit()) && count.matches(',').count() < 2
    })
}

/// A `]` that comes first stands for itself.
fn open_class(rest: &mut Peekable<Chars<'_>>, translated: &mut String) {
    translated.push('[');
    if rest.next_if_eq(&'^').is_some() {
        translated.push('^');
    }
    if rest.next_if_eq(&']').is_some() {
        translated.push_str("\\]");
    }
}

/// `[:alpha:]` within brackets.
fn named_class(rest: &mut Peekable<Chars<'_>>, translated: &mut String) {
    translated.push('[');
    for character in rest.by_ref() {
        translated.push(character);
        if character == ']' {
            return;
        }
    }
}

fn escape(rest: &mut Peekable<Chars<'_>>, in_class: bool, translated: &mut String) {
    let Some(character) = rest.next() else {
        translated.push('\\');
        return;
    };
    let bracketed = |inside: &str| if in_class { inside.to_owned() } else { format!("[{inside}]") };
    match character {
        'Q' => quote(rest, translated),
        '<' | '>' => translated.push(character),
        'd' => translated.push_str(&bracketed("0-9")),
        'w' => translated.push_str(&bracketed("0-9A-Za-z_")),
        's' => translated.push_str(&bracketed("\\t\\n\\f\\r ")),
        'D' => translated.push_str("[^0-9]"),
        'W' => translated.push_str("[^0-9A-Za-z_]"),
        'S' => translated.push_str("[^\\t\\n\\f\\r ]"),
        'b' if !in_class => translated.push_str("(?-u:\\b)"),
        _ => translated.extend(['\\', character]),
    }
}

/// Everything up to `\E` stands for itself.
fn quote(rest: &mut Peekable<Chars<'_>>, translated: &mut String) {
    let mut quoted = String::new();
    while let Some(character) = rest.next() {
        if character == '\\' && rest.next_if_eq(&'E').is_some() {
            break;
        }
        quoted.push(character);
    }
    // Writing to a string does not fail.
    let _ = translated.write_str(&regex::escape(&quoted));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern, true).unwrap().is_match(text)
    }

    #[test]
    fn patterns_are_found_anywhere_and_heed_case() {
        assert!(finds("b", "lib/x.go"));
        assert!(finds("^b/", "b/x.go") && !finds("^b/", "lib/b/x.go"));
        assert!(!finds("Store", "store") && finds("(?i)Store", "store"));
        assert!(Pattern::new("Store", false).unwrap().is_match("store"));
        assert!(finds(r"_test\.go$", "a_test.go") && !finds(r"_test\.go$", "a_test.gox"));
    }

    #[test]
    fn what_go_reads_otherwise_is_read_as_go_does() {
        assert!(finds(r"\Qa.b(\E.", "a.b(x") && !finds(r"\Qa.b\E", "axb"));
        assert!(finds(r"\Qopen", "open"));
        assert!(finds(r"\<T\>", "<T>"));
        assert!(finds(r"^\d+$", "42") && !finds(r"^\d+$", "٤٢"));
        assert!(finds(r"^[\w.]+$", "a_1.go") && !finds(r"^\w+$", "ä"));
        assert!(finds(r"\bmap\b", "a map.") && !finds(r"\bmap\b", "mapping"));
        assert!(finds("^[[]$", "[") && finds("^[]x]+$", "x]") && finds("^[^]]$", "a"));
        assert!(finds("^[a&&b]+$", "&ab") && finds("^[~~]$", "~"));
        assert!(finds("^[[:digit:]x]+$", "1x"));
        assert!(finds("^a{2,}b{1}c{0,1}$", "aab") && finds("^map{k$", "map{k") && finds("x{,2}", "x{,2}"));
        assert!(finds(r"^[^\s]+$", "ab") && finds(r"^\S+\s\W\D$", "ab -x"));
    }

    #[test]
    fn a_broken_expression_says_what_is_wrong() {
        let error = Pattern::new("(a", true).unwrap_err();
        assert_eq!(error.to_string(), "\"(a\" is no regular expression: unclosed group");
        for broken in ["[a", "\\", "*", "(?<", "\\p{Nowhere}", "[z-a]", "a{2,1}"] {
            assert!(Pattern::new(broken, true).is_err(), "{broken}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_expression_is_too_odd(written in r"[\\QEdwsb<>\[\]{}()^$&~|:,0-9a-z-]{0,12}") {
            if let Ok(pattern) = Pattern::new(&written, true) {
                let _ = pattern.is_match(&written);
            }
        }

        #[test]
        fn a_quoted_text_finds_itself(text in "[^\\\\]{0,9}") {
            let quoted = format!(r"^\Q{text}\E$");
            proptest::prop_assert!(finds(&quoted, &text));
        }
    }
}
