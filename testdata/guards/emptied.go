package guards

import "sync"

// RacyDesk empties itself at the end of its goroutine, while others still use it.
type RacyDesk struct {
	mu    sync.Mutex
	items map[string]int
	done  chan struct{}
}

// NewRacyDesk makes one.
func NewRacyDesk() *RacyDesk {
	return &RacyDesk{items: map[string]int{}, done: make(chan struct{})}
}

// Start starts the goroutine.
func (d *RacyDesk) Start() { go d.run() }

func (d *RacyDesk) run() {
	<-d.done
	d.empty()
}

func (d *RacyDesk) empty() {
	d.items = nil // want unguarded-map-access "d.items"
}

// Stop ends the goroutine.
func (d *RacyDesk) Stop() { close(d.done) }

// Put holds the lock.
func (d *RacyDesk) Put(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.items != nil {
		d.items[name]++
	}
}

// Drop holds the lock.
func (d *RacyDesk) Drop(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.items, name)
}

// Get holds the lock.
func (d *RacyDesk) Get(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.items[name]
}

// Has holds the lock.
func (d *RacyDesk) Has(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.items[name]
	return ok
}

// Len holds the lock.
func (d *RacyDesk) Len() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.items)
}

// SafeDesk is used by its own goroutine alone.
type SafeDesk struct {
	mu    sync.Mutex
	items map[string]int
	names chan string
}

// NewSafeDesk makes one.
func NewSafeDesk() *SafeDesk {
	return &SafeDesk{items: map[string]int{}, names: make(chan string)}
}

// Start starts the goroutine.
func (d *SafeDesk) Start() { go d.run() }

// Put passes a name on.
func (d *SafeDesk) Put(name string) { d.names <- name }

// Stop ends the goroutine.
func (d *SafeDesk) Stop() { close(d.names) }

func (d *SafeDesk) run() {
	for name := range d.names {
		if d.has(name) && d.get(name) > 3 {
			d.drop(name)
		}
		d.put(name)
		if d.size() > 100 {
			d.empty()
		}
	}
}

func (d *SafeDesk) empty() {
	d.items = nil // want-possible unguarded-map-access "d.items"
	d.items = map[string]int{}
}

func (d *SafeDesk) put(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.items[name]++
}

func (d *SafeDesk) drop(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.items, name)
}

func (d *SafeDesk) get(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.items[name]
}

func (d *SafeDesk) has(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.items[name]
	return ok
}

func (d *SafeDesk) size() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.items)
}
