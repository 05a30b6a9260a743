use crate::support::check;

#[test]
fn every_kind_of_operation() {
    check(
        r#"
package example

var global = map[string]int{}
var first = global["a"] // ops: read global

func use(m map[string]int, n map[string]map[int]bool, keys []string, c chan int) {
	m["a"] = 1 // ops: write m
	m["a"] += m["b"] // ops: write m, read m
	m["a"]++ // ops: write m
	(m)[("a")] = 2 // ops: write (m)
	n["a"][1] = true // ops: read n, write n["a"]
	_, ok := m["a"] // ops: read m
	for m["k"] = range keys { // ops: write m
	}
	for k, v := range n { // ops: range n
		_ = v[len(k)] // ops: read v
	}
	delete(n["a"], 1) // ops: delete n["a"], read n
	clear(m) // ops: clear m
	_ = len(m) // ops: len m
	_ = cap(keys) // ops: none
	select {
	case m["x"] = <-c: // ops: write m
	case m["y"], ok = <-c: // ops: write m
	}
	_ = &m // ops: none
	_ = ok
}
"#,
    );
}

#[test]
fn instantiations_and_shadowed_builtins_are_no_operations() {
    check(
        r#"
package example

type Dict[V any] map[string]V

func Make[T any]() Dict[T] { return nil }

func use(len func(any) int, d Dict[int]) {
	_ = len(d) // ops: none
	_ = Make[int]() // ops: none
	_ = Dict[int]{} // ops: none
	var e Dict[bool]
	e["x"] = d["y"] > 0 // ops: write e, read d
}

func parameter[M ~map[string]int, N interface{ ~map[string]int | ~[]int }](m M, n N) {
	m["a"] = 1 // ops: write m
	clear(n) // ops: none
}
"#,
    );
}
