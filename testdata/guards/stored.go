package guards

import "sync"

// Peers keeps, for each peer that is being replaced, what is to be done when the old connection has ended.
type Peers struct {
	mu        sync.Mutex
	connected map[string]int
	scheduled map[string]func()
}

// NewPeers returns an empty set.
func NewPeers() *Peers {
	return &Peers{connected: map[string]int{}, scheduled: map[string]func(){}}
}

// Connect adds a peer, or has it added later.
func (p *Peers) Connect(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.connected[name]; ok {
		p.scheduled[name] = func() {
			p.add(name)
		}
		return
	}
	p.add(name)
}

func (p *Peers) add(name string) {
	p.connected[name]++
}

// Ended runs what has been scheduled, under the lock.
func (p *Peers) Ended(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.connected, name)
	if scheduled, ok := p.scheduled[name]; ok {
		delete(p.scheduled, name)
		scheduled()
	}
}

// SafePeers connects and ends peers side by side.
func SafePeers(p *Peers, name string) {
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { p.Connect(name) })
		group.Go(func() { p.Ended(name) })
	}
	group.Wait()
}

// Visits counts by a function that whoever needs it may replace.
type Visits struct {
	mu    sync.Mutex
	seen  map[string]int
	count func(string)
}

// NewVisits returns an empty set.
func NewVisits() *Visits {
	v := &Visits{seen: map[string]int{}}
	v.count = func(name string) {
		v.seen[name]++ // want unguarded-map-access "v.seen"
	}
	return v
}

// Forget takes the lock.
func (v *Visits) Forget(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.seen, name)
}

// Seen takes the lock.
func (v *Visits) Seen(name string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.seen[name]
}

// Visit does not: what it calls writes without it.
func (v *Visits) Visit(name string) {
	v.count(name)
}

// SafeHandOver takes the lock for the goroutine that it starts, which gives it back.
func SafeHandOver(names []string) int {
	var mu sync.Mutex
	seen := map[string]int{}
	mu.Lock()
	go func() {
		defer mu.Unlock()
		for _, name := range names {
			seen[name]++
		}
	}()
	mu.Lock()
	defer mu.Unlock()
	return len(seen)
}

// RacyHandOver gives the lock back itself, and the goroutine never takes it.
func RacyHandOver(names []string) int {
	var mu sync.Mutex
	seen := map[string]int{}
	mu.Lock()
	go func() {
		for _, name := range names {
			seen[name]++ // want "seen"
		}
	}()
	mu.Unlock()
	mu.Lock()
	defer mu.Unlock()
	return len(seen)
}

type clock interface {
	After(f func())
}

type goClock struct{ done chan struct{} }

func (c goClock) After(f func()) {
	go func() {
		defer close(c.done)
		f()
	}()
}

// SafeClock has its report made on another goroutine, under the lock.
func SafeClock(names []string) {
	var mu sync.Mutex
	seen := map[string]int{}
	report := func() { _ = len(seen) }
	own := goClock{done: make(chan struct{})}
	var c clock = own
	c.After(func() {
		mu.Lock()
		defer mu.Unlock()
		report()
	})
	for _, name := range names {
		mu.Lock()
		seen[name]++
		mu.Unlock()
	}
	<-own.done
}

// RacyClock forgets the lock in the report.
func RacyClock(names []string) {
	var mu sync.Mutex
	seen := map[string]int{}
	report := func() { _ = len(seen) } // want "seen"
	own := goClock{done: make(chan struct{})}
	var c clock = own
	c.After(func() {
		report()
	})
	for _, name := range names {
		mu.Lock()
		seen[name]++
		mu.Unlock()
	}
	<-own.done
}
