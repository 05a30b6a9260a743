package guards

import "sync"

// Census is counted by workers.
type Census struct {
	mu     sync.Mutex
	safe   map[string]int
	racy   map[string]int
	reset  map[string]int
	forget map[string]int
}

// Add holds the lock.
func (t *Census) Add(word string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.safe[word]++
	t.racy[word]++
	t.reset[word]++
	t.forget[word]++
}

// Get holds it, too.
func (t *Census) Get(word string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.safe[word] + t.racy[word] + t.reset[word] + t.forget[word]
}

// Drop holds it, too.
func (t *Census) Drop(word string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.safe, word)
	delete(t.racy, word)
	delete(t.reset, word)
	delete(t.forget, word)
}

// Count returns the number of words. Note: this should only be called after calling Close, otherwise
// words are missing.
func (t *Census) Count() int {
	return len(t.safe)
}

// CountSoFar should only be called after Start has been.
func (t *Census) CountSoFar() int {
	return len(t.racy) // want unguarded-map-access "t.racy"
}

// Reset is for testing only.
func (t *Census) Reset() {
	clear(t.reset) // want-possible unguarded-map-access "t.reset"
}

// Forget is for those who only used it for a test.
func (t *Census) Forget() {
	clear(t.forget) // want unguarded-map-access "t.forget"
}

// Enrolment has a lock that its comment makes an exception to.
type Enrolment struct {
	mu    sync.Mutex // guards everything below, except names
	names map[string]int
	last  map[string]int
}

// NewEnrolment knows the names from the beginning.
func NewEnrolment(names []string) *Enrolment {
	r := &Enrolment{names: map[string]int{}, last: map[string]int{}}
	for number, name := range names {
		r.names[name] = number
	}
	return r
}

// Number needs no lock.
func (r *Enrolment) Number(name string) int { return r.names[name] }

// SetLast holds it.
func (r *Enrolment) SetLast(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last[name]++
}

// Last forgets it.
func (r *Enrolment) Last(name string) int {
	return r.last[name] // want unguarded-map-access "r.last"
}
