//! The work grows with the input, not faster: steps are counted on generated modules of a size and of four times that size.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking")]

use std::fmt::Write as _;
use std::path::PathBuf;

use gomapcheck_engine::{Engine, Silent};
use gomapcheck_project::{Options, Workspace};

/// Four times the input may cost so many times the steps: a little more than four, as small parts weigh less in large inputs.
const MOST_GROWTH: f64 = 4.4;

struct Module(PathBuf);

impl Module {
    fn new(name: &str, size: usize, body: &str) -> Self {
        let directory =
            std::env::temp_dir().join(format!("gomapcheck-growth-{name}-{size}-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join("go.mod"), "module grown\n\ngo 1.22\n").unwrap();
        std::fs::write(directory.join("grown.go"), format!("package grown\n\nimport \"sync\"\n\n{body}"))
            .unwrap();
        Self(directory)
    }

    fn steps(&self) -> u64 {
        let workspace = Workspace::open(&Options::new(&self.0, ["./..."])).unwrap();
        let analysis = Engine::new(&workspace, &Silent).analyse(&workspace.graph()).unwrap();
        assert!(analysis.problems.is_empty(), "{:?}", analysis.problems);
        analysis.steps
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The steps for `size` and for four times `size` of what `body` writes.
fn grow(name: &str, size: usize, body: impl Fn(&mut String, usize)) -> (u64, u64) {
    let steps = |size: usize| {
        let mut text = String::from("var mu sync.Mutex\n\nvar shared = map[string]int{}\n\n");
        body(&mut text, size);
        Module::new(name, size, &text).steps()
    };
    (steps(size), steps(4 * size))
}

fn assert_linear(name: &str, size: usize, body: impl Fn(&mut String, usize)) {
    let (small, large) = grow(name, size, body);
    #[allow(clippy::cast_precision_loss, reason = "a ratio")]
    let growth = large as f64 / small as f64;
    assert!(small > 100, "{name}: {small} steps show nothing");
    assert!(growth < MOST_GROWTH, "{name}: {small} steps become {large}, {growth:.1} times as many");
}

#[test]
fn types_with_methods_and_goroutines() {
    assert_linear("types", 50, |text, size| {
        for n in 0..size {
            write!(
                text,
                "type S{n} struct {{ mu sync.Mutex; m map[string]int }}\n\
                 func (s *S{n}) put(k string) {{ s.mu.Lock(); defer s.mu.Unlock(); s.m[k]++ }}\n\
                 func (s *S{n}) get(k string) int {{ return s.m[k] }}\n\
                 func (s *S{n}) Run() {{ for i := 0; i < 3; i++ {{ go s.put(\"a\") }}; s.get(\"b\") }}\n\n"
            )
            .unwrap();
        }
    });
}

#[test]
fn a_chain_of_calls() {
    assert_linear("chain", 50, |text, size| {
        for n in 0..size {
            writeln!(text, "func f{n}(m map[string]int) {{ m[\"a\"]++; f{}(m) }}", n + 1).unwrap();
        }
        writeln!(text, "func f{size}(m map[string]int) {{ m[\"a\"]++ }}\nfunc start() {{ go f0(shared) }}")
            .unwrap();
    });
}

#[test]
fn everyone_calls_everything_below_within_a_layer() {
    // Ten functions a layer, each calling the ten of the next: the number of paths is a power of ten.
    assert_linear("layers", 5, |text, size| {
        for layer in 0..size {
            for n in 0..10 {
                write!(text, "func l{layer}x{n}(m map[string]int) {{ m[\"a\"]++").unwrap();
                for callee in 0..10 {
                    write!(text, "; l{}x{callee}(m)", layer + 1).unwrap();
                }
                text.push_str(" }\n");
            }
        }
        for n in 0..10 {
            writeln!(text, "func l{size}x{n}(m map[string]int) {{ m[\"a\"]++ }}").unwrap();
        }
    });
}

#[test]
fn loops_in_loops() {
    assert_linear("loops", 5, |text, size| {
        text.push_str("func loops(s []int) {\n");
        for n in 0..size {
            writeln!(text, "for i{n} := range s {{ v{n} := s[i{n}:]; shared[\"a\"] = len(v{n}); s = v{n}")
                .unwrap();
        }
        text.push_str(&"}".repeat(size));
        text.push_str("\n}\n");
        // What the innermost loops cost is a multiple of the depth at most; this is the rest of a program beside them.
        for n in 0..200 * size {
            writeln!(text, "func beside{n}() {{ shared[\"a\"] = {n} }}").unwrap();
        }
    });
}

fn nested_literals(text: &mut String, depth: usize, name: usize) {
    writeln!(text, "func literals{name}() {{").unwrap();
    for n in 0..depth {
        let body = format!("shared[\"a\"]++; if len(shared) > {n} {{ f{n}(); f{n}() }}");
        writeln!(text, "var f{n} func(); f{n} = func() {{ {body}").unwrap();
    }
    for n in (0..depth).rev() {
        writeln!(text, "}}; f{n}(); f{n}()").unwrap();
    }
    text.push_str("}\n");
}

#[test]
fn literals_in_literals() {
    assert_linear("literals", 5, |text, size| {
        (0..size).for_each(|name| nested_literals(text, 6, name));
    });
    // Each level knows the accesses of all below: with the depth the work grows as its square, up to the most that a summary
    // holds. Every path on its own would make it a power.
    let (small, large) = grow("depth", 5, |text, depth| nested_literals(text, depth, 0));
    assert!(large < 16 * small, "{small} steps become {large}");
}

#[test]
fn goroutines_in_one_function() {
    assert_linear("goroutines", 20, |text, size| {
        text.push_str("func start(m map[string]int) {\nvar wg sync.WaitGroup\n");
        for _ in 0..size {
            text.push_str("wg.Add(1); go func() { defer wg.Done(); mu.Lock(); m[\"a\"]++; mu.Unlock() }()\n");
        }
        text.push_str("wg.Wait()\n_ = m[\"a\"]\n}\n");
    });
}

#[test]
fn branches() {
    assert_linear("branches", 50, |text, size| {
        text.push_str("func branches(m map[string]int) {\n");
        for n in 0..size {
            writeln!(
                text,
                "v{n} := m[\"a\"]; if v{n} > 1 {{ m[\"b\"]++ }} else {{ mu.Lock(); m[\"c\"]++; mu.Unlock() }}"
            )
            .unwrap();
        }
        text.push_str("}\n");
    });
}
