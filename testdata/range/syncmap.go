package ranges

import "sync"

// WrongLoadStore loads and stores in two steps: of two callers, both may make the value.
func WrongLoadStore(cache *sync.Map, key string) any {
	if value, ok := cache.Load(key); ok {
		return value
	}
	value := any(len(key))
	cache.Store(key, value) // want sync-map-check-then-act "cache"
	return value
}

// RightLoadOrStore does it in one.
func RightLoadOrStore(cache *sync.Map, key string) any {
	if value, ok := cache.Load(key); ok {
		return value
	}
	value, _ := cache.LoadOrStore(key, len(key))
	return value
}

// WrongLoadDelete loads and deletes in two steps: of two callers, both may take the value.
func WrongLoadDelete(cache *sync.Map, key string) any {
	value, ok := cache.Load(key)
	if !ok {
		return nil
	}
	cache.Delete(key) // want sync-map-check-then-act "cache"
	return value
}

// RightLoadAndDelete does it in one.
func RightLoadAndDelete(cache *sync.Map, key string) any {
	value, _ := cache.LoadAndDelete(key)
	return value
}

// WrongIncrement adds to what it has loaded: additions get lost.
func WrongIncrement(counts *sync.Map, key string) {
	count, _ := counts.Load(key)
	number, _ := count.(int)
	counts.Store(key, number+1) // want sync-map-check-then-act "counts"
}

// RightIncrement tries until nobody came in between.
func RightIncrement(counts *sync.Map, key string) {
	for {
		count, loaded := counts.LoadOrStore(key, 1)
		if !loaded || counts.CompareAndSwap(key, count, count.(int)+1) {
			return
		}
	}
}

// RightOtherKey stores under another key than it has loaded.
func RightOtherKey(cache *sync.Map, key string) {
	if value, ok := cache.Load(key); ok {
		cache.Store(key+"'", value)
	}
}

// RightLocked holds a lock around both steps.
func RightLocked(mu *sync.Mutex, cache *sync.Map, key string) {
	mu.Lock()
	defer mu.Unlock()
	if _, ok := cache.Load(key); !ok {
		cache.Store(key, len(key))
	}
}

// RightHeld stores at once; mu must be held by the caller.
func RightHeld(cache *sync.Map, key string) {
	if _, ok := cache.Load(key); !ok {
		cache.Store(key, len(key))
	}
}

// RightOnce stores where only one goroutine comes.
func RightOnce(once *sync.Once, cache *sync.Map, key string) {
	once.Do(func() {
		if _, ok := cache.Load(key); !ok {
			cache.Store(key, len(key))
		}
	})
}

// RightForget only asks whether there is something to forget.
func RightForget(cache *sync.Map, key string) {
	if _, ok := cache.Load(key); ok {
		cache.Delete(key)
	}
}
