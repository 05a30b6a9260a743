package order

import (
	"errors"
	"maps"
	"sync"
)

// Report is filled by the goroutines of a Collector.
type Report struct {
	Latency map[string]int
	Count   int
}

// Clone returns a report with maps of its own.
func (r *Report) Clone() *Report {
	clone := *r
	clone.Latency = maps.Clone(r.Latency)
	return &clone
}

// Share returns a report that has only a counter of its own.
func (r *Report) Share() *Report {
	copied := *r
	copied.Count++
	return &copied
}

// Collector collects a report.
type Collector struct {
	mu     sync.Mutex
	report *Report
}

func (c *Collector) probe(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.report.Latency[name] = len(name)
}

// SafeReport looks at a clone, while goroutines that come late go on.
func SafeReport(names []string) int {
	c := &Collector{report: &Report{Latency: map[string]int{}}}
	for _, name := range names {
		go c.probe(name)
	}
	c.mu.Lock()
	report := c.report.Clone()
	c.mu.Unlock()
	return len(report.Latency)
}

// RacyReport looks at a copy that shares the map.
func RacyReport(names []string) int {
	c := &Collector{report: &Report{Latency: map[string]int{}}}
	for _, name := range names {
		go c.probe(name)
	}
	c.mu.Lock()
	report := c.report.Share()
	c.mu.Unlock()
	return len(report.Latency) // want concurrent-map-read-write "report.Latency"
}

// Monitor fills its map in Start, and on its goroutine from then on.
type Monitor struct {
	peers  map[string]int
	events chan string
	done   chan struct{}
}

// NewMonitor returns one that does not run yet.
func NewMonitor() *Monitor {
	return &Monitor{peers: map[string]int{}, events: make(chan string), done: make(chan struct{})}
}

func (m *Monitor) add(name string) int {
	if size, ok := m.peers[name]; ok {
		return size
	}
	m.peers[name] = len(name)
	return len(name)
}

// Start adds what there is, then starts the goroutine.
func (m *Monitor) Start(names []string) {
	for _, name := range names {
		m.add(name)
	}
	go m.consume()
}

func (m *Monitor) consume() {
	for event := range m.events {
		m.add(event)
	}
	close(m.done)
}

// Send hands an event to the goroutine.
func (m *Monitor) Send(event string) { m.events <- event }

// Stop ends it.
func (m *Monitor) Stop() {
	close(m.events)
	<-m.done
}

// OpenMonitor adds on whatever goroutine it is called.
type OpenMonitor struct {
	peers  map[string]int
	events chan string
}

// NewOpenMonitor returns one that does not run yet.
func NewOpenMonitor() *OpenMonitor {
	return &OpenMonitor{peers: map[string]int{}, events: make(chan string, 1)}
}

func (m *OpenMonitor) add(name string) {
	m.peers[name] = len(name) // want concurrent-map-write "m.peers"
}

// Start starts the goroutine.
func (m *OpenMonitor) Start() { go m.consume() }

func (m *OpenMonitor) consume() {
	for event := range m.events {
		m.add(event)
	}
}

// Add adds beside it.
func (m *OpenMonitor) Add(name string) {
	m.events <- name
	m.peers[name] = 0
}

// Log writes under its read lock, which is enough: one goroutine does all of it, and the lock is for other things.
type Log struct {
	mu      sync.RWMutex
	closed  bool
	deleted map[string]int
	quit    chan struct{}
}

// NewLog starts the goroutine.
func NewLog() *Log {
	l := &Log{deleted: map[string]int{}, quit: make(chan struct{})}
	go l.run()
	return l
}

func (l *Log) run() {
	for range 10 {
		l.truncate("a")
	}
	close(l.quit)
}

func (l *Log) truncate(name string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return
	}
	l.deleted[name]++
	delete(l.deleted, name)
}

// Close closes.
func (l *Log) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
}

// SharedLog has a method that anyone may call.
type SharedLog struct {
	mu      sync.RWMutex
	deleted map[string]int
}

// NewSharedLog returns an empty one.
func NewSharedLog() *SharedLog { return &SharedLog{deleted: map[string]int{}} }

// Truncate writes under the read lock.
func (l *SharedLog) Truncate(name string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.deleted[name]++ // want map-write-under-read-lock "l.deleted"
}

// Deleted reads.
func (l *SharedLog) Deleted(name string) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.deleted[name]
}

const debugging = false

// Debugged looks at its map without the lock in code that is never reached.
type Debugged struct {
	mu   sync.Mutex
	last map[string]int
}

// Put tells what was there before, when debugging.
func (d *Debugged) Put(name string) {
	if debugging {
		println(d.last[name])
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last[name]++
}

// Drop holds the lock.
func (d *Debugged) Drop(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.last, name)
}

var errEmpty = errors.New("no names")

func check(names []string) error {
	if len(names) == 0 {
		return errEmpty
	}
	return nil
}

// Commit writes on a goroutine that only an error leaves behind.
type Commit struct{ written map[string]int }

func (c *Commit) write(names []string) error {
	var wg sync.WaitGroup
	wg.Go(func() { c.written["first"]++ })
	if err := check(names); err != nil {
		return err
	}
	wg.Wait()
	return nil
}

// SafeCommits writes twice, and no more after an error.
func SafeCommits(names []string) (int, error) {
	c := &Commit{written: map[string]int{}}
	if err := c.write(names); err != nil {
		return 0, err
	}
	if err := c.write(names); err != nil {
		return 0, err
	}
	return len(c.written), nil
}

type hastyCommit struct{ written map[string]int }

func (c *hastyCommit) write(names []string) error {
	var wg sync.WaitGroup
	wg.Go(func() { c.written["first"]++ }) // want concurrent-map-write "c.written"
	return check(names)
}

// RacyCommits waits for neither.
func RacyCommits(names []string) error {
	c := &hastyCommit{written: map[string]int{}}
	if err := c.write(names); err != nil {
		return err
	}
	return c.write(names)
}
