use crate::support::check;

#[test]
fn package_level_variables_take_the_type_of_their_initial_value() {
    check(
        r#"
package example

var counts = map[string]int{}
var total, names = 1.5, []string{}
var entry, found = counts["a"]
var left, right = pair()
var later = counts

const limit = 10
const half, third float32 = 0.5, 0.3

func pair() (int, error) { return 0, nil }

func use() {
	_ = counts // type: map[string]int
	_ = total // type: float64
	_ = names // type: []string
	_ = entry // type: int
	_ = found // type: bool
	_ = left // type: int
	_ = right // type: error
	_ = later // type: map[string]int
	_ = limit // type: untyped int
	_ = third // type: float32
}
"#,
    );
}

#[test]
fn constants_repeat_the_expression_above() {
    check(
        r#"
package example

type Kind uint8

const (
	First Kind = iota
	Second
)

func use() {
	_ = Second // type: example.Kind
	const (
		a = "x"
		b
	)
	_ = b // type: untyped string
	c := b
	_ = c // type: string
}
"#,
    );
}

#[test]
fn declared_types_and_aliases() {
    check(
        r#"
package example

type Set map[string]struct{}
type Same = Set
type Index = map[int]Same
type Tree struct {
	children []*Tree
	byName   map[string]*Tree
}

func use(s Set, a Same, i Index, t Tree) {
	_ = s // type: example.Set
	_ = a // type: example.Set
	_ = i // type: map[int]example.Set
	_ = t.children[0].byName // type: map[string]*example.Tree
	type local struct{ m map[int]local }
	var l local
	_ = l.m[1].m // type: map[int]example.local
	type short = []local
	var x short
	_ = x // type: []example.local
}
"#,
    );
}

#[test]
fn names_of_the_package_shadow_the_universe() {
    check(
        r#"
package example

type string []byte

func len(m map[int]bool) bool { return m[0] }

var nil = 3

func use(s string, m map[int]bool) {
	_ = s // type: example.string
	_ = len(m) // type: bool
	_ = nil // type: int
	true := "no"
	_ = true // type: string
}
"#,
    );
}

#[test]
fn imports_by_name_alias_and_dot() {
    check(
        r#"
package example

import (
	"lib/go-things"
	other "lib/other"
	. "lib/dotted"
	_ "lib/blank"
)

func use() {
	_ = things.Registry // type: map[string]things.Thing
	_ = other.Load() // type: *core.Config
	_ = Dotted // type: map[int]int
	var t things.Thing
	_ = t.Tags // type: map[string]string
}
-- lib/go-things --
package things

type Thing struct{ Tags map[string]string }

var Registry map[string]Thing
-- lib/other --
package core

type Config struct{}

func Load() *Config { return nil }
-- lib/dotted --
package dotted

var Dotted map[int]int
-- lib/blank --
package blank
"#,
    );
}

#[test]
fn cyclic_declarations_end() {
    check(
        r#"
package example

type A B
type B A
type C = D
type D = C
type E interface{ E }
type F interface{ G }
type G interface{ F; M() H }
type H[T any] struct{ next *H[H[T]] }
type I struct{ *I; J }
type J struct{ *I }

var x = y
var y = x

func use(a A, c C, e E, f F, h H[int], i I) {
	_ = a.b // type: ?
	_ = c // type: ?
	_ = e.M // type: ?
	_ = f.M() // type: example.H
	_ = h.next // type: *example.H[example.H[int]]
	_ = i.nothing // type: ?
	_ = x // type: ?
}
"#,
    );
}
