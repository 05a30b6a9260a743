package guards

import "sync"

// Writers hold the lock, all of them; most readers have forgotten it.
type Writers struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (w *Writers) Put(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.items[key]++
}

// Delete holds the lock.
func (w *Writers) Delete(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.items, key)
}

// Get does not.
func (w *Writers) Get(key string) int {
	return w.items[key] // want unguarded-map-access "w.items"
}

// Size does not.
func (w *Writers) Size() int { return len(w.items) }

// Has does not.
func (w *Writers) Has(key string) bool {
	_, ok := w.items[key]
	return ok
}

// Halfway is read under the lock that its callers take, but its helper writes.
type Halfway struct {
	mu    sync.RWMutex
	items map[string]int
}

// Get drops what has expired, under a read lock.
func (h *Halfway) Get(key string) int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.items[key] == 0 {
		h.dropNoLock(key)
	}
	return h.items[key]
}

// Drop holds the lock for writing.
func (h *Halfway) Drop(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dropNoLock(key)
}

func (h *Halfway) dropNoLock(key string) {
	delete(h.items, key) // want map-write-under-read-lock "h.items"
}

// OneWriter forgets the lock in its only writer.
type OneWriter struct {
	mu    sync.Mutex
	known map[string]int
}

// Get holds the lock.
func (o *OneWriter) Get(key string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.known[key]
}

// Len holds the lock.
func (o *OneWriter) Len() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.known)
}

// Has holds the lock.
func (o *OneWriter) Has(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, ok := o.known[key]
	return ok
}

// Add does not.
func (o *OneWriter) Add(key string) {
	o.known[key]++ // want unguarded-map-access "o.known"
}

// Early releases the lock before its write, the only one.
type Early struct {
	mu    sync.RWMutex
	known map[string]int
}

// Get holds the lock.
func (e *Early) Get(key string) int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.known[key]
}

// Add looks under the lock.
func (e *Early) Add(key string) {
	e.mu.Lock()
	_, ok := e.known[key]
	e.mu.Unlock()
	if !ok {
		e.known[key] = 1 // want unguarded-map-access "e.known"
	}
}

// Fixed is filled by its constructor and only read under its lock, which is there for something else.
type Fixed struct {
	mu    sync.Mutex
	known map[string]int
	count int
}

// NewFixed knows some keys.
func NewFixed(keys ...string) *Fixed {
	f := &Fixed{known: map[string]int{}}
	for number, key := range keys {
		f.known[key] = number
	}
	return f
}

// Count counts a known key.
func (f *Fixed) Count(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count += f.known[key]
}

// Reset counts anew.
func (f *Fixed) Reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count = len(f.known)
}

// Watched hands a method to a function that nobody knows.
type Watched struct {
	mu    sync.Mutex
	known map[string]int
}

// NewWatched has its method called later.
func NewWatched(watch func(func(key string))) *Watched {
	w := &Watched{known: map[string]int{}}
	watch(w.changed)
	return w
}

func (w *Watched) changed(key string) {
	w.known[key]++ // want unguarded-map-access "w.known"
}

// Take holds the lock.
func (w *Watched) Take(key string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	value := w.known[key]
	delete(w.known, key)
	return value
}
