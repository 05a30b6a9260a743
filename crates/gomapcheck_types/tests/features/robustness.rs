//! Programs that no compiler accepts, and programs that no person writes.

use gomapcheck_types::{Program, map_operations};

use crate::support::Fixture;

fn survives(text: &str) {
    let fixture = Fixture::new(text);
    let program = Program::check(&fixture, &fixture.targets());
    for file in 0..fixture.targets().len() {
        let file = gomapcheck_source::FileId(u32::try_from(file).unwrap());
        let _ = map_operations(&program, file);
        let ir = program.ir(file);
        for expr in (0..ir.exprs.len()).map(gomapcheck_ir::ExprId::new) {
            let _ = program.display_type(program.type_of(file, expr));
            let _ = program.callee(file, expr);
        }
    }
}

#[test]
fn nonsense() {
    survives("package p\nfunc f[T T](t T) { t[t](t)[t:t:t].t = t.(t) }");
    survives("package p\ntype T[P any] struct { T[T[P]]; *P }\nvar x T[T]\nvar y = x.z.T[0]()\n");
    survives(
        "package p\ntype T = map[T]T\ntype U[X any] = U[U[X]]\nvar a U[int]\nfunc f() { a[a]++; T(nil)[nil] = nil }",
    );
    survives(
        "package p\nfunc (x y) m() { x.m().m() }\nfunc (*p) n() {}\nfunc () o() {}\nfunc (a, b T) q() {}",
    );
    survives(
        "package p\nfunc f() { a, b := 1; c := 1, 2; for range f {}; var d, e int = f; return f(f(f)) }",
    );
    survives("package p\nimport p \"example\"\nvar x = p.x\nfunc f() { p.f(); p = p; p.q.r() }");
    survives("package p\nfunc f[A ~[]B, B ~[]A](a A, b B) { f(a, b); f[A](a, a); f(nil, nil) }");
    survives("package p\nfunc g[T any, U any](t T) (U, T)\nvar a, b = g(g(1))\nvar c = g[int, int, int](1)");
    survives(
        "package p\ntype I interface { I | J; m() I }\ntype J interface { ~I; K }\nfunc f[T I](t T) { t.m().m() }",
    );
}

#[test]
fn parameters_that_constrain_each_other() {
    survives("package p\nfunc f[A B, B A](a A, b B) { a.x(); a[b]++; f(b, a); f(1, nil) }");
    survives("package p\ntype S[A B, B A] struct { A; b B }\nfunc (s S[X, Y]) m() { s.b.z[s] = s.A }");
    survives(
        "package p\nfunc f[A interface{ *A }](a A) { a.x; *a; f(&a) }\nfunc g[A []A](a A) { a[0][0].x; g(a[0]) }",
    );
    survives("package p\ntype T[P T[P]] struct { p P }\nfunc f(t T[T[int]]) { t.p.p.q; t.x() }");
}

#[test]
fn types_that_grow_without_end() {
    survives("package p\ntype A[T any] A[func(T, T) T]\nvar a A[int]\nfunc f() { a.x(); a[0]++ }");
    survives(
        "package p\ntype A[T any] struct { A[func(T, T) T]; n *A[map[T]T] }\nfunc f(a A[int]) { a.x() }",
    );
    let steps = ".n".repeat(100);
    survives(&format!(
        "package p\ntype A[T any] struct {{ n *A[map[T]T] }}\nfunc f(a A[int]) {{ a{steps}.m() }}"
    ));
}

#[test]
fn interfaces_that_lead_back_to_themselves() {
    let methods = |result: &str, receiver: &str| -> String {
        (0..8).map(|i| format!("{receiver} M{i}() {result}\n")).collect()
    };
    survives(&format!(
        "package p\ntype I[T any] interface {{\n{}V() T }}\ntype N struct{{}}\n{}func (*N) V() int\nfunc g[T any](i I[T]) T\nfunc f(n *N) {{ _ = g(n) }}",
        methods("I[T]", ""),
        methods("*N", "func (*N)"),
    ));
}

#[test]
fn deep_nesting() {
    let deep = 20_000;
    survives(&format!("package p\nvar x = {}1{}\n", "(".repeat(deep), ")".repeat(deep)));
    survives(&format!("package p\nvar x = {}1\n", "1 + ".repeat(deep)));
    survives(&format!("package p\nfunc f() {{ x{} }}\n", ".a()".repeat(deep)));
    survives(&format!("package p\nfunc f() {} {}\n", "{".repeat(deep), "}".repeat(deep)));
    survives(&format!("package p\nvar x {}int\n", "map[string]".repeat(deep)));
    survives(&format!("package p\nvar x = {}{}\n", "[][]int{{".repeat(deep), "}}".repeat(deep)));
}

#[test]
fn long_chains_of_declarations() {
    let mut text = "package p\n".to_owned();
    for i in 0..3000 {
        text += &format!("var v{i} = v{}\ntype T{i} T{}\ntype A{i} = A{}\n", i + 1, i + 1, i + 1);
    }
    survives(&text);
}
