package guards

import "sync"

// Volumes is emptied under its lock: who goes through the old map has it to himself.
type Volumes struct {
	mu    sync.Mutex
	sizes map[string]int
}

// Put writes under the lock.
func (v *Volumes) Put(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sizes[name]++
}

// Clear starts who goes through the old map before it puts the new one in place, all under the lock.
func (v *Volumes) Clear(use func(int)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	sizes := v.sizes
	go func() {
		for _, size := range sizes { // want-possible concurrent-map-iteration "sizes"
			use(size)
		}
	}()
	v.sizes = make(map[string]int)
}

// HastyVolumes gives the lock back in between.
type HastyVolumes struct {
	mu    sync.Mutex
	sizes map[string]int
}

// Put writes under the lock.
func (v *HastyVolumes) Put(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sizes[name]++
}

// Clear puts the new map in place later than others may come.
func (v *HastyVolumes) Clear(use func(int), meanwhile func()) {
	v.mu.Lock()
	sizes := v.sizes
	v.mu.Unlock()
	go func() {
		for _, size := range sizes { // want concurrent-map-iteration "sizes"
			use(size)
		}
	}()
	meanwhile()
	v.mu.Lock()
	v.sizes = make(map[string]int)
	v.mu.Unlock()
}

// LazyVolumes puts a new map in place only where it is asked to.
type LazyVolumes struct {
	mu    sync.Mutex
	sizes map[string]int
}

// Put writes under the lock.
func (v *LazyVolumes) Put(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sizes[name]++
}

// Clear goes through the map that others may still find.
func (v *LazyVolumes) Clear(use func(int), anew bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	sizes := v.sizes
	go func() {
		for _, size := range sizes { // want concurrent-map-iteration "sizes"
			use(size)
		}
	}()
	if !anew {
		return
	}
	v.sizes = make(map[string]int)
}

// Maintain empties each kind while others put something in.
func Maintain(v *Volumes, hasty *HastyVolumes, lazy *LazyVolumes, use func(int)) {
	v.Clear(use)
	v.Put("a")
	hasty.Clear(use, func() {})
	hasty.Put("a")
	lazy.Clear(use, false)
	lazy.Put("a")
}
