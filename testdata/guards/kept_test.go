package guards

import "testing"

func TestSafe_Survey(*testing.T) {
	together(func() { Survey("a", "b") }, func() { Survey("a") })
}

func TestRacy_Ballot(*testing.T) {
	b := NewBallot()
	together(func() { b.Count("a") }, func() { b.Sum() })
}

func TestRacy_Tally(*testing.T) {
	t := NewTally()
	together(func() { t.Count("a") }, func() { t.Sum() })
}
