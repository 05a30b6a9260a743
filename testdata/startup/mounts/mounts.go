// Package mounts has objects that libraries write to.
package mounts

import "sync"

var (
	lock    sync.Mutex
	written = map[string]int{}
)

// Mount is a place to write to.
type Mount struct{ before int }

// New opens it.
func New(before int) *Mount {
	lock.Lock()
	defer lock.Unlock()
	written["opened"]++
	return &Mount{before}
}

// Write counts what is written.
func (m *Mount) Write(text []byte) (int, error) {
	lock.Lock()
	defer lock.Unlock()
	written[string(text)] += len(text) + m.before
	return len(text), nil
}

// Size tells what has been written.
func (m *Mount) Size(text string) int {
	lock.Lock()
	defer lock.Unlock()
	return written[text]
}

// Restored counts what was written before.
func Restored(names []string) int {
	sum := 0
	for _, name := range names {
		sum += written[name] // want-possible unguarded-map-access "written"
	}
	return sum
}

var (
	lateLock sync.Mutex
	late     = map[string]int{}
)

// LateMount is a place to write to.
type LateMount struct{ before int }

// NewLate opens it.
func NewLate() *LateMount {
	lateLock.Lock()
	defer lateLock.Unlock()
	late["opened"]++
	return &LateMount{}
}

// Write counts what is written.
func (m *LateMount) Write(text []byte) (int, error) {
	lateLock.Lock()
	defer lateLock.Unlock()
	late[string(text)] += len(text) + m.before
	return len(text), nil
}

// Size tells what has been written.
func (m *LateMount) Size(text string) int {
	lateLock.Lock()
	defer lateLock.Unlock()
	return late[text]
}

// RestoredLate counts what was written before.
func RestoredLate(names []string) int {
	sum := 0
	for _, name := range names {
		sum += late[name] // want unguarded-map-access "late"
	}
	return sum
}
