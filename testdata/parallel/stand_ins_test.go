package parallel

import (
	"sync"
	"testing"
)

// recorder is what several tests give to a goroutine that the same helper starts; the helper is where all of them go wrong.
type recorder struct {
	mu   sync.Mutex
	seen map[string]int
	kept map[string]int
	done chan struct{}
}

func (r *recorder) record(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen[name]++
}

func (r *recorder) count(name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen[name]
}

func startRecorder(name string) *recorder {
	r := &recorder{seen: map[string]int{}, done: make(chan struct{})}
	go func() {
		r.record(name)
		close(r.done)
	}()
	return r
}

// One finding tells of both tests: they have the same other side.
// want-map "field recorder.seen\\) is read"

func TestRacy_FirstLook(t *testing.T) {
	r := startRecorder("a")
	if r.seen["a"] > 1 { // want concurrent-map-read-write "r.seen"
		t.Error("too many")
	}
	<-r.done
}

func TestRacy_SecondLook(t *testing.T) {
	r := startRecorder("b")
	if r.seen["b"] > 1 {
		t.Error("too many")
	}
	<-r.done
}

func TestSafe_LookWithTheLock(t *testing.T) {
	r := startRecorder("c")
	if r.count("c") > 1 {
		t.Error("too many")
	}
}

// Other sides of their own make findings of their own.

func TestRacy_FirstKeeper(*testing.T) {
	r := &recorder{kept: map[string]int{}, done: make(chan struct{})}
	go func() {
		r.kept["a"]++ // want concurrent-map-write "r.kept"
		close(r.done)
	}()
	r.kept["b"]++
	<-r.done
}

func TestRacy_SecondKeeper(*testing.T) {
	r := &recorder{kept: map[string]int{}, done: make(chan struct{})}
	go func() {
		r.kept["a"]++ // want concurrent-map-write "r.kept"
		close(r.done)
	}()
	r.kept["b"]++
	<-r.done
}
