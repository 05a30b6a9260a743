package guards

import "testing"

func TestSafe_Ladder(*testing.T) {
	b := &Ladder{ranks: map[string]int{}}
	for range 20 {
		together(func() { b.Set("a", 1) }, func() { b.Drop("a") }, func() { b.Snapshot([]string{"a", "b"}) })
	}
}

func TestRacy_LooseLadder(*testing.T) {
	b := &LooseLadder{ranks: map[string]int{}}
	for range 100 {
		together(func() { b.Set("a", 1) }, func() { b.Drop("a") }, func() { b.Snapshot([]string{"a", "b"}) })
	}
}

func TestSafe_Report(*testing.T) {
	r := &Report{}
	r.Complete()
	r.Run([]string{"a", "b"})
}

func TestRacy_HastyReport(*testing.T) {
	for range 100 {
		r := &HastyReport{}
		r.Complete()
		r.Run([]string{"a", "b"})
	}
}
