package closures

import "sync"

func forEach(names []string, do func(name string)) {
	for _, name := range names {
		do(name)
	}
}

// RacyInner looks, in a function that is called here, while what that function has started writes.
func RacyInner(names []string) int {
	counts, sum := map[string]int{}, 0
	forEach(names, func(name string) {
		go func() {
			counts[name]++ // want concurrent-map-read-write "counts"
		}()
		sum += counts["a"]
	})
	return sum
}

// SafeInner looks afterwards.
func SafeInner(names []string) int {
	counts, sum := map[string]int{}, 0
	forEach(names, func(name string) {
		done := make(chan struct{})
		go func() {
			counts[name]++
			close(done)
		}()
		<-done
		sum += counts["a"]
	})
	return sum
}

// RacyInnerLoop waits for all that it has started, but each of them writes.
func RacyInnerLoop(names []string) int {
	counts := map[string]int{}
	forEach(names, func(name string) {
		var group sync.WaitGroup
		for range 3 {
			group.Add(1)
			go func() {
				defer group.Done()
				counts[name]++ // want concurrent-map-write "counts"
			}()
		}
		group.Wait()
	})
	return len(counts)
}

// Counts are counted under a lock.
type Counts struct {
	mu     sync.Mutex
	counts map[string]int
}

// SafeLockedAround holds the lock around the function that looks.
func SafeLockedAround(c *Counts, done chan<- int) (sum int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	forEach([]string{"a"}, func(name string) {
		go func() {
			c.mu.Lock()
			c.counts[name]++
			c.mu.Unlock()
			done <- 1
		}()
		sum += c.counts["a"]
	})
	return sum
}

// OpenCounts are, too.
type OpenCounts struct {
	mu     sync.Mutex
	counts map[string]int
}

// RacyBareAround holds none.
func RacyBareAround(c *OpenCounts, done chan<- int) (sum int) {
	forEach([]string{"a"}, func(name string) {
		go func() {
			c.mu.Lock()
			c.counts[name]++
			c.mu.Unlock()
			done <- 1
		}()
		sum += c.counts["a"] // want concurrent-map-read-write "counts"
	})
	return sum
}
