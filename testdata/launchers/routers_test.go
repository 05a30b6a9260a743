package launchers

import (
	"net/http"
	"sync"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
)

func route[Router http.Handler](router Router, register func(Router)) {
	register(router)
	request(router)
}

func fibers(register func(*fiber.App)) {
	app := fiber.New()
	register(app)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { app.Request("/") })
	}
	group.Wait()
}

func TestRacy_Gin(*testing.T)            { route(gin.New(), RacyGin) }
func TestRacy_GinMiddleware(*testing.T)  { route(gin.New(), RacyGinMiddleware) }
func TestSafe_Gin(*testing.T)            { route(gin.New(), SafeGin) }
func TestRacy_Echo(*testing.T)           { route(echo.New(), RacyEcho) }
func TestRacy_EchoMiddleware(*testing.T) { route(echo.New(), RacyEchoMiddleware) }
func TestSafe_Echo(*testing.T)           { route(echo.New(), SafeEcho) }
func TestRacy_Chi(*testing.T)            { route(chi.NewRouter(), RacyChi) }
func TestSafe_Chi(*testing.T)            { route(chi.NewRouter(), SafeChi) }
func TestRacy_Gorilla(*testing.T)        { route(mux.NewRouter(), RacyGorilla) }
func TestSafe_Gorilla(*testing.T)        { route(mux.NewRouter(), SafeGorilla) }
func TestRacy_Fiber(*testing.T)          { fibers(RacyFiber) }
func TestSafe_Fiber(*testing.T)          { fibers(SafeFiber) }
