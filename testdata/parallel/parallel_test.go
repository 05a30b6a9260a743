package parallel

import (
	"sync"
	"testing"
	"time"
)

var names = []string{"a", "bb", "ccc", "dddd"}

func TestRacy_ParallelSubtests(t *testing.T) {
	results := map[string]int{}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			time.Sleep(time.Millisecond)
			results[name] = len(name) // want concurrent-map-write "results"
		})
	}
}

func TestSafe_Subtests(t *testing.T) {
	results := map[string]int{}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			results[name] = len(name)
		})
	}
	if len(results) != len(names) {
		t.Error(results)
	}
}

func TestSafe_ParallelSubtestsLocked(t *testing.T) {
	results := map[string]int{}
	var mu sync.Mutex
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mu.Lock()
			defer mu.Unlock()
			results[name] = len(name)
		})
	}
}

func TestSafe_ParallelSubtestsRead(t *testing.T) {
	sizes := map[string]int{}
	for _, name := range names {
		sizes[name] = len(name)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if sizes[name] != len(name) {
				t.Error(sizes[name])
			}
		})
	}
	sizes["later"] = 5
}

func TestSafe_ParallelSubtestsOwnTable(t *testing.T) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			table := NewTable()
			table.Set(name)
			if table.Get(name) != len(name) {
				t.Error(name)
			}
		})
	}
}

func BenchmarkRacy_RunParallel(b *testing.B) {
	counts := map[int]int{}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			counts[1]++ // want concurrent-map-write "counts"
		}
	})
}

func BenchmarkSafe_RunParallel(b *testing.B) {
	var mu sync.Mutex
	counts := map[int]int{}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			counts[1]++
			mu.Unlock()
		}
	})
	b.Log(len(counts))
}

func TestRacy_RunParallel(*testing.T) { testing.Benchmark(BenchmarkRacy_RunParallel) }
func TestSafe_RunParallel(*testing.T) { testing.Benchmark(BenchmarkSafe_RunParallel) }

func TestRacy_Goroutine(*testing.T) {
	seen := map[string]bool{}
	for _, name := range names {
		go func() {
			seen[name] = true // want concurrent-map-write "seen"
		}()
	}
	time.Sleep(time.Millisecond)
}

func TestSafe_Cleanup(t *testing.T) {
	seen := map[string]bool{}
	t.Cleanup(func() { seen["cleanup"] = true })
	seen["test"] = true
}
