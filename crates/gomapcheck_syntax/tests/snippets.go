package main

import (
	"fmt"
	. "strings"
	m "maps"
	_ "embed"
)

import "C"

type Store[K comparable, V any] struct {
	sync.Mutex
	*Base
	pkg.Gen[K]
	items, other map[K]V `json:"x"`
}

type A = map[string]int
type I interface {
	~int | string
	fmt.Stringer
	Get(k string) (v int, ok bool)
}

const (
	X, Y = iota, iota + 1
	Z, W
)

var a, b = f()
var c, d int = 1, 2
var g = func() int { q := 1; return func() int { return q }() }

func (s *Store[K, V]) Get(k K, rest ...V) (v V, err error) {
	s.Lock()
	defer s.Unlock()
	v, ok := s.items[k]
	if v, err := f(v); err != nil {
		_ = v
	} else if x := 3; x > 2 {
		return
	}
	go func(k K) {
		s.items[k] = v
		for i := range 10 { i := i; func() { fmt.Println(i, k, ok) }() }
	}(k)
	for i, j := 0, 1; i < j; i++ { continue }
	for range 10 {}
	for k, s.x = range m {}
	type T struct{ next *T; x int }
	var t T = T{x: 1, next: &T{}}
	switch y := any(t).(type) {
	case int, []string: y++
	case nil:
		fmt.Println(y)
	default:
	}
	select {
	case x := <-ch: print(x)
	case ch <- 1:
	case a, b = <-ch:
	case <-ch:
	default:
	}
L:
	for { break L }
	goto L
	x := []map[string]int{{"a": 1}, {ok: 2}}
	copy(x[1:2], x[:])
	y := make(map[string]int, len(x))
	z := map[K]V(nil)
	w := (*T)(nil).next.(interface{}).(*T)
	u := [...]string{2: "a"}
	f[int, string](1)(ch)
	const p, q = iota, 2
	if x := 1; x == 1 && !ok || (k == 2) {}
	x <<= 2; x += 1; x &^= 3
	switch { case x > 1, false: fallthrough; default: }
	return
}
// mu protects items.
var mu, bb sync.Mutex // guards below

type (
	// T is guarded.
	T struct {
		// guarded by mu
		a, b int
		c    int // +checklocks:mu
		d    int
		/* lock
		 * me */
		e map[string]int; f int // holds
	}
)

// f: caller must hold mu.
//
//nolint:map-concurrency // why
func (t *T) ff() {
	x := 1 //nolint
	//nolint:a
	if x == 1 {
		g()
	} else {
	}
	//nolint
	 y()
}

const (
	c = 1 // mutex

	// not attached lock

	d = 2
)

func (s *Store[K, V]) Map[W any, X []W](f func(V) W) X {
	p := new(len(s.items) + 1)
	return X{f(s.items[K(p)])}
}
