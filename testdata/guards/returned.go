package guards

import "sync"

// Bucket has keys, in a database.
type Bucket interface {
	ForEach(visit func(key string))
}

// SafeVault reads its keys before anyone knows it.
type SafeVault struct {
	mu   sync.Mutex
	keys map[string]int // guarded by mu
}

// NewSafeVault makes one.
func NewSafeVault(bucket Bucket) *SafeVault {
	v := &SafeVault{keys: map[string]int{}}
	v.read(bucket)
	return v
}

func (v *SafeVault) read(bucket Bucket) { bucket.ForEach(v.visitor()) }

func (v *SafeVault) visitor() func(key string) {
	return func(key string) { v.keys[key]++ }
}

// Get holds the lock.
func (v *SafeVault) Get(key string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.keys[key]
}

// Put holds it, too.
func (v *SafeVault) Put(key string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys[key]++
}

// RacyVault can go through them again.
type RacyVault struct {
	mu   sync.Mutex
	keys map[string]int // guarded by mu
}

// NewRacyVault makes one.
func NewRacyVault(bucket Bucket) *RacyVault {
	v := &RacyVault{keys: map[string]int{}}
	v.Refresh(bucket)
	return v
}

// Refresh holds no lock.
func (v *RacyVault) Refresh(bucket Bucket) { bucket.ForEach(v.visitor()) }

func (v *RacyVault) visitor() func(key string) {
	return func(key string) { v.keys[key]++ } // want unguarded-map-access "v.keys"
}

// Get holds the lock.
func (v *RacyVault) Get(key string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.keys[key]
}

// Put holds it, too.
func (v *RacyVault) Put(key string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys[key]++
}
