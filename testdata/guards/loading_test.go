package guards

import "testing"

func TestSafe_Settings(*testing.T) {
	s, err := OpenSettings([]string{"a"}, []string{"b", ""})
	if err != nil {
		return
	}
	together(func() { s.Checks[0]("c") }, func() { s.Checks[1]("d") })
}

func TestRacy_Tunables(*testing.T) {
	t, err := OpenTunables([]string{"a"})
	if err != nil {
		return
	}
	changes := make(chan []string, 1000)
	for range cap(changes) {
		changes <- []string{"a"}
	}
	close(changes)
	together(func() { t.Checks[0]("c") }, func() { Refresh(t, changes) })
}
