package guards

import "example.com/guards/catalog"

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
