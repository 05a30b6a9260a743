// Package conc is a miniature of github.com/sourcegraph/conc.
package conc

import "sync"

// WaitGroup is a sync.WaitGroup that starts its goroutines itself.
type WaitGroup struct{ running sync.WaitGroup }

// NewWaitGroup returns an empty group.
func NewWaitGroup() *WaitGroup { return &WaitGroup{} }

// Go runs the function on a goroutine.
func (h *WaitGroup) Go(f func()) {
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		f()
	}()
}

// Wait waits for the goroutines.
func (h *WaitGroup) Wait() { h.running.Wait() }
