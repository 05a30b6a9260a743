package guards

import "sync"

// Quota is shared; its helper is called under the lock, by a method that is only reached through an errand.
type Quota struct {
	mu   sync.Mutex
	used map[string]int
}

// Keeper has a quota that its errands share.
type Keeper struct{ quota *Quota }

// errand is made anew for each run, but what it holds is not.
type errand struct {
	keeper *Keeper
	name   string
}

func newErrand(keeper *Keeper, name string) *errand {
	return &errand{keeper: keeper, name: name}
}

// SafeErrand runs an errand.
func (k *Keeper) SafeErrand(name string) {
	e := newErrand(k, name)
	e.run()
}

func (e *errand) run() { e.keeper.quota.take(e.name) }

func (q *Quota) take(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.count(name)
}

func (q *Quota) count(name string) { q.used[name]++ }

// Free holds the lock.
func (q *Quota) Free(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.used, name)
}

// Used holds the lock.
func (q *Quota) Used(name string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.used[name]
}

// Stock is the same without a lock around the helper.
type Stock struct {
	mu   sync.Mutex
	used map[string]int
}

// Clerk has a stock that its visits share.
type Clerk struct{ stock *Stock }

type visit struct {
	clerk *Clerk
	name  string
}

func newVisit(clerk *Clerk, name string) *visit {
	return &visit{clerk: clerk, name: name}
}

// RacyErrand runs a visit.
func (c *Clerk) RacyErrand(name string) {
	v := newVisit(c, name)
	v.run()
}

func (v *visit) run() { v.clerk.stock.take(v.name) }

func (s *Stock) take(name string) { s.count(name) }

func (s *Stock) count(name string) {
	s.used[name]++ // want unguarded-map-access "s.used"
}

// Free holds the lock.
func (s *Stock) Free(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.used, name)
}

// Used holds the lock.
func (s *Stock) Used(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.used[name]
}

// Ledger is written by a step that its round makes, under the round's lock.
type Ledger struct {
	mu      sync.Mutex
	entries map[string]int
}

type step struct {
	ledger *Ledger
	name   string
}

func (s *step) enter() { s.ledger.enter(s.name) }

func (l *Ledger) enter(name string) { l.entries[name]++ }

// SafeStep holds the lock around the step.
func (l *Ledger) SafeStep(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := &step{ledger: l, name: name}
	s.enter()
}

// Clear holds the lock.
func (l *Ledger) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.entries)
}

// Count holds the lock.
func (l *Ledger) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.entries)
}
