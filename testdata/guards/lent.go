package guards

import "sync"

// SafeCatalogue has the lock that its versions use, too.
type SafeCatalogue struct {
	mu struct {
		sync.Mutex
		versions lentVersions
	}
}

type lentVersions struct {
	// mu is the owner's.
	mu    *sync.Mutex
	stale map[int]int
}

func (v *lentVersions) init(mu *sync.Mutex) {
	v.mu = mu
	v.stale = map[int]int{}
}

// apply notes what is stale. The lock, v.mu, must be held.
func (v *lentVersions) apply(number int) {
	v.stale[number]++ // want-possible unguarded-map-access "v.stale"
}

func (v *lentVersions) drop(number int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.apply(number)
	delete(v.stale, number)
}

// NewSafeCatalogue lends the lock.
func NewSafeCatalogue() *SafeCatalogue {
	c := &SafeCatalogue{}
	c.mu.versions.init(&c.mu.Mutex)
	return c
}

// Put holds the versions' lock by its other name.
func (c *SafeCatalogue) Put(number int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.versions.apply(number)
}

// Drop leaves it to the versions.
func (c *SafeCatalogue) Drop(number int) {
	c.mu.versions.drop(number)
}

type lentTables struct {
	// mu is the owner's.
	mu    *sync.Mutex
	stale map[int]int
}

// apply notes what is stale. The lock, t.mu, must be held.
func (t *lentTables) apply(number int) {
	t.stale[number]++ // want unguarded-map-access "t.stale"
}

func (t *lentTables) drop(number int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.apply(number)
	delete(t.stale, number)
}

// RacyCatalogue lends its lock as well.
type RacyCatalogue struct {
	mu     sync.Mutex
	tables lentTables
}

// NewRacyCatalogue lends the lock.
func NewRacyCatalogue() *RacyCatalogue {
	c := &RacyCatalogue{}
	c.tables = lentTables{mu: &c.mu, stale: map[int]int{}}
	return c
}

// Put holds none.
func (c *RacyCatalogue) Put(number int) {
	c.tables.apply(number)
}

// Drop leaves it to the tables.
func (c *RacyCatalogue) Drop(number int) {
	c.tables.drop(number)
}
