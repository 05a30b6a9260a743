package guards

import "sync"

// What is looked at where a constant says so is looked at nowhere, as long as it says no.
const (
	dumps   = false
	reports = true
)

// Meter counts under its lock; what stands behind constants is not part of the program.
type Meter struct {
	mu     sync.Mutex
	counts map[string]int
	strict bool
}

// Add counts one more.
func (m *Meter) Add(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[name]++
}

// Count looks at one.
func (m *Meter) Count(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.counts[name]
}

// Reset forgets one.
func (m *Meter) Reset(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.counts, name)
}

// Dump would look at all, if it were switched on.
func (m *Meter) Dump() int {
	if dumps {
		return len(m.counts)
	}
	return 0
}

func (m *Meter) isKnown(name string) bool {
	if name == "" {
		return true
	}
	return true
}

// Check would look at all for what is not known, but everything is.
func (m *Meter) Check(name string) int {
	if !m.isKnown(name) {
		return len(m.counts) // want-possible unguarded-map-access "m.counts"
	}
	return 0
}

// OpenMeter counts under its lock, and looks without it.
type OpenMeter struct {
	mu     sync.Mutex
	counts map[string]int
	strict bool
}

// Add counts one more.
func (m *OpenMeter) Add(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[name]++
}

// Count looks at one.
func (m *OpenMeter) Count(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.counts[name]
}

// Reset forgets one.
func (m *OpenMeter) Reset(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.counts, name)
}

// Dump looks at all where reports are switched on, as they are.
func (m *OpenMeter) Dump() int {
	if reports {
		return len(m.counts) // want unguarded-map-access "m.counts"
	}
	return 0
}

func (m *OpenMeter) isKnown(name string) bool {
	if name == "" {
		return m.strict
	}
	return true
}

// Check looks at all for what is not known.
func (m *OpenMeter) Check(name string) int {
	if !m.isKnown(name) {
		for range m.counts {
			return 1
		}
	}
	return 0
}
