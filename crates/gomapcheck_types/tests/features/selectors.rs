use crate::support::check;

#[test]
fn fields_through_embedding_and_pointers() {
    check(
        r#"
package example

type Base struct{ items map[string]int }
type Middle struct{ *Base; name string }
type Top struct{ Middle; extra []Base }
type Pointer *Top

func use(t Top, p **Top, q Pointer) {
	_ = t.items // type: map[string]int
	_ = t.Middle.Base // type: *example.Base
	_ = (*p).extra[0].items // type: map[string]int
	_ = q.name // type: string
	_ = p.name // type: ?
}
"#,
    );
}

#[test]
fn ambiguous_fields_are_unknown_and_shallow_ones_win() {
    check(
        r#"
package example

type A struct{ m map[string]int; deep map[int]int }
type B struct{ m map[string]int; C }
type C struct{ deep string; deeper bool }
type Both struct{ A; B }

func use(b Both) {
	_ = b.m // type: ?
	_ = b.A.m // type: map[string]int
	_ = b.deep // type: map[int]int
	_ = b.deeper // type: bool
}
"#,
    );
}

#[test]
fn unexported_names_of_other_packages_are_not_seen() {
    check(
        r#"
package example

import "lib"

type inner struct{ state map[string]int }
type Outer struct{ lib.Outside; inner }

func use(o Outer) {
	_ = o.state // type: map[string]int
	_ = o.Shared // type: map[int]int
}
-- lib --
package lib

type Outside struct{ state bool; Shared map[int]int }
"#,
    );
}

#[test]
fn method_values_and_expressions() {
    check(
        r#"
package example

type Store struct{ items map[string]int }

func (s *Store) All() map[string]int { return s.items }
func (s Store) Each(f func(string, int)) {}

type Getter interface{ All() map[string]int }

func use(s Store, g Getter) {
	_ = s.All() // type: map[string]int
	_ = s.Each // type: func(func(string, int))
	_ = (*Store).All // type: func(*example.Store) map[string]int
	_ = Getter.All // type: func(example.Getter) map[string]int
	all := s.All
	_ = all() // type: map[string]int
	_ = g.All() // type: map[string]int
}
"#,
    );
}

#[test]
fn embedded_interfaces_give_their_methods() {
    check(
        r#"
package example

import "lib"

type Reader interface{ Read() map[string]int }
type Both interface{ Reader; lib.Closer; error }
type Wrapped struct{ Both }

func use(w Wrapped) {
	_ = w.Read() // type: map[string]int
	_ = w.Close() // type: error
	_ = w.Error() // type: string
}
-- lib --
package lib

type Closer interface{ Close() error }
"#,
    );
}
