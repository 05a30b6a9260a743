package order

import (
	"sync"
	"testing"
)

// together runs the functions in parallel.
func together(functions ...func()) {
	var wg sync.WaitGroup
	for _, function := range functions {
		wg.Go(function)
	}
	wg.Wait()
}

func TestSafe_Notifier(*testing.T) {
	often(func() {
		n := NewNotifier()
		n.Start()
		n.Add("a")
		n.Stop()
	})
}

func TestRacy_HastyNotifier(*testing.T) {
	often(func() {
		n := NewHastyNotifier()
		n.Start()
		n.Stop()
	})
}

func TestSafe_Tree(*testing.T) {
	t := NewTree()
	often(func() { together(func() { t.Add(keys) }, func() { t.Tip("a") }) })
}

func TestRacy_LooseTree(*testing.T) {
	t := NewLooseTree()
	often(func() { together(func() { t.Add(keys) }, func() { t.Tip("a") }) })
}

func TestSafe_Loop(*testing.T) {
	l := NewLoop()
	often(func() { together(func() { l.Send("a") }, func() { l.Send("b") }) })
}

func TestRacy_EagerLoop(*testing.T) {
	often(func() { (&EagerLoop{seen: map[string]int{}}).Send(keys) })
}

func TestSafe_Plugins(*testing.T) {
	often(func() {
		p := NewPlugins()
		p.Start()
		p.Count()
		p.Shutdown()
	})
}

func TestSafe_Gathering(*testing.T) {
	often(func() { SafeGathering(NewGathering(), keys) })
}

func TestRacy_Hasty(*testing.T) {
	often(func() { RacyHasty(NewHasty(), keys) })
}

func TestSafe_Inner(*testing.T) {
	i := NewInner()
	i.Add("a")
	i.Remove("b")
	i.count()
}
