package order

import (
	"fmt"
	"io"
	"sync"
)

// Manager fills its maps before anyone else has it, though it has lent a part of itself.
type Manager struct {
	mu     sync.Mutex
	output io.Writer
	names  map[string]int
}

// NewManager fills the map.
func NewManager(output io.Writer) *Manager {
	m := &Manager{output: output, names: map[string]int{}}
	m.populate()
	return m
}

func (m *Manager) populate() {
	fmt.Fprintln(m.output, "populating")
	m.names["first"] = 1
}

// Put holds the lock.
func (m *Manager) Put(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.names[name]++
}

// Get holds the lock.
func (m *Manager) Get(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.names[name]
}

// Directory fills its map when others have it.
type Directory struct {
	mu    sync.Mutex
	names map[string]int
}

// NewDirectory returns an empty one.
func NewDirectory() *Directory { return &Directory{names: map[string]int{}} }

// Open fills it.
func Open(d *Directory, output io.Writer) {
	fmt.Fprintln(output, "populating")
	d.populate()
}

func (d *Directory) populate() {
	d.names["first"] = 1 // want unguarded-map-access "d.names"
}

// Put holds the lock.
func (d *Directory) Put(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[name]++
}

// Get holds the lock.
func (d *Directory) Get(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.names[name]
}

// Store is what a Watcher watches: two types have it, each with a map and a lock of its own.
type Store interface {
	Add(name string)
	Clean()
}

// Memory is one.
type Memory struct {
	memoryMu sync.Mutex
	series   map[string]int
}

// Add holds the lock.
func (m *Memory) Add(name string) {
	m.memoryMu.Lock()
	defer m.memoryMu.Unlock()
	m.series[name]++
}

// Clean holds the lock.
func (m *Memory) Clean() {
	m.memoryMu.Lock()
	defer m.memoryMu.Unlock()
	clear(m.series)
}

// Archive is the other.
type Archive struct {
	archiveMu sync.Mutex
	series    map[string]int
}

// Add holds the lock.
func (a *Archive) Add(name string) {
	a.archiveMu.Lock()
	defer a.archiveMu.Unlock()
	a.series[name]++
}

// Clean holds the lock.
func (a *Archive) Clean() {
	a.archiveMu.Lock()
	defer a.archiveMu.Unlock()
	clear(a.series)
}

// Watcher cleans its store on a goroutine of its own.
type Watcher struct{ store Store }

// Watch adds while the other goroutine cleans.
func (w *Watcher) Watch(names []string) {
	var wg sync.WaitGroup
	wg.Go(func() { w.store.Clean() })
	for _, name := range names {
		w.store.Add(name)
	}
	wg.Wait()
}

// Ledger has two locks for one map.
type Ledger struct {
	addMu   sync.Mutex
	cleanMu sync.Mutex
	series  map[string]int
}

// Add holds one.
func (l *Ledger) Add(name string) {
	l.addMu.Lock()
	defer l.addMu.Unlock()
	l.series[name]++ // want mixed-map-locks "l.series"
}

// Clean holds the other.
func (l *Ledger) Clean() {
	l.cleanMu.Lock()
	defer l.cleanMu.Unlock()
	clear(l.series)
}
