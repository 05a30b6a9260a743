package guards

import (
	"strconv"
	"testing"
)

// many returns a map that takes a while to iterate over.
func many() map[string]string {
	labels := map[string]string{}
	for i := range 100 {
		labels[strconv.Itoa(i)] = "x"
	}
	return labels
}

func TestRacy_Returned(*testing.T) {
	r := &Returned{labels: many()}
	together(func() { r.Set("a", "b") }, func() { _ = r.Labels()["a"] })
}

func TestSafe_ReturnedCopy(*testing.T) {
	r := &ReturnedCopy{labels: map[string]string{}}
	together(
		func() { r.Set("a", "b") },
		func() { r.Labels()["a"] = "c" },
		func() { r.Clone()["a"] = "c" },
		func() { r.Keys() },
	)
}

func TestRacy_Aliased(*testing.T) {
	a := &Aliased{labels: many()}
	together(func() { a.Set("a", "b") }, func() { a.Print() })
}

func TestSafe_Swapped(*testing.T) {
	s := &Swapped{labels: map[string]string{}}
	together(func() { s.Set("a", "b") }, func() { s.Flush() })
}

func TestRacy_Groups(*testing.T) {
	g := &Groups{groups: map[string]map[string]int{}}
	together(func() { g.Add("a", "b") }, func() { g.Sum("a") })
}

func TestSafe_Groups(*testing.T) {
	g := &Groups{groups: map[string]map[string]int{}}
	together(func() { g.Add("a", "b") }, func() { g.Summed("a") })
}

func TestRacy_Sent(*testing.T) {
	s := &Sent{labels: map[string]string{}, events: make(chan map[string]string)}
	go func() {
		for labels := range s.events {
			_ = labels["a"]
		}
	}()
	together(func() { s.Set("a", "b") })
}

func TestRacy_Encoded(*testing.T) {
	e := &Encoded{labels: map[string]string{}}
	together(func() { e.Set("a", "b") }, func() { e.JSON() })
}

func TestSafe_Encoded(*testing.T) {
	e := &Encoded{labels: map[string]string{}}
	together(func() { e.Set("a", "b") }, func() { e.LockedJSON() }, func() { e.Drop("a") })
}

func TestSafe_Unwrapped(*testing.T) {
	labels := &Unwrapped{labels: map[string]string{}}
	labels.Set("a", "b")
	SafeLabels([]*Unwrapped{labels})
}
