package guards

import "sync"

// Entries has a lock of its own, for those who come without the owner's.
type Entries struct {
	mu    sync.RWMutex
	sizes map[string]int
}

// Get holds the entries' lock.
func (e *Entries) Get(name string) int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.sizes[name]
}

// Put holds it, too.
func (e *Entries) Put(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.sizes[name]++
}

// Storage runs functions.
type Storage interface {
	Update(change func() error) error
}

// SafeLedger has a lock for everything that changes it.
type SafeLedger struct {
	state   sync.RWMutex
	storage Storage
	cache   safeCache
}

type safeCache struct{ entries Entries }

// Get holds the ledger's lock for reading.
func (l *SafeLedger) Get(name string) int {
	l.state.RLock()
	defer l.state.RUnlock()
	return l.cache.entries.Get(name)
}

// Put holds it for writing.
func (l *SafeLedger) Put(name string) {
	l.state.Lock()
	defer l.state.Unlock()
	l.cache.entries.Put(name)
}

// Flush holds it for writing, around what the storage runs.
func (l *SafeLedger) Flush() error {
	l.state.Lock()
	defer l.state.Unlock()
	return l.storage.Update(func() error { return l.cache.flush() })
}

// Repair is for the time before anyone knows the ledger.
func (l *SafeLedger) Repair() error {
	return l.storage.Update(func() error { return l.cache.flush() })
}

// flush must be called with the ledger's state lock held.
func (c *safeCache) flush() error {
	if c.entries.Get("") == 0 {
		c.write()
	}
	return nil
}

func (c *safeCache) write() {
	for name := range c.entries.sizes { // want-possible unguarded-map-access "c.entries.sizes"
		delete(c.entries.sizes, name)
	}
}

// Quotas have a lock of their own.
type Quotas struct {
	mu    sync.RWMutex
	sizes map[string]int
}

// Get holds it.
func (q *Quotas) Get(name string) int {
	q.mu.RLock()
	defer q.mu.RUnlock()
	return q.sizes[name]
}

// Put holds it, too.
func (q *Quotas) Put(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.sizes[name]++
}

// RacyLedger forgets its lock once.
type RacyLedger struct {
	state   sync.RWMutex
	storage Storage
	cache   racyCache
}

type racyCache struct{ quotas Quotas }

// Put holds the lock.
func (l *RacyLedger) Put(name string) {
	l.state.Lock()
	defer l.state.Unlock()
	l.cache.quotas.Put(name)
}

// Get holds the lock.
func (l *RacyLedger) Get(name string) int {
	l.state.RLock()
	defer l.state.RUnlock()
	return l.cache.quotas.Get(name)
}

// Flush holds it around what the storage runs.
func (l *RacyLedger) Flush() error {
	l.state.Lock()
	defer l.state.Unlock()
	return l.storage.Update(func() error { return l.cache.flush() })
}

// Reset does not.
func (l *RacyLedger) Reset() { l.cache.write() }

// flush must be called with the ledger's state lock held.
func (c *racyCache) flush() error {
	if c.quotas.Get("") == 0 {
		c.write()
	}
	return nil
}

func (c *racyCache) write() {
	for name := range c.quotas.sizes { // want unguarded-map-access "c.quotas.sizes"
		delete(c.quotas.sizes, name)
	}
}
