// Package guards has maps with a lock, and accesses that go past it. No goroutine is in sight: the types are made to be
// shared, as their locks tell.
package guards

import "sync"

// Forgotten has a method without the lock.
type Forgotten struct {
	mu    sync.Mutex
	items map[string]int
}

// NewForgotten fills the map before anyone else can see it.
func NewForgotten() *Forgotten {
	f := &Forgotten{items: make(map[string]int)}
	f.items["first"] = 1
	f.fill("second")
	return f
}

func (f *Forgotten) fill(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.items[key] = len(key)
}

// Put holds the lock.
func (f *Forgotten) Put(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.items[key]++
}

// Delete holds the lock.
func (f *Forgotten) Delete(key string) {
	f.mu.Lock()
	delete(f.items, key)
	f.mu.Unlock()
}

// Get does not.
func (f *Forgotten) Get(key string) int {
	return f.items[key] // want unguarded-map-access "f.items"
}

// ForgottenWrite forgets it where it writes.
type ForgottenWrite struct {
	mu    sync.RWMutex
	items map[string]int
}

// Get holds the lock.
func (f *ForgottenWrite) Get(key string) int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.items[key]
}

// Put holds the lock.
func (f *ForgottenWrite) Put(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.items[key] = 1
}

// Reset does not.
func (f *ForgottenWrite) Reset() {
	clear(f.items) // want unguarded-map-access "f.items"
}

// Complete holds the lock everywhere.
type Complete struct {
	mu    sync.RWMutex
	items map[string]int
	names []string
}

// NewComplete sets up before it shares.
func NewComplete(names ...string) *Complete {
	c := &Complete{items: map[string]int{}, names: names}
	for _, name := range names {
		c.items[name] = 0
	}
	return c
}

// Get holds the read lock.
func (c *Complete) Get(key string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	value, ok := c.items[key]
	return value, ok
}

// Put holds the lock.
func (c *Complete) Put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key]++
}

// Each calls the function under the lock.
func (c *Complete) Each(visit func(string, int)) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for key, value := range c.items {
		visit(key, value)
	}
}

// TooLate takes the lock after the read.
type TooLate struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (t *TooLate) Put(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.items[key] = len(key)
}

// Take looks first and locks then.
func (t *TooLate) Take(key string) bool {
	if _, ok := t.items[key]; !ok { // want unguarded-map-access "t.items"
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.items, key)
	return true
}

// TooEarly gives the lock back before it is done.
type TooEarly struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (t *TooEarly) Put(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.items[key] = len(key)
}

// Size unlocks too early.
func (t *TooEarly) Size() int {
	t.mu.Lock()
	size := t.items["size"]
	t.mu.Unlock()
	return size + len(t.items) // want unguarded-map-access "t.items"
}

// Checked checks twice, first without the lock.
type Checked struct {
	mu    sync.Mutex
	items map[string]*int
}

// Get makes what is not there.
func (c *Checked) Get(key string) *int {
	if item, ok := c.items[key]; ok { // want unguarded-map-access "c.items"
		return item
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	item, ok := c.items[key]
	if !ok {
		item = new(int)
		c.items[key] = item
	}
	return item
}

// CheckedUnderLock checks twice, first under the read lock.
type CheckedUnderLock struct {
	mu    sync.RWMutex
	items map[string]*int
}

// Get makes what is not there.
func (c *CheckedUnderLock) Get(key string) *int {
	c.mu.RLock()
	item, ok := c.items[key]
	c.mu.RUnlock()
	if ok {
		return item
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if item, ok = c.items[key]; !ok {
		item = new(int)
		c.items[key] = item
	}
	return item
}

// Helper has a helper that one caller calls without the lock.
type Helper struct {
	mu    sync.Mutex
	items map[string]int
}

func (h *Helper) put(key string) {
	h.items[key]++ // want unguarded-map-access "h.items"
}

// One holds the lock.
func (h *Helper) One() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.put("one")
}

// Two holds the lock.
func (h *Helper) Two() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items["two"] = 2
}

// Three does not.
func (h *Helper) Three() {
	h.put("three")
}

// Deferred has a deferred function that runs after the unlock.
type Deferred struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (d *Deferred) Put(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.items[key]++
}

// Drop defers before it locks.
func (d *Deferred) Drop(key string) {
	defer func() {
		delete(d.items, key) // want unguarded-map-access "d.items"
	}()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.items[key] = 0
}

// Outer reaches into Inner, past its lock.
type Outer struct {
	inner *Inner
}

// Inner guards its map.
type Inner struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (i *Inner) Put(key string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.items[key]++
}

// Drop holds the lock.
func (i *Inner) Drop(key string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.items, key)
}

// Len does not hold the lock of the inner one.
func (o *Outer) Len() int {
	return len(o.inner.items) // want unguarded-map-access "o.inner.items"
}

// Sum holds it.
func (o *Outer) Sum() int {
	o.inner.mu.Lock()
	defer o.inner.mu.Unlock()
	sum := 0
	for _, count := range o.inner.items {
		sum += count
	}
	return sum
}

var (
	drivers   = map[string]int{}
	driversMu sync.RWMutex
)

// Register holds the package's lock.
func Register(name string) {
	driversMu.Lock()
	defer driversMu.Unlock()
	drivers[name]++
}

// Unregister holds it too.
func Unregister(name string) {
	driversMu.Lock()
	defer driversMu.Unlock()
	delete(drivers, name)
}

// Drivers does not.
func Drivers() []string {
	names := []string{}
	for name := range drivers { // want unguarded-map-access "drivers"
		names = append(names, name)
	}
	return names
}

var hooks = struct {
	sync.Mutex
	all map[string]func()
}{all: map[string]func(){}}

// AddHook holds the lock of the variable.
func AddHook(name string, hook func()) {
	hooks.Lock()
	defer hooks.Unlock()
	hooks.all[name] = hook
}

// RemoveHook holds it too.
func RemoveHook(name string) {
	hooks.Lock()
	defer hooks.Unlock()
	delete(hooks.all, name)
}

// HasHook does not.
func HasHook(name string) bool {
	_, ok := hooks.all[name] // want unguarded-map-access "hooks.all"
	return ok
}

// Lost takes the lock, and gives it back before it writes.
type Lost struct {
	mu    sync.Mutex
	items map[string]int
}

// Get holds the lock.
func (l *Lost) Get(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.items[key]
}

// Put has lost the word defer.
func (l *Lost) Put(key string) {
	l.mu.Lock()
	l.mu.Unlock()
	l.items[key] = 1 // want unguarded-map-access "l.items"
}
