package launchers

import (
	"context"
	"expvar"
	"net"
	"net/http"
	"net/rpc"
	"sync"
	"testing"
	"time"
)

// often runs the function several times and lets its goroutines end.
func often(run func()) {
	for range 20 {
		run()
	}
	time.Sleep(20 * time.Millisecond)
}

func TestRacy_AfterFunc(*testing.T) {
	often(func() {
		RacyAfterFunc()
		time.Sleep(time.Millisecond)
	})
}

func TestSafe_AfterFunc(*testing.T) { often(SafeAfterFunc) }

func TestRacy_ContextAfterFunc(*testing.T) {
	often(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		RacyContextAfterFunc(ctx)
	})
}

func call(t *testing.T, register func(*rpc.Server) error, method string) {
	server := rpc.NewServer()
	if err := register(server); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		here, there := net.Pipe()
		go server.ServeConn(there)
		client := rpc.NewClient(here)
		group.Go(func() {
			for n := range 10 {
				if err := client.Call(method, n, new(int)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

func TestRacy_RPC(t *testing.T) { call(t, RacyRPC, "Arithmetic.Square") }
func TestSafe_RPC(t *testing.T) { call(t, SafeRPC, "LockedArithmetic.Square") }

func scrape(name string) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { _ = expvar.Get(name).String() })
	}
	group.Wait()
}

func TestRacy_Expvar(*testing.T) {
	RacyExpvar("racy")
	scrape("racy")
}

func TestSafe_Expvar(*testing.T) {
	SafeExpvar("safe")
	scrape("safe-asked")
}

func TestRacy_Finalizer(*testing.T) { often(RacyFinalizer) }

func TestRacy_Shutdown(*testing.T) {
	often(func() { _ = RacyShutdown(&http.Server{}) })
}
