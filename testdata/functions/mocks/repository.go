// Package mocks has stand-ins for tests: nothing else imports it.
package mocks

// Repository keeps what it is given.
type Repository struct {
	Names map[string]int
}

// Put takes no lock; who makes one gives it to one goroutine.
func (r *Repository) Put(name string) {
	r.Names[name]++ // want-possible concurrent-map-write "r.Names"
}
