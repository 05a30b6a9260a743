package guards

import (
	"flag"
	"sync"
)

// Peers keeps, for each peer that is being replaced, what is to be done when the old connection has ended.
type Peers struct {
	mu        sync.Mutex
	connected map[string]int
	scheduled map[string]func()
}

// NewPeers returns an empty set.
func NewPeers() *Peers {
	return &Peers{connected: map[string]int{}, scheduled: map[string]func(){}}
}

// Connect adds a peer, or has it added later.
func (p *Peers) Connect(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.connected[name]; ok {
		p.scheduled[name] = func() {
			p.add(name)
		}
		return
	}
	p.add(name)
}

func (p *Peers) add(name string) {
	p.connected[name]++
}

// Ended runs what has been scheduled, under the lock.
func (p *Peers) Ended(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.connected, name)
	if scheduled, ok := p.scheduled[name]; ok {
		delete(p.scheduled, name)
		scheduled()
	}
}

// SafePeers connects and ends peers side by side.
func SafePeers(p *Peers, name string) {
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { p.Connect(name) })
		group.Go(func() { p.Ended(name) })
	}
	group.Wait()
}

// Visits counts by a function that whoever needs it may replace.
type Visits struct {
	mu    sync.Mutex
	seen  map[string]int
	count func(string)
}

// NewVisits returns an empty set.
func NewVisits() *Visits {
	v := &Visits{seen: map[string]int{}}
	v.count = func(name string) {
		v.seen[name]++ // want unguarded-map-access "v.seen"
	}
	return v
}

// Forget takes the lock.
func (v *Visits) Forget(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.seen, name)
}

// Seen takes the lock.
func (v *Visits) Seen(name string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.seen[name]
}

// Visit does not: what it calls writes without it.
func (v *Visits) Visit(name string) {
	v.count(name)
}

// SafeHandOver takes the lock for the goroutine that it starts, which gives it back.
func SafeHandOver(names []string) int {
	var mu sync.Mutex
	seen := map[string]int{}
	mu.Lock()
	go func() {
		defer mu.Unlock()
		for _, name := range names {
			seen[name]++
		}
	}()
	mu.Lock()
	defer mu.Unlock()
	return len(seen)
}

// RacyHandOver gives the lock back itself, and the goroutine never takes it.
func RacyHandOver(names []string) int {
	var mu sync.Mutex
	seen := map[string]int{}
	mu.Lock()
	go func() {
		for _, name := range names {
			seen[name]++ // want "seen"
		}
	}()
	mu.Unlock()
	mu.Lock()
	defer mu.Unlock()
	return len(seen)
}

type clock interface {
	After(f func())
}

type goClock struct{ done chan struct{} }

func (c goClock) After(f func()) {
	go func() {
		defer close(c.done)
		f()
	}()
}

// SafeClock has its report made on another goroutine, under the lock.
func SafeClock(names []string) {
	var mu sync.Mutex
	seen := map[string]int{}
	report := func() { _ = len(seen) }
	own := goClock{done: make(chan struct{})}
	var c clock = own
	c.After(func() {
		mu.Lock()
		defer mu.Unlock()
		report()
	})
	for _, name := range names {
		mu.Lock()
		seen[name]++
		mu.Unlock()
	}
	<-own.done
}

// RacyClock forgets the lock in the report.
func RacyClock(names []string) {
	var mu sync.Mutex
	seen := map[string]int{}
	report := func() { _ = len(seen) } // want "seen"
	own := goClock{done: make(chan struct{})}
	var c clock = own
	c.After(func() {
		report()
	})
	for _, name := range names {
		mu.Lock()
		seen[name]++
		mu.Unlock()
	}
	<-own.done
}

// Collection is a set that Begin locks, and Finish gives free.
type Collection struct {
	mu    sync.Mutex
	sizes map[string]int
}

// NewCollection returns an empty one.
func NewCollection() *Collection { return &Collection{sizes: map[string]int{}} }

// Add takes the lock.
func (c *Collection) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sizes[name]++
}

// Remove takes the lock.
func (c *Collection) Remove(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sizes, name)
}

