use gomapcheck_ir::TypeDeclId;
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{Program, TypeRef};

use crate::support::{Fixture, check};

#[test]
fn what_a_call_calls() {
    check(
        r#"
package example

import "lib"

type Store struct{ lib.Base; hook func(int) }
type M map[string]int

func (s *Store) Put(k string) {}
func plain()                  {}
func generic[T any](t T)      {}

type Putter interface{ Put(string) }

func use(s *Store, p Putter, f func()) {
	plain() // calls: example.plain
	generic(1) // calls: example.generic
	generic[int](1) // calls: example.generic
	lib.Do() // calls: lib.Do
	s.Put("a") // calls: example.Store.Put on s
	s.Reset() // calls: lib.Base.Reset on s.Base
	s.hook(1) // calls: value of s.hook
	p.Put("a") // calls: interface Putter.Put on p
	(*Store).Put(s, "a") // calls: method expression example.Store.Put
	f() // calls: value of f
	func() {}() // calls: literal func1
	_ = M(nil) // calls: conversion to example.M
	_ = (map[string]int)(nil) // calls: conversion to map[string]int
	_ = (*Store)(nil) // calls: conversion to *example.Store
	_ = []byte("x") // calls: conversion to []uint8
	delete(M{}, "x") // calls: builtin Delete
	go func() {
		s.Put("b") // calls: example.Store.Put on s
	}()
	missing() // calls: unknown
}
-- lib --
package lib

type Base struct{}

func (b *Base) Reset() {}

func Do() {}
"#,
    );
}

#[test]
fn implementations_of_an_interface() {
    let text = r#"
package example

type Store interface{ Get(k string) int; Put(k string, v int) }

type Memory struct{}

func (*Memory) Get(k string) int    { return 0 }
func (*Memory) Put(k string, v int) {}

type Partial struct{}

func (Partial) Get(k string) int { return 0 }

type Other struct{}

func (Other) Get() int            { return 0 }
func (Other) Put(k string, v int) {}

type Promoted struct{ Memory }

type Disk struct{ Partial }

func (Disk) Put(k string, v int) {}
"#;
    let fixture = Fixture::new(text);
    let program = Program::check(&fixture, &fixture.targets());
    let store = TypeRef::new(FileId(0), TypeDeclId::new(0));
    let names: Vec<String> = program
        .implementations(store, Name::new("Get"))
        .into_iter()
        .map(|f| program.function_name(f))
        .map(|f| format!("{}.{}", f.receiver.unwrap(), f.name))
        .collect();
    assert_eq!(names, ["Partial.Get", "Memory.Get"], "of Disk and of Memory");
}
