package guards

import "sync"

// Commented says in a comment which lock guards the map.
type Commented struct {
	mu    sync.Mutex
	items map[string]int // guarded by mu
}

// Put keeps the promise.
func (c *Commented) Put(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key]++
}

// Len breaks it.
func (c *Commented) Len() int {
	return len(c.items) // want unguarded-map-access "c.items"
}

// Annotated has an annotation for checklocks.
type Annotated struct {
	mu sync.RWMutex
	// +checklocks:mu
	items map[string]int
}

// Put keeps the promise.
func (a *Annotated) Put(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.items[key]++
}

// Get breaks it.
func (a *Annotated) Get(key string) int {
	return a.items[key] // want unguarded-map-access "a.items"
}

// putHeld adds to the map.
// +checklocks:a.mu
func (a *Annotated) putHeld(key string) {
	a.items[key] = 1
}

// Add keeps the promise of putHeld.
func (a *Annotated) Add(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.putHeld(key)
}

// Hat has a lock that says what it protects.
type Hat struct {
	mu    sync.Mutex // protects items
	items map[string]int
	names []string
}

// Put keeps the promise.
func (h *Hat) Put(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items[key]++
}

// Drop breaks it.
func (h *Hat) Drop(key string) {
	delete(h.items, key) // want unguarded-map-access "h.items"
}

// Suffixed has methods whose name says that the caller holds the lock.
type Suffixed struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *Suffixed) putLocked(key string) {
	s.items[key]++
}

func (s *Suffixed) sizeLocked() int {
	return len(s.items)
}

// Put keeps the promise.
func (s *Suffixed) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.putLocked(key)
}

// Size keeps it too.
func (s *Suffixed) Size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sizeLocked()
}

// SuffixedBroken calls such a method without the lock.
type SuffixedBroken struct {
	mu       sync.Mutex
	promised map[string]int
}

func (s *SuffixedBroken) putLocked(key string) {
	s.promised[key]++
}

// Put keeps the promise.
func (s *SuffixedBroken) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.putLocked(key)
}

// PutFast breaks it.
func (s *SuffixedBroken) PutFast(key string) {
	s.putLocked(key) // want-map unguarded-map-access "s.promised"
}

// Documented has a helper whose comment says what must hold.
type Documented struct {
	mu    sync.Mutex
	items map[string]int
}

// put adds to the map. The caller must hold d.mu.
func (d *Documented) put(key string) {
	d.items[key]++
}

// Put keeps the promise.
func (d *Documented) Put(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.put(key)
}

// Drop holds the lock.
func (d *Documented) Drop(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.items, key)
}

// TwoLocks has two locks and a helper that does not say which of them it expects.
type TwoLocks struct {
	mu      sync.Mutex
	writeMu sync.Mutex
	items   map[string]int
}

// item reads the map. Lock must be held outside.
func (t *TwoLocks) item(key string) int {
	return t.items[key] // want unguarded-map-access "t.items"
}

// Put keeps the promise.
func (t *TwoLocks) Put(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.items[key] = t.item(key) + 1
}

// Drop holds the lock.
func (t *TwoLocks) Drop(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.items, key)
}

// Write breaks the promise.
func (t *TwoLocks) Write(key string) int {
	return t.item(key)
}

// TakesOne expects one of its locks and takes the other by itself.
type TakesOne struct {
	mu      sync.Mutex
	writeMu sync.Mutex
	items   map[string]int
}

// move goes past the lock that it takes itself. Lock must be held outside.
func (t *TakesOne) move(from, to string) {
	t.mu.Lock()
	value := t.items[from]
	t.mu.Unlock()
	t.items[to] = value // want mixed-map-locks "t.items"
}

// Move keeps the promise.
func (t *TakesOne) Move(from, to string) {
	t.writeMu.Lock()
	defer t.writeMu.Unlock()
	t.move(from, to)
}

// Drop holds the map's lock.
func (t *TakesOne) Drop(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.items, key)
}

// Waiting has a helper that gives its caller's lock away for a while.
type Waiting struct {
	mu    sync.Mutex
	tasks map[string]chan struct{}
}