type sweep struct{ of *Collection }

// Begin takes the lock for what it returns.
func (c *Collection) Begin() *sweep {
	c.mu.Lock()
	return &sweep{of: c}
}

// Finish runs under the lock that it gives back.
func (s *sweep) Finish(unwanted string) {
	delete(s.of.sizes, unwanted)
	s.of.mu.Unlock()
}

// RacyLast looks once more when the lock has been given back.
func (s *sweep) RacyLast(unwanted string) int {
	delete(s.of.sizes, unwanted)
	s.of.mu.Unlock()
	return s.of.sizes[unwanted] // want-possible unguarded-map-access "s.of.sizes"
}

// Cancels has the functions that stop what users have begun.
type Cancels struct {
	mu    sync.Mutex
	users map[string]map[string]func()
}

// NewCancels returns an empty one.
func NewCancels() *Cancels { return &Cancels{users: map[string]map[string]func(){}} }

// Add takes the lock.
func (c *Cancels) Add(user, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.users[user] == nil {
		c.users[user] = map[string]func(){}
	}
	c.users[user][id] = func() {}
}

// SafeCancel takes the user's map out: it has it for itself.
func (c *Cancels) SafeCancel(user string) {
	c.mu.Lock()
	cancels := c.users[user]
	delete(c.users, user)
	c.mu.Unlock()
	for _, cancel := range cancels {
		cancel()
	}
}

// RacyCancel leaves it in.
func (c *Cancels) RacyCancel(user string) {
	c.mu.Lock()
	cancels := c.users[user]
	c.mu.Unlock()
	for _, cancel := range cancels { // want unguarded-map-access "cancels"
		cancel()
	}
}

// Jobs is started once, and read when all is done.
type Jobs struct {
	mu    sync.Mutex
	names map[string]int
}

// NewJobs returns an empty set.
func NewJobs() *Jobs { return &Jobs{names: map[string]int{}} }

// Add takes the lock.
func (j *Jobs) Add(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.names[name]++
}

// Remove takes the lock.
func (j *Jobs) Remove(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.names, name)
}

// Sum says why it takes none.
func (j *Jobs) Sum() int {
	sum := 0
	// The lock is not needed: nobody adds jobs any more.
	for _, n := range j.names {
		sum += n
	}
	return sum
}

// RacySum does not.
func (j *Jobs) RacySum() int {
	sum := 0
	for _, n := range j.names { // want unguarded-map-access "j.names"
		sum += n
	}
	return sum
}

// Mistakes counts how often the help of each set of flags was asked for.
type Mistakes struct {
	mu   sync.Mutex
	seen map[string]int
	sets map[string]*flag.FlagSet
}

// NewMistakes returns an empty set.
func NewMistakes() *Mistakes {
	return &Mistakes{seen: map[string]int{}, sets: map[string]*flag.FlagSet{}}
}

// Watch adds a set from a goroutine: what the set keeps runs when it is called, not there.
func (m *Mistakes) Watch(name string) {
	go func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.sets[name] = &flag.FlagSet{Usage: func() {
			m.seen[name]++
		}}
	}()
}

// Help has a set count, under the lock.
func (m *Mistakes) Help(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if set, ok := m.sets[name]; ok {
		set.Usage()
	}
}

// Seen takes the lock.
func (m *Mistakes) Seen(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[name]
}

// Forget takes the lock.
func (m *Mistakes) Forget(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.seen, name)
}

// Blunders counts in the goroutine itself.
type Blunders struct {
	mu   sync.Mutex
	seen map[string]int
}

// NewBlunders returns an empty set.
func NewBlunders() *Blunders {
	return &Blunders{seen: map[string]int{}}
}

// Watch calls its function at once, without the lock.
func (b *Blunders) Watch(name string) {
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		usage := func() {
			b.seen[name]++ // want "b.seen"
		}
		usage()
	}()
	<-ready
}

// Seen takes the lock.
func (b *Blunders) Seen(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.seen[name]
}

// Forget takes the lock.
func (b *Blunders) Forget(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.seen, name)
}
