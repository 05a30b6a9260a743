package launchers

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// request sends requests from several goroutines.
func request(handler http.Handler) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, path := range []string{"/", "/add?name=a", "/"} {
				handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		})
	}
	group.Wait()
}

func serve(register func(*http.ServeMux)) {
	mux := http.NewServeMux()
	register(mux)
	request(mux)
}

func TestRacy_HandleFunc(*testing.T)      { serve(RacyHandleFunc) }
func TestSafe_HandleFunc(*testing.T)      { serve(SafeHandleFunc) }
func TestSafe_PerRequest(*testing.T)      { serve(SafePerRequest) }
func TestSafe_SetUp(*testing.T)           { serve(SafeSetUp) }
func TestRacy_Handle(*testing.T)          { serve(RacyHandle) }
func TestSafe_Handle(*testing.T)          { serve(SafeHandle) }
func TestSafe_Forwarder(*testing.T)       { serve(SafeForwarder) }
func TestRacy_Relay(*testing.T)           { serve(RacyRelay) }
func TestRacy_Middleware(*testing.T)      { serve(RacyMiddleware) }
func TestSafe_Middleware(*testing.T)      { serve(SafeMiddleware) }
func TestRacy_MethodValues(*testing.T)    { serve(RacyMethodValues) }
func TestRacy_PackageVariable(*testing.T) { serve(RacyPackageVariable) }
