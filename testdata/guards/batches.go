package guards

import "sync"

// Batched is made in batches, and given out when a batch is complete.
type Batched struct {
	mu    sync.Mutex
	items map[string]int
}

func newBatched() *Batched { return &Batched{items: map[string]int{}} }

// Get holds the lock.
func (b *Batched) Get(key string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.items[key]
}

// Put holds the lock.
func (b *Batched) Put(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.items[key]++
}

// Drop holds the lock.
func (b *Batched) Drop(key string) {
	b.mu.Lock()
	delete(b.items, key)
	b.mu.Unlock()
}

func (b *Batched) label(key string) { b.items[key] = 1 }

// SafeBatch labels what it has made, before anyone else has it.
func SafeBatch(keys []string) []*Batched {
	var all []*Batched
	for range keys {
		all = append(all, newBatched())
	}
	for i, key := range keys {
		all[i].label(key)
	}
	labelBatch(all, keys)
	return all
}

func labelBatch(all []*Batched, keys []string) {
	for i, key := range keys {
		all[i].items[key]++
	}
}

func makeBatch(keys []string) (all []*Batched, err error) {
	for range keys {
		all = append(all, newBatched())
	}
	return all, nil
}

// SafeBatchOfAnother labels what another function has made.
func SafeBatchOfAnother(keys []string) []*Batched {
	all, err := makeBatch(keys)
	if err != nil {
		return nil
	}
	labelBatch(all, keys)
	return all
}

// Shift is made in shifts that begin to work at once.
type Shift struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (s *Shift) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key]++
}

// Get holds the lock.
func (s *Shift) Get(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[key]
}

func (s *Shift) label(key string) {
	s.items[key] = 1 // want unguarded-map-access "s.items"
}

// RacyShift labels what works already.
func RacyShift(keys []string) []*Shift {
	var all []*Shift
	for range keys {
		s := &Shift{items: map[string]int{}}
		all = append(all, s)
		go s.Put("a")
	}
	for i, key := range keys {
		all[i].label(key)
	}
	return all
}

// Crew keeps its members.
type Crew struct{ members []*Member }

// Member is known to its crew.
type Member struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (m *Member) Put(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[key]++
}

// Get holds the lock.
func (m *Member) Get(key string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.items[key]
}

func (m *Member) label(key string) {
	m.items[key] = 1 // want unguarded-map-access "m.items"
}

// All has a slice of its own, of members that the crew knows as well.
func (c *Crew) all() []*Member {
	var all []*Member
	for _, member := range c.members {
		all = append(all, member)
	}
	return all
}

// RacyLabel labels them while others use them.
func (c *Crew) RacyLabel(key string) {
	for _, member := range c.all() {
		member.label(key)
	}
}

// Ship may go with the crew that there is, or with one that it makes.
func (c *Crew) Ship(isNew bool, key string) int {
	var crew []*Sailor
	if isNew {
		crew = append(crew, newSailor())
	} else {
		crew = sailors
	}
	total := 0
	for _, sailor := range crew {
		sailor.label(key)
		total += sailor.Get(key)
	}
	return total
}

var sailors = []*Sailor{newSailor()}

// Sailor is known by everyone.
type Sailor struct {
	mu    sync.Mutex
	items map[string]int
}

func newSailor() *Sailor { return &Sailor{items: map[string]int{}} }

// Put holds the lock.
func (s *Sailor) Put(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key]++
}

// Get holds the lock.
func (s *Sailor) Get(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[key]
}

func (s *Sailor) label(key string) {
	s.items[key] = 1 // want unguarded-map-access "s.items"
}
