package boundaries

import (
	"maps"
	"sync"
)

// Snapshot is a struct that is copied with its map.
type Snapshot struct {
	Name   string
	Values map[string]int
}

// Keeper keeps a snapshot up to date.
type Keeper struct {
	mu    sync.Mutex
	state Snapshot
}

// Update holds the lock.
func (k *Keeper) Update(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.state.Values[key]++
}

// MissedState copies the struct, not the map in it: that a struct by value leads to a guarded map is not looked at, as most
// such maps are never written again.
func (k *Keeper) MissedState() Snapshot {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.state
}

// Lazy returns an iterator over the guarded map, which runs after the unlock.
type Lazy struct {
	mu     sync.Mutex
	labels map[string]string
}

// Set holds the lock.
func (l *Lazy) Set(key, value string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.labels[key] = value
}

// MissedKeys returns before anyone iterates: an iterator of package maps counts as used where it is made, as in nearly all
// code.
func (l *Lazy) MissedKeys() func(func(string) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Keys(l.labels)
}
