package functions

import (
	"maps"
	"sync"
	"sync/atomic"
)

type store struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *store) put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key]++ // want-map "items"
}

func (s *store) all() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items
}

// RacyGetter uses the map that a getter has handed out, outside the lock.
func RacyGetter() int {
	s := &store{items: map[string]int{}}
	go s.put("a")
	sum := 0
	for _, count := range s.all() {
		sum += count
	}
	return sum
}

type copying struct {
	mu      sync.Mutex
	entries map[string]int
}

func (c *copying) put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key]++
}

func (c *copying) all() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.entries)
}

// SafeGetter hands out a copy.
func SafeGetter() int {
	c := &copying{entries: map[string]int{}}
	go c.put("a")
	all := c.all()
	all["b"] = 1
	return len(all)
}

type options struct {
	labels map[string]string
}

// RacyStructCopy copies the struct; the map is still the same.
func RacyStructCopy() string {
	original := options{labels: map[string]string{}}
	same := original
	go func() {
		original.labels["a"] = "b" // want concurrent-map-read-write "labels"
	}()
	return same.labels["a"]
}

func (o options) get(key string) string { return o.labels[key] }

func (o options) set(key string) {
	o.labels[key] = key // want concurrent-map-read-write "o.labels"
}

// RacyValueReceiver calls methods that copy the struct.
func RacyValueReceiver() string {
	o := options{labels: map[string]string{}}
	go o.set("a")
	return o.get("a")
}

type set[K comparable] map[K]struct{}

func (s set[K]) insert(key K) {
	s[key] = struct{}{} // want concurrent-map-read-write "s"
}

func (s set[K]) has(key K) bool {
	_, ok := s[key]
	return ok
}

// RacyGeneric shares a map type with methods.
func RacyGeneric() bool {
	s := set[string]{}
	go s.insert("a")
	return s.has("a")
}

type directory[K comparable, V any] struct {
	mu     sync.RWMutex
	values map[K]V
}

func (r *directory[K, V]) put(key K, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.values[key] = value
}

func (r *directory[K, V]) get(key K) V {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.values[key]
}

// SafeGeneric locks in the methods of a generic type.
func SafeGeneric() int {
	r := &directory[string, int]{values: map[string]int{}}
	go r.put("a", 1)
	return r.get("a")
}

func setAll[K comparable, V any](target map[K]V, keys []K, value V) {
	for _, key := range keys {
		target[key] = value // want concurrent-map-write "(target|seen)"
	}
}

// RacyGenericFunction writes through a generic function.
func RacyGenericFunction(keys []string) {
	seen := map[string]bool{}
	go setAll(seen, keys, true)
	setAll(seen, keys, false)
}

type gauge struct{ values map[string]int }

func (g *gauge) set(key string) {
	g.values[key] = 1 // want concurrent-map-write "g.values"
}

// RacyMethodValue starts a method value.
func RacyMethodValue() {
	g := &gauge{values: map[string]int{}}
	set := g.set
	go set("a")
	set("b")
}

type sink interface{ write(string) }

type mapSink struct{ lines map[string]int }

func (m *mapSink) write(line string) {
	m.lines[line]++ // want concurrent-map-write "m.lines"
}

// RacyInterface calls the method through an interface with one implementation.
func RacyInterface() {
	var s sink = &mapSink{lines: map[string]int{}}
	go s.write("a")
	s.write("b")
}

type lockedWriter interface{ emit(string) }

type lockedSink struct {
	mu    sync.Mutex
	lines map[string]int
}

func (l *lockedSink) emit(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[line]++
}

// SafeInterface locks in the implementation.
func SafeInterface() {
	var w lockedWriter = &lockedSink{lines: map[string]int{}}
	go w.emit("a")
	w.emit("b")
}

type configuration struct {
	current atomic.Pointer[map[string]int]
	mu      sync.Mutex
}

func (c *configuration) get(key string) int {
	return (*c.current.Load())[key]
}

func (c *configuration) set(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := maps.Clone(*c.current.Load())
	next[key]++
	c.current.Store(&next)
}

// SafeCopyOnWrite never changes a map that others can see.
func SafeCopyOnWrite() int {
	c := &configuration{}
	c.current.Store(&map[string]int{})
	go c.set("a")
	go c.set("b")
	return c.get("a")
}

type hasty struct {
	current atomic.Value
}

func (h *hasty) get(key string) int {
	return h.current.Load().(map[string]int)[key]
}

func (h *hasty) set(key string) {
	h.current.Load().(map[string]int)[key]++ // want concurrent-map-read-write "h.current"
}

// RacyAtomicValue changes the map behind an atomic value in place.
func RacyAtomicValue() int {
	h := &hasty{}
	h.current.Store(map[string]int{})
	go h.set("a")
	return h.get("a")
}

type request struct {
	values map[string]string
}

