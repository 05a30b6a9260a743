// Package server answers requests from a cache.
package server

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/quickstart/cache"
)

// Server is an http.Handler: net/http calls ServeHTTP on a goroutine for each connection.
type Server struct {
	pages *cache.Cache
	hits  map[string]int

	mu     sync.Mutex
	agents map[string]int
}

// New returns a server of these pages.
func New(pages *cache.Cache) *Server {
	return &Server{pages: pages, hits: make(map[string]int), agents: make(map[string]int)}
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.hits[r.URL.Path]++ // want concurrent-map-write "s.hits"
	s.note(r.UserAgent())
	if page, ok := s.pages.Get(r.URL.Path); ok {
		fmt.Fprintln(w, page)
		return
	}
	for _, key := range s.pages.Keys() {
		fmt.Fprintln(w, key)
	}
}

func (s *Server) note(agent string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.agents[agent]++
}
