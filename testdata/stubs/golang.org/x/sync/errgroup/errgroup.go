// Package errgroup is a miniature of golang.org/x/sync/errgroup that behaves like it.
package errgroup

import (
	"context"
	"sync"
)

// A Group is a set of goroutines.
type Group struct {
	cancel  context.CancelFunc
	running sync.WaitGroup
	slots   chan struct{}
	once    sync.Once
	err     error
}

// WithContext returns a group whose first error cancels the context.
func WithContext(parent context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancel(parent)
	return &Group{cancel: cancel}, ctx
}

// SetLimit bounds the number of goroutines that run at once.
func (g *Group) SetLimit(n int) {
	g.slots = make(chan struct{}, n)
}

// Go runs the function on a goroutine.
func (g *Group) Go(run func() error) {
	if g.slots != nil {
		g.slots <- struct{}{}
	}
	g.running.Add(1)
	go func() {
		defer g.done()
		if err := run(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel()
				}
			})
		}
	}()
}

// TryGo is Go if the limit allows it.
func (g *Group) TryGo(run func() error) bool {
	if g.slots != nil && len(g.slots) == cap(g.slots) {
		return false
	}
	g.Go(run)
	return true
}

func (g *Group) done() {
	if g.slots != nil {
		<-g.slots
	}
	g.running.Done()
}

// Wait waits for the goroutines and returns the first error.
func (g *Group) Wait() error {
	g.running.Wait()
	if g.cancel != nil {
		g.cancel()
	}
	return g.err
}
