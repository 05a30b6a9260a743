// Package pool is a miniature of github.com/sourcegraph/conc/pool.
package pool

import "sync"

// Pool runs functions on goroutines.
type Pool struct{ running sync.WaitGroup }

// New returns a pool.
func New() *Pool { return &Pool{} }

// Go runs the function on a goroutine.
func (p *Pool) Go(f func()) {
	p.running.Add(1)
	go func() {
		defer p.running.Done()
		f()
	}()
}

// Wait waits for the functions.
func (p *Pool) Wait() { p.running.Wait() }
