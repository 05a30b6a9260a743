package order

import "sync"

// Gatherer has a goroutine from the start on; its callers wait before they ask for the results.
type Gatherer struct {
	running *sync.WaitGroup
	names   chan string
	results map[string]int
}

// NewGatherer starts the goroutine.
func NewGatherer() *Gatherer {
	g := &Gatherer{running: &sync.WaitGroup{}, names: make(chan string), results: map[string]int{}}
	g.running.Add(1)
	go g.run()
	return g
}

func (g *Gatherer) run() {
	defer g.running.Done()
	for name := range g.names {
		g.results[name]++
	}
}

// Add hands a name to the goroutine.
func (g *Gatherer) Add(name string) { g.names <- name }

// Wait ends the goroutine.
func (g *Gatherer) Wait() {
	close(g.names)
	g.running.Wait()
}

// Results is for whoever has waited.
func (g *Gatherer) Results() int {
	sum := 0
	for _, count := range g.results {
		sum += count
	}
	return sum
}

// Gather waits first.
func Gather(names []string) int {
	g := NewGatherer()
	for _, name := range names {
		g.Add(name)
	}
	g.Wait()
	return g.Results()
}

// HastyGatherer is asked while its goroutine runs.
type HastyGatherer struct {
	running *sync.WaitGroup
	names   chan string
	results map[string]int
}

// NewHastyGatherer starts the goroutine.
func NewHastyGatherer() *HastyGatherer {
	g := &HastyGatherer{running: &sync.WaitGroup{}, names: make(chan string), results: map[string]int{}}
	g.running.Add(1)
	go g.run()
	return g
}

func (g *HastyGatherer) run() {
	defer g.running.Done()
	for name := range g.names {
		g.results[name]++ // want concurrent-map-iteration "g.results"
	}
}

// Add hands a name to the goroutine.
func (g *HastyGatherer) Add(name string) { g.names <- name }

// Wait ends the goroutine.
func (g *HastyGatherer) Wait() {
	close(g.names)
	g.running.Wait()
}

// Results is for whoever has waited.
func (g *HastyGatherer) Results() int {
	sum := 0
	for _, count := range g.results {
		sum += count
	}
	return sum
}

// GatherHastily waits too late.
func GatherHastily(names []string) int {
	g := NewHastyGatherer()
	for _, name := range names {
		g.Add(name)
	}
	sum := g.Results()
	g.Wait()
	return sum
}

// Flusher calls a function now and then until it is stopped.
type Flusher struct {
	flush   func()
	ticks   chan struct{}
	stop    chan struct{}
	stopped chan struct{}
}

// NewFlusher starts its goroutine.
func NewFlusher(flush func()) *Flusher {
	f := &Flusher{
		flush: flush, ticks: make(chan struct{}), stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	go f.run()
	return f
}

func (f *Flusher) run() {
	for {
		select {
		case <-f.ticks:
			f.flush()
		case <-f.stop:
			f.flush()
			close(f.stopped)
			return
		}
	}
}

// Flush asks for a flush.
func (f *Flusher) Flush() { f.ticks <- struct{}{} }

// Stop waits for the last flush.
func (f *Flusher) Stop() {
	close(f.stop)
	<-f.stopped
}

// Output has a map that its flusher's goroutine fills.
type Output struct {
	flusher *Flusher
	series  map[string]int
}

// Start starts the flusher.
func (o *Output) Start() {
	flusher := NewFlusher(o.flush)
	o.flusher = flusher
}

// Stop looks when the flusher has stopped.
func (o *Output) Stop() int {
	o.flusher.Stop()
	return o.left()
}

func (o *Output) flush() { o.series["a"]++ }

func (o *Output) left() int { return len(o.series) }

// HastyOutput looks before the flusher has stopped.
type HastyOutput struct {
	flusher *Flusher
	series  map[string]int
}

// Start starts the flusher.
func (o *HastyOutput) Start() {
	flusher := NewFlusher(o.flush)
	o.flusher = flusher
}

// Stop stops the flusher after a look.
func (o *HastyOutput) Stop() int {
	left := o.left()
	o.flusher.Stop()
	return left
}

func (o *HastyOutput) flush() { o.series["a"]++ } // want concurrent-map-read-write "o.series"

func (o *HastyOutput) left() int { return len(o.series) }
