package order

import "sync"

// Walker has a goroutine that alone changes the map, and reads without the lock what it has written itself.
type Walker struct {
	mu    sync.RWMutex
	zones map[string]int
	ticks chan string
}

// Start walks once before the goroutine does.
func (w *Walker) Start() {
	w.walk("first")
	go func() {
		for name := range w.ticks {
			w.walk(name)
		}
	}()
}

func (w *Walker) walk(name string) {
	if _, ok := w.zones[name]; ok {
		return
	}
	w.add(name)
}

func (w *Walker) add(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.zones[name]++
}

// Zone holds the lock.
func (w *Walker) Zone(name string) int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.zones[name]
}

// OpenWalker walks for others as well.
type OpenWalker struct {
	mu    sync.RWMutex
	zones map[string]int
	ticks chan string
}

// Start walks once before the goroutine does.
func (w *OpenWalker) Start() {
	w.walk("first")
	go func() {
		for name := range w.ticks {
			w.walk(name)
		}
	}()
}

// Refresh walks whenever it is asked to.
func (w *OpenWalker) Refresh(name string) { w.walk(name) }

func (w *OpenWalker) walk(name string) {
	if _, ok := w.zones[name]; ok { // want unguarded-map-access "w.zones"
		return
	}
	w.add(name)
}

func (w *OpenWalker) add(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.zones[name]++
}

// Zone holds the lock.
func (w *OpenWalker) Zone(name string) int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.zones[name]
}

// Cache refreshes what it is asked for on a goroutine: there is one for each request.
type Cache struct {
	mu    sync.RWMutex
	items map[string]int
}

// Get reads before its own goroutine, but beside those of others.
func (c *Cache) Get(name string) int {
	item := c.items[name] // want unguarded-map-access "c.items"
	go c.refresh(name)
	return item
}

func (c *Cache) refresh(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[name]++
}

// Node deletes under the read lock, which one goroutine alone takes.
type Node struct {
	mu          sync.RWMutex
	unreachable map[string]int
	messages    chan string
}

// Start starts that goroutine.
func (n *Node) Start() { go n.run() }

func (n *Node) run() {
	for message := range n.messages {
		n.send(message)
	}
}

func (n *Node) send(message string) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	delete(n.unreachable, message)
}

// Configure holds the write lock.
func (n *Node) Configure(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.unreachable[name] = 1
}

// OpenNode sends for others as well.
type OpenNode struct {
	mu          sync.RWMutex
	unreachable map[string]int
	messages    chan string
}

// Start starts a goroutine.
func (n *OpenNode) Start() { go n.run() }

func (n *OpenNode) run() {
	for message := range n.messages {
		n.send(message)
	}
}

// Send sends at once.
func (n *OpenNode) Send(message string) { n.send(message) }

func (n *OpenNode) send(message string) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	delete(n.unreachable, message) // want map-write-under-read-lock "n.unreachable"
}

// Configure holds the write lock.
func (n *OpenNode) Configure(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.unreachable[name] = 1
}

type handlers struct{ created, updated func(string) }

// watch hands events to one handler or the other, on one goroutine.
func watch(events <-chan string, to handlers) {
	go func() {
		for event := range events {
			if len(event)%2 == 0 {
				to.created(event)
			} else {
				to.updated(event)
			}
		}
	}()
}

// SafeWatch has a map for its two handlers.
func SafeWatch(events <-chan string) {
	seen := map[string]int{}
	watch(events, handlers{
		created: func(event string) { seen[event] = 1 },
		updated: func(event string) { seen[event]++ },
	})
}

// watchBoth has a goroutine for each handler.
func watchBoth(events <-chan string, to handlers) {
	go func() {
		for event := range events {
			to.created(event)
		}
	}()
	go func() {
		for event := range events {
			to.updated(event)
		}
	}()
}

// RacyWatch has a map for its two handlers.
func RacyWatch(events <-chan string) {
	seen := map[string]int{}
	watchBoth(events, handlers{
		created: func(event string) { seen[event] = 1 }, // want concurrent-map-write "seen"
		updated: func(event string) { seen[event]++ },   // want concurrent-map-write "seen"
	})
}

// Source says when it is ready; whoever starts it waits for that.
type Source struct {
	ready, names chan string
	sizes        map[string]int
}

// StartSource returns a source that has been filled.
func StartSource(names chan string) *Source {
	s := &Source{ready: make(chan string), names: names, sizes: map[string]int{}}
	go s.run()
	<-s.ready
	return s
}

func (s *Source) run() {
	s.sizes["first"] = 1
	close(s.ready)
	for range s.names {
	}
}

// Size reads.
func (s *Source) Size(name string) int { return s.sizes[name] }

// LateSource goes on when it has said that it is ready.
type LateSource struct {
	ready, names chan string
	sizes        map[string]int
}

// StartLateSource returns a source that is being filled.
func StartLateSource(names chan string) *LateSource {
	s := &LateSource{ready: make(chan string), names: names, sizes: map[string]int{}}
	go s.run()
	<-s.ready
	return s
}

func (s *LateSource) run() {
	close(s.ready)
	for name := range s.names {
		s.sizes[name]++ // want concurrent-map-read-write "s.sizes"
	}
}

// Size reads.
func (s *LateSource) Size(name string) int { return s.sizes[name] } // want concurrent-map-read-write "s.sizes"
