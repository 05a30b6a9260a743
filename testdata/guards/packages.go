package guards

import (
	"sync"

	"example.com/guards/catalog"
)

// Price reads the map of another package's type without its lock.
func Price(c *catalog.Catalog, name string) int {
	return c.Prices[name] // want unguarded-map-access "c.Prices"
}

// Total takes the lock.
func Total(c *catalog.Catalog) int {
	c.Mu.RLock()
	defer c.Mu.RUnlock()
	total := 0
	for _, price := range c.Prices {
		total += price
	}
	return total
}

// Uploads guards a map that has methods of its own, in another package.
type Uploads struct {
	mu   sync.Mutex
	tree catalog.Tree
}

// Add holds the lock.
func (u *Uploads) Add(leaf string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.tree.Add("all", leaf)
}

// Clear holds the lock.
func (u *Uploads) Clear() {
	u.mu.Lock()
	defer u.mu.Unlock()
	clear(u.tree)
}

// Update does not.
func (u *Uploads) Update(leaf string) {
	u.tree.Add("updated", leaf) // want unguarded-map-access "u.tree"
}
