package guards

import (
	"sync"
	"testing"
)

func TestRacy_ReadLocked(*testing.T) {
	r := &ReadLocked{items: map[string]int{}}
	together(func() { r.Put("a") }, func() { r.Get("a") })
}

func TestRacy_ReadLockedBelow(*testing.T) {
	r := &ReadLockedBelow{items: map[string]int{}}
	together(func() { r.Put("a") }, func() { r.Put("b") })
}

func TestRacy_ReadLockedWrapper(*testing.T) {
	r := &ReadLockedWrapper{items: map[string]int{}}
	together(func() { r.Put("a") }, func() { r.Put("b") })
}

func TestRacy_ReadLockedAlias(*testing.T) {
	r := &ReadLockedAlias{items: map[string]int{}}
	together(func() { r.Put("a") }, func() { r.Put("b") })
}

func TestRacy_ReadLockedDelete(*testing.T) {
	r := &ReadLockedDelete{items: map[string]int{}}
	together(func() { r.Put("a") }, func() { r.Prune() }, func() { r.Prune() })
}

func TestSafe_Modes(*testing.T) {
	m := &Modes{items: map[string]int{}}
	together(func() { m.Put("a") }, func() { m.Copy() }, func() { m.Upgrade("b") })
}

func TestRacy_Mixed(*testing.T) {
	m := &Mixed{entries: map[string]int{}}
	together(func() { m.Put("a") }, func() { m.Get("a") })
}

func TestSafe_Ordered(*testing.T) {
	o := &Ordered{left: map[string]int{}, right: map[string]int{}}
	together(func() { o.Left("a") }, func() { o.Right("a") }, func() { o.Move("a") })
}

func TestRacy_Copied(*testing.T) {
	c := Copied{entries: map[string]int{}}
	together(func() { c.Put("a") }, func() { c.Put("b") })
}

func TestRacy_Parameter(*testing.T) {
	p := Parameter{entries: map[string]int{}}
	together(func() { PutInto(p, "a") }, func() { PutInto(p, "b") })
}

func TestSafe_Shared(*testing.T) {
	s := Shared{mu: &sync.Mutex{}, entries: map[string]int{}}
	together(func() { s.Put("a") }, func() { s.Put("b") })
}

func TestRacy_Owner(*testing.T) {
	o := &Owner{account: &Account{keys: map[string]bool{}}}
	together(func() { o.Check("a") }, func() { o.account.Add("a") })
}

func TestSafe_Account(*testing.T) {
	a := &Account{keys: map[string]bool{}}
	together(func() { a.Add("a") }, func() { a.Remove("a") })
}

func TestSafe_Assigner(*testing.T) {
	a := &Assigner{items: map[string]int{}}
	together(func() { a.Assign("a") }, func() { a.Lookup("a") }, func() { a.Lookup("b") })
}

func TestRacy_ReadLockedAssigner(*testing.T) {
	a := &ReadLockedAssigner{items: map[string]int{}}
	together(func() { a.Lookup("a") }, func() { a.Lookup("b") }, func() { a.Peek("a") })
}
