// Package singleflight is a miniature of golang.org/x/sync/singleflight.
package singleflight

import "sync"

type call struct {
	done  sync.WaitGroup
	value any
	err   error
}

// Group runs one call for each key at a time.
type Group struct {
	mu    sync.Mutex
	calls map[string]*call
}

// Do runs the function, unless one for that key is running: then it waits for that.
func (g *Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool) {
	g.mu.Lock()
	if running, ok := g.calls[key]; ok {
		g.mu.Unlock()
		running.done.Wait()
		return running.value, running.err, true
	}
	if g.calls == nil {
		g.calls = map[string]*call{}
	}
	mine := &call{}
	mine.done.Add(1)
	g.calls[key] = mine
	g.mu.Unlock()
	mine.value, mine.err = fn()
	mine.done.Done()
	g.mu.Lock()
	delete(g.calls, key)
	g.mu.Unlock()
	return mine.value, mine.err, false
}
