package parallel

import (
	"sync"
	"testing"
	"time"
)

// suite runs its cases as parallel subtests of whatever test it has at the moment.
type suite struct {
	t  *testing.T
	mu sync.Mutex

	lengths map[string]int
}

func (s *suite) run(name string, body func(t *testing.T)) {
	s.t.Run(name, func(t *testing.T) {
		t.Parallel()
		body(t)
	})
}

func (s *suite) note(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lengths[name] = len(name)
}

func TestSafe_Group(t *testing.T) {
	s := &suite{lengths: map[string]int{}}
	t.Run("group", func(t *testing.T) {
		s.t = t
		for _, name := range names {
			s.run(name, func(*testing.T) { s.note(name) })
		}
	})
	if len(s.lengths) != len(names) {
		t.Error(s.lengths)
	}
}

func TestSafe_Groups(t *testing.T) {
	lengths := map[string]int{}
	for _, group := range []string{"first", "second"} {
		t.Run(group, func(t *testing.T) {
			t.Run("case", func(t *testing.T) {
				t.Parallel()
				lengths[group] = len(group)
			})
		})
	}
}

// open is a suite that takes no lock.
type open struct {
	t *testing.T

	lengths map[string]int
}

func (s *open) run(name string, body func(t *testing.T)) {
	s.t.Run(name, func(t *testing.T) {
		t.Parallel()
		time.Sleep(time.Millisecond)
		body(t)
	})
}

func TestRacy_Group(t *testing.T) {
	s := &open{lengths: map[string]int{}}
	t.Run("group", func(t *testing.T) {
		s.t = t
		for _, name := range names {
			s.run(name, func(*testing.T) { s.lengths[name] = len(name) }) // want concurrent-map-write "s.lengths"
		}
	})
}
