package guards

import "testing"

func TestRacy_Feeds(*testing.T) {
	f := &Feeds{known: map[string]int{}, tick: func(func()) {}}
	f.Start([]string{"a", "b"})
	together(func() { f.Add("c") }, f.Sweep)
}