// wait expects to be called with w.mu held.
func (w *Waiting) wait() {
	for len(w.tasks) > 0 { // want unguarded-map-access "w.tasks"
		for _, task := range w.tasks {
			w.mu.Unlock()
			<-task
			w.mu.Lock()
			break
		}
	}
}

// Stop keeps the promise.
func (w *Waiting) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wait()
}

// Add holds the lock.
func (w *Waiting) Add(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	task := make(chan struct{})
	close(task)
	w.tasks[key] = task
}

// Done holds the lock.
func (w *Waiting) Done(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.tasks, key)
}

// Idle breaks the promise.
func (w *Waiting) Idle(idle bool) {
	if idle {
		w.wait()
	}
}

// Entered has a helper that says so in other words.
type Entered struct {
	mu    sync.Mutex
	other sync.Mutex
	items map[string]int
}

// put adds to the map.
// Lock held on entry.
func (e *Entered) put(key string) {
	e.items[key]++
}

// Put keeps the promise through another function that gave one.
func (e *Entered) Put(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.putTwice(key)
}

// putTwice - call with lock held.
func (e *Entered) putTwice(key string) {
	e.put(key)
	e.put(key + key)
}

// Drop holds the lock.
func (e *Entered) Drop(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.items, key)
}

// Reply is filled under its lock, and read by those who wait until it is ready.
type Reply struct {
	mu     sync.Mutex
	header map[string]string
	ready  chan struct{}
}

// NewReply returns an empty one.
func NewReply() *Reply {
	return &Reply{header: map[string]string{}, ready: make(chan struct{})}
}

// Set holds the lock.
func (r *Reply) Set(key, value string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.header[key] = value
}

// Trace holds it, too.
func (r *Reply) Trace() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.header)
}

// Finish comes when all is set.
func (r *Reply) Finish() {
	close(r.ready)
}

// Get says why it holds none.
func (r *Reply) Get(key string) string {
	<-r.ready

	// The header can be read without any synchronization, because
	// nobody sets anything when the reply is ready.
	return r.header[key]
}

// Outbox is filled by one goroutine.
type Outbox struct {
	mu      sync.Mutex
	pending map[*Outbox]bool
}

// NewOutbox returns an empty one.
func NewOutbox() *Outbox {
	return &Outbox{pending: map[*Outbox]bool{}}
}

// Send holds the other's lock.
func (o *Outbox) Send(other *Outbox) {
	other.mu.Lock()
	defer other.mu.Unlock()
	o.note(other)
}

// note is for the sender's own goroutine: no lock for o is required, but the other's must be held.
func (o *Outbox) note(other *Outbox) {
	o.pending[other] = true
}

// Flush is for the sender's goroutine as well.
func (o *Outbox) Flush() {
	for other := range o.pending {
		delete(o.pending, other)
	}
}

// Hurried says that it takes no lock, but not why it could do without.
type Hurried struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (h *Hurried) Put(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items[key]++
}

// Len holds it as well.
func (h *Hurried) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.items)
}

// Get returns a count without locking.
func (h *Hurried) Get(key string) int {
	// TODO: no lock needed? This looks racy.
	return h.items[key] // want unguarded-map-access "h.items"
}

// Provider is filled before it serves, as its comment says.
type Provider struct {
	mu      sync.RWMutex
	clients map[string]int
}

// Register adds a client. It should be called when a service starts up and before Client() is ever called.
func (p *Provider) Register(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clients[name]++
}

// Known holds the lock.
func (p *Provider) Known() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.clients)
}

// Client looks a client up.
func (p *Provider) Client(name string) int {
	return p.clients[name]
}

// Closing says when it must be called, but not that nobody is at work then.
type Closing struct {
	mu      sync.Mutex
	clients map[string]int
}

// Register holds the lock.
func (c *Closing) Register(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clients[name]++
}

// Known holds it as well.
func (c *Closing) Known() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.clients)
}

// Close ends it all. It must be called before the process exits.
func (c *Closing) Close() {
	clear(c.clients) // want unguarded-map-access "c.clients"
}
