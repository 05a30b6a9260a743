package guards

import "sync"

// survey is filled by goroutines that its only user waits for. Its methods have upper-case names, but nobody outside the
// package gets hold of one.
type survey struct {
	mu     sync.Mutex
	counts map[string]int
}

// Survey counts names.
func Survey(names ...string) int {
	s := &survey{counts: map[string]int{}}
	s.Collect(names)
	return s.Sum()
}

// Collect counts each name on a goroutine of its own.
func (s *survey) Collect(names []string) {
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { s.count(name) })
	}
	group.Wait()
}

func (s *survey) count(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[name]++
}

// Sum comes when all have counted.
func (s *survey) Sum() int {
	sum := 0
	for _, count := range s.counts {
		sum += count
	}
	return sum
}

// ballot is as lower-case, but NewBallot hands it out.
type ballot struct {
	mu     sync.Mutex
	counts map[string]int
}

// NewBallot returns an empty one.
func NewBallot() *ballot {
	return &ballot{counts: map[string]int{}}
}

// Ballot counts names.
func Ballot(names ...string) int {
	b := NewBallot()
	for _, name := range names {
		b.Count(name)
	}
	return b.Sum()
}

// Count holds the lock.
func (b *ballot) Count(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[name]++
}

// Sum does not.
func (b *ballot) Sum() int {
	sum := 0
	for _, count := range b.counts { // want unguarded-map-access "b.counts"
		sum += count
	}
	return sum
}

// Tallier is what others know a tally by.
type Tallier interface {
	Count(name string)
	Sum() int
}

// tally is reached through the interface.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

// NewTally returns an empty one.
func NewTally() Tallier {
	return &tally{counts: map[string]int{}}
}

// Tally counts names.
func Tally(names ...string) int {
	t := &tally{counts: map[string]int{}}
	for _, name := range names {
		t.Count(name)
	}
	return t.Sum()
}

// Count holds the lock.
func (t *tally) Count(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[name]++
}

// Sum does not.
func (t *tally) Sum() int {
	sum := 0
	for _, count := range t.counts { // want unguarded-map-access "t.counts"
		sum += count
	}
	return sum
}

// keeper drops what has expired, under the lock of its owner.
type keeper struct {
	mu    *sync.Mutex
	names map[string]bool
	drop  func(string)
}

func (k *keeper) run() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for name := range k.names {
		k.drop(name)
	}
}

// Issuer has a keeper with a pointer to its lock.
type Issuer struct {
	mu     sync.Mutex
	issued map[string]int
	keeper *keeper
}

// NewIssuer makes both.
func NewIssuer() *Issuer {
	i := &Issuer{issued: map[string]int{}}
	drop := func(name string) {
		if _, ok := i.issued[name]; ok {
			delete(i.issued, name)
		}
	}
	i.keeper = &keeper{mu: &i.mu, names: map[string]bool{"a": true}, drop: drop}
	return i
}

// Expire runs the keeper.
func (i *Issuer) Expire() {
	go i.keeper.run()
}

// Issue holds the lock.
func (i *Issuer) Issue(name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.issued[name]++
}

// Len holds it, too.
func (i *Issuer) Len() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.issued)
}

// Roster is set up by whoever makes one.
type Roster struct {
	mu    sync.Mutex
	names map[string]bool
}

// NewRoster returns a checked one.
func NewRoster(names ...string) *Roster {
	r := &Roster{names: map[string]bool{}}
	for _, name := range names {
		r.Add(name)
	}
	CheckRoster(r)
	return r
}

// CheckRoster is for a roster that nobody else has got yet.
func CheckRoster(r *Roster) {
	if r.names[""] {
		panic("a name is missing")
	}
}

// CountRoster is for any.
func CountRoster(r *Roster) int {
	count := 0
	for range r.names { // want unguarded-map-access "r.names"
		count++
	}
	return count
}

// Add holds the lock.
func (r *Roster) Add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[name] = true
}

// Has holds it, too.
func (r *Roster) Has(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names[name]
}

// Hub holds what relays bring.
type Hub struct {
	mu     sync.Mutex
	states map[string]int
}

// Put holds the lock.
func (h *Hub) Put(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.states[name]++
}

// Len holds it, too.
func (h *Hub) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.states)
}

// Relayer is what others know a relay by.
type Relayer interface {
	State(name string) int
}

// relay has a hub's fields.
type relay struct {
	*Hub
}

// NewRelay returns one for a hub.
func NewRelay(h *Hub) Relayer {
	return &relay{Hub: h}
}

// State does not hold the lock.
func (r *relay) State(name string) int {
	return r.states[name] // want unguarded-map-access "r.states"
}
