use crate::support::check;

#[test]
fn operators() {
    check(
        r#"
package example

type Duration int64

const Second Duration = 1000

func use(p *int, b bool, s string, c chan map[int]int, bytes []byte, grid [3][4]float32, at *[5]rune) {
	_ = *p // type: int
	_ = &s // type: *string
	_ = <-c // type: map[int]int
	_ = b && s == "x" // type: bool
	_ = 2 * Second // type: example.Duration
	_ = 1 << 3 // type: untyped int
	_ = 1 + 'a' + 2.5 // type: untyped float
	_ = s[0] // type: uint8
	_ = s[1:] // type: string
	_ = bytes[:2] // type: []uint8
	_ = grid[1] // type: […]float32
	_ = grid[1][:] // type: []float32
	_ = at[2] // type: int32
	_ = at[:] // type: []int32
	_ = -Second // type: example.Duration
	_ = !b // type: bool
}
"#,
    );
}

#[test]
fn composite_literals_with_elided_types() {
    check(
        r#"
package example

type Point struct{ X, Y int; Tags map[string]bool }

func use() {
	_ = []Point{{X: 1}} // type: []example.Point
	_ = map[Point][]*Point{{1, 2, nil}: {{X: 1}}} // type: map[example.Point][]*example.Point
	nested := map[string]map[int][]string{
		"a": {1: {"x"}},
	}
	_ = nested["a"] // type: map[int][]string
	_ = [...]string{2: "x"} // type: […]string
	_ = &Point{} // type: *example.Point
	_ = struct{ m map[int]int }{nil}.m // type: map[int]int
	list := []map[string]int{{"a": 1}, {}}
	_ = list[0] // type: map[string]int
}
"#,
    );
}

#[test]
fn several_values_and_comma_ok() {
    check(
        r#"
package example

func three() (m map[string]int, n int, err error) { return }
func take(m map[string]int, n int, err error) {}

func use(any any, c chan []int, m map[string][]byte) {
	a, b, err := three()
	_ = a // type: map[string]int
	_ = b // type: int
	_ = err // type: error
	v, ok := m["k"]
	_ = v // type: []uint8
	_ = ok // type: bool
	t, ok := any.(map[int]int)
	_ = t // type: map[int]int
	r, ok := <-c
	_ = r // type: []int
	var x, y = any.(string)
	_ = x // type: string
	_ = y // type: bool
	_ = three() // type: (map[string]int, int, error)
}
"#,
    );
}

#[test]
fn range_over_everything() {
    check(
        r#"
package example

type Seq2[K, V any] func(yield func(K, V) bool)

func all() Seq2[string, map[int]int] { return nil }

func use(m map[string]bool, s []map[int]int, p *[2]string, text string, c <-chan error, n int32) {
	for k, v := range m {
		_ = k // type: string
		_ = v // type: bool
	}
	for i, v := range s {
		_ = i // type: int
		_ = v // type: map[int]int
	}
	for _, v := range p {
		_ = v // type: string
	}
	for i, r := range text {
		_ = i // type: int
		_ = r // type: int32
	}
	for e := range c {
		_ = e // type: error
	}
	for i := range n {
		_ = i // type: int32
	}
	for i := range 10 {
		_ = i // type: int
	}
	for k, v := range all() {
		_ = k // type: string
		_ = v // type: map[int]int
	}
}
"#,
    );
}

#[test]
fn switches_select_and_closures() {
    check(
        r#"
package example

type M map[string]int

func use(x any, c chan M, d chan int) {
	switch y := x.(type) {
	case M:
		_ = y // type: example.M
	case *M, []M:
		_ = y // type: any
	case nil:
		_ = y // type: any
	case func() M:
		_ = y() // type: example.M
	default:
		_ = y // type: any
	}
	select {
	case m, ok := <-c:
		_ = m // type: example.M
		_ = ok // type: bool
	case d <- 1:
	}
	f := func(m M, rest ...M) (map[int]M, error) {
		_ = rest // type: []example.M
		return nil, nil
	}
	_ = f // type: func(example.M, ...example.M) (map[int]example.M, error)
	g, _ := f(nil)
	_ = g[1] // type: example.M
	func() {
		g := "shadow"
		_ = g // type: string
	}()
	_ = g // type: map[int]example.M
}
"#,
    );
}

#[test]
fn builtins() {
    check(
        r#"
package example

import "unsafe"

type Names []string

func use(names Names, f float32, c complex64) {
	_ = make(map[string]Names, 3) // type: map[string]example.Names
	_ = new(map[int]int) // type: *map[int]int
	_ = append(names, "x") // type: example.Names
	_ = len(names) // type: int
	_ = min(1, 2.5) // type: untyped float
	_ = max(f, 1) // type: float32
	_ = real(c) // type: float32
	_ = recover() // type: any
	_ = unsafe.Sizeof(f) // type: uintptr
	_ = unsafe.Pointer(&f) // type: unsafe.Pointer
	_ = unsafe.Slice(&f, 2) // type: []float32
}
"#,
    );
}
