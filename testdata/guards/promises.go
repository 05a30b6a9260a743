package guards

import "sync"

// Commented says in a comment which lock guards the map.
type Commented struct {
	mu    sync.Mutex
	items map[string]int // guarded by mu
}

// Put keeps the promise.
func (c *Commented) Put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key]++
}

// Len breaks it.
func (c *Commented) Len() int {
	return len(c.items) // want unguarded-map-access "c.items"
}

// Annotated has an annotation for checklocks.
type Annotated struct {
	mu sync.RWMutex
	// +checklocks:mu
	items map[string]int
}

// Put keeps the promise.
func (a *Annotated) Put(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.items[key]++
}

// Get breaks it.
func (a *Annotated) Get(key string) int {
	return a.items[key] // want unguarded-map-access "a.items"
}

// putHeld adds to the map.
// +checklocks:a.mu
func (a *Annotated) putHeld(key string) {
	a.items[key] = 1
}

// Add keeps the promise of putHeld.
func (a *Annotated) Add(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.putHeld(key)
}

// Hat has a lock that says what it protects.
type Hat struct {
	mu    sync.Mutex // protects items
	items map[string]int
	names []string
}

// Put keeps the promise.
func (h *Hat) Put(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items[key]++
}

// Drop breaks it.
func (h *Hat) Drop(key string) {
	delete(h.items, key) // want unguarded-map-access "h.items"
}

// Suffixed has methods whose name says that the caller holds the lock.
type Suffixed struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *Suffixed) putLocked(key string) {
	s.items[key]++
}

func (s *Suffixed) sizeLocked() int {
	return len(s.items)
}

// Put keeps the promise.
func (s *Suffixed) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.putLocked(key)
}

// Size keeps it too.
func (s *Suffixed) Size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sizeLocked()
}

// SuffixedBroken calls such a method without the lock.
type SuffixedBroken struct {
	mu       sync.Mutex
	promised map[string]int
}

func (s *SuffixedBroken) putLocked(key string) {
	s.promised[key]++
}

// Put keeps the promise.
func (s *SuffixedBroken) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.putLocked(key)
}

// PutFast breaks it.
func (s *SuffixedBroken) PutFast(key string) {
	s.putLocked(key) // want-map unguarded-map-access "s.promised"
}

// Documented has a helper whose comment says what must hold.
type Documented struct {
	mu    sync.Mutex
	items map[string]int
}

// put adds to the map. The caller must hold d.mu.
func (d *Documented) put(key string) {
	d.items[key]++
}

// Put keeps the promise.
func (d *Documented) Put(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.put(key)
}

// Drop holds the lock.
func (d *Documented) Drop(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.items, key)
}
