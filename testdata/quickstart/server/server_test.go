package server

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"example.com/quickstart/cache"
)

func TestRacy_ServeHTTP(t *testing.T) {
	server := httptest.NewServer(New(cache.New(time.Minute)))
	defer server.Close()
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			response, err := http.Get(server.URL)
			if err == nil {
				response.Body.Close()
			}
		})
	}
	group.Wait()
}
