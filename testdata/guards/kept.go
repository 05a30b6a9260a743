package guards

import "sync"

// survey is filled by goroutines that its only user waits for. Its methods have upper-case names, but nobody outside the
// package gets hold of one.
type survey struct {
	mu     sync.Mutex
	counts map[string]int
}

// Survey counts names.
func Survey(names ...string) int {
	s := &survey{counts: map[string]int{}}
	s.Collect(names)
	return s.Sum()
}

// Collect counts each name on a goroutine of its own.
func (s *survey) Collect(names []string) {
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { s.count(name) })
	}
	group.Wait()
}

func (s *survey) count(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[name]++
}

// Sum comes when all have counted.
func (s *survey) Sum() int {
	sum := 0
	for _, count := range s.counts {
		sum += count
	}
	return sum
}

// ballot is as lower-case, but NewBallot hands it out.
type ballot struct {
	mu     sync.Mutex
	counts map[string]int
}

// NewBallot returns an empty one.
func NewBallot() *ballot {
	return &ballot{counts: map[string]int{}}
}

// Ballot counts names.
func Ballot(names ...string) int {
	b := NewBallot()
	for _, name := range names {
		b.Count(name)
	}
	return b.Sum()
}

// Count holds the lock.
func (b *ballot) Count(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[name]++
}

// Sum does not.
func (b *ballot) Sum() int {
	sum := 0
	for _, count := range b.counts { // want unguarded-map-access "b.counts"
		sum += count
	}
	return sum
}

// Tallier is what others know a tally by.
type Tallier interface {
	Count(name string)
	Sum() int
}

// tally is reached through the interface.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

// NewTally returns an empty one.
func NewTally() Tallier {
	return &tally{counts: map[string]int{}}
}

// Tally counts names.
func Tally(names ...string) int {
	t := &tally{counts: map[string]int{}}
	for _, name := range names {
		t.Count(name)
	}
	return t.Sum()
}

// Count holds the lock.
func (t *tally) Count(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[name]++
}

// Sum does not.
func (t *tally) Sum() int {
	sum := 0
	for _, count := range t.counts { // want unguarded-map-access "t.counts"
		sum += count
	}
	return sum
}
