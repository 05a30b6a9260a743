//! Packages that are not at hand.

use crate::support::check;

#[test]
fn the_standard_library_s_maps_are_known() {
    check(
        r#"
package example

import (
	"maps"
	"net/http"
	"net/url"
)

type Request struct{ *http.Request }

func use(w http.ResponseWriter, r *http.Request, mine Request, other http.Cookie) {
	_ = w.Header()["A"] // ops: read w.Header()
	_ = r.Header // type: http.Header
	_ = r.URL.Query()["q"] // ops: read r.URL.Query()
	_ = mine.Form["x"] // ops: read mine.Form
	v, _ := url.ParseQuery("a=b")
	v["a"] = nil // ops: write v
	h := http.Header{"A": {"b"}}
	delete(h, "A") // ops: delete h
	_ = maps.Clone(h) // type: http.Header
	_ = http.Header(nil) // calls: conversion to http.Header
	_ = other.Values["x"] // ops: none
}
"#,
    );
}

#[test]
fn unknown_stays_unknown() {
    check(
        r#"
package example

import (
	"sync"
	"far/away"
	"C"
)

type Store struct {
	sync.Mutex
	m map[string]int
}

func use(s *Store, t away.Thing) {
	s.Lock() // calls: external sync.Mutex.Lock on s.Mutex
	s.m["a"]++ // ops: write s.m
	away.Registry["x"] = 1 // ops: none
	_ = len(away.All()) // ops: none
	_ = t.Items["x"] // ops: none
	t.Run() // calls: external far/away.Thing.Run on t
	away.Do() // calls: external far/away.Do
	_ = away.All() // type: ?
	_ = C.table["x"] // ops: none
}
"#,
    );
}
