package guards

import (
	"errors"
	"sync"
)

// Settings are loaded before anyone shares them; the lock is for what their checks find out later.
type Settings struct {
	mu      sync.Mutex
	unknown map[string]bool
	Checks  []func(key string)
}

// NewSettings returns empty ones.
func NewSettings() *Settings { return &Settings{unknown: map[string]bool{}} }

func (s *Settings) note(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unknown[key] = true
}

// Load adds one file's keys.
func (s *Settings) Load(keys []string) error {
	if len(s.unknown) > 0 {
		return errors.New("stopped before")
	}
	for _, key := range keys {
		if key == "" {
			s.note(key)
		}
	}
	s.Checks = append(s.Checks, func(key string) { s.note(key) })
	return nil
}

// LoadAll adds the keys of several files.
func (s *Settings) LoadAll(files ...[]string) error {
	for _, keys := range files {
		if err := s.Load(keys); err != nil {
			return err
		}
	}
	return nil
}

// OpenSettings hands them out when they are complete.
func OpenSettings(files ...[]string) (*Settings, error) {
	s := NewSettings()
	return s, s.LoadAll(files...)
}

// Tunables are what Settings are, but are loaded again while they are used.
type Tunables struct {
	mu      sync.Mutex
	unknown map[string]bool
	Checks  []func(key string)
}

// NewTunables returns empty ones.
func NewTunables() *Tunables { return &Tunables{unknown: map[string]bool{}} }

func (t *Tunables) note(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unknown[key] = true
}

// Load adds one file's keys.
func (t *Tunables) Load(keys []string) error {
	if len(t.unknown) > 0 { // want unguarded-map-access "t.unknown"
		return errors.New("stopped before")
	}
	for _, key := range keys {
		if key == "" {
			t.note(key)
		}
	}
	return nil
}

// OpenTunables hands them out when they are complete.
func OpenTunables(keys []string) (*Tunables, error) {
	t := NewTunables()
	t.Checks = append(t.Checks, func(key string) { t.note(key) })
	return t, t.Load(keys)
}

// Refresh loads whatever has changed.
func Refresh(t *Tunables, changes <-chan []string) {
	for keys := range changes {
		if t.Load(keys) != nil {
			return
		}
	}
}
