// Package vault keeps values.
package vault

import "sync"

// Vault is what users of values ask.
type Vault interface {
	Get(key string) int
}

type locked struct {
	mu    sync.Mutex
	asked map[string]int
}

// New returns a vault for several goroutines.
func New() Vault { return &locked{asked: map[string]int{}} }

func (l *locked) Get(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked[key]++
	return l.asked[key]
}
