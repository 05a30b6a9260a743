package guards

import (
	"encoding/json"
	"io"
	"sync"
)

// Profile is written to disk as a whole.
type Profile struct {
	mu     sync.Mutex
	Labels map[string]string
}

// Set holds the lock.
func (s *Profile) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Labels[key] = value
}

// Drop holds it too.
func (s *Profile) Drop(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.Labels, key)
}

// Save goes over all exported fields without the lock.
func (s *Profile) Save() ([]byte, error) {
	return json.Marshal(s) // want unguarded-map-access "field Profile.Labels"
}

// LockedSave holds it.
func (s *Profile) LockedSave() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(s)
}

// Totals is what others get to see of a Counted.
type Totals struct {
	Counts map[string]int
}

// Counted counts.
type Counted struct {
	mu     sync.Mutex
	counts map[string]int
}

// Add holds the lock.
func (t *Counted) Add(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[key]++
}

// Reset holds it too.
func (t *Counted) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.counts)
}

// Write encodes an object that refers to the map.
func (t *Counted) Write(writer io.Writer) error {
	t.mu.Lock()
	report := Totals{Counts: t.counts}
	t.mu.Unlock()
	return json.NewEncoder(writer).Encode(report) // want unguarded-map-access "field Counted.counts"
}

// WriteCopy encodes one that refers to a copy.
func (t *Counted) WriteCopy(writer io.Writer) error {
	report := Totals{Counts: map[string]int{}}
	t.mu.Lock()
	for key, count := range t.counts {
		report.Counts[key] = count
	}
	t.mu.Unlock()
	return json.NewEncoder(writer).Encode(report)
}

// respond encodes whatever it is given.
func respond(writer io.Writer, answer any) error {
	return json.NewEncoder(writer).Encode(answer)
}

// Answered is encoded by a helper.
type Answered struct {
	mu     sync.Mutex
	Labels map[string]string
	counts map[string]int
}

// Set holds the lock.
func (a *Answered) Set(key, value string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.Labels[key] = value
	a.counts[key]++
}

// Drop holds it too.
func (a *Answered) Drop(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.Labels, key)
	delete(a.counts, key)
}

// ServeCounts gives the map to the helper.
func (a *Answered) ServeCounts(writer io.Writer) error {
	return respond(writer, a.counts) // want unguarded-map-access "a.counts"
}

// Serve gives it the object, of which it sees what is exported.
func (a *Answered) Serve(writer io.Writer) error {
	return respond(writer, a) // want unguarded-map-access "field Answered.Labels"
}

// ServeLocked holds the lock.
func (a *Answered) ServeLocked(writer io.Writer) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return respond(writer, a)
}

// Hidden keeps its maps from encoders.
type Hidden struct {
	mu      sync.Mutex
	Name    string
	Cache   map[string]string `json:"-"`
	entries map[string]string
}

// Set holds the lock.
func (h *Hidden) Set(key, value string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Cache[key] = value
	h.entries[key] = value
}

// Drop holds it too.
func (h *Hidden) Drop(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.Cache, key)
	delete(h.entries, key)
}

// Save reads neither.
func (h *Hidden) Save() ([]byte, error) {
	return json.Marshal(h)
}

// Encoding encodes itself.
type Encoding struct {
	mu     sync.Mutex
	Labels map[string]string
}

// Set holds the lock.
func (e *Encoding) Set(key, value string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Labels[key] = value
}

// Drop holds it too.
func (e *Encoding) Drop(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.Labels, key)
}

// MarshalJSON holds it: whoever encodes an Encoding need not.
func (e *Encoding) MarshalJSON() ([]byte, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return json.Marshal(e.Labels)
}

// Save leaves it to the method.
func (e *Encoding) Save() ([]byte, error) {
	return json.Marshal(e)
}

// Lending encodes itself under its callers' lock.
type Lending struct {
	mu     sync.Mutex
	labels map[string]string
}

// Set holds the lock.
func (l *Lending) Set(key, value string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.labels[key] = value
}

// Drop holds it too.
func (l *Lending) Drop(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.labels, key)
}

// MarshalJSON holds nothing: Save does.
func (l *Lending) MarshalJSON() ([]byte, error) {
	return json.Marshal(Totals{Counts: map[string]int{"labels": len(l.labels)}})
}

// Save holds the lock for it.
func (l *Lending) Save() ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return json.Marshal(l)
}

// outbox sends its map from a method of its own package.
type outbox struct {
	mu     sync.Mutex
	labels map[string]string
	events chan map[string]string
}

func (o *outbox) set(key, value string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.labels[key] = value
	o.events <- o.labels // want guarded-map-escape "o.labels"
}

func (o *outbox) drop(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.labels, key)
}

// parcel sends its map and begins a new one.
type parcel struct {
	mu     sync.Mutex
	labels map[string]string
	events chan map[string]string
}

func (b *parcel) set(key, value string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.labels[key] = value
}

func (b *parcel) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events <- b.labels
	b.labels = make(map[string]string)
}

// Post uses both.
func Post(one *outbox, other *parcel) {
	one.set("a", "b")
	one.drop("a")
	other.set("a", "b")
	other.flush()
}
