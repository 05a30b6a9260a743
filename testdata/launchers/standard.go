package launchers

import (
	"context"
	"expvar"
	"net/http"
	"net/rpc"
	"runtime"
	"sync"
	"time"
)

// RacyAfterFunc writes from a timer and beside it.
func RacyAfterFunc() {
	due := map[string]bool{}
	time.AfterFunc(time.Microsecond, func() {
		due["timer"] = true // want concurrent-map-write "due"
	})
	due["caller"] = true
}

// SafeAfterFunc writes from the timer only.
func SafeAfterFunc() {
	due := map[string]bool{}
	due["before"] = true
	time.AfterFunc(time.Microsecond, func() {
		due["timer"] = true
	})
}

// RacyContextAfterFunc writes when the context ends.
func RacyContextAfterFunc(ctx context.Context) int {
	due := map[string]bool{}
	context.AfterFunc(ctx, func() {
		due["ended"] = true // want concurrent-map-read-write "due"
	})
	return len(due)
}

// Arithmetic is a service whose methods net/rpc calls on goroutines of their own.
type Arithmetic struct {
	results map[int]int
}

// Square is called by clients.
func (a *Arithmetic) Square(n int, reply *int) error {
	a.results[n] = n * n // want concurrent-map-write "a.results"
	*reply = a.results[n]
	return nil
}

// RacyRPC registers the service.
func RacyRPC(server *rpc.Server) error {
	return server.Register(&Arithmetic{results: map[int]int{}})
}

// LockedArithmetic locks.
type LockedArithmetic struct {
	mu      sync.Mutex
	results map[int]int
}

// Square is called by clients.
func (l *LockedArithmetic) Square(n int, reply *int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.results[n] = n * n
	*reply = l.results[n]
	return nil
}

// SafeRPC registers the service.
func SafeRPC(server *rpc.Server) error {
	return server.Register(&LockedArithmetic{results: map[int]int{}})
}

// RacyExpvar writes a map whenever the variables are asked for.
func RacyExpvar(name string) {
	asked := map[string]int{}
	expvar.Publish(name, expvar.Func(func() any {
		asked[name]++ // want concurrent-map-write "asked"
		return len(asked)
	}))
}

// SafeExpvar counts in a map that is made for it.
func SafeExpvar(name string) {
	asked := expvar.NewMap(name)
	expvar.Publish(name+"-asked", expvar.Func(func() any {
		asked.Add(name, 1)
		return asked.String()
	}))
}

type resource struct{ memory []byte }

// RacyFinalizer writes when the garbage collector has found an object.
func RacyFinalizer() {
	freed := map[int]bool{}
	runtime.SetFinalizer(&resource{make([]byte, 64)}, func(*resource) {
		freed[1] = true // want concurrent-map-write "freed"
	})
	runtime.GC()
	freed[2] = true
}

// RacyShutdown writes when the server shuts down, beside the shutdown.
func RacyShutdown(server *http.Server) error {
	closed := map[string]bool{}
	server.RegisterOnShutdown(func() {
		closed["hook"] = true // want concurrent-map-write "closed"
	})
	err := server.Shutdown(context.Background())
	closed["server"] = true
	return err
}
