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
