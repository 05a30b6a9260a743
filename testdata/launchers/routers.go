package launchers

import (
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
)

// RacyGin writes a map in a handler of gin.
func RacyGin(router *gin.Engine) {
	hits := map[string]int{}
	router.GET("/", func(c *gin.Context) {
		hits[c.Param("name")]++ // want concurrent-map-write "hits"
	})
}

// RacyGinMiddleware writes a map in middleware of gin.
func RacyGinMiddleware(router *gin.Engine) {
	agents := map[string]int{}
	router.Use(func(c *gin.Context) {
		agents[c.Request.UserAgent()]++ // want concurrent-map-write "agents"
	})
	router.GET("/", func(c *gin.Context) {})
}

// SafeGin locks, and makes a map for each request.
func SafeGin(router *gin.Engine) {
	hits := map[string]int{}
	var mu sync.Mutex
	router.GET("/", func(c *gin.Context) {
		mu.Lock()
		hits[c.Param("name")]++
		mu.Unlock()
		answer := gin.H{}
		answer["name"] = c.Param("name")
	})
}

// RacyEcho writes a map in a handler of echo.
func RacyEcho(router *echo.Echo) {
	hits := map[string]int{}
	router.GET("/", func(c echo.Context) error {
		hits[c.Param("name")]++ // want concurrent-map-write "hits"
		return nil
	})
}

// RacyEchoMiddleware writes a map in the inner function of middleware; the outer one runs once.
func RacyEchoMiddleware(router *echo.Echo) {
	agents := map[string]int{}
	router.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		agents["wrapped"] = 1
		return func(c echo.Context) error {
			agents[c.Request().UserAgent()]++ // want concurrent-map-write "agents"
			return next(c)
		}
	})
	router.GET("/", func(echo.Context) error { return nil })
}

// SafeEcho locks.
func SafeEcho(router *echo.Echo) {
	hits := map[string]int{}
	var mu sync.Mutex
	router.GET("/", func(c echo.Context) error {
		mu.Lock()
		defer mu.Unlock()
		hits[c.Param("name")]++
		return nil
	})
}

// RacyChi writes a map in a handler of chi.
func RacyChi(router *chi.Mux) {
	hits := map[string]int{}
	router.Get("/", func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++ // want concurrent-map-write "hits"
	})
}

// SafeChi locks.
func SafeChi(router *chi.Mux) {
	hits := map[string]int{}
	var mu sync.Mutex
	router.Get("/", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits[r.URL.Path]++
	})
}

// RacyGorilla writes a map in a handler of gorilla/mux.
func RacyGorilla(router *mux.Router) {
	hits := map[string]int{}
	router.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++ // want concurrent-map-write "hits"
	}).Methods("GET")
}

// SafeGorilla only reads.
func SafeGorilla(router *mux.Router) {
	pages := map[string]string{"/": "welcome"}
	router.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(pages[r.URL.Path]))
	}).Methods("GET")
}

// RacyFiber writes a map in a handler of fiber.
func RacyFiber(app *fiber.App) {
	hits := map[string]int{}
	app.Get("/", func(c *fiber.Ctx) error {
		hits[c.Path()]++ // want concurrent-map-write "hits"
		return nil
	})
}

// SafeFiber locks.
func SafeFiber(app *fiber.App) {
	hits := map[string]int{}
	var mu sync.Mutex
	app.Get("/", func(c *fiber.Ctx) error {
		mu.Lock()
		defer mu.Unlock()
		hits[c.Path()]++
		return nil
	})
}
