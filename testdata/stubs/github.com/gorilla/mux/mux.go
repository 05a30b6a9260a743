// Package mux is a miniature of github.com/gorilla/mux.
package mux

import "net/http"

// Router is the router.
type Router struct{ mux *http.ServeMux }

// Route is a registered route.
type Route struct{}

// Methods restricts a route.
func (r *Route) Methods(methods ...string) *Route { return r }

// NewRouter returns a router.
func NewRouter() *Router { return &Router{http.NewServeMux()} }

// HandleFunc registers a handler.
func (r *Router) HandleFunc(path string, f func(http.ResponseWriter, *http.Request)) *Route {
	r.mux.HandleFunc(path, f)
	return &Route{}
}

// ServeHTTP implements http.Handler.
func (r *Router) ServeHTTP(w http.ResponseWriter, request *http.Request) { r.mux.ServeHTTP(w, request) }
