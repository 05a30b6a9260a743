package guards

import "sync"

// Rosters hands a group's map out, which is changed where it is.
type Rosters struct {
	mu      sync.RWMutex
	byGroup map[string]map[string]int
}

// NewRosters is empty.
func NewRosters() *Rosters { return &Rosters{byGroup: map[string]map[string]int{}} }

// Add holds the lock.
func (r *Rosters) Add(group, name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.byGroup[group]; !ok {
		r.byGroup[group] = map[string]int{}
	}
	r.byGroup[group][name]++
}

// Remove holds the lock.
func (r *Rosters) Remove(group, name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byGroup[group], name)
}

// Group returns the inner map itself.
func (r *Rosters) Group(group string) map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	members, ok := r.byGroup[group]
	if !ok {
		return nil
	}
	return members // want guarded-map-escape "members"
}

// WholeRosters puts another map in place whenever something changes.
type WholeRosters struct {
	mu      sync.RWMutex
	byGroup map[string]map[string]int
}

// NewWholeRosters is empty.
func NewWholeRosters() *WholeRosters { return &WholeRosters{byGroup: map[string]map[string]int{}} }

// Put holds the lock.
func (r *WholeRosters) Put(group string, members map[string]int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byGroup[group] = members
}

// Drop holds the lock.
func (r *WholeRosters) Drop(group string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byGroup, group)
}

// Group returns an inner map that nobody changes any more.
func (r *WholeRosters) Group(group string) map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	members, ok := r.byGroup[group]
	if !ok {
		return nil
	}
	return members
}
