package functions

import "sync"

// Repository is where names go.
type Repository interface {
	Put(name string)
}

// MemoryRepository keeps names in a map.
type MemoryRepository struct {
	names map[string]int
}

// NewMemoryRepository makes one.
func NewMemoryRepository() *MemoryRepository {
	return &MemoryRepository{names: map[string]int{}}
}

// Put takes no lock.
func (r *MemoryRepository) Put(name string) {
	r.names[name]++ // want concurrent-map-write "r.names"
}

// PutAll puts many names at once.
func PutAll(repository Repository, names []string) {
	var wait sync.WaitGroup
	for _, name := range names {
		wait.Go(func() { repository.Put(name) })
	}
	wait.Wait()
}
