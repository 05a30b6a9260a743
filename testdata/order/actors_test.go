package order

import "testing"

func TestSafe_Walker(*testing.T) {
	w := &Walker{zones: map[string]int{}, ticks: make(chan string)}
	w.Start()
	for _, name := range keys {
		w.Zone(name)
		w.ticks <- name
	}
	close(w.ticks)
}

func TestRacy_OpenWalker(*testing.T) {
	often(func() {
		w := &OpenWalker{zones: map[string]int{}, ticks: make(chan string)}
		w.Start()
		for _, name := range keys {
			w.ticks <- name
			w.Refresh("another " + name)
		}
		close(w.ticks)
	})
}

func TestRacy_Cache(*testing.T) {
	c := &Cache{items: map[string]int{}}
	often(func() { together(func() { c.Get("a") }, func() { c.Get("b") }) })
}

func TestSafe_Node(*testing.T) {
	n := &Node{unreachable: map[string]int{}, messages: make(chan string)}
	n.Start()
	for _, name := range keys {
		n.Configure(name)
		n.messages <- name
	}
	close(n.messages)
}

func TestRacy_OpenNode(*testing.T) {
	often(func() {
		n := &OpenNode{unreachable: map[string]int{}, messages: make(chan string)}
		n.Start()
		for _, name := range keys {
			n.Configure(name)
			n.messages <- name
			n.Send(name)
		}
		close(n.messages)
	})
}

func sendAll(events chan<- string) {
	for _, key := range keys {
		events <- key
	}
	close(events)
}

func TestSafe_Watch(*testing.T) {
	often(func() {
		events := make(chan string)
		SafeWatch(events)
		sendAll(events)
	})
}

func TestRacy_Watch(*testing.T) {
	often(func() {
		events := make(chan string)
		RacyWatch(events)
		sendAll(events)
	})
}

func TestSafe_Source(*testing.T) {
	names := make(chan string)
	s := StartSource(names)
	s.Size("first")
	close(names)
}

func TestRacy_LateSource(*testing.T) {
	often(func() {
		names := make(chan string)
		s := StartLateSource(names)
		names <- "a"
		s.Size("a")
		close(names)
	})
}
