package guards

import "testing"

func TestSafe_Page(*testing.T) {
	together(func() { SafePage().Link("a") }, func() { SafePage().Unlink("b") })
}

func TestRacy_Edit(*testing.T) {
	s := &Sheet{cells: map[string]int{}}
	together(func() { s.RacyEdit() }, func() { s.Set("a") })
}
