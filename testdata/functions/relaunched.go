package functions

import "sync"

// SafeRounds has rounds that start the next one, from a function in a function.
type SafeRounds struct {
	mu   sync.Mutex
	done map[string]int
	left int
}

// Run starts the rounds.
func (r *SafeRounds) Run(name string, rounds int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = rounds
	go r.round(name)
}

// Count holds the lock.
func (r *SafeRounds) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.done)
}

func (r *SafeRounds) round(name string) {
	with(func() {
		func() {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.finish(name)
			r.next(name)
		}()
	})
}

func (r *SafeRounds) next(name string) {
	if r.left--; r.left > 0 {
		go r.round(name)
	}
}

// finish is called with r.mu held.
func (r *SafeRounds) finish(name string) { r.done[name]++ }

func with(work func()) { work() }

// RacyRounds forget the lock where a round has ended.
type RacyRounds struct {
	mu   sync.Mutex
	ends map[string]int
	left int
}

// Run starts the rounds.
func (r *RacyRounds) Run(name string, rounds int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = rounds
	go r.round(name)
}

// Count holds the lock.
func (r *RacyRounds) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.ends)
}

func (r *RacyRounds) round(name string) {
	with(func() {
		func() {
			r.finish(name)
			r.next(name)
		}()
	})
}

func (r *RacyRounds) next(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left--; r.left > 0 {
		go r.round(name)
	}
}

// finish is called with r.mu held.
func (r *RacyRounds) finish(name string) { r.ends[name]++ } // want "^(unguarded-map-access|concurrent-map-read-write): .*r.ends"
