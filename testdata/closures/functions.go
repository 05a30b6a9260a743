package closures

import (
	"slices"
	"sync"
)

// RacyNamed starts a closure by its name.
func RacyNamed() {
	seen := map[int]bool{}
	work := func() {
		seen[1] = true // want concurrent-map-write "seen"
	}
	go work()
	seen[2] = true
}

// RacyNamedTwice starts a closure twice.
func RacyNamedTwice() {
	seen := map[int]bool{}
	work := func(n int) {
		seen[n] = true // want concurrent-map-write "seen"
	}
	go work(1)
	go work(2)
}

// SafeNamed calls a closure on the spot.
func SafeNamed() int {
	seen := map[int]bool{}
	work := func(n int) {
		seen[n] = true
	}
	work(1)
	work(2)
	return len(seen)
}

// SafeOnTheSpot calls closures that others run at once.
func SafeOnTheSpot(names []string) int {
	rank := map[string]int{}
	func() {
		rank["a"] = 1
	}()
	slices.SortFunc(names, func(a, b string) int {
		rank[a]++
		return rank[a] - rank[b]
	})
	return len(rank)
}

// RacyArgument hands the map over as an argument.
func RacyArgument() int {
	seen := map[int]bool{}
	go func(m map[int]bool) {
		m[1] = true // want concurrent-map-read-write "(m|seen)"
	}(seen)
	return len(seen)
}

// SafeArgument hands different maps over.
func SafeArgument() {
	for range 3 {
		go func(m map[int]bool) {
			m[1] = true
		}(map[int]bool{})
	}
}

// RacyPassed hands the map to a function that runs on another goroutine.
func RacyPassed() {
	seen := map[int]bool{}
	go mark(seen, 1)
	mark(seen, 2)
}

func mark(m map[int]bool, n int) {
	m[n] = true // want concurrent-map-write "(m|seen)"
}

// SafePassed gives each goroutine its map.
func SafePassed() {
	go fill(map[int]bool{}, 1)
	go fill(map[int]bool{}, 2)
}

func fill(m map[int]bool, n int) {
	m[n] = true
}

// RacyNested writes in a closure within a closure.
func RacyNested() int {
	seen := map[int]bool{}
	go func() {
		func() {
			seen[1] = true // want concurrent-map-read-write "seen"
		}()
	}()
	return len(seen)
}

// RacyNestedLaunch starts a goroutine from a goroutine and waits for the outer one.
func RacyNestedLaunch() int {
	seen := map[int]bool{}
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		go func() {
			seen[1] = true // want concurrent-map-read-write "seen"
		}()
	}()
	group.Wait()
	return len(seen)
}

// RacyDeferred writes when the goroutine ends.
func RacyDeferred() int {
	seen := map[int]bool{}
	go func() {
		defer func() {
			seen[1] = true // want concurrent-map-read-write "seen"
		}()
	}()
	return len(seen)
}

// SafeDeferredUnlock unlocks in a deferred closure, after the write of another one.
func SafeDeferredUnlock(n int) {
	seen := map[int]bool{}
	var mu sync.Mutex
	for i := range n {
		go func() {
			mu.Lock()
			defer func() { mu.Unlock() }()
			defer func() { seen[i] = true }()
		}()
	}
}

// RacyDeferredAfterUnlock defers in the wrong order: the write runs after the unlock.
func RacyDeferredAfterUnlock(n int) {
	seen := map[int]bool{}
	var mu sync.Mutex
	for i := range n {
		go func() {
			defer func() { seen[i] = true }() // want concurrent-map-write "seen"
			mu.Lock()
			defer mu.Unlock()
		}()
	}
}

// SafeOnce fills the map once; what follows Do may read it.
func SafeOnce(n int) {
	var once sync.Once
	var seen map[int]bool
	for range n {
		go func() {
			once.Do(func() {
				seen = map[int]bool{}
				seen[1] = true
			})
			_ = seen[1]
		}()
	}
}

// RacyOnce reads without Do.
func RacyOnce() bool {
	var once sync.Once
	seen := map[int]bool{}
	go func() {
		once.Do(func() {
			seen[1] = true // want concurrent-map-read-write "seen"
		})
	}()
	return seen[1]
}

// RacyReturned returns a closure that is run on a goroutine beside another call of it.
func RacyReturned() {
	add := adder()
	go add(1)
	add(2)
}

func adder() func(int) {
	seen := map[int]bool{}
	return func(n int) {
		seen[n] = true // want concurrent-map-write "seen"
	}
}

// SafeReturned runs closures that do not share their map.
func SafeReturned() {
	go collector()(1)
	go collector()(2)
}

func collector() func(int) {
	seen := map[int]bool{}
	return func(n int) {
		seen[n] = true
	}
}
