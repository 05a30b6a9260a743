package server

import (
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"
	"time"

	"example.com/quickstart/cache"
)

func TestRacy_ServeHTTP(t *testing.T) {
	server := New(cache.New(time.Minute))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 200 {
				server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/page", nil))
				runtime.Gosched()
			}
		})
	}
	group.Wait()
}
