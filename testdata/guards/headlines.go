package guards

import "sync"

// Feeds loads what it knows as it starts, and is swept later: of the two places without the lock the second shows the race.
type Feeds struct {
	mu    sync.Mutex
	known map[string]int
	tick  func(func())
}

// Start loads what is stored, and has the rest swept from then on.
func (f *Feeds) Start(stored []string) {
	f.load(stored)
	f.tick(f.Sweep)
}

func (f *Feeds) load(stored []string) {
	for _, name := range stored {
		f.put(name)
	}
}

func (f *Feeds) put(name string) {
	f.known[name] = len(name)
}

// Add makes one more known.
func (f *Feeds) Add(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.put(name)
}

// Remove forgets one.
func (f *Feeds) Remove(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.known, name)
}

// Has looks for one.
func (f *Feeds) Has(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.known[name]
	return ok
}

// Sweep takes the lock inside of its loop, which is too late.
func (f *Feeds) Sweep() {
	for name := range f.known { // want unguarded-map-access "f.known"
		f.mu.Lock()
		f.check(name)
		f.mu.Unlock()
	}
}

func (f *Feeds) check(name string) {
	if f.known[name] == 0 {
		delete(f.known, name)
	}
}
