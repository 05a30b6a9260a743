package guards

import "testing"

func TestRacy_Writers(*testing.T) {
	w := &Writers{items: map[string]int{}}
	together(func() { w.Put("a") }, func() { w.Get("a") }, func() { w.Size() }, func() { w.Has("a") })
}

func TestSafe_Writers(*testing.T) {
	w := &Writers{items: map[string]int{}}
	together(func() { w.Put("a") }, func() { w.Delete("a") })
}

func TestRacy_Halfway(*testing.T) {
	h := &Halfway{items: map[string]int{}}
	together(func() { h.Get("a") }, func() { h.Get("b") })
}

func TestSafe_Halfway(*testing.T) {
	h := &Halfway{items: map[string]int{}}
	together(func() { h.Drop("a") }, func() { h.Drop("b") })
}
