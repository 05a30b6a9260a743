// Package catalog has a type whose map and lock are exported, so that other packages use both.
package catalog

import "sync"

// Catalog maps names to prices.
type Catalog struct {
	Mu     sync.RWMutex
	Prices map[string]int
}

// Set holds the lock.
func (c *Catalog) Set(name string, price int) {
	c.Mu.Lock()
	defer c.Mu.Unlock()
	c.Prices[name] = price
}

// Drop holds the lock.
func (c *Catalog) Drop(name string) {
	c.Mu.Lock()
	defer c.Mu.Unlock()
	delete(c.Prices, name)
}

// Tree is a map with a method of its own, and without a lock.
type Tree map[string][]string

// Add adds a leaf.
func (t Tree) Add(branch, leaf string) {
	t[branch] = append(t[branch], leaf)
}
