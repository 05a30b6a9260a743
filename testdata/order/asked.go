package order

import (
	"net/http"
	"testing"
)

// ServeHits counts requests; that it asks whether a test runs makes it none.
func ServeHits(mux *http.ServeMux) {
	hits := map[string]int{}
	if testing.Testing() {
		hits["test"] = 0
	}
	mux.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++ // want concurrent-map-write "hits"
	})
}
