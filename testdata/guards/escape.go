package guards

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Returned hands the guarded map out.
type Returned struct {
	mu     sync.RWMutex
	labels map[string]string
}

// Set holds the lock.
func (r *Returned) Set(key, value string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.labels[key] = value
}

// Labels returns the map itself.
func (r *Returned) Labels() map[string]string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.labels // want guarded-map-escape "r.labels"
}

// ReturnedCopy hands a copy out.
type ReturnedCopy struct {
	mu     sync.RWMutex
	labels map[string]string
}

// Set holds the lock.
func (r *ReturnedCopy) Set(key, value string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.labels[key] = value
}

// Labels copies the map under the lock.
func (r *ReturnedCopy) Labels() map[string]string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	labels := make(map[string]string, len(r.labels))
	for key, value := range r.labels {
		labels[key] = value
	}
	return labels
}

// Clone copies it in one call.
func (r *ReturnedCopy) Clone() map[string]string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return maps.Clone(r.labels)
}

// Keys consumes the iterator under the lock.
func (r *ReturnedCopy) Keys() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Sorted(maps.Keys(r.labels))
}

// Aliased takes the map under the lock and uses it after.
type Aliased struct {
	mu     sync.Mutex
	labels map[string]string
}

// Set holds the lock.
func (a *Aliased) Set(key, value string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.labels[key] = value
}

// Print iterates after the unlock.
func (a *Aliased) Print() string {
	a.mu.Lock()
	labels := a.labels
	a.mu.Unlock()
	text := ""
	for key, value := range labels { // want "labels"
		text += fmt.Sprintln(key, value)
	}
	return text
}

// Swapped takes the map under the lock and leaves a new one: it owns what it took.
type Swapped struct {
	mu     sync.Mutex
	labels map[string]string
}

// Set holds the lock.
func (s *Swapped) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.labels[key] = value
}

// Flush iterates over what nobody else can see any more.
func (s *Swapped) Flush() int {
	s.mu.Lock()
	labels := s.labels
	s.labels = make(map[string]string)
	s.mu.Unlock()
	size := 0
	for key, value := range labels {
		size += len(key) + len(value)
	}
	return size
}

// Groups has maps in a map.
type Groups struct {
	mu     sync.Mutex
	groups map[string]map[string]int
}

// Add holds the lock.
func (g *Groups) Add(group, key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.groups[group] == nil {
		g.groups[group] = map[string]int{}
	}
	g.groups[group][key]++
}

// Sum uses an inner map after the unlock.
func (g *Groups) Sum(group string) int {
	g.mu.Lock()
	members := g.groups[group]
	g.mu.Unlock()
	sum := 0
	for _, count := range members { // want "members|g.groups"
		sum += count
	}
	return sum
}

// Summed uses it under the lock.
func (g *Groups) Summed(group string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	sum := 0
	for _, count := range g.groups[group] {
		sum += count
	}
	return sum
}

// Sent hands the map to whoever receives.
type Sent struct {
	mu     sync.Mutex
	labels map[string]string
	events chan map[string]string
}

// Set changes the map and sends it.
func (s *Sent) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.labels[key] = value
	s.events <- s.labels // want guarded-map-escape "s.labels"
}

// Drop holds it too.
func (s *Sent) Drop(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.labels, key)
}

// Encoded hands the map to an encoder after the unlock.
type Encoded struct {
	mu     sync.Mutex
	labels map[string]string
}

// Set holds the lock.
func (e *Encoded) Set(key, value string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.labels[key] = value
}

// Drop holds it too.
func (e *Encoded) Drop(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.labels, key)
}

// JSON iterates over the map without the lock.
func (e *Encoded) JSON() ([]byte, error) {
	return json.Marshal(e.labels) // want "e.labels"
}

// LockedJSON holds it.
func (e *Encoded) LockedJSON() ([]byte, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return json.Marshal(e.labels)
}

// Unwrapped gives its map up.
type Unwrapped struct {
	mu     sync.RWMutex
	labels map[string]string
}

// Set holds the lock.
func (u *Unwrapped) Set(key, value string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.labels[key] = value
}

// Get holds the lock.
func (u *Unwrapped) Get(key string) string {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.labels[key]
}

// Unwrap returns the map behind it. Once it has been unwrapped,
// the methods of an Unwrapped are no longer safe.
func (u *Unwrapped) Unwrap() map[string]string {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.labels
}

// SafeLabels counts what has been set before.
func SafeLabels(sets []*Unwrapped) int {
	size := 0
	for _, set := range sets {
		labels := set.Unwrap()
		size += len(labels) // want-possible unguarded-map-access "labels"
	}
	return size
}
