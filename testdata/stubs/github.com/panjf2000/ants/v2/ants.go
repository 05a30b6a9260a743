// Package ants is a miniature of github.com/panjf2000/ants.
package ants

import "sync"

// Pool runs tasks on goroutines.
type Pool struct{ running sync.WaitGroup }

// NewPool returns a pool.
func NewPool(int) (*Pool, error) { return &Pool{}, nil }

// Submit runs the task on a goroutine.
func (p *Pool) Submit(task func()) error {
	p.running.Add(1)
	go func() {
		defer p.running.Done()
		task()
	}()
	return nil
}

// Release ends the pool.
func (p *Pool) Release() { p.running.Wait() }

// PoolWithFunc runs one function on goroutines.
type PoolWithFunc struct {
	running sync.WaitGroup
	run     func(any)
}

// NewPoolWithFunc returns a pool.
func NewPoolWithFunc(_ int, pf func(any)) (*PoolWithFunc, error) { return &PoolWithFunc{run: pf}, nil }

// Invoke runs the function with an argument on a goroutine.
func (p *PoolWithFunc) Invoke(arg any) error {
	p.running.Add(1)
	go func() {
		defer p.running.Done()
		p.run(arg)
	}()
	return nil
}

// Release ends the pool.
func (p *PoolWithFunc) Release() { p.running.Wait() }
