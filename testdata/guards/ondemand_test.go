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

func TestSafe_Services(*testing.T) {
	ReadServices(map[int]string{80: "http"})
	together(func() { Service("http", 80) }, func() { Service("https", 443) })
}

func TestRacy_AddProtocol(*testing.T) {
	together(func() { RacyAddProtocol("a", 1) }, func() { RacyAddProtocol("b", 2) })
}

func TestSafe_Plugin(*testing.T) {
	p := &Plugin{}
	p.Init()
	together(func() { p.Host("a", 0) }, func() { p.Host("b", 1) })
}
