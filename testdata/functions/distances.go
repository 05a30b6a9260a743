package functions

import "sync"

// columns warns of each column once; its workers come to that at the end of some calls.
type columns struct {
	mu     sync.Mutex
	warned map[string]bool
	done   int
}

func newColumns() *columns { return &columns{warned: map[string]bool{}} }

func (c *columns) work(names []string) {
	for _, name := range names {
		c.batch(name)
	}
}

func (c *columns) batch(name string) {
	if name != "" {
		c.ensure(name)
	}
}

func (c *columns) ensure(name string) {
	if len(name) > 1 {
		c.warn(name)
	}
}

func (c *columns) warn(name string) {
	if !c.warned[name] {
		c.warned[name] = true // want concurrent-map-write "c.warned"
	}
}

// RacyLongWays has several workers on one object.
func RacyLongWays(names []string) int {
	c := newColumns()
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() { c.work(names) })
	}
	workers.Wait()
	return len(c.warned)
}

// SafeLongWays has an object for each worker.
func SafeLongWays(names []string) {
	var workers sync.WaitGroup
	for range 4 {
		c := newColumns()
		workers.Go(func() { c.work(names) })
	}
	workers.Wait()
}

// ledgers is written under its lock, at the end of some calls.
type ledgers struct {
	mu      sync.Mutex
	entries map[string]int
	seen    int
}

func (l *ledgers) post(names []string) {
	for _, name := range names {
		l.check(name)
	}
}

func (l *ledgers) check(name string) {
	if name != "" {
		l.enter(name)
	}
}

func (l *ledgers) enter(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[name]++
}

func (l *ledgers) report() {
	if l.size() > 3 {
		l.seen++
	}
}

func (l *ledgers) size() int {
	size := l.count()
	return size + 1
}

func (l *ledgers) count() int {
	total := len(l.entries) // want "^(concurrent-map-read-write|unguarded-map-access).*l.entries"
	return total
}

func (l *ledgers) sum() {
	if l.amount() > 3 {
		l.seen++
	}
}

func (l *ledgers) amount() int {
	amount := l.locked()
	return amount + 1
}

func (l *ledgers) locked() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.entries)
}

// RacyLedger has one goroutine post and another one report.
func RacyLedger(names []string) {
	l := &ledgers{entries: map[string]int{}}
	var both sync.WaitGroup
	both.Go(func() { l.post(names) })
	both.Go(func() { l.report() })
	both.Wait()
}

// SafeLedger has both take the lock.
func SafeLedger(names []string) {
	l := &ledgers{entries: map[string]int{}}
	var both sync.WaitGroup
	both.Go(func() { l.post(names) })
	both.Go(func() { l.sum() })
	both.Wait()
}

// connections are told of, and counted once the server stops.
type connections struct {
	mu   sync.Mutex
	once sync.Once
	open map[string]bool
	left int
}

func (c *connections) opened(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open[name] = true // want concurrent-map-read-write "c.open"
}

// RacyStop counts under a sync.Once, which nobody who opens one asks for.
func RacyStop(names []string) int {
	c := &connections{open: map[string]bool{}}
	begun := make(chan struct{})
	var both sync.WaitGroup
	both.Go(func() {
		<-begun
		for _, name := range names {
			c.opened(name)
		}
	})
	both.Go(func() {
		c.once.Do(func() { c.left = len(c.open) })
	})
	close(begun)
	both.Wait()
	return c.left
}

// SafeStop counts under the lock as well.
func SafeStop(names []string) int {
	c := &connections{open: map[string]bool{}}
	begun := make(chan struct{})
	var both sync.WaitGroup
	both.Go(func() {
		<-begun
		for _, name := range names {
			c.opened(name)
		}
	})
	both.Go(func() {
		c.once.Do(func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.left = len(c.open)
		})
	})
	close(begun)
	both.Wait()
	return c.left
}
