package guards

import "testing"

func TestSafe_Open(*testing.T) {
	s := NewSessions()
	together(func() { s.SafeOpen("a") }, func() { s.SafeOpen("b") }, func() { s.Count() })
}

func TestRacy_Change(*testing.T) {
	t := NewTopics()
	together(func() { t.RacyChange("a") }, func() { t.Forget("a") }, func() { t.Count() })
}

func TestSafe_Sweep(*testing.T) {
	l := NewLeases()
	together(func() { l.Take("a") }, func() { l.Held("a") }, func() { l.SafeSweep("a") })
}

func TestRacy_Sweep(*testing.T) {
	c := NewClaims()
	together(func() { c.Take("a") }, func() { c.Held("a") }, func() { c.RacySweep("a") })
}

func TestSafe_Take(*testing.T) {
	d := NewDesks()
	together(func() { d.SafeTake("a") }, func() { d.SafeTake("b") }, func() { d.Count() })
}

func TestRacy_Leave(*testing.T) {
	s := NewSeats()
	together(func() { s.Take("a") }, func() { s.Count() }, func() { s.RacyLeave("a") })
}

func TestRacy_Clear(*testing.T) {
	t := NewTables()
	together(func() { t.Lay("a") }, func() { t.Count() }, func() { t.RacyClear([]string{"a"}) })
}
