package parallel

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// What the program's goroutine does comes before `done`: a test that looks into the object has waited for it.
func TestSafe_LookInside(t *testing.T) {
	q := NewQueue()
	q.Do("a")
	if q.seen["a"] != 1 {
		t.Error(q.seen)
	}
}

// What the test starts itself it can be held to.
func TestRacy_OwnGoroutine(t *testing.T) {
	q := &Queue{jobs: make(chan string, 1), done: make(chan string, 1), seen: map[string]int{}}
	go q.run()
	q.jobs <- "a"
	if len(q.seen) > 1 { // want concurrent-map-read-write "q.seen"
		t.Error(q.seen)
	}
}

// counter stands in for a recorder; the test asks one request after the other.
type counter struct{ paths map[string]int }

func (c *counter) Record(path string) { c.paths[path]++ }

func TestSafe_StandIn(*testing.T) {
	c := &counter{paths: map[string]int{}}
	handler := Handler(c)
	for _, name := range names {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/"+name, nil))
	}
}

func TestRacy_StandIn(*testing.T) {
	c := &counter{paths: map[string]int{}}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			c.paths[name]++ // want concurrent-map-write "c.paths"
		})
	}
	wg.Wait()
}

// A server of the test's own takes its requests in parallel, but gets them one after the other.
func TestSafe_Served(t *testing.T) {
	paths := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { paths[r.URL.Path]++ }))
	defer server.Close()
	for _, name := range names {
		response, err := http.Get(server.URL + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
}
