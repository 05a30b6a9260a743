// Package chi is a miniature of github.com/go-chi/chi.
package chi

import "net/http"

// Router registers handlers.
type Router interface {
	http.Handler
	Use(middlewares ...func(http.Handler) http.Handler)
	Get(pattern string, h http.HandlerFunc)
	Post(pattern string, h http.HandlerFunc)
}

// Mux is the router.
type Mux struct {
	middlewares []func(http.Handler) http.Handler
	mux         *http.ServeMux
}

// NewRouter returns a router.
func NewRouter() *Mux { return &Mux{mux: http.NewServeMux()} }

// Use registers middleware.
func (m *Mux) Use(middlewares ...func(http.Handler) http.Handler) {
	m.middlewares = append(m.middlewares, middlewares...)
}

// Get registers a handler.
func (m *Mux) Get(pattern string, h http.HandlerFunc) { m.handle(pattern, h) }

// Post registers a handler.
func (m *Mux) Post(pattern string, h http.HandlerFunc) { m.handle(pattern, h) }

func (m *Mux) handle(pattern string, h http.Handler) {
	for _, wrap := range m.middlewares {
		h = wrap(h)
	}
	m.mux.Handle(pattern, h)
}

// ServeHTTP implements http.Handler.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.mux.ServeHTTP(w, r) }
