package order

import (
	"encoding/json"
	"errors"
	"net/http"
	"sync"
)

// Metrics is what a request is answered with.
type Metrics struct{ Central map[string]int }

// Service answers requests.
type Service struct{ names []string }

func (s *Service) metrics(w http.ResponseWriter, _ *http.Request) {
	response := &Metrics{Central: make(map[string]int)}
	for _, name := range s.names {
		response.Central[name] = len(name)
	}
	_ = json.NewEncoder(w).Encode(response)
}

// Handler registers the method: each request has an answer of its own.
func Handler(names []string) http.Handler {
	s := &Service{names: names}
	return http.HandlerFunc(s.metrics)
}

// SharingService has one answer for all.
type SharingService struct {
	names    []string
	response *Metrics
}

func (s *SharingService) metrics(w http.ResponseWriter, _ *http.Request) {
	for _, name := range s.names {
		s.response.Central[name] = len(name) // want concurrent-map-write "s.response.Central"
	}
	_ = json.NewEncoder(w).Encode(len(s.response.Central))
}

// SharingHandler registers the method.
func SharingHandler(names []string) http.Handler {
	s := &SharingService{names: names, response: &Metrics{Central: map[string]int{}}}
	return http.HandlerFunc(s.metrics)
}

// State is written by goroutines that Flush waits for.
type State struct {
	objects map[string]int
	sizes   map[string]int
}

func (s *State) flush(names []string) (int, error) {
	var wg sync.WaitGroup
	wg.Go(func() { s.sizes["first"] = len(names) })
	for _, name := range names {
		if _, ok := s.objects[name]; !ok {
			return 0, errors.New("no such object")
		}
	}
	wg.Wait()
	return len(s.sizes), nil
}

// SafeFlush flushes twice.
func SafeFlush(names []string) (int, error) {
	s := &State{objects: map[string]int{}, sizes: map[string]int{}}
	for _, name := range names {
		s.objects[name] = len(name)
	}
	if _, err := s.flush(names); err != nil {
		return 0, err
	}
	return s.flush(names)
}

// upgrader is made for each request as well, in a program that passes on to handlers of all kinds.
type upgrader struct {
	header map[string]string
}

// ServeHTTP is called by the handler that has made the object. What `next` holds elsewhere is no upgrader.
func (u *upgrader) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.header["path"] = r.URL.Path
	_ = json.NewEncoder(w).Encode(len(u.header))
}

// SafeUpgrader serves each request with an object of its own.
func SafeUpgrader(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if next != nil {
			next.ServeHTTP(w, r)
			return
		}
		handler := &upgrader{header: map[string]string{}}
		handler.ServeHTTP(w, r)
	})
}

// switchboard is one for all requests, though one of them makes its own.
type switchboard struct {
	header map[string]string
}

// ServeHTTP is called for an object of the request's own in one place, and for a shared one in the other.
func (s *switchboard) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	s.header["path"] = request.URL.Path // want concurrent-map-write "s.header"
	_ = json.NewEncoder(w).Encode(len(s.header))
}

// RacySwitchboard serves most requests with one object.
func RacySwitchboard() http.Handler {
	shared := &switchboard{header: map[string]string{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own" {
			own := &switchboard{header: map[string]string{}}
			own.ServeHTTP(w, r)
			return
		}
		shared.ServeHTTP(w, r)
	})
}
