package guards

import "testing"

func TestRacy_Zone(*testing.T) {
	together(func() { RacyZone("a") }, func() { RacyZone("b") })
}

func TestSafe_Zone(*testing.T) {
	together(func() { SafeZone("a") }, func() { SafeZone("b") })
}

func TestRacy_Join(*testing.T) {
	together(func() { RacyJoin("a") }, func() { RacyJoin("b") })
}

func TestRacy_Resolver(*testing.T) {
	r := &Resolver{known: map[string]*Zone{}}
	together(func() { r.Resolve("a") }, func() { r.Resolve("b") })
}

func TestRacy_Source(*testing.T) {
	together(func() { RacySource(&source{}) })
}
