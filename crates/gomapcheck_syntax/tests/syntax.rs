//! Go beside IR: one example for each family of syntax. `name#n` is a local, `Name%n` a local type, `Name$n` a type
//! parameter.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

use gomapcheck_source::FileId;
use gomapcheck_syntax::{Mode, lower};

/// The Go text and, below a line, its lowered form.
fn beside(go: &str) -> String {
    format!("{}\n----\n{}", go.trim(), lower(FileId(0), go, Mode::Whole))
}

macro_rules! examples {
    ($($name:ident: $go:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(beside($go));
        }
    )*};
}

examples! {
    imports: r#"package p
import "fmt"
import (
	m "maps"
	. "strings"
	_ "embed"
)
import "C"
"#;
    constants_repeat_with_iota: r#"package p
const (
	A, B = iota, iota * 2
	C, D
	_, _
)
func f() { const (x int = iota; y;); g(x, y) }
"#;
    variables_are_initialised_in_order: r#"package p
var a, b = pair()
var c, d int = 1, 2
var e map[string]int
var f = func() int { return a }
"#;
    types: r#"package p
type (
	S struct {
		sync.Mutex
		*Base
		gen.Set[int]
		a, b map[string][]*T `json:"tag"`
		_    [4]byte
	}
	A = func(int, ...string) (n int, err error)
	C struct { in <-chan int; out chan<- int; both chan chan int }
	I interface {
		fmt.Stringer
		Get(key string) (int, bool)
		~int | ~string | *T
	}
	G[K comparable, V any, M ~map[K]V] struct { m M }
)
"#;
    scopes_and_shadowing: r#"package p
func f(x int, string bool) (err error) {
	x, y := string, x
	if x := x; x > y {
		x, z := y, x
		use(x, z)
	} else if err := g(); err != nil {
		return err
	}
	{
		var x, len = len(x), 1
		use(x, len)
	}
	err, _ = h(), x
	return
}
"#;
    closures_capture_through_every_literal_between: r#"package p
func f(m map[string]int, k string) {
	n := 0
	const limit = 3
	go func(k string) {
		inner := 1
		defer func() {
			m[k] = n + inner + limit
		}()
	}(k)
	func() { n := n; n++ }()
}
"#;
    loops: r#"package p
func f(m map[int]T, ch chan int, s struct{ k int }) {
	for i, j := 0, 9; i < j; i, j = i+1, j-1 { use(i) }
	for i := range 10 { use(i) }
	for range 3 {}
	for k, v := range m { use(k, v) }
	for s.k = range m {}
	for x := range x.All() { use(x) }
	for v := range ch { use(v) }
	for len(m) > 0 {}
	for ;; {}
	for { break }
}
"#;
    switches: r#"package p
func f(x any, n int) {
	switch n := n + 1; n {
	case 1, 2:
		fallthrough
	case 3:
		n := n
		use(n)
	default:
	}
	switch { case n > 1: }
	switch y := x.(type) {
	case int, []string:
		use(y)
	case nil:
	default:
		func() { use(y) }()
	}
	switch g(); x.(type) { case map[string]int: }
}
"#;
    selects: r#"package p
func f(a chan int, b chan<- string) {
	var v int
	var ok bool
	select {
	case v := <-a:
		use(v)
	case v, ok = <-a:
	case w, ok := <-a:
		use(w, ok)
	case b <- "s":
	case <-a:
	default:
	}
	use(v, ok)
}
"#;
    labels_and_jumps: r#"package p
func f() {
outer:
	for {
		for {
			if a { continue outer }
			break outer
		}
	}
	goto end
	;
end:
}
"#;
    composite_literals: r#"package p
func f(key string, x T) {
	_ = map[string]T{key: x, "b": x}
	_ = T{key: x, other: 2, Nested: U{1, x}}
	_ = []map[string]T{{"a": {1, x}}, nil}
	_ = [...]string{2: key, 3: "d"}
	_ = &struct{ a int }{a: f()}
	_ = pkg.G[int]{}
}
"#;
    constant_tables: r#"package p
func f(x T) {
	_ = []T{{1, -2}, {name: "b", ok: true}}
	_ = []U{{x, []int{1, 2}}, {x, nil}}
	_ = T{}
	_ = T{ /* 1 */ }
}
"#;
    conversions_and_generics: r#"package p
func f[T any, M map[string]T](m M, x any) {
	use([]byte("s"), (*T)(nil), (func())(x), map[string]int(x), chan int(x), interface{ A() }(x))
	g[int](1)
	g[int, []T](1, 2)
	h := g[T]
	use(h, x.(T), x.(interface{ A() }), T.Method, (*T).Method, pkg.G[T](x))
	v, ok := m["k"], x.(map[string]T)
	use(v, ok, m)
	make(map[string]T, 3)
	new(T)
	use(args...)
	use(s[1:], s[:2], s[1:2:3], s[:])
}
"#;
    statements_with_effects: r#"package p
func f(ch chan int, p *int) {
	go g(1)
	defer mu.Unlock()
	ch <- 1
	*p++
	x := <-ch
	x, y := 1, 2
	x += y
	x <<= 2
	x &^= y
	a[i], b.c = b.c, a[i]
	<-ch
	type Node struct{ next *Node }
	var n Node
	use(!a && b || c == d, -x, ^x, +x, &n, x << 2 + 1)
	return
}
"#;
    methods_of_generic_types: r#"package p
func (s *Store[K, V]) Get(k K) (v V, ok bool) { v, ok = s.m[k]; return }
func (Store[K, _]) Len() int
"#;
    methods_with_type_parameters: r#"package p
func (s *Store[K]) Map[V any, W []V](f func(K) V) W { return W{f(s.k)} }
func (s *Store[K]) After() {}
"#;
    new_with_an_expression: r#"package p
func f(n int) {
	p := new(n + 1)
	q := new(map[string]int)
	r := new([]int{1})
	use(p, q, r)
	make := g
	make(n - 1)
}
"#;
    a_broken_function_costs_only_itself: r#"package p
var before = 1
func broken() {
	x := := 2
	if {
}
func fine(m map[string]int) { m["a"] = 1 }
var after = func() { fine(nil) }
"#;
    a_broken_header: r#"package p
func broken(a int b) error { return nil }
func fine() {}
type T struct { a int
"#;
    notes_on_locking: r#"package p
type S struct {
	mu sync.Mutex // protects a and b
	// a is guarded by mu.
	a, b map[string]int
	c int // +checklocks:mu

	// Not a note on d: the lock is far.

	d int
	/* e is
	 * under the LOCK */
	e int
}
// f needs care.
// The caller must hold s.mu.
func (s *S) f() {}
var (
	mu sync.Mutex // guards x
	// guarded by mu
	x, y map[string]int
)
"#;
    nolint_directives: r#"//nolint:all // the whole file
package p

//nolint:map-concurrency
func f() {
	a() //nolint
	//nolint:a,b // reason
	if x {
		b()
	}
	//nolint
		c()
	g(
		// nolint:c
		func() {
		},
		//NOLINT
	)
}
"#;
}

#[test]
fn declarations_leave_bodies_out() {
    let go = r#"package p

import "fmt"

type T struct { m map[string]int }

// The caller must hold mu.
func (t *T) Get(k string) int { return t.m[k] }

func (t *T) Each[V any](f func(V) struct{}) {
	fmt.Println(`
}`)
}

var table = build(func() int { x := 1; return x })

func assembly(n int) bool
"#;
    let file = lower(FileId(0), go, Mode::Declarations);
    insta::assert_snapshot!(format!("{}\n----\n{file}", go.trim()));
}
