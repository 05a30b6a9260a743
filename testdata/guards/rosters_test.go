package guards

import "testing"

func TestRacy_Rosters(*testing.T) {
	r := NewRosters()
	r.Add("a", "one")
	together(
		func() { r.Add("a", "two") },
		func() { _ = r.Group("a")["one"] },
		func() { r.Remove("a", "one") },
	)
}

func TestSafe_WholeRosters(*testing.T) {
	r := NewWholeRosters()
	together(
		func() { r.Put("a", map[string]int{"one": 1}) },
		func() { _ = r.Group("a")["one"] },
		func() { r.Drop("a") },
	)
}
