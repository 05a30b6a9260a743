package guards

import "testing"

func TestSafe_Pool(*testing.T) {
	p := &Pool{banned: map[string]int{}}
	together(func() { p.Remove("a") }, func() { p.IsBanned("a") })
}

func TestRacy_PoolBroken(*testing.T) {
	p := &PoolBroken{banned: map[string]int{}}
	together(func() { p.Remove("a") }, func() { p.RemoveFast("a") })
}

func TestRacy_TwoPools(*testing.T) {
	p := &TwoPools{mixed: map[string]int{}}
	together(func() { p.Put("a") }, func() { p.Drop("a") })
}

func TestSafe_Extend(*testing.T) {
	together(func() { Extend("a") }, func() { Extend("b") })
}

func TestRacy_Plug(*testing.T) {
	together(func() { Plug("a") }, func() { Probe("b") })
}

func TestSafe_Book(*testing.T) {
	b := &Book{pages: map[string]int{}, done: make(chan struct{})}
	_ = b.OnStart()
	together(func() { b.Add("a") }, func() { b.Drop("a") })
	<-b.done
}

func TestRacy_BookBroken(*testing.T) {
	b := &BookBroken{pages: map[string]int{}, done: make(chan struct{})}
	_ = b.OnStart()
	<-b.done
}

func TestSafe_MarkAll(*testing.T) {
	MarkAll(&partStore{}, 10)
	MarkAll(&workerStore{partStore: &partStore{}}, 10)
}

func TestRacy_PutAll(*testing.T) {
	PutAll(&twoLocked{partStore: &partStore{}}, 1000)
}
