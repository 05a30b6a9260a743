package guards

import "sync"

// Row has a lock for its own map, not for what is in that.
type Row struct {
	mu     sync.RWMutex
	fields map[string]any
}

// Set holds the lock.
func (r *Row) Set(name string, value any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fields[name] = value
}

// Value holds it, too.
func (r *Row) Value(name string) any {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.fields[name]
}

// SafeStrip changes a map that the row has been given and that belongs to whoever works on the row.
func SafeStrip(r *Row, name string) {
	if inner, ok := r.Value(name).(map[string]any); ok {
		delete(inner, "payload") // want-possible unguarded-map-access "inner"
	}
}

// SafeStripAll does so for each of several.
func SafeStripAll(r *Row, name string) {
	if list, ok := r.Value(name).([]any); ok {
		for _, one := range list {
			delete(one.(map[string]any), "payload") // want-possible unguarded-map-access "Row.fields"
		}
	}
}

// Tree has a lock for its branches as well.
type Tree struct {
	mu       sync.RWMutex
	branches map[string]any
}

// Grow holds the lock at what is in the map.
func (t *Tree) Grow(name, leaf string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if branch, ok := t.branches[name].(map[string]any); ok {
		branch[leaf] = true
	} else {
		t.branches[name] = map[string]any{leaf: true}
	}
}

// Branch gives away what is in the map.
func (t *Tree) Branch(name string) any {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.branches[name]
}

// Strip does not hold the lock.
func (t *Tree) Strip(name string) {
	if branch, ok := t.Branch(name).(map[string]any); ok {
		delete(branch, "payload") // want unguarded-map-access "branch"
	}
}
