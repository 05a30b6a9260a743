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

func TestRacy_OneWriter(*testing.T) {
	o := &OneWriter{known: map[string]int{}}
	together(func() { o.Add("a") }, func() { o.Get("a") }, func() { o.Len() }, func() { o.Has("a") })
}

func TestRacy_Early(*testing.T) {
	e := &Early{known: map[string]int{}}
	together(func() { e.Add("a") }, func() { e.Add("a") }, func() { e.Get("a") })
}

func TestSafe_Fixed(*testing.T) {
	f := NewFixed("a")
	together(func() { f.Count("a") }, f.Reset)
}

func TestRacy_Watched(*testing.T) {
	var changed func(key string)
	w := NewWatched(func(changes func(key string)) { changed = changes })
	together(func() { changed("a") }, func() { w.Take("a") })
}
