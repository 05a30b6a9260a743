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

// Refresh fills it again.
func Refresh(d *Directory, output io.Writer) {
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

// Scratch hands its map out, and says so.
type Scratch struct {
	mu     sync.Mutex
	values map[string]int
}

// Put holds the lock.
func (s *Scratch) Put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[name]++
}

// Values returns the map itself. It is not safe for concurrent use with Put.
func (s *Scratch) Values() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values
}

// Size is for single-threaded set-up code.
func (s *Scratch) Size() int { return len(s.values) }

// SilentScratch does not say so.
type SilentScratch struct {
	mu     sync.Mutex
	values map[string]int
}

// Put holds the lock.
func (s *SilentScratch) Put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[name]++
}

// Size does not.
func (s *SilentScratch) Size() int {
	return len(s.values) // want unguarded-map-access "s.values"
}

// Arbitrator loads its map when it starts, with a helper that needs no lock then.
type Arbitrator struct {
	mu       sync.Mutex
	watchers map[string]int
	quit     chan struct{}
}

// NewArbitrator returns one that does not run yet.
func NewArbitrator() *Arbitrator {
	return &Arbitrator{watchers: map[string]int{}, quit: make(chan struct{})}
}

// Start loads and then starts the goroutine.
func (a *Arbitrator) Start(names []string) {
	a.load(names)
	go a.dispatch()
}

func (a *Arbitrator) load(names []string) {
	for _, name := range names {
		a.watchers[name]++
	}
}

func (a *Arbitrator) dispatch() {
	<-a.quit
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.watchers)
}

// Resolve holds the lock.
func (a *Arbitrator) Resolve(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.watchers, name)
}

// Stop stops it.
func (a *Arbitrator) Stop() { close(a.quit) }

// LateArbitrator reloads at any time.
type LateArbitrator struct {
	mu       sync.Mutex
	watchers map[string]int
}

// Reload forgets the lock.
func (a *LateArbitrator) Reload(names []string) { a.load(names) }

func (a *LateArbitrator) load(names []string) {
	for _, name := range names {
		a.watchers[name]++ // want unguarded-map-access "a.watchers"
	}
}

// Resolve holds the lock.
func (a *LateArbitrator) Resolve(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.watchers, name)
}

// Settings are read anew with each reload.
type Settings struct {
	pinned map[string]bool
	port   int
}

// Flags come before what has been read.
var Flags *Settings

// merged returns one of two settings, or a copy.
func merged(own, flags *Settings) *Settings {
	if own == nil {
		return flags
	}
	if flags == nil {
		return own
	}
	both := *own
	both.port = flags.port
	return &both
}

// Pin is for settings that are being read.
func (s *Settings) Pin(name string) {
	s.pinned[name] = true
}

func readSettings() *Settings {
	s := &Settings{pinned: map[string]bool{}}
	s.Pin("a")
	return s
}

// Port reads the settings once more.
func Port() int {
	return readSettings().port
}

// SafeReloads checks settings of its own with each reload.
func SafeReloads(reloads <-chan bool) {
	go func() {
		for range reloads {
			checkSettings(merged(readSettings(), Flags))
		}
	}()
}

func checkSettings(s *Settings) {
	s.pinned["system"] = true
}
