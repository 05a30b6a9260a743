package guards

import "sync"

type evictions struct {
	names   []string
	onEvict func(string)
}

func newEvictions(onEvict func(string)) *evictions {
	return &evictions{onEvict: onEvict}
}

func (e *evictions) push(name string) {
	e.names = append(e.names, name)
	if len(e.names) > 2 {
		first := e.names[0]
		e.names = e.names[1:]
		e.onEvict(first)
	}
}

// Sessions keeps a few, and has the oldest taken out by a function that a helper keeps and calls.
type Sessions struct {
	mu     sync.Mutex
	recent *evictions
	open   map[string]int
}

// NewSessions returns an empty set.
func NewSessions() *Sessions {
	s := &Sessions{open: map[string]int{}}
	s.recent = newEvictions(func(name string) {
		delete(s.open, name)
	})
	return s
}

// SafeOpen has the helper work under the lock.
func (s *Sessions) SafeOpen(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[name]++
	s.recent.push(name)
}

// Count takes the lock.
func (s *Sessions) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

type notices struct{ onChange []func(string) }

func (n *notices) subscribe(onChange func(string)) {
	n.onChange = append(n.onChange, onChange)
}

func (n *notices) change(name string) {
	for _, onChange := range n.onChange {
		onChange(name)
	}
}

// Topics counts what its notices tell.
type Topics struct {
	mu      sync.Mutex
	notices notices
	counts  map[string]int
}

// NewTopics returns an empty set.
func NewTopics() *Topics {
	t := &Topics{counts: map[string]int{}}
	t.notices.subscribe(func(name string) {
		t.counts[name]++ // want unguarded-map-access "t.counts"
	})
	return t
}

// Forget takes the lock.
func (t *Topics) Forget(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.counts, name)
}

// Count takes the lock.
func (t *Topics) Count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.counts)
}

// RacyChange gives the lock back before the notices are given.
func (t *Topics) RacyChange(name string) {
	t.mu.Lock()
	t.counts[name] = 0
	t.mu.Unlock()
	t.notices.change(name)
}

type expiring struct {
	lock, unlock func()
	expire       func(string)
}

func newExpiring(lock, unlock func(), expire func(string)) *expiring {
	e := &expiring{lock: func() {}, unlock: func() {}, expire: func(string) {}}
	if lock != nil {
		e.lock = lock
	}
	if unlock != nil {
		e.unlock = unlock
	}
	if expire != nil {
		e.expire = expire
	}
	return e
}

func (e *expiring) sweep(names ...string) {
	e.lock()
	defer e.unlock()
	for _, name := range names {
		e.expire(name)
	}
}

// Leases has its lock taken by functions that it hands over beside the one that needs it.
type Leases struct {
	mu       sync.Mutex
	expiring *expiring
	held     map[string]int
}

// NewLeases returns an empty set.
func NewLeases() *Leases {
	l := &Leases{held: map[string]int{}}
	lock := func() { l.mu.Lock() }
	l.expiring = newExpiring(lock, l.mu.Unlock, func(name string) {
		delete(l.held, name)
	})
	return l
}

// Take takes the lock.
func (l *Leases) Take(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[name]++
}

// Held takes the lock.
func (l *Leases) Held(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held[name]
}

// SafeSweep goes by the functions.
func (l *Leases) SafeSweep(name string) { l.expiring.sweep(name) }

type rash struct {
	lock, unlock func()
	expire       func(string)
}

func newRash(lock, unlock func(), expire func(string)) *rash {
	return &rash{lock: lock, unlock: unlock, expire: expire}
}

func (r *rash) sweep(name string) {
	r.lock()
	r.unlock()
	r.expire(name)
}

// Claims hands its lock's functions to someone who gives the lock back too early.
type Claims struct {
	mu   sync.Mutex
	rash *rash
	held map[string]int
}

// NewClaims returns an empty set.
func NewClaims() *Claims {
	c := &Claims{held: map[string]int{}}
	c.rash = newRash(c.mu.Lock, c.mu.Unlock, func(name string) {
		delete(c.held, name) // want unguarded-map-access "c.held"
	})
	return c
}

// Take takes the lock.
func (c *Claims) Take(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[name]++
}

// Held takes the lock.
func (c *Claims) Held(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held[name]
}

// RacySweep goes by the functions.
func (c *Claims) RacySweep(name string) { c.rash.sweep(name) }

type overflow struct {
	names []string
	drop  func(string)
}

func (o *overflow) push(name string) {
	o.names = append(o.names, name)
	if len(o.names) > 2 {
		o.drop(o.names[0])
		o.names = o.names[1:]
	}
}

// Desks has the oldest taken out by a method of its own.
type Desks struct {
	mu     sync.Mutex
	recent *overflow
	taken  map[string]int
}

// NewDesks returns an empty set.
func NewDesks() *Desks {
	d := &Desks{taken: map[string]int{}}
	d.recent = &overflow{drop: d.evicted}
	return d
}

func (d *Desks) evicted(name string) { delete(d.taken, name) }

// SafeTake has the helper work under the lock.
func (d *Desks) SafeTake(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken[name]++
	d.recent.push(name)
}

// Count takes the lock.
func (d *Desks) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.taken)
}

type departures struct{ onLeave func(string) }

func (d *departures) leave(name string) { d.onLeave(name) }

// Seats has a method of its own called without the lock.
type Seats struct {
	mu    sync.Mutex
	left  departures
	taken map[string]int
}

// NewSeats returns an empty set.
func NewSeats() *Seats {
	s := &Seats{taken: map[string]int{}}
	s.left.onLeave = s.vacate
	return s
}

func (s *Seats) vacate(name string) {
	delete(s.taken, name) // want unguarded-map-access "s.taken"
}

// Take takes the lock.
func (s *Seats) Take(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken[name]++
}

// Count takes the lock.
func (s *Seats) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.taken)
}

// RacyLeave does not.
func (s *Seats) RacyLeave(name string) { s.left.leave(name) }

func callEach(names []string, each func(string)) {
	for _, name := range names {
		each(name)
	}
}

type sweeps struct{ each func(string) }

func (s *sweeps) all(names []string) { callEach(names, s.each) }

func (s *sweeps) one(name string) { s.each(name) }

// Tables has a method of its own called with the lock, and by a helper without it.
type Tables struct {
	mu     sync.Mutex
	sweeps sweeps
	laid   map[string]int
}

// NewTables returns an empty set.
func NewTables() *Tables {
	t := &Tables{laid: map[string]int{}}
	t.sweeps.each = t.clear
	return t
}

func (t *Tables) clear(name string) {
	delete(t.laid, name) // want unguarded-map-access "t.laid"
}

// Lay takes the lock.
func (t *Tables) Lay(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.laid[name]++
	t.sweeps.one(name)
}

// Count takes the lock.
func (t *Tables) Count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.laid)
}

// RacyClear does not.
func (t *Tables) RacyClear(names []string) { t.sweeps.all(names) }
