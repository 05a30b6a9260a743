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
