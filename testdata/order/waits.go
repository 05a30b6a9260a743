package order

import (
	"errors"
	"sync"
)

// BoundedGroup is a wait group that lets so many run at a time.
type BoundedGroup struct {
	running sync.WaitGroup
	room    chan struct{}
}

// NewBoundedGroup returns one with this much room.
func NewBoundedGroup(room int) *BoundedGroup { return &BoundedGroup{room: make(chan struct{}, room)} }

// Add waits for room.
func (g *BoundedGroup) Add(delta int) {
	for i := 0; i > delta; i-- {
		<-g.room
	}
	for i := 0; i < delta; i++ {
		g.room <- struct{}{}
	}
	g.running.Add(delta)
}

// Done makes room.
func (g *BoundedGroup) Done() { g.Add(-1) }

// Wait waits for all.
func (g *BoundedGroup) Wait() { g.running.Wait() }

// Blocks has counts that are made side by side.
type Blocks struct {
	mu     sync.Mutex
	counts map[string]int
}

func (b *Blocks) add(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[name]++
}

// CountBlocks sums up at the end.
func CountBlocks(names []string) int {
	b := &Blocks{counts: map[string]int{}}
	g := NewBoundedGroup(2)
	for _, name := range names {
		g.Add(1)
		go func() {
			defer g.Done()
			b.add(name)
		}()
	}
	g.Wait()
	return len(b.counts)
}

// HastyBlocks has the same.
type HastyBlocks struct {
	mu     sync.Mutex
	counts map[string]int
}

func (b *HastyBlocks) add(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[name]++
}

// CountHastyBlocks sums up before the end.
func CountHastyBlocks(names []string) int {
	b := &HastyBlocks{counts: map[string]int{}}
	g := NewBoundedGroup(2)
	for _, name := range names {
		g.Add(1)
		go func() {
			defer g.Done()
			b.add(name)
		}()
	}
	count := len(b.counts) // want concurrent-map-read-write "b.counts"
	g.Wait()
	return count
}

// errNoName is for a name that is none.
var errNoName = errors.New("empty")

// fillAll fills side by side; what is left running after an error nobody looks at.
func fillAll(found map[string]int, names []string) error {
	failed, done := make(chan error), make(chan struct{}, 1)
	var mu sync.Mutex
	var running sync.WaitGroup
	for _, name := range names {
		running.Add(1)
		go func() {
			defer running.Done()
			if name == "" {
				failed <- errNoName
				return
			}
			mu.Lock()
			defer mu.Unlock()
			found[name]++
		}()
	}
	go func() {
		running.Wait()
		done <- struct{}{}
	}()
	var err error
	select {
	case <-done:
	case err = <-failed:
	}
	return err
}

// CountFilled looks when there was no error.
func CountFilled(names []string) int {
	found := map[string]int{}
	if err := fillAll(found, names); err != nil {
		return 0
	}
	return len(found)
}

// fillSome gives up when it is told to.
func fillSome(found map[string]int, names []string, enough chan struct{}) {
	done := make(chan struct{}, 1)
	var mu sync.Mutex
	var running sync.WaitGroup
	for _, name := range names {
		running.Add(1)
		go func() {
			defer running.Done()
			mu.Lock()
			defer mu.Unlock()
			found[name]++
		}()
	}
	go func() {
		running.Wait()
		done <- struct{}{}
	}()
	select {
	case <-done:
	case <-enough:
	}
}

// CountSome looks at what there is.
func CountSome(names []string, enough chan struct{}) int {
	found := map[string]int{}
	fillSome(found, names, enough)
	return len(found) // want concurrent-map-read-write "found"
}

// Relay has two goroutines do the same thing, the second when the first has handed over.
func Relay(names []string) {
	seen := map[string]int{}
	look := func() {
		for _, name := range names {
			seen[name]++
		}
	}
	baton, done := make(chan struct{}), make(chan struct{})
	go func() {
		look()
		baton <- struct{}{}
	}()
	go func() {
		<-baton
		look()
		close(done)
	}()
	<-done
}

// HastyRelay does not wait for the baton.
func HastyRelay(names []string) {
	seen := map[string]int{}
	look := func() {
		for _, name := range names {
			seen[name]++ // want concurrent-map-write "seen"
		}
	}
	baton, done := make(chan struct{}), make(chan struct{})
	go func() {
		look()
		baton <- struct{}{}
	}()
	go func() {
		look()
		<-baton
		close(done)
	}()
	<-done
}

// Shelf is filled by goroutines that have goroutines of their own.
type Shelf struct {
	mu    sync.Mutex
	names []string
	books map[string]int
}

func (s *Shelf) put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[name]++
}

// batch has a group for its own goroutines.
type batch struct{ running *sync.WaitGroup }

func newBatch() *batch { return &batch{running: &sync.WaitGroup{}} }

func (s *Shelf) putAll() {
	for range 2 {
		b := newBatch()
		for _, name := range s.names {
			b.running.Go(func() { s.put(name) })
		}
		b.running.Wait()
	}
}

// FillShelf waits for the goroutines that wait for theirs.
func FillShelf(names []string) int {
	s := &Shelf{names: names, books: map[string]int{}}
	var running sync.WaitGroup
	for range 2 {
		running.Go(s.putAll)
	}
	running.Wait()
	return len(s.books)
}

// HastyShelf is filled likewise.
type HastyShelf struct {
	mu    sync.Mutex
	names []string
	books map[string]int
}

func (s *HastyShelf) put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[name]++
}

func (s *HastyShelf) putAll() {
	b := newBatch()
	for _, name := range s.names {
		b.running.Go(func() { s.put(name) })
	}
}

// FillHastyShelf waits for goroutines that do not wait for theirs.
func FillHastyShelf(names []string) int {
	s := &HastyShelf{names: names, books: map[string]int{}}
	var running sync.WaitGroup
	for range 2 {
		running.Go(s.putAll)
	}
	running.Wait()
	return len(s.books) // want concurrent-map-read-write "s.books"
}
