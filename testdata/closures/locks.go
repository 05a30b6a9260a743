package closures

import (
	"sync"
	"time"
)

// SafeReadLock reads under the read lock, writes under the write lock.
func SafeReadLock(keys []string) int {
	sizes := map[string]int{}
	var mu sync.RWMutex
	for _, key := range keys {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			sizes[key] = len(key)
		}()
	}
	mu.RLock()
	defer mu.RUnlock()
	return sizes["a"]
}

// RacyWriteUnderReadLock writes under the read lock, which others may hold too.
func RacyWriteUnderReadLock(keys []string) {
	sizes := map[string]int{}
	var mu sync.RWMutex
	for _, key := range keys {
		go func() {
			mu.RLock()
			defer mu.RUnlock()
			sizes[key] = len(key) // want "sizes"
		}()
	}
}

// RacyOneSideLocked locks in the goroutine only.
func RacyOneSideLocked() int {
	sizes := map[string]int{}
	var mu sync.Mutex
	go func() {
		mu.Lock()
		defer mu.Unlock()
		sizes["a"] = 1
	}()
	return sizes["a"] // want "sizes"
}

// RacyTwoLocks takes a lock on each side, but not the same.
func RacyTwoLocks() int {
	sizes := map[string]int{}
	var left, right sync.Mutex
	go func() {
		left.Lock()
		defer left.Unlock()
		sizes["a"] = 1 // want "sizes"
	}()
	right.Lock()
	defer right.Unlock()
	return sizes["a"]
}

// RacyUnlockedTooEarly writes after Unlock.
func RacyUnlockedTooEarly(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for _, key := range keys {
		go func() {
			mu.Lock()
			size := len(key)
			mu.Unlock()
			sizes[key] = size // want concurrent-map-write "sizes"
		}()
	}
}

// SafeEarlyReturn unlocks on each of its ways out.
func SafeEarlyReturn(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for _, key := range keys {
		go func() {
			mu.Lock()
			if _, ok := sizes[key]; ok {
				mu.Unlock()
				return
			}
			sizes[key] = len(key)
			mu.Unlock()
		}()
	}
}

// RacyForgottenRelock unlocks on the way, and writes without the lock.
func RacyForgottenRelock(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for _, key := range keys {
		go func() {
			mu.Lock()
			_, ok := sizes[key]
			mu.Unlock()
			if ok {
				return
			}
			sizes[key] = len(key) // want "sizes"
		}()
	}
}

// SafeRelock takes the lock again before it writes.
func SafeRelock(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for _, key := range keys {
		go func() {
			mu.Lock()
			_, ok := sizes[key]
			mu.Unlock()
			if ok {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			sizes[key] = len(key)
		}()
	}
}

// RacyLockedInOneBranch holds the lock on one of two paths only.
func RacyLockedInOneBranch(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for _, key := range keys {
		go func() {
			if len(key) > 3 {
				mu.Lock()
				sizes[key] = len(key)
				mu.Unlock()
			} else {
				sizes[key] = 0 // want "sizes"
			}
		}()
	}
}

// SafeLockInLoop locks around each step.
func SafeLockInLoop(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for range 2 {
		go func() {
			for _, key := range keys {
				mu.Lock()
				sizes[key]++
				mu.Unlock()
			}
		}()
	}
}

// SafePointerToLock locks through a pointer.
func SafePointerToLock(keys []string) {
	sizes := map[string]int{}
	mu := &sync.Mutex{}
	same := mu
	for _, key := range keys {
		go func() {
			same.Lock()
			defer same.Unlock()
			sizes[key]++
		}()
	}
	mu.Lock()
	sizes["a"]++
	mu.Unlock()
}

// SafeLocker locks the read side through a Locker and only reads there.
func SafeLocker(keys []string) {
	sizes := map[string]int{}
	var mu sync.RWMutex
	for _, key := range keys {
		go func() {
			var locker sync.Locker = mu.RLocker()
			locker.Lock()
			defer locker.Unlock()
			_ = sizes[key]
		}()
	}
	mu.Lock()
	sizes["a"] = 1
	mu.Unlock()
}

// SafeTryLock writes where TryLock has succeeded.
func SafeTryLock(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for _, key := range keys {
		go func() {
			if mu.TryLock() {
				defer mu.Unlock()
				sizes[key]++
			}
		}()
	}
}

// RacyTryLock writes where TryLock has failed, too.
func RacyTryLock(keys []string) {
	sizes := map[string]int{}
	var mu sync.Mutex
	for _, key := range keys {
		go func() {
			if mu.TryLock() {
				defer mu.Unlock()
				time.Sleep(time.Microsecond)
			}
			sizes[key]++ // want-possible concurrent-map-write "sizes"
		}()
	}
}
