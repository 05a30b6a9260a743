package order

import (
	"io"
	"testing"
)

func TestSafe_Manager(*testing.T) {
	often(func() {
		m := NewManager(io.Discard)
		together(func() { m.Put("a") }, func() { m.Get("a") })
	})
}

func TestRacy_Directory(*testing.T) {
	d := NewDirectory()
	often(func() { together(func() { Refresh(d, io.Discard) }, func() { d.Put("a") }) })
}

func TestSafe_Watcher(*testing.T) {
	often(func() {
		(&Watcher{store: &Memory{series: map[string]int{}}}).Watch(keys)
		(&Watcher{store: &Archive{series: map[string]int{}}}).Watch(keys)
	})
}

func TestRacy_Ledger(*testing.T) {
	often(func() { (&Watcher{store: &Ledger{series: map[string]int{}}}).Watch(keys) })
}

func TestSafe_Scratch(*testing.T) {
	s := &Scratch{values: map[string]int{}}
	often(func() { together(func() { s.Put("a") }, func() { s.Put("b") }) })
	_, _ = s.Values(), s.Size()
}

func TestRacy_SilentScratch(*testing.T) {
	s := &SilentScratch{values: map[string]int{}}
	often(func() { together(func() { s.Put("a") }, func() { s.Size() }) })
}

func TestSafe_Arbitrator(*testing.T) {
	often(func() {
		a := NewArbitrator()
		a.Start(keys)
		together(func() { a.Resolve("a") }, a.Stop)
	})
}

func TestRacy_LateArbitrator(*testing.T) {
	a := &LateArbitrator{watchers: map[string]int{}}
	often(func() { together(func() { a.Resolve("a") }, func() { a.Reload(keys) }) })
}

func TestSafe_Reloads(*testing.T) {
	reloads := make(chan bool)
	SafeReloads(reloads)
	for range 10 {
		reloads <- true
		Port()
	}
	close(reloads)
}
