package guards

import (
	"sync"
	"sync/atomic"
)

// Tiers puts a new map in place with each update, and fills it before anyone sees it.
type Tiers struct {
	mu     sync.RWMutex
	byName map[string]int
}

// Update holds the lock until the map is complete.
func (t *Tiers) Update(names ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byName = map[string]int{}
	for limit, name := range names {
		t.byName[name] = limit
	}
}

// Get holds the lock.
func (t *Tiers) Get(name string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.byName[name]
}

// Sum takes the map under the lock: nobody writes it any more.
func (t *Tiers) Sum() int {
	t.mu.RLock()
	byName := t.byName
	t.mu.RUnlock()
	sum := 0
	for _, limit := range byName {
		sum += limit
	}
	return sum
}

// ByName hands the map out, to be read.
func (t *Tiers) ByName() map[string]int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.byName
}

// Steps lets go of the lock before its new map is complete.
type Steps struct {
	mu     sync.RWMutex
	byName map[string]int
}

// Update holds the lock at each step.
func (s *Steps) Update(names ...string) {
	s.mu.Lock()
	s.byName = map[string]int{}
	s.mu.Unlock()
	for limit, name := range names {
		s.mu.Lock()
		s.byName[name] = limit
		s.mu.Unlock()
	}
}

// Get holds the lock.
func (s *Steps) Get(name string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.byName[name]
}

// Sum takes the map under the lock, while it is still being filled.
func (s *Steps) Sum() int {
	s.mu.RLock()
	byName := s.byName
	s.mu.RUnlock()
	sum := 0
	for _, limit := range byName { // want unguarded-map-access "byName"
		sum += limit
	}
	return sum
}

// enrolled serves while the package is initialised, and is nil ever after.
var enrolled = map[string]int{}

var (
	enrolMu sync.Mutex
	settled atomic.Value
)

func init() {
	settled.Store(enrolled)
	enrolled = nil
}

// Enrol copies the map once the package is initialised.
func Enrol(name string, n int) {
	enrolMu.Lock()
	defer enrolMu.Unlock()
	if m := enrolled; m != nil {
		m[name] = n
		return
	}
	known, _ := settled.Load().(map[string]int)
	next := map[string]int{name: n}
	for name, n := range known {
		next[name] = n
	}
	settled.Store(next)
}

// Enrolled takes no lock.
func Enrolled(name string) int {
	if m := enrolled; m != nil {
		return m[name]
	}
	m, _ := settled.Load().(map[string]int)
	return m[name]
}

// reopened is nil when the package is initialised, but not for good.
var reopened map[string]int

var reopenMu sync.Mutex

func init() {
	reopened = nil
}

// Reopen puts a map in place.
func Reopen() {
	reopenMu.Lock()
	defer reopenMu.Unlock()
	if reopened == nil {
		reopened = map[string]int{}
	}
}

// Reenrol holds the lock.
func Reenrol(name string) {
	reopenMu.Lock()
	defer reopenMu.Unlock()
	if reopened != nil {
		reopened[name]++
	}
}

// Reopened takes none.
func Reopened(name string) int {
	return reopened[name] // want unguarded-map-access "reopened"
}

// Mailbag gives what it has to a batch, and begins anew.
type Mailbag struct {
	mu    sync.Mutex
	items map[string]int
}

type batch struct {
	items map[string]int
	size  int
}

// Put holds the lock.
func (o *Mailbag) Put(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.items[key]++
}

// Get holds the lock.
func (o *Mailbag) Get(key string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.items[key]
}

func (o *Mailbag) take() batch {
	o.mu.Lock()
	defer o.mu.Unlock()
	taken := batch{items: o.items, size: len(o.items)}
	o.items = map[string]int{}
	return taken
}

// Flush has the batch to itself.
func (o *Mailbag) Flush() int {
	taken := o.take()
	for key := range taken.items {
		delete(taken.items, key)
	}
	return taken.size
}

// Window gives what it has to a batch, and keeps it.
type Window struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (w *Window) Put(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.items[key]++
}

// Get holds the lock.
func (w *Window) Get(key string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.items[key]
}

func (w *Window) look() batch {
	w.mu.Lock()
	defer w.mu.Unlock()
	return batch{items: w.items, size: len(w.items)}
}

// Sum goes on when the lock is given back.
func (w *Window) Sum() int {
	seen := w.look()
	sum := 0
	for _, count := range seen.items { // want unguarded-map-access "seen.items"
		sum += count
	}
	return sum
}
