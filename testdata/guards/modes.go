package guards

import (
	"maps"
	"sync"
)

// ReadLocked writes under the read lock.
type ReadLocked struct {
	mu    sync.RWMutex
	items map[string]int
}

// Get holds the read lock.
func (r *ReadLocked) Get(key string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.items[key]
}

// Put should hold the write lock.
func (r *ReadLocked) Put(key string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.items[key]++ // want map-write-under-read-lock "r.items"
}

// ReadLockedBelow writes one call below the read lock.
type ReadLockedBelow struct {
	mu    sync.RWMutex
	items map[string]int
}

// Put takes the read lock for a helper that writes.
func (r *ReadLockedBelow) Put(key string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.store(key)
}

// Drop holds the write lock.
func (r *ReadLockedBelow) Drop(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.items, key)
}

func (r *ReadLockedBelow) store(key string) {
	r.items[key]++ // want map-write-under-read-lock "r.items"
}

// ReadLockedWrapper takes the read lock in a method of its own.
type ReadLockedWrapper struct {
	mu    sync.RWMutex
	items map[string]int
}

func (r *ReadLockedWrapper) acquire() { r.mu.RLock() }
func (r *ReadLockedWrapper) release() { r.mu.RUnlock() }

// Put writes under it.
func (r *ReadLockedWrapper) Put(key string) {
	r.acquire()
	defer r.release()
	r.items[key]++ // want map-write-under-read-lock "r.items"
}

// ReadLockedAlias writes through another name of the map.
type ReadLockedAlias struct {
	mu    sync.RWMutex
	items map[string]int
}

// Put writes through a local variable.
func (r *ReadLockedAlias) Put(key string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	items := r.items
	items[key]++ // want map-write-under-read-lock "items"
}

// ReadLockedDelete deletes under the read lock.
type ReadLockedDelete struct {
	sync.RWMutex
	items map[string]int
}

// Prune deletes what is zero.
func (r *ReadLockedDelete) Prune() {
	r.RLock()
	defer r.RUnlock()
	for key, value := range r.items {
		if value == 0 {
			delete(r.items, key) // want map-write-under-read-lock "r.items"
		}
	}
}

// Put holds the write lock.
func (r *ReadLockedDelete) Put(key string) {
	r.Lock()
	defer r.Unlock()
	r.items[key] = 0
}

// Modes uses each mode as it is meant.
type Modes struct {
	mu    sync.RWMutex
	items map[string]int
}

// Copy reads under the read lock and writes a copy.
func (m *Modes) Copy() map[string]int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	items := maps.Clone(m.items)
	items["copied"] = 1
	return items
}

// Put writes under the write lock.
func (m *Modes) Put(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[key]++
}

// Upgrade gives the read lock back and takes the write lock.
func (m *Modes) Upgrade(key string) int {
	m.mu.RLock()
	value, ok := m.items[key]
	m.mu.RUnlock()
	if ok {
		return value
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[key] = 1
	return 1
}

// Mixed has two locks and uses either.
type Mixed struct {
	readMu, writeMu sync.Mutex
	entries         map[string]int
}

// Get holds one lock.
func (m *Mixed) Get(key string) int {
	m.readMu.Lock()
	defer m.readMu.Unlock()
	return m.entries[key]
}

// Put holds the other.
func (m *Mixed) Put(key string) {
	m.writeMu.Lock()
	defer m.writeMu.Unlock()
	m.entries[key]++ // want mixed-map-locks "m.entries"
}

// Ordered has two locks and two maps.
type Ordered struct {
	leftMu, rightMu sync.Mutex
	left, right     map[string]int
}

// Move holds both.
func (o *Ordered) Move(key string) {
	o.leftMu.Lock()
	defer o.leftMu.Unlock()
	o.rightMu.Lock()
	defer o.rightMu.Unlock()
	o.right[key] = o.left[key]
	delete(o.left, key)
}

// Left holds one.
func (o *Ordered) Left(key string) {
	o.leftMu.Lock()
	defer o.leftMu.Unlock()
	o.left[key]++
}

// Right holds the other.
func (o *Ordered) Right(key string) {
	o.rightMu.Lock()
	defer o.rightMu.Unlock()
	o.right[key]++
}

// Copied has its lock copied with each call.
type Copied struct {
	mu      sync.Mutex
	entries map[string]int
}

// Put locks a copy.
func (c Copied) Put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key]++ // want copied-map-lock "c.entries"
}

// Parameter is handed over by value.
type Parameter struct {
	mu      sync.Mutex
	entries map[string]int
}

// PutInto locks a copy of the parameter.
func PutInto(p Parameter, key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entries[key]++ // want copied-map-lock "p.entries"
}

// Shared keeps a pointer to its lock, so that copies share it.
type Shared struct {
	mu      *sync.Mutex
	entries map[string]int
}

// Put locks the one lock.
func (s Shared) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries[key]++
}

// Owner has a lock, and an account that has another.
type Owner struct {
	mu      sync.Mutex
	account *Account
}

// Account guards its own keys.
type Account struct {
	mu   sync.Mutex
	keys map[string]bool
}

// Add holds the account's lock.
func (a *Account) Add(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.keys[key] = true
}

// Remove holds the account's lock.
func (a *Account) Remove(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.keys, key)
}

// Check holds its own lock only.
func (o *Owner) Check(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.account.keys[key] // want mixed-map-locks "o.account.keys"
}

// Assigner makes what is missing where it is asked to, which only who holds the write lock does.
type Assigner struct {
	mu    sync.RWMutex
	items map[string]int
}

// Assign asks for a new one.
func (a *Assigner) Assign(key string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.find(key, true)
}

// Lookup does not.
func (a *Assigner) Lookup(key string) int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.find(key, false)
}

func (a *Assigner) find(key string, create bool) int {
	if item, ok := a.items[key]; ok {
		return item
	}
	if !create {
		return 0
	}
	return a.add(key)
}

func (a *Assigner) add(key string) int {
	a.items[key] = len(a.items) + 1
	return a.items[key]
}

// ReadLockedAssigner makes what is missing under the read lock as well.
type ReadLockedAssigner struct {
	mu    sync.RWMutex
	items map[string]int
}

// Assign asks for a new one.
func (a *ReadLockedAssigner) Assign(key string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.find(key, true)
}

// Lookup does so, too.
func (a *ReadLockedAssigner) Lookup(key string) int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.find(key, true)
}

// Peek does not.
func (a *ReadLockedAssigner) Peek(key string) int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.find(key, false)
}

func (a *ReadLockedAssigner) find(key string, create bool) int {
	if item, ok := a.items[key]; ok {
		return item
	}
	if !create {
		return 0
	}
	return a.add(key)
}

func (a *ReadLockedAssigner) add(key string) int {
	a.items[key] = len(a.items) + 1 // want map-write-under-read-lock "a.items"
	return a.items[key]
}
