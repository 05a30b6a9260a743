//! Whatever the text, lowering gives a file whose parts fit together.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

mod check;

use check::check;
use gomapcheck_source::FileId;
use gomapcheck_syntax::{Mode, lower};
use proptest::prelude::*;

const SNIPPETS: &str = include_str!("snippets.go");

fn lower_and_check(text: &str) {
    for mode in [Mode::Whole, Mode::Declarations] {
        check(&lower(FileId(0), text, mode), text);
    }
}

#[test]
fn real_code_gives_a_file_that_fits_together() {
    lower_and_check(SNIPPETS);
    assert_eq!(lower(FileId(0), SNIPPETS, Mode::Whole).errors, []);
}

#[test]
fn nothing_and_junk_are_files_too() {
    for text in [
        "",
        "\n",
        "package",
        "package p",
        "\0\0\0",
        "\u{feff}package p\n",
        "}}}}((((",
        "func",
        "func (",
        "`",
        "/*",
        "\"\\",
    ] {
        lower_and_check(text);
    }
}

#[test]
fn deep_nesting_ends_in_something_bad_rather_than_in_a_crash() {
    let depth = 100_000;
    let texts = [
        format!("package p\nvar x = {}1{}\n", "(".repeat(depth), ")".repeat(depth)),
        format!("package p\nfunc f() {{ {}{} }}\n", "{".repeat(depth), "}".repeat(depth)),
        format!("package p\nvar x {}int\n", "[]".repeat(depth)),
        format!("package p\nvar x = {}1\n", "-".repeat(depth)),
        format!("package p\nvar x = a{}\n", ".b()".repeat(depth)),
        format!("package p\nvar x = f{}\n", "(".repeat(depth)),
        format!("package p\nfunc f() {{ {} }}\n", "if x {".repeat(depth)),
        format!("package p\nfunc f() {{ x := {}{} }}\n", "func() {".repeat(2000), "}".repeat(2000)),
    ];
    for text in texts {
        let file = lower(FileId(0), &text, Mode::Whole);
        assert!(!file.errors.is_empty(), "{:.60}", text);
        check(&file, &text);
    }
}

#[test]
fn long_chains_are_understood() {
    let sum = format!("package p\nvar x = \"a\"{}\n", " +\n\"a\"".repeat(20_000));
    let file = lower(FileId(0), &sum, Mode::Whole);
    assert_eq!(file.errors, []);
    check(&file, &sum);
    let chain = format!("package p\nfunc f() {{ if a {{}}{} }}\n", " else if b {}".repeat(150));
    assert_eq!(lower(FileId(0), &chain, Mode::Whole).errors, []);
}

#[test]
fn headers_without_end_cost_no_more_than_their_length() {
    let lines = 50_000;
    for line in ["func f(\n", "func (r *T) m[\n", "func f() {\n", "new([\n", "func f() { new([[[[\n"] {
        lower_and_check(&line.repeat(lines / line.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text(text in any::<String>()) {
        lower_and_check(&text);
    }

    #[test]
    fn random_tokens(words in prop::collection::vec(prop::sample::select(TOKENS), 0..200)) {
        lower_and_check(&words.join(" "));
    }

    #[test]
    fn damaged_code(cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(TOKENS)), 1..6)) {
        let mut text = SNIPPETS.to_owned();
        for (index, length, word) in cuts {
            let start = floor(&text, index.index(text.len()));
            let end = floor(&text, (start + length).min(text.len()));
            text.replace_range(start..end, word);
        }
        lower_and_check(&text);
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

const TOKENS: &[&str] = &[
    "package",
    "import",
    "func",
    "type",
    "var",
    "const",
    "struct",
    "interface",
    "map",
    "chan",
    "go",
    "defer",
    "select",
    "switch",
    "case",
    "default",
    "for",
    "range",
    "if",
    "else",
    "return",
    "break",
    "goto",
    "x",
    "y",
    "T",
    "_",
    "new",
    "make",
    "iota",
    "nil",
    "1",
    "\"s\"",
    "`",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "...",
    "=",
    ":=",
    "+",
    "*",
    "&",
    "<-",
    "~",
    "|",
    "\n",
    "\nfunc f() {",
    "\n}\n",
    "//nolint",
    "/*",
    "*/",
    "é",
    "",
];
