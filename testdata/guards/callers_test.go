package guards

import (
	"sync"
	"testing"
)

func TestRacy_Crossed(*testing.T) {
	c := NewCrossed()
	together(func() { c.Put("a") }, func() { c.Drop("a") }, func() { c.Name("a") })
}

func TestSafe_Lent(*testing.T) {
	l := NewLent(&sync.Mutex{})
	together(func() { l.Put("a") }, func() { l.Drop("a") })
}

func TestRacy_Nested(*testing.T) {
	n := &Nested{items: map[string]int{}}
	b := &Batch{nested: n}
	together(func() { n.Put("a") }, func() { b.Drop("a") })
}

func TestSafe_OuterLocked(*testing.T) {
	o := &OuterLocked{inner: innerLocked{items: map[string]int{}}}
	together(func() { o.Put("a") }, func() { o.Get("a") })
}

func TestRacy_KeyLocked(*testing.T) {
	k := &KeyLocked{items: map[string]int{}}
	together(func() { k.Put("a") }, func() { k.Drop("a") }, func() { k.Len() })
}

func TestRacy_Hooked(*testing.T) {
	h := NewHooked()
	together(func() { h.Put("a") }, func() { h.Drop("a") }, h.Clean)
}

func TestSafe_Restored(*testing.T) {
	r := NewRestored([]*record{{}})
	together(func() { r.Put("a") }, func() { r.Drop("a") })
}

func TestSafe_Perhaps(*testing.T) {
	p := &Perhaps{items: map[string]int{}}
	together(func() { p.Put("a") }, func() { p.Drop("a") })
}

func TestSafe_KeyLockedBy(*testing.T) {
	k := &KeyLockedBy{items: map[string]int{}}
	together(func() { k.Put("a") }, func() { k.Len() })
}

func TestSafe_House(*testing.T) {
	h := NewHouse()
	room := h.rooms[0]
	together(func() { room.Enter("a") }, func() { room.Leave("a") }, h.Evict)
}

func TestRacy_Tower(*testing.T) {
	t := NewTower()
	together(func() { t.floors[0].Enter("a") }, t.Evict)
}
