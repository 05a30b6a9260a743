// Package registry keeps names for the packages that import it.
package registry

import "sync"

// Names are known to all.
var Names = map[string]int{}

// Registry maps names to numbers, without a lock of its own.
type Registry struct {
	numbers map[string]int
}

// New returns an empty registry.
func New() *Registry { return &Registry{numbers: map[string]int{}} }

// Add adds a name.
func (r *Registry) Add(name string) {
	r.numbers[name] = len(r.numbers) // want concurrent-map-write "r.numbers"
}

// Safe maps names to numbers, with a lock.
type Safe struct {
	mu      sync.Mutex
	numbers map[string]int
}

// NewSafe returns an empty registry.
func NewSafe() *Safe { return &Safe{numbers: map[string]int{}} }

// Add adds a name.
func (s *Safe) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.numbers[name] = len(s.numbers)
}
