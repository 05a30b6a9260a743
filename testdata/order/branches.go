package order

import (
	"maps"
	"sync"
)

// Totals counts one by one, or side by side.
type Totals struct{ counts map[string]int }

func (t *Totals) add(name string) { t.counts[name]++ }

func (t *Totals) merge(mu *sync.Mutex, name string) {
	mu.Lock()
	defer mu.Unlock()
	t.counts[name]++
}

// SafeBranches has goroutines in one branch, and its own accesses in the other: one call takes one of them.
func SafeBranches(t *Totals, names []string, parallel bool) {
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, name := range names {
		if !parallel {
			t.add(name)
		} else {
			group.Add(1)
			go func() {
				defer group.Done()
				t.merge(&mu, name)
			}()
		}
	}
	if parallel {
		group.Wait()
	}
	t.add("end")
}

// RacyBranches takes now this branch and now that.
func RacyBranches(t *Totals, names []string) {
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, name := range names {
		parallel := len(name)%2 == 0
		if !parallel {
			t.counts[name]++ // want "t.counts"
		} else {
			group.Add(1)
			go func() {
				defer group.Done()
				t.merge(&mu, name)
			}()
		}
	}
	group.Wait()
}

// Forest has values below names; all is guarded by the lock.
type Forest struct {
	mu     sync.RWMutex
	values map[string]map[string]int
}

// NewForest returns an empty one.
func NewForest() *Forest { return &Forest{values: map[string]map[string]int{}} }

func (t *Forest) branch(name string, create bool) map[string]int {
	branch := t.values[name]
	if branch == nil && create {
		branch = map[string]int{}
		t.values[name] = branch
	}
	return branch
}

// Get does not create a branch: the read lock is enough.
func (t *Forest) Get(branch, name string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.branch(branch, false)[name]
}

// Set does.
func (t *Forest) Set(branch, name string, value int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.branch(branch, true)[name] = value
}

// SafeForest reads and writes side by side.
func SafeForest(t *Forest, name string) {
	done := make(chan int)
	go func() { done <- t.Get(name, name) }()
	t.Set(name, name, 1)
	<-done
}

// Grown creates branches in its readers as well.
type Grown struct {
	mu     sync.RWMutex
	values map[string]map[string]int
}

// NewGrown returns an empty one.
func NewGrown() *Grown { return &Grown{values: map[string]map[string]int{}} }

func (g *Grown) branch(name string, create bool) map[string]int {
	branch := g.values[name]
	if branch == nil && create {
		branch = map[string]int{}
		g.values[name] = branch // want map-write-under-read-lock "g.values"
	}
	return branch
}

// Get creates a branch under the read lock.
func (g *Grown) Get(branch, name string) int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.branch(branch, true)[name]
}

// Set writes.
func (g *Grown) Set(branch, name string, value int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.branch(branch, true)[name] = value
}

const (
	modeRead  = "read"
	modeWrite = "write"
)

var (
	registryMu sync.RWMutex
	registry   = map[string]int{}
)

func access(mode, name string) int {
	switch mode {
	case modeRead:
		return registry[name]
	case modeWrite:
		registry[name]++
	}
	return 0
}

// SafeRead reads under the read lock.
func SafeRead(name string) int {
	registryMu.RLock()
	defer registryMu.RUnlock()
	return access(modeRead, name)
}

// SafeWrite writes under the lock.
func SafeWrite(name string) int {
	registryMu.Lock()
	defer registryMu.Unlock()
	return access(modeWrite, name)
}

func report(counts map[string]int, done chan<- int) {
	counts["sum"] = len(counts)
	done <- counts["sum"]
}

// SafeBatches hands each batch over and goes on with a new one.
func SafeBatches(names []string, done chan<- int) {
	batch := map[string]int{}
	for _, name := range names {
		batch[name]++
		if len(batch) == 2 {
			go report(batch, done)
			batch = make(map[string]int)
		}
	}
}

// RacyBatches hands it over and goes on with the same one.
func RacyBatches(names []string, done chan<- int) {
	batch := map[string]int{}
	for _, name := range names {
		batch[name]++ // want "batch"
		if len(batch)%2 == 0 {
			go report(batch, done)
		}
	}
}

type set struct{ members map[string]bool }

func (s *set) merge(other *set) {
	for name := range other.members {
		s.members[name] = true
	}
}

func flush(s *set, done chan<- int) { done <- len(s.members) }

// SafePending forgets the set that it has handed over.
func SafePending(requests <-chan *set, done chan<- int) {
	var pending *set
	for request := range requests {
		if pending == nil {
			pending = request
		} else {
			pending.merge(request)
		}
		if len(pending.members) > 2 {
			go flush(pending, done)
			pending = nil
		}
	}
}

// SafeDialogue has its goroutine expand the map when it says so, and waits for the answer.
func SafeDialogue(names []string) int {
	next, done := make(chan string), make(chan bool)
	sizes := map[string]int{}
	go func() {
		for name := range next {
			sizes[name] = len(name) // want-possible "sizes"
			done <- true
		}
	}()
	sum := 0
	for _, name := range names {
		if name != "" {
			next <- name
			<-done
		}
		sum += sizes[name]
	}
	close(next)
	return sum
}

// RacyDialogue does not wait.
func RacyDialogue(names []string) int {
	next := make(chan string, len(names))
	sizes := map[string]int{}
	go func() {
		for name := range next {
			sizes[name] = len(name)
		}
	}()
	sum := 0
	for _, name := range names {
		next <- name
		sum += sizes[name] // want "sizes"
	}
	close(next)
	return sum
}

// Options are given by value.
type Options struct{ Headers map[string]int }

// SafeOptions works on a copy of the map.
func SafeOptions(o Options) int {
	if o.Headers == nil {
		o.Headers = make(map[string]int)
	} else {
		o.Headers = maps.Clone(o.Headers)
	}
	o.Headers["own"]++
	return len(o.Headers)
}

// RacyOptions works on its caller's map.
func RacyOptions(o Options) int {
	o.Headers["own"]++ // want "o.Headers"
	return len(o.Headers)
}

// SafeCallers runs it side by side.
func SafeCallers(o Options) {
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { SafeOptions(o) })
	}
	group.Wait()
}

// RacyCallers does so as well.
func RacyCallers(o Options) {
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { RacyOptions(o) })
	}
	group.Wait()
}
