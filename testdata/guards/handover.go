package guards

import "sync"

// Depot is a map and its lock, which goes from who starts a goroutine to the goroutine.
type Depot struct {
	mu    sync.Mutex
	items map[int]int
}

// Put takes the lock.
func (d *Depot) Put(item int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.items[item]++
}

// Count takes the lock.
func (d *Depot) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.items)
}

// SafeRefill leaves the lock to the goroutine that does the rest.
func (d *Depot) SafeRefill(done chan<- int) {
	d.mu.Lock()
	d.items[0] = 1
	go func() {
		defer d.mu.Unlock()
		d.refill()
		done <- 1
	}()
}

// Reset takes the lock and keeps it.
func (d *Depot) Reset() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refill()
}

func (d *Depot) refill() {
	d.items[1]++
	d.items[2]++
}

// Crate is like a depot, but its goroutine gives the lock back too early.
type Crate struct {
	mu    sync.Mutex
	items map[int]int
}

// Put takes the lock.
func (c *Crate) Put(item int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[item]++
}

// Count takes the lock.
func (c *Crate) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.items)
}

// RacyRefill has the goroutine give the lock back before it does the rest.
func (c *Crate) RacyRefill(done chan<- int) {
	c.mu.Lock()
	c.items[0] = 1
	go func() {
		c.mu.Unlock()
		c.refill()
		done <- 1
	}()
}

func (c *Crate) refill() {
	c.items[1]++ // want unguarded-map-access "c.items"
}
