package launchers

import (
	"context"
	"runtime"
	"sync"

	"github.com/panjf2000/ants/v2"
	"github.com/sourcegraph/conc"
	"github.com/sourcegraph/conc/iter"
	"github.com/sourcegraph/conc/pool"
	"golang.org/x/sync/singleflight"
	"k8s.io/client-go/util/workqueue"
)

// RacyConc writes in the functions of a group.
func RacyConc(keys []string) {
	seen := map[string]bool{}
	group := conc.NewWaitGroup()
	for _, key := range keys {
		group.Go(func() { seen[key] = true }) // want concurrent-map-write "seen"
	}
	group.Wait()
}

// SafeConc reads after Wait.
func SafeConc() int {
	seen := map[string]bool{}
	var group conc.WaitGroup
	group.Go(func() { seen["a"] = true })
	group.Wait()
	return len(seen)
}

// RacyConcPool writes in the functions of a pool.
func RacyConcPool(keys []string) {
	seen := map[string]bool{}
	workers := pool.New()
	for _, key := range keys {
		workers.Go(func() { seen[key] = true }) // want concurrent-map-write "seen"
	}
	workers.Wait()
}

// SafeConcPool locks.
func SafeConcPool(keys []string) int {
	seen := map[string]bool{}
	var mu sync.Mutex
	workers := pool.New()
	for _, key := range keys {
		workers.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			seen[key] = true
		})
	}
	workers.Wait()
	return len(seen)
}

// RacyConcIter writes for each element.
func RacyConcIter(keys []string) {
	seen := map[string]bool{}
	iter.ForEach(keys, func(key *string) {
		seen[*key] = true // want concurrent-map-write "seen"
	})
}

// SafeConcIter reads for each element and writes after the last.
func SafeConcIter(keys []string) {
	sizes := map[string]int{"a": 1}
	iter.ForEach(keys, func(key *string) { _ = sizes[*key] })
	sizes["b"] = 2
}

// SafeConcIterSignals does something for each element after a send: that the call returns is the end of it.
func SafeConcIterSignals(keys []string) int {
	var mu sync.Mutex
	seen := map[string]bool{}
	begun := make(chan struct{}, len(keys))
	iter.ForEach(keys, func(key *string) {
		begun <- struct{}{}
		mu.Lock()
		defer mu.Unlock()
		seen[*key] = true
	})
	return len(seen)
}

// RacyAnts writes in the tasks of a pool.
func RacyAnts(keys []string) error {
	seen := map[string]bool{}
	workers, err := ants.NewPool(4)
	if err != nil {
		return err
	}
	defer workers.Release()
	for _, key := range keys {
		err = workers.Submit(func() { seen[key] = true }) // want concurrent-map-write "seen"
	}
	return err
}

// SafeAnts locks.
func SafeAnts(keys []string) error {
	seen := map[string]bool{}
	var mu sync.Mutex
	workers, err := ants.NewPool(4)
	if err != nil {
		return err
	}
	defer workers.Release()
	for _, key := range keys {
		err = workers.Submit(func() {
			mu.Lock()
			defer mu.Unlock()
			seen[key] = true
		})
	}
	return err
}

// RacyAntsFunc writes in the function of a pool.
func RacyAntsFunc(keys []string) error {
	seen := map[string]bool{}
	workers, err := ants.NewPoolWithFunc(4, func(key any) {
		seen[key.(string)] = true // want concurrent-map-write "seen"
	})
	if err != nil {
		return err
	}
	defer workers.Release()
	for _, key := range keys {
		err = workers.Invoke(key)
	}
	return err
}

// RacyParallelize writes on each piece.
func RacyParallelize(ctx context.Context) {
	done := map[int]bool{}
	workqueue.ParallelizeUntil(ctx, 4, 16, func(piece int) {
		done[piece] = true // want concurrent-map-write "done"
	})
}

// SafeParallelize writes a slice on each piece, and a map after the last.
func SafeParallelize(ctx context.Context) int {
	pieces := make([]int, 16)
	workqueue.ParallelizeUntil(ctx, 4, 16, func(piece int) { pieces[piece] = piece })
	done := map[int]bool{}
	for _, piece := range pieces {
		done[piece] = true
	}
	return len(done)
}

type loader struct {
	flight singleflight.Group
	loaded map[string]int
}

func (l *loader) load(key string) {
	_, _, _ = l.flight.Do(key, func() (any, error) {
		runtime.Gosched()
		l.loaded[key] = len(key) // want concurrent-map-write "l.loaded"
		return nil, nil
	})
}

// RacySingleflight runs one function for each key, but keys in parallel.
func RacySingleflight(keys []string) {
	l := &loader{loaded: map[string]int{}}
	for _, key := range keys {
		go l.load(key)
	}
}
