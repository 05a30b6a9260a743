package order

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func TestRacy_ServeHits(*testing.T) {
	mux := http.NewServeMux()
	ServeHits(mux)
	var requests sync.WaitGroup
	for range 4 {
		requests.Go(func() {
			mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
		})
	}
	requests.Wait()
}
