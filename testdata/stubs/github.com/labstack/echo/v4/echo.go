// Package echo is a miniature of github.com/labstack/echo.
package echo

import "net/http"

// Context is made for each request.
type Context interface {
	Request() *http.Request
	Param(name string) string
}

type context struct{ request *http.Request }

func (c *context) Request() *http.Request   { return c.request }
func (c *context) Param(name string) string { return c.request.URL.Query().Get(name) }

// HandlerFunc handles a request.
type HandlerFunc func(c Context) error

// MiddlewareFunc wraps a handler.
type MiddlewareFunc func(next HandlerFunc) HandlerFunc

// Echo is the router.
type Echo struct {
	middleware []MiddlewareFunc
	routes     map[string]HandlerFunc
}

// New returns a router.
func New() *Echo { return &Echo{routes: map[string]HandlerFunc{}} }

// Use registers middleware.
func (e *Echo) Use(middleware ...MiddlewareFunc) { e.middleware = append(e.middleware, middleware...) }

// GET registers a handler.
func (e *Echo) GET(path string, h HandlerFunc, m ...MiddlewareFunc) {
	for _, wrap := range append(m, e.middleware...) {
		h = wrap(h)
	}
	e.routes[path] = h
}

// ServeHTTP implements http.Handler.
func (e *Echo) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	if handler, ok := e.routes[r.URL.Path]; ok {
		_ = handler(&context{r})
	}
}
