package guards

import (
	"io"
	"testing"
)

func TestRacy_Save(*testing.T) {
	s := &Profile{Labels: many()}
	together(func() { s.Set("a", "b") }, func() { s.Save() })
}

func TestSafe_LockedSave(*testing.T) {
	s := &Profile{Labels: many()}
	together(func() { s.Set("a", "b") }, func() { s.Drop("a") }, func() { s.LockedSave() })
}

func TestRacy_Write(*testing.T) {
	t := &Counted{counts: map[string]int{}}
	together(func() { t.Add("a") }, func() { t.Write(io.Discard) })
}

func TestSafe_WriteCopy(*testing.T) {
	t := &Counted{counts: map[string]int{}}
	together(func() { t.Add("a") }, func() { t.Reset() }, func() { t.WriteCopy(io.Discard) })
}

func TestRacy_ServeCounts(*testing.T) {
	a := &Answered{Labels: map[string]string{}, counts: map[string]int{}}
	together(func() { a.Set("a", "b") }, func() { a.ServeCounts(io.Discard) })
}

func TestRacy_Serve(*testing.T) {
	a := &Answered{Labels: map[string]string{}, counts: map[string]int{}}
	together(func() { a.Set("a", "b") }, func() { a.Serve(io.Discard) })
}

func TestSafe_ServeLocked(*testing.T) {
	a := &Answered{Labels: map[string]string{}, counts: map[string]int{}}
	together(func() { a.Set("a", "b") }, func() { a.Drop("a") }, func() { a.ServeLocked(io.Discard) })
}

func TestSafe_Hidden(*testing.T) {
	h := &Hidden{Cache: map[string]string{}, entries: map[string]string{}}
	together(func() { h.Set("a", "b") }, func() { h.Drop("a") }, func() { h.Save() })
}

func TestSafe_Encoding(*testing.T) {
	e := &Encoding{Labels: map[string]string{}}
	together(func() { e.Set("a", "b") }, func() { e.Drop("a") }, func() { e.Save() })
}

func TestSafe_Lending(*testing.T) {
	l := &Lending{labels: map[string]string{}}
	together(func() { l.Set("a", "b") }, func() { l.Drop("a") }, func() { l.Save() })
}

func TestRacy_outbox(*testing.T) {
	o := &outbox{labels: map[string]string{}, events: make(chan map[string]string)}
	go func() {
		for labels := range o.events {
			_ = labels["a"]
		}
	}()
	together(func() { o.set("a", "b") })
}

func TestSafe_batch(*testing.T) {
	b := &parcel{labels: map[string]string{}, events: make(chan map[string]string)}
	go func() {
		for labels := range b.events {
			labels["a"] = "c"
		}
	}()
	together(func() { b.set("a", "b") }, b.flush)
	close(b.events)
}
