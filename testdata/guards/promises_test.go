package guards

import "testing"

func TestRacy_Commented(*testing.T) {
	c := &Commented{items: map[string]int{}}
	together(func() { c.Put("a") }, func() { c.Len() })
}

func TestRacy_Annotated(*testing.T) {
	a := &Annotated{items: map[string]int{}}
	together(func() { a.Put("a") }, func() { a.Get("a") })
}

func TestSafe_Annotated(*testing.T) {
	a := &Annotated{items: map[string]int{}}
	together(func() { a.Put("a") }, func() { a.Add("a") })
}

func TestRacy_Hat(*testing.T) {
	h := &Hat{items: map[string]int{}}
	together(func() { h.Put("a") }, func() { h.Drop("a") })
}

func TestSafe_Suffixed(*testing.T) {
	s := &Suffixed{items: map[string]int{}}
	together(func() { s.Put("a") }, func() { s.Size() })
}

func TestRacy_SuffixedBroken(*testing.T) {
	s := &SuffixedBroken{promised: map[string]int{}}
	together(func() { s.Put("a") }, func() { s.PutFast("a") })
}

func TestSafe_Documented(*testing.T) {
	d := &Documented{items: map[string]int{}}
	together(func() { d.Put("a") }, func() { d.Drop("a") })
}
