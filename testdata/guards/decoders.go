package guards

import (
	"encoding/json"
	"sync"
)

// Prefix is filled by a decoder that fills nothing but what it has made.
type Prefix struct {
	mu      sync.RWMutex
	pending map[string]int
}

// UnmarshalJSON fills the object, which nobody else has.
func (p *Prefix) UnmarshalJSON(data []byte) error {
	var plain map[string]int
	if err := json.Unmarshal(data, &plain); err != nil {
		return err
	}
	p.pending = make(map[string]int, len(plain))
	for key, value := range plain {
		p.pending[key] = value
	}
	return nil
}

// Put writes under the lock.
func (p *Prefix) Put(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pending[key]++
}

// Drop deletes under the lock.
func (p *Prefix) Drop(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.pending, key)
}

// DecodedInPlace calls its decoder by itself, on an object that others have.
type DecodedInPlace struct {
	mu     sync.RWMutex
	values map[string]int
}

// UnmarshalJSON fills the object.
func (d *DecodedInPlace) UnmarshalJSON(data []byte) error {
	var plain map[string]int
	if err := json.Unmarshal(data, &plain); err != nil {
		return err
	}
	for key, value := range plain {
		d.values[key] = value // want unguarded-map-access "d.values"
	}
	return nil
}

// Reload decodes without the lock.
func (d *DecodedInPlace) Reload(data []byte) error {
	return d.UnmarshalJSON(data)
}

// Put writes under the lock.
func (d *DecodedInPlace) Put(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.values[key]++
}

// Drop deletes under the lock.
func (d *DecodedInPlace) Drop(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.values, key)
}

// Rolled decodes into itself without the lock, by way of the library.
type Rolled struct {
	mu     sync.RWMutex
	values map[string]int
}

// UnmarshalJSON fills the object.
func (r *Rolled) UnmarshalJSON(data []byte) error {
	var plain map[string]int
	if err := json.Unmarshal(data, &plain); err != nil {
		return err
	}
	for key, value := range plain {
		r.values[key] = value // want unguarded-map-access "r.values"
	}
	return nil
}

// Rollback decodes what was saved.
func (r *Rolled) Rollback(saved []byte) error {
	return json.Unmarshal(saved, r)
}

// Put writes under the lock.
func (r *Rolled) Put(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.values[key]++
}

// Drop deletes under the lock.
func (r *Rolled) Drop(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.values, key)
}

// Resumed is compiled when it has been decoded, under the lock of the whole instead of its parts' own.
type Resumed struct {
	sync.Mutex
	Parts map[string]*Resumable
}

// Resumable is a part.
type Resumable struct {
	sync.Mutex
	Flying map[int]int
}

// Compile looks at all parts.
func (r *Resumed) Compile() int {
	r.Lock()
	defer r.Unlock()
	count := 0
	for _, part := range r.Parts {
		count += len(part.Flying)
	}
	return count
}

// Land deletes under the lock of the part.
func (r *Resumable) Land(number int) {
	r.Lock()
	defer r.Unlock()
	delete(r.Flying, number)
}

// Take adds under the lock of the part.
func (r *Resumable) Take(number int) {
	r.Lock()
	defer r.Unlock()
	r.Flying[number]++
}

// Resume decodes and compiles what nobody else has yet.
func Resume(data []byte) (*Resumed, error) {
	resumed := &Resumed{}
	if err := json.Unmarshal(data, &resumed); err != nil {
		return nil, err
	}
	resumed.Compile()
	return resumed, nil
}
