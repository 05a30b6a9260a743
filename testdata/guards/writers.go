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
