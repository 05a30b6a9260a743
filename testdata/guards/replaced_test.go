package guards

import "testing"

func TestSafe_Tiers(*testing.T) {
	t := &Tiers{}
	together(func() { t.Update("a", "b") }, func() { t.Get("a") }, func() { t.Sum() }, func() { _ = t.ByName()["a"] })
}

func TestRacy_Steps(*testing.T) {
	s := &Steps{}
	together(func() { s.Update("a", "b") }, func() { s.Get("a") }, func() { s.Sum() })
}

func TestSafe_Enrol(*testing.T) {
	together(func() { Enrol("a", 1) }, func() { Enrolled("a") })
}

func TestRacy_Reenrol(*testing.T) {
	Reopen()
	together(func() { Reenrol("a") }, func() { Reopened("a") })
}

func TestSafe_Mailbag(*testing.T) {
	o := &Mailbag{items: map[string]int{}}
	together(func() { o.Put("a") }, func() { o.Get("a") }, func() { o.Flush() })
}

func TestRacy_Window(*testing.T) {
	w := &Window{items: map[string]int{}}
	together(func() { w.Put("a") }, func() { w.Get("a") }, func() { w.Sum() })
}
