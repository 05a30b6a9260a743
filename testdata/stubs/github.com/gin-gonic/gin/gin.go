// Package gin is a miniature of github.com/gin-gonic/gin.
package gin

import "net/http"

// HandlerFunc handles a request.
type HandlerFunc func(*Context)

// H is a shortcut for a map.
type H map[string]any

// Context is made for each request.
type Context struct {
	Request *http.Request
	Writer  http.ResponseWriter
}

// Param returns a parameter of the request.
func (c *Context) Param(key string) string { return c.Request.URL.Query().Get(key) }

// RouterGroup registers handlers.
type RouterGroup struct {
	middleware []HandlerFunc
	routes     map[string][]HandlerFunc
}

// Use registers middleware.
func (g *RouterGroup) Use(handlers ...HandlerFunc) { g.middleware = append(g.middleware, handlers...) }

// GET registers handlers.
func (g *RouterGroup) GET(path string, handlers ...HandlerFunc) { g.routes[path] = handlers }

// POST registers handlers.
func (g *RouterGroup) POST(path string, handlers ...HandlerFunc) { g.routes[path] = handlers }

// Engine is the router.
type Engine struct{ RouterGroup }

// New returns a router.
func New() *Engine { return &Engine{RouterGroup{routes: map[string][]HandlerFunc{}}} }

// ServeHTTP implements http.Handler.
func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	context := &Context{Request: r, Writer: w}
	for _, handler := range e.middleware {
		handler(context)
	}
	for _, handler := range e.routes[r.URL.Path] {
		handler(context)
	}
}
