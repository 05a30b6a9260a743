// Package cache keeps values for a while.
package cache

import (
	"sync"
	"time"
)

type entry struct {
	value   string
	expires time.Time
}

// Cache is a map whose entries expire. It may be used by several goroutines.
type Cache struct {
	lifetime time.Duration

	mu      sync.RWMutex
	entries map[string]entry
	used    map[string]time.Time
}

// New returns an empty cache.
func New(lifetime time.Duration) *Cache {
	return &Cache{lifetime: lifetime, entries: make(map[string]entry), used: make(map[string]time.Time)}
}

// Set stores a value.
func (c *Cache) Set(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = entry{value, time.Now().Add(c.lifetime)}
}

// Get returns a value that has not expired, and notes when it was used.
func (c *Cache) Get(key string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	found, ok := c.entries[key]
	if !ok || time.Now().After(found.expires) {
		return "", false
	}
	c.used[key] = time.Now() // want "^(map-write-under-read-lock|concurrent-map-write): .*c.used"
	return found.value, true
}

// Evict removes what was not used lately.
func (c *Cache) Evict(age time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, used := range c.used {
		if time.Since(used) > age {
			delete(c.entries, key)
			delete(c.used, key)
		}
	}
}

// Len returns the number of entries.
func (c *Cache) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.entries)
}

// Keys returns the keys: the method that someone added later, without the lock.
func (c *Cache) Keys() []string {
	keys := []string{}
	for key := range c.entries { // want "^(unguarded-map-access|concurrent-map-iteration): .*c.entries"
		keys = append(keys, key)
	}
	return keys
}
