package guards

import "sync"

// Ladder has a guarded map, of which Snapshot makes a copy with several goroutines.
type Ladder struct {
	mu    sync.Mutex
	ranks map[string]int
}

// Set sets a rank.
func (b *Ladder) Set(name string, rank int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ranks[name] = rank
}

// Drop drops a rank.
func (b *Ladder) Drop(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.ranks, name)
}

// Snapshot holds the lock until its goroutines are done.
func (b *Ladder) Snapshot(names []string) []int {
	b.mu.Lock()
	defer b.mu.Unlock()
	ranks := make([]int, len(names))
	var group sync.WaitGroup
	for i, name := range names {
		group.Add(1)
		go func() {
			defer group.Done()
			ranks[i] = b.ranks[name]
		}()
	}
	group.Wait()
	return ranks
}

// LooseLadder is what Ladder is.
type LooseLadder struct {
	mu    sync.Mutex
	ranks map[string]int
}

// Set sets a rank.
func (b *LooseLadder) Set(name string, rank int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ranks[name] = rank
}

// Drop drops a rank.
func (b *LooseLadder) Drop(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.ranks, name)
}

// Snapshot gives the lock back before its goroutines are done.
func (b *LooseLadder) Snapshot(names []string) []int {
	b.mu.Lock()
	ranks := make([]int, len(names))
	var group sync.WaitGroup
	for i, name := range names {
		group.Add(1)
		go func() {
			defer group.Done()
			ranks[i] = b.ranks[name] // want unguarded-map-access "b.ranks"
		}()
	}
	b.mu.Unlock()
	group.Wait()
	return ranks
}

// Report asks several goroutines, and prints when they have answered; Complete makes it ready, its lock included.
type Report struct {
	mu    sync.Mutex
	found map[string]int
}

// Complete begins anew.
func (r *Report) Complete() {
	r.mu = sync.Mutex{}
	r.found = map[string]int{}
}

// Run waits before it looks.
func (r *Report) Run(names []string) int {
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { r.ask(name) })
	}
	group.Wait()
	return len(r.found)
}

func (r *Report) ask(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found[name] = len(name)
}

// HastyReport does not wait.
type HastyReport struct {
	mu    sync.Mutex
	found map[string]int
}

// Complete begins anew.
func (r *HastyReport) Complete() {
	r.mu = sync.Mutex{}
	r.found = map[string]int{}
}

// Run looks before its goroutines have answered.
func (r *HastyReport) Run(names []string) int {
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { r.ask(name) })
	}
	found := len(r.found) // want concurrent-map-read-write "r.found"
	group.Wait()
	return found
}

func (r *HastyReport) ask(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found[name] = len(name)
}
