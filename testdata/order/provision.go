package order

import "sync"

// Set is a set of names whose methods return the set itself.
type Set map[string]struct{}

// Insert adds a name.
func (s Set) Insert(name string) Set {
	s[name] = struct{}{}
	return s
}

// Delete removes it.
func (s Set) Delete(name string) Set {
	delete(s, name)
	return s
}

// Clusters guards a set, and does not hand it out.
type Clusters struct {
	mu    sync.Mutex
	names Set
}

// Store adds.
func (c *Clusters) Store(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names.Insert(name)
}

// Remove removes.
func (c *Clusters) Remove(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names.Delete(name)
}

// OpenClusters hands its set out.
type OpenClusters struct {
	mu    sync.Mutex
	names Set
}

// Store adds.
func (c *OpenClusters) Store(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names.Insert(name)
}

// Names returns the set itself.
func (c *OpenClusters) Names() Set {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.names // want guarded-map-escape "c.names"
}

// Module gets its map together with its lock.
type Module struct {
	mu          *sync.Mutex
	connections map[string]int
}

// Provision makes the module ready.
func (m *Module) Provision() {
	m.connections = make(map[string]int)
	m.mu = new(sync.Mutex)
}

// Register holds the lock.
func (m *Module) Register(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.connections[name]++
}

// Unregister holds it.
func (m *Module) Unregister(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.connections, name)
}

// LooseModule replaces its map alone.
type LooseModule struct {
	mu          sync.Mutex
	connections map[string]int
}

// Forget forgets the lock; that it replaces the map as a whole looks like a reset before anyone uses it.
func (m *LooseModule) Forget() {
	m.connections = make(map[string]int) // want-possible unguarded-map-access "m.connections"
}

// Register holds the lock.
func (m *LooseModule) Register(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.connections[name]++
}

// Unregister holds it.
func (m *LooseModule) Unregister(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.connections, name)
}

// Context is filled once, under a lock that only the filling needs.
type Context struct {
	mu       sync.Mutex
	ready    bool
	accounts map[string]int
}

// NewContext returns a context that is filled.
func NewContext(names []string) *Context {
	c := &Context{accounts: map[string]int{}}
	c.initContext(names)
	return c
}

func (c *Context) initContext(names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ready {
		return
	}
	for _, name := range names {
		c.accounts[name]++
	}
	c.ready = true
}

// Account reads.
func (c *Context) Account(name string) int { return c.accounts[name] }

// Blocked has a lock for flushing, which its users hold for reading, and one for its maps.
type Blocked struct {
	flush sync.RWMutex
	mu    sync.Mutex
	jobs  map[string]int
}

// Block holds both.
func (b *Blocked) Block(name string) {
	b.flush.RLock()
	defer b.flush.RUnlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dropLocked(name)
	b.jobs[name]++
}

// dropLocked is called with the lock held.
func (b *Blocked) dropLocked(name string) { delete(b.jobs, name) }

// Flush holds both as well.
func (b *Blocked) Flush() {
	b.flush.Lock()
	defer b.flush.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.jobs)
}
