//! Whatever the text, the whole run goes through: damaged Go is lowered, typed and analysed without a panic.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

use std::fs;

use gomapcheck_engine::{Engine, Silent};
use gomapcheck_project::{Options, Workspace};
use gomapcheck_source::ProblemKind;
use proptest::prelude::*;

/// Code with much of what the analysis looks at.
const SOURCES: [&str; 5] = [
    include_str!("../../../testdata/closures/functions.go"),
    include_str!("../../../testdata/closures/locks.go"),
    include_str!("../../../testdata/functions/sharing.go"),
    include_str!("../../../testdata/functions/launchers.go"),
    include_str!("../../../testdata/guards/escape.go"),
];

/// What damage leaves behind.
const TOKENS: [&str; 24] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "func",
    "go ",
    "defer ",
    "for range ",
    "map[",
    "chan ",
    "<-",
    ":=",
    ".",
    "*",
    "&",
    "interface{",
    "struct{",
    "select {",
    "type T T\n",
    "goto x\n",
    "x:\n",
    "return ",
];

/// One damage: where, as a share of the text, and what.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Cut(f64, usize),
    Double(f64, usize, f64),
    Insert(f64, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0.0..1.0_f64;
    prop_oneof![
        (at.clone(), 1..120_usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        (at.clone(), 1..200_usize, at.clone()).prop_map(|(at, length, to)| Damage::Double(at, length, to)),
        (at, 0..TOKENS.len()).prop_map(|(at, token)| Damage::Insert(at, token)),
    ]
}

/// The nearest place in the text at this share of it.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a short text"
)]
fn place(text: &str, share: f64) -> usize {
    let mut at = ((text.len() as f64) * share) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn part(text: &str, from: usize, length: usize) -> std::ops::Range<usize> {
    let mut to = (from + length).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    from..to.max(from)
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut text = text.to_owned();
    for damage in damages {
        match *damage {
            Damage::Cut(at, length) => {
                let from = place(&text, at);
                text.replace_range(part(&text, from, length), "");
            }
            Damage::Double(at, length, to) => {
                let from = place(&text, at);
                let copy = text[part(&text, from, length)].to_owned();
                let to = place(&text, to);
                text.insert_str(to, &copy);
            }
            Damage::Insert(at, token) => {
                let at = place(&text, at);
                text.insert_str(at, TOKENS[token]);
            }
        }
    }
    text
}

/// Runs every stage; says what it cost.
fn analyse(files: &[(&str, &str)]) {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("go.mod"), "module example.com/m\n\ngo 1.24\n").unwrap();
    for (path, text) in files {
        fs::write(directory.path().join(path), text).unwrap();
    }
    let workspace = Workspace::open(&Options::new(directory.path(), ["./..."])).unwrap();
    let engine = Engine::new(&workspace, &Silent);
    let analysis = engine.analyse(&workspace.graph()).unwrap();
    assert!(
        analysis.problems.iter().all(|problem| problem.kind != ProblemKind::Source),
        "{:?}",
        analysis.problems
    );
    let _ = Engine::new(&workspace, &Silent).printed_summaries(&workspace.graph());
    let _ = Engine::new(&workspace, &Silent).map_operations(&workspace.graph());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_code_is_analysed(
        first in 0..SOURCES.len(),
        second in 0..SOURCES.len(),
        damages in proptest::collection::vec(damage(), 1..12),
    ) {
        let text = damaged(SOURCES[first], &damages);
        // Beside it, another file that may use what is left of its declarations.
        analyse(&[("a.go", &text), ("b.go", SOURCES[second])]);
    }
}

#[test]
fn declarations_that_go_round_in_circles_are_analysed() {
    let text = "package m\n\ntype A B\ntype B A\ntype C struct{ C; m map[int]C }\ntype D interface{ D; F(D) }\n\
                type E[T E[T]] map[int]E[T]\nvar x = y\nvar y = x\n\n\
                func (c *C) F(d D) { c.C.C.m[1] = *c; go d.F(d); x[1] = y }\n\
                func f() { var a A; var e E[E[int]]; go f(); a[1], e[2] = f, f; (*C).F(nil, nil); c := C.F; c(c, c) }\n";
    analyse(&[("a.go", text)]);
}
