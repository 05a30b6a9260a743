package guards

import "testing"

func TestSafe_Peers(*testing.T) {
	p := NewPeers()
	together(func() { SafePeers(p, "a") }, func() { SafePeers(p, "b") })
}

func TestRacy_Visit(*testing.T) {
	v := NewVisits()
	together(func() { v.Visit("a") }, func() { v.Forget("a") }, func() { v.Seen("a") })
}

func TestSafe_HandOver(*testing.T) {
	together(func() { SafeHandOver([]string{"a", "b"}) })
}

func TestRacy_HandOver(*testing.T) {
	together(func() { RacyHandOver([]string{"a", "b"}) })
}

func TestSafe_Clock(*testing.T) {
	together(func() { SafeClock([]string{"a", "b"}) })
}

func TestRacy_Clock(*testing.T) {
	together(func() { RacyClock([]string{"a", "b"}) })
}

func TestSafe_Collection(*testing.T) {
	c := NewCollection()
	together(func() { c.Add("a") }, func() { c.Remove("a") }, func() { c.Begin().Finish("a") })
}

func TestRacy_Last(*testing.T) {
	c := NewCollection()
	together(func() { c.Add("a") }, func() { c.Begin().RacyLast("a") })
}

func TestSafe_Cancel(*testing.T) {
	c := NewCancels()
	together(func() { c.Add("a", "1") }, func() { c.SafeCancel("a") })
}

func TestRacy_Cancel(*testing.T) {
	c := NewCancels()
	together(func() { c.Add("a", "1") }, func() { c.RacyCancel("a") })
}

func TestRacy_Sum(*testing.T) {
	j := NewJobs()
	together(func() { j.Add("a") }, func() { j.Remove("a") }, func() { j.RacySum() })
}

func TestSafe_Mistakes(*testing.T) {
	m := NewMistakes()
	together(func() { m.Watch("a") }, func() { m.Help("a") }, func() { m.Seen("a") }, func() { m.Forget("a") })
}

func TestRacy_Blunders(*testing.T) {
	b := NewBlunders()
	together(func() { b.Watch("a") }, func() { b.Seen("a") }, func() { b.Forget("a") })
}
