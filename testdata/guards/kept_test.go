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

func TestSafe_Issuer(*testing.T) {
	i := NewIssuer()
	together(func() { i.Issue("a") }, func() { i.Len() }, i.Expire)
}

func TestSafe_Roster(*testing.T) {
	r := NewRoster("a")
	together(func() { r.Add("b") }, func() { r.Has("a") }, func() { NewRoster("b") })
}

func TestRacy_CountRoster(*testing.T) {
	r := NewRoster("a")
	together(func() { r.Add("b") }, func() { CountRoster(r) })
}

func TestRacy_Relay(*testing.T) {
	h := &Hub{states: map[string]int{}}
	r := NewRelay(h)
	together(func() { h.Put("a") }, func() { h.Len() }, func() { r.State("a") })
}
