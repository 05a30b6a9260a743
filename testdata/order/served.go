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
