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
