package closures

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// RacyErrgroup writes from the functions of an errgroup.
func RacyErrgroup(keys []string) (map[string]int, error) {
	sizes := map[string]int{}
	group, _ := errgroup.WithContext(context.Background())
	for _, key := range keys {
		group.Go(func() error {
			sizes[key] = len(key) // want concurrent-map-write "sizes"
			return nil
		})
	}
	return sizes, group.Wait()
}

// SafeErrgroup is RacyErrgroup with a lock.
func SafeErrgroup(keys []string) (map[string]int, error) {
	sizes := map[string]int{}
	var mu sync.Mutex
	group, _ := errgroup.WithContext(context.Background())
	for _, key := range keys {
		group.Go(func() error {
			mu.Lock()
			defer mu.Unlock()
			sizes[key] = len(key)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	sizes["total"] = len(sizes)
	return sizes, nil
}

// RacyErrgroupBeforeWait reads before Wait.
func RacyErrgroupBeforeWait() (int, error) {
	sizes := map[string]int{}
	var group errgroup.Group
	group.Go(func() error {
		sizes["a"] = 1 // want concurrent-map-read-write "sizes"
		return nil
	})
	size := sizes["a"]
	return size, group.Wait()
}

// SafeErrgroupLimit runs one function at a time.
func SafeErrgroupLimit(keys []string) (map[string]int, error) {
	sizes := map[string]int{}
	var group errgroup.Group
	group.SetLimit(1)
	for _, key := range keys {
		group.Go(func() error {
			sizes[key] = len(key)
			return nil
		})
	}
	err := group.Wait()
	return sizes, err
}

// RacyErrgroupTryGo writes from functions that TryGo starts.
func RacyErrgroupTryGo(keys []string) error {
	sizes := map[string]int{}
	var group errgroup.Group
	for _, key := range keys {
		if !group.TryGo(func() error {
			sizes[key] = len(key) // want concurrent-map-write "sizes"
			return nil
		}) {
			break
		}
	}
	return group.Wait()
}

// RacyWaitGroupGo writes from the functions of a WaitGroup.
func RacyWaitGroupGo(keys []string) map[string]int {
	sizes := map[string]int{}
	var group sync.WaitGroup
	for _, key := range keys {
		group.Go(func() {
			sizes[key] = len(key) // want concurrent-map-write "sizes"
		})
	}
	group.Wait()
	return sizes
}

// SafeWaitGroupGo starts one function and reads after Wait.
func SafeWaitGroupGo() int {
	sizes := map[string]int{}
	var group sync.WaitGroup
	group.Go(func() {
		sizes["a"] = 1
	})
	group.Wait()
	return sizes["a"]
}

// RacyWaitGroupGoBeside writes beside the function of a WaitGroup.
func RacyWaitGroupGoBeside() {
	sizes := map[string]int{}
	var group sync.WaitGroup
	group.Go(func() {
		sizes["a"] = 1 // want concurrent-map-write "sizes"
	})
	sizes["b"] = 2
	group.Wait()
}