func newRequest() *request {
	r := &request{values: map[string]string{}}
	r.values["id"] = "1"
	return r
}

func (r *request) set(key string) { r.values[key] = key }

// SafePerRequest makes an object in each goroutine.
func SafePerRequest() {
	for range 4 {
		go func() {
			r := newRequest()
			r.set("a")
			r.set("b")
		}()
	}
}

// SafePublishedAfterwards fills the object before it hands it to a goroutine.
func SafePublishedAfterwards() {
	r := newRequest()
	r.set("a")
	go func() {
		r.set("b")
	}()
}

type nested struct {
	groups map[string]map[string]int
}

func (n *nested) add(group, key string) {
	n.groups[group][key]++ // want concurrent-map-write "n.groups"
}

// RacyInnerMap writes a map within a map.
func RacyInnerMap() {
	n := &nested{groups: map[string]map[string]int{"a": {}}}
	go n.add("a", "x")
	n.add("a", "y")
}

type holder struct{ inner *tree }

type tree struct{ leaves map[string]int }

func (h *holder) add(key string) {
	h.inner.leaves[key]++ // want concurrent-map-write "h.inner.leaves"
}

// RacyLongPath writes a map two fields away.
func RacyLongPath() {
	h := &holder{inner: &tree{leaves: map[string]int{}}}
	go h.add("a")
	h.add("b")
}

type actor struct {
	commands chan func(map[string]int)
}

func startActor() *actor {
	a := &actor{commands: make(chan func(map[string]int))}
	go func() {
		state := map[string]int{}
		for command := range a.commands {
			command(state)
		}
	}()
	return a
}

// SafeActor changes the state by commands to the goroutine that owns it.
func SafeActor() {
	a := startActor()
	go func() { a.commands <- func(state map[string]int) { state["a"]++ } }()
	a.commands <- func(state map[string]int) { state["b"]++ }
}

var (
	loadOnce sync.Once
	loaded   map[string]int
)

func table() map[string]int {
	loadOnce.Do(func() {
		loaded = map[string]int{}
		loaded["a"] = 1
	})
	return loaded
}

// SafeOnce fills a package variable once.
func SafeOnce() int {
	go table()
	return table()["a"]
}

var lookup = map[string]int{}

func init() {
	lookup["a"] = 1
}

// SafeInit reads what init has filled.
func SafeInit() int {
	go func() { _ = lookup["a"] }()
	return lookup["b"]
}

type lazy struct{ cache map[string]int }

func (l *lazy) get(key string) int {
	if l.cache == nil {
		l.cache = map[string]int{}
	}
	if value, ok := l.cache[key]; ok {
		return value
	}
	l.cache[key] = len(key) // want "l.cache"
	return len(key)
}

// RacyLazy fills a cache on demand, from two goroutines.
func RacyLazy() int {
	l := &lazy{}
	go l.get("a")
	return l.get("b")
}

type listeners struct {
	byKey sync.Map
}

// add changes a map where it is, in a concurrent map that others load it from.
func (l *listeners) add(key, name string) {
	known, loaded := l.byKey.LoadOrStore(key, map[string]bool{name: true})
	if loaded {
		known.(map[string]bool)[name] = true // want "byKey"
	}
}

func (l *listeners) count() int {
	count := 0
	l.byKey.Range(func(_, names any) bool {
		count += len(names.(map[string]bool))
		return true
	})
	return count
}

// RacySyncMapElement counts while it adds.
func RacySyncMapElement() int {
	l := &listeners{}
	l.add("a", "x")
	go l.add("a", "y")
	return l.count()
}

type copied struct {
	byKey sync.Map
}

func (c *copied) add(key, name string) {
	names := map[string]bool{name: true}
	if known, ok := c.byKey.Load(key); ok {
		for name := range known.(map[string]bool) {
			names[name] = true
		}
	}
	c.byKey.Store(key, names)
}

// SafeSyncMapElement stores a new map for each change.
func SafeSyncMapElement() int {
	c := &copied{}
	c.add("a", "x")
	go c.add("a", "y")
	known, _ := c.byKey.Load("a")
	return len(known.(map[string]bool))
}

type step struct {
	name string
	run  func(name string)
}

// RacyTable calls the function of a table's only element while a goroutine counts what it writes.
func RacyTable() {
	known := map[string]bool{}
	done := make(chan bool)
	go func() {
		_ = len(known)
		close(done)
	}()
	steps := []step{{name: "a", run: func(name string) {
		known[name] = true // want "known"
	}}}
	for _, s := range steps {
		s.run(s.name)
	}
	<-done
}

// SafeTable calls it when the goroutine has ended.
func SafeTable() {
	known := map[string]bool{}
	done := make(chan bool)
	go func() {
		_ = len(known)
		close(done)
	}()
	steps := []step{{name: "a", run: func(name string) { known[name] = true }}}
	<-done
	for _, s := range steps {
		s.run(s.name)
	}
}
