// Package fiber is a miniature of github.com/gofiber/fiber.
package fiber

// Handler handles a request.
type Handler = func(*Ctx) error

// Ctx is made for each request.
type Ctx struct{ path string }

// Path returns the request's path.
func (c *Ctx) Path() string { return c.path }

// App is the router.
type App struct{ routes map[string][]Handler }

// New returns a router.
func New() *App { return &App{map[string][]Handler{}} }

// Get registers handlers.
func (a *App) Get(path string, handlers ...Handler) *App {
	a.routes[path] = handlers
	return a
}

// Request runs the handlers of a path, as a connection's goroutine does.
func (a *App) Request(path string) {
	for _, handler := range a.routes[path] {
		_ = handler(&Ctx{path})
	}
}
