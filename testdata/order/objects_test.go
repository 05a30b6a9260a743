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
	often(func() { together(func() { Open(d, io.Discard) }, func() { d.Put("a") }) })
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
