package guards

import "testing"

func TestRacy_Forgotten(*testing.T) {
	f := NewForgotten()
	together(func() { f.Put("a") }, func() { f.Get("a") })
}

func TestSafe_Forgotten(*testing.T) {
	f := NewForgotten()
	together(func() { f.Put("a") }, func() { f.Delete("a") })
}

func TestRacy_ForgottenWrite(*testing.T) {
	f := &ForgottenWrite{items: map[string]int{}}
	together(func() { f.Put("a") }, func() { f.Reset() }, func() { f.Get("a") })
}

func TestSafe_Complete(*testing.T) {
	c := NewComplete("a", "b")
	together(func() { c.Put("a") }, func() { c.Get("a") }, func() { c.Each(func(string, int) {}) })
}

func TestRacy_TooLate(*testing.T) {
	l := &TooLate{items: map[string]int{}}
	together(func() { l.Put("a") }, func() { l.Take("a") })
}

func TestRacy_TooEarly(*testing.T) {
	e := &TooEarly{items: map[string]int{}}
	together(func() { e.Put("a") }, func() { e.Size() })
}

func TestRacy_Checked(*testing.T) {
	c := &Checked{items: map[string]*int{}}
	together(func() { c.Get("a") }, func() { c.Get("b") })
}

func TestSafe_CheckedUnderLock(*testing.T) {
	c := &CheckedUnderLock{items: map[string]*int{}}
	together(func() { c.Get("a") }, func() { c.Get("b") })
}

func TestRacy_Helper(*testing.T) {
	h := &Helper{items: map[string]int{}}
	together(func() { h.One() }, func() { h.Three() })
}

func TestSafe_Helper(*testing.T) {
	h := &Helper{items: map[string]int{}}
	together(func() { h.One() }, func() { h.Two() })
}

func TestRacy_Deferred(*testing.T) {
	d := &Deferred{items: map[string]int{}}
	together(func() { d.Put("a") }, func() { d.Drop("a") })
}

func TestRacy_Outer(*testing.T) {
	o := &Outer{&Inner{items: map[string]int{}}}
	together(func() { o.inner.Put("a") }, func() { o.Len() })
}

func TestSafe_Outer(*testing.T) {
	o := &Outer{&Inner{items: map[string]int{}}}
	together(func() { o.inner.Put("a") }, func() { o.Sum() }, func() { o.inner.Drop("a") })
}

func TestRacy_Drivers(*testing.T) {
	together(func() { Register("a") }, func() { Drivers() })
}

func TestSafe_Drivers(*testing.T) {
	together(func() { Register("a") }, func() { Unregister("a") })
}

func TestRacy_HasHook(*testing.T) {
	together(func() { AddHook("a", nil) }, func() { HasHook("a") })
}

func TestSafe_Hooks(*testing.T) {
	together(func() { AddHook("a", nil) }, func() { RemoveHook("a") })
}

func TestRacy_Lost(*testing.T) {
	l := &Lost{items: map[string]int{}}
	together(func() { l.Put("a") }, func() { l.Get("a") })
}
