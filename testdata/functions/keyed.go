package functions

import "sync"

// keyedLocks has a lock for each key.
type keyedLocks struct{ locks sync.Map }

func (k *keyedLocks) lock(key string) func() {
	value, _ := k.locks.LoadOrStore(key, &sync.Mutex{})
	mutex := value.(*sync.Mutex)
	mutex.Lock()
	return func() { mutex.Unlock() }
}

// keyedTable has one as well, in a map with a lock of its own.
type keyedTable struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
}

func (k *keyedTable) lock(key string) func() {
	k.mu.Lock()
	mutex, ok := k.locks[key]
	if !ok {
		mutex = &sync.Mutex{}
		k.locks[key] = mutex
	}
	k.mu.Unlock()
	mutex.Lock()
	return func() { mutex.Unlock() }
}

// tasks has one map for all keys.
type tasks struct {
	perKey keyedLocks
	states map[string]int
}

func (t *tasks) apply(key string) {
	unlock := t.perKey.lock(key)
	defer unlock()
	t.states[key]++ // want concurrent-map-write "t.states"
}

// RacyKeyed changes one map under locks of different keys.
func RacyKeyed(names []string) {
	t := &tasks{states: map[string]int{}}
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { t.apply(name) })
	}
	all.Wait()
}

// tableTasks is what tasks is.
type tableTasks struct {
	perKey keyedTable
	states map[string]int
}

func (t *tableTasks) apply(key string) {
	unlock := t.perKey.lock(key)
	defer unlock()
	t.states[key]++ // want concurrent-map-write "t.states"
}

// RacyKeyedTable changes one map under locks of different keys.
func RacyKeyedTable(names []string) {
	t := &tableTasks{perKey: keyedTable{locks: map[string]*sync.Mutex{}}, states: map[string]int{}}
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { t.apply(name) })
	}
	all.Wait()
}

// jobs has a map for each key.
type jobs struct {
	perKey keyedLocks
	states map[string]map[string]int
}

func (j *jobs) apply(key string) {
	unlock := j.perKey.lock(key)
	defer unlock()
	j.states[key]["applied"]++
}

// SafeKeyed changes the map of a key under the lock of that key.
func SafeKeyed(names []string) {
	j := &jobs{states: map[string]map[string]int{}}
	for _, name := range names {
		j.states[name] = map[string]int{}
	}
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { j.apply(name) })
		all.Go(func() { j.apply(name) })
	}
	all.Wait()
}

// lockedTasks has a lock for the map besides.
type lockedTasks struct {
	mu     sync.Mutex
	perKey keyedTable
	states map[string]int
}

func (t *lockedTasks) apply(key string) {
	unlock := t.perKey.lock(key)
	defer unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.states[key]++
}

// SafeKeyedTable takes the map's lock under that of the key.
func SafeKeyedTable(names []string) {
	t := &lockedTasks{perKey: keyedTable{locks: map[string]*sync.Mutex{}}, states: map[string]int{}}
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() { t.apply(name) })
	}
	all.Wait()
}
