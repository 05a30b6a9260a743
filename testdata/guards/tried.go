package guards

import (
	"context"
	"sync"
)

// Board is a set whose lock some methods only try to take.
type Board struct {
	mu    sync.Mutex
	names map[string]int
}

// NewBoard returns an empty set.
func NewBoard() *Board { return &Board{names: map[string]int{}} }

// Add takes the lock.
func (b *Board) Add(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.names[name]++
}

// Remove takes the lock.
func (b *Board) Remove(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.names, name)
}

func (b *Board) tryBegin() bool {
	return b.mu.TryLock()
}

func (b *Board) end() { b.mu.Unlock() }

// begin takes the lock unless the context is over.
func (b *Board) begin(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.mu.Lock()
	return nil
}

// SafeTry writes if it gets the lock.
func (b *Board) SafeTry(name string) {
	if !b.tryBegin() {
		return
	}
	defer b.end()
	b.names[name]++
}

// RacyTry writes if it does not.
func (b *Board) RacyTry(name string) {
	if b.tryBegin() {
		b.end()
		return
	}
	b.names[name]++ // want unguarded-map-access "b.names"
}

// SafeTried remembers whether it has got the lock.
func (b *Board) SafeTried(name string) int {
	got := b.mu.TryLock()
	if !got {
		return 0
	}
	n := b.names[name]
	b.mu.Unlock()
	return n
}

// SafeBegin goes on where there is no error.
func (b *Board) SafeBegin(ctx context.Context, name string) error {
	if err := b.begin(ctx); err != nil {
		return err
	}
	defer b.mu.Unlock()
	b.names[name]++
	return nil
}

// Shelf is a set like Board.
type Shelf struct {
	mu    sync.Mutex
	names map[string]int
}

// NewShelf returns an empty set.
func NewShelf() *Shelf { return &Shelf{names: map[string]int{}} }

// Add takes the lock.
func (s *Shelf) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name]++
}

// Count takes the lock.
func (s *Shelf) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.names)
}

func (s *Shelf) begin(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	return nil
}

// RacyBegin goes on where there is an error.
func (s *Shelf) RacyBegin(ctx context.Context, name string) error {
	if err := s.begin(ctx); err != nil {
		delete(s.names, name) // want unguarded-map-access "s.names"
		return err
	}
	s.mu.Unlock()
	return nil
}

// Slot is a lock made of a channel, for which one may wait as long as a context lasts.
type Slot struct{ taken chan struct{} }

// NewSlot returns one that is free.
func NewSlot() *Slot { return &Slot{taken: make(chan struct{}, 1)} }

// Lock waits.
func (s *Slot) Lock() { s.taken <- struct{}{} }

// Unlock gives it back.
func (s *Slot) Unlock() { <-s.taken }

// LockContext waits until the context is over.
func (s *Slot) LockContext(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case s.taken <- struct{}{}:
		return nil
	}
}

// SafeSlot writes where it has got the lock.
func SafeSlot(ctx context.Context, names []string) {
	slot := NewSlot()
	seen := map[string]int{}
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			slot.Lock()
			seen[name]++
			slot.Unlock()
			if err := slot.LockContext(ctx); err == nil {
				seen[name]++
				slot.Unlock()
			}
		})
	}
	group.Wait()
}

// RacySlot writes whether it has got it or not.
func RacySlot(ctx context.Context, names []string) {
	slot := NewSlot()
	seen := map[string]int{}
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			err := slot.LockContext(ctx)
			seen[name]++ // want concurrent-map-write "seen"
			if err == nil {
				slot.Unlock()
			}
		})
	}
	group.Wait()
}
