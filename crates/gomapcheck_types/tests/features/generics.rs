use crate::support::check;

#[test]
fn generic_types_and_their_methods() {
    check(
        r#"
package example

type Cache[K comparable, V any] struct {
	items map[K]V
	inner struct{ old map[K][]V }
	next  *Cache[K, V]
}

func (c *Cache[A, B]) Get(a A) (B, bool) {
	_ = c.items // type: map[A]B
	b, ok := c.items[a]
	return b, ok
}

func (c *Cache[_, V]) Values() []V { return nil }

type Ints = Cache[string, int]
type Keyed[V any] = Cache[string, V]
type Holder struct{ Cache[string, error] }

func use(c Cache[string, map[int]bool], i Ints, k Keyed[[]byte], h Holder) {
	_ = c.items // type: map[string]map[int]bool
	_ = c.next.inner.old // type: map[string][]map[int]bool
	v, _ := c.Get("x")
	_ = v // type: map[int]bool
	_ = c.Values() // type: []map[int]bool
	_ = i.items // type: map[string]int
	_ = k.items // type: map[string][]uint8
	_ = h.items // type: map[string]error
	_ = Cache[int, int]{} // type: example.Cache[int, int]
}
"#,
    );
}

#[test]
fn type_arguments_are_inferred_from_arguments() {
    check(
        r#"
package example

func Keys[M ~map[K]V, K comparable, V any](m M) []K { return nil }
func Clone[M ~map[K]V, K comparable, V any](m M) M { return m }
func Map[T, U any](list []T, f func(T) U) []U { return nil }
func Pair[A, B any](a A, b B) map[string]struct{ a A; b B } { return nil }
func Or[T any](list ...T) T { return list[0] }
func Make[T any]() map[string]T { return nil }
func Two[A, B any](b B) map[string]A { return nil }
func Must[T any](v T, err error) T { return v }
func open() (map[string]int, error) { return nil, nil }

type Set map[string]bool
type Seq[T any] func(yield func(T) bool)

func Collect[T any](s Seq[T]) []T { return nil }
func Items[T any](list []T) Seq[T] { return nil }

func use(s Set, numbers []int) {
	_ = Keys(s) // type: []string
	_ = Clone(s) // type: example.Set
	_ = Map(numbers, func(n int) Set { return nil }) // type: []example.Set
	_ = Pair(1, 'x')["k"].b // type: int32
	_ = Or(1, 2.5) // type: float64
	_ = Or(numbers...) // type: int
	_ = Make[Set]() // type: map[string]example.Set
	_ = Two[Set](1) // type: map[string]example.Set
	_ = Must(open()) // type: map[string]int
	_ = Collect(Items(numbers)) // type: []int
	_ = Collect(func(yield func(error) bool) {}) // type: []error
	f := Keys[Set]
	_ = Make[int] // type: func() map[string]int
	_ = f
}
"#,
    );
}

#[test]
fn constraints_give_methods_and_core_types() {
    check(
        r#"
package example

type MapLike interface{ ~map[string]int | ~map[string]bool }
type Named interface{ comparable; Name() map[string]int }
type PointerTo[T any] interface{ *T; Reset() []T }

func use[M MapLike, S ~[]E, E Named, P PointerTo[T], T any](m M, s S, p P) {
	for k := range m {
		_ = k // type: string
	}
	_ = s[0].Name() // type: map[string]int
	_ = p.Reset() // type: []T
	_ = *p // type: T
	var t T
	_ = P(&t) // type: P
}

type Tree[M ~map[string]M] struct{ m M }

func (t Tree[X]) walk() {
	_ = t.m["a"]["b"] // type: X
}
"#,
    );
}

#[test]
fn arguments_that_implement_a_generic_interface() {
    check(
        r#"
package example

type Iterator[T any] interface{ Next() (T, bool) }

type words struct{}

func (words) Next() (map[string]int, bool) { return nil, false }

func Drain[T any](it Iterator[T]) []T { return nil }

func use(w words) {
	_ = Drain(w) // type: []map[string]int
}
"#,
    );
}

#[test]
fn local_structs_in_generic_functions_keep_their_parameters() {
    check(
        r#"
package example

func outer[T any](list []T) {
	type entry struct{ m map[string]T }
	e := entry{}
	_ = e.m // type: map[string]T
	f := func(x T) map[int]T { return nil }
	_ = f(list[0]) // type: map[int]T
	anonymous := struct{ m map[T]T }{}
	_ = anonymous.m // type: map[T]T
}
"#,
    );
}
