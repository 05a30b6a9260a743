// Package launchers has maps that are shared by functions which libraries run in parallel.
package launchers

import (
	"fmt"
	"net/http"
	"sync"
)

// RacyHandleFunc counts requests in a map without a lock.
func RacyHandleFunc(mux *http.ServeMux) {
	hits := map[string]int{}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++ // want concurrent-map-write "hits"
	})
}

// SafeHandleFunc counts them with a lock.
func SafeHandleFunc(mux *http.ServeMux) {
	hits := map[string]int{}
	var mu sync.Mutex
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits[r.URL.Path]++
	})
}

// SafePerRequest makes a map for each request, and writes the request's own headers.
func SafePerRequest(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		values := map[string]string{}
		values["path"] = r.URL.Path
		w.Header().Set("X-Path", values["path"])
		r.Header.Set("X-Seen", "yes")
		fmt.Fprintln(w, values)
	})
}

// SafeSetUp fills the map before the handlers are registered, which only read it.
func SafeSetUp(mux *http.ServeMux) {
	pages := map[string]string{}
	pages["/"] = "welcome"
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, pages[r.URL.Path])
	})
}

// forwarder is made for one request.
type forwarder struct {
	header map[string]string
}

func newForwarder() *forwarder { return &forwarder{header: map[string]string{}} }

// ServeHTTP is called by the handler that has made the object.
func (f *forwarder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.header["path"] = r.URL.Path
	fmt.Fprintln(w, f.header)
}

// SafeForwarder serves each request with an object of its own.
func SafeForwarder(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		newForwarder().ServeHTTP(w, r)
	})
}

// relay is one for all requests.
type relay struct {
	header map[string]string
}

// ServeHTTP is called by a handler that shares the object.
func (r *relay) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.header["path"] = request.URL.Path // want concurrent-map-write "r.header"
	fmt.Fprintln(w)
}

// RacyRelay serves all requests with one object.
func RacyRelay(mux *http.ServeMux) {
	shared := &relay{header: map[string]string{}}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		shared.ServeHTTP(w, r)
	})
}

type visits struct {
	counts map[string]int
}

// ServeHTTP is called for each request.
func (v *visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.note(r.URL.Path)
}

func (v *visits) note(path string) {
	v.counts[path]++ // want concurrent-map-write "v.counts"
}

// RacyHandle registers a type with ServeHTTP.
func RacyHandle(mux *http.ServeMux) {
	mux.Handle("/", &visits{counts: map[string]int{}})
}

type lockedVisits struct {
	mu     sync.Mutex
	counts map[string]int
}

// ServeHTTP is called for each request.
func (v *lockedVisits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.counts[r.URL.Path]++
}

// SafeHandle registers a type whose ServeHTTP locks.
func SafeHandle(mux *http.ServeMux) {
	mux.Handle("/", &lockedVisits{counts: map[string]int{}})
}

func countAgents(next http.Handler) http.Handler {
	agents := map[string]int{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents[r.UserAgent()]++ // want concurrent-map-write "agents"
		next.ServeHTTP(w, r)
	})
}

// RacyMiddleware wraps a handler in one that writes a map.
func RacyMiddleware(mux *http.ServeMux) {
	mux.Handle("/", countAgents(http.NotFoundHandler()))
}

func lockAgents(next http.Handler) http.Handler {
	var mu sync.Mutex
	agents := map[string]int{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		agents[r.UserAgent()]++
		mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// SafeMiddleware wraps it in one that locks.
func SafeMiddleware(mux *http.ServeMux) {
	mux.Handle("/", lockAgents(http.NotFoundHandler()))
}

type api struct {
	users map[string]string
}

func (a *api) add(w http.ResponseWriter, r *http.Request) {
	a.users[r.FormValue("name")] = "new" // want "a.users"
}

func (a *api) list(w http.ResponseWriter, r *http.Request) {
	for name := range a.users {
		fmt.Fprintln(w, name)
	}
}

// RacyMethodValues registers methods of one object.
func RacyMethodValues(mux *http.ServeMux) {
	a := &api{users: map[string]string{}}
	mux.HandleFunc("/add", a.add)
	mux.HandleFunc("/", a.list)
}

var sessions = map[string]int{}

func login(w http.ResponseWriter, r *http.Request) {
	sessions[r.FormValue("name")]++ // want concurrent-map-write "sessions"
}

// RacyPackageVariable writes a package variable in a handler.
func RacyPackageVariable(mux *http.ServeMux) {
	mux.HandleFunc("/", login)
}
