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

// slots tells who waits for a slot before it is gone from the table.
type slots struct {
	mu    sync.Mutex
	taken map[int]*slot
}

type slot struct{ free chan struct{} }

func (s *slots) acquire(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[n] == nil {
		s.taken[n] = &slot{free: make(chan struct{}, 1)}
	}
}

func (s *slots) release(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slot := s.taken[n]; slot != nil {
		slot.free <- struct{}{}
		delete(s.taken, n)
	}
}

func BenchmarkSafe_Slots(b *testing.B) {
	s := &slots{taken: map[int]*slot{}}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			s.acquire(1)
			defer s.release(1)
		}
	})
	b.Log(len(s.taken))
}

func BenchmarkRacy_Slots(b *testing.B) {
	s := &slots{taken: map[int]*slot{}}
	done := make(chan struct{})
	go func() {
		s.acquire(1)
		close(done)
		s.release(1)
	}()
	<-done
	b.Log(len(s.taken)) // want concurrent-map-read-write "s.taken"
}

func TestSafe_Slots(*testing.T) { testing.Benchmark(BenchmarkSafe_Slots) }
func TestRacy_Slots(*testing.T) { testing.Benchmark(BenchmarkRacy_Slots) }

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
