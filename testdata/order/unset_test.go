package order

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func request(handler http.Handler) {
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() { handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)) })
	}
	wait.Wait()
}

func TestSafe_Audit(*testing.T) {
	request(SafeAudit(http.NotFoundHandler()))
}

func TestRacy_Audit(*testing.T) {
	request(RacyAudit(http.NotFoundHandler(), true))
}
