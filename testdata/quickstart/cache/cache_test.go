package cache

import (
	"sync"
	"testing"
	"time"
)

// together runs the functions on goroutines of their own, many times each, and waits for them.
func together(functions ...func()) {
	var group sync.WaitGroup
	for _, function := range functions {
		group.Go(func() {
			for range 200 {
				function()
			}
		})
	}
	group.Wait()
}

func TestRacy_Get(t *testing.T) {
	cache := New(time.Minute)
	cache.Set("a", "b")
	together(func() { cache.Get("a") }, func() { cache.Get("a") })
}

func TestRacy_Keys(t *testing.T) {
	cache := New(time.Minute)
	together(func() { cache.Set("a", "b") }, func() { cache.Keys() })
}

func TestSafe_Set(t *testing.T) {
	cache := New(time.Minute)
	together(func() { cache.Set("a", "b") }, func() { cache.Len() }, func() { cache.Evict(0) })
}
