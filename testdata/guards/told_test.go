package guards

import "testing"

func newCensus() *Census {
	m := func() map[string]int { return map[string]int{} }
	return &Census{safe: m(), racy: m(), reset: m(), forget: m()}
}

func TestSafe_Told(*testing.T) {
	t := newCensus()
	t.Reset()
	together(func() { t.Add("a") }, func() { t.Get("a") }, func() { t.Drop("a") })
	t.Count()
}

func TestRacy_Told_Count(*testing.T) {
	t := newCensus()
	together(func() { t.Add("a") }, func() { t.CountSoFar() })
}

func TestRacy_Told_Forget(*testing.T) {
	t := newCensus()
	together(func() { t.Add("a") }, func() { t.Forget() })
}

func TestSafe_Enrolment(*testing.T) {
	r := NewEnrolment(titles)
	together(func() { r.SetLast("a") }, func() { r.Number("a") })
}

func TestRacy_Enrolment(*testing.T) {
	r := NewEnrolment(titles)
	together(func() { r.SetLast("a") }, func() { r.Last("a") })
}
