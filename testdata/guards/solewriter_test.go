package guards

import (
	"net/http/httptest"
	"testing"
)

var rounds1000 = func() [][]string {
	rounds := make([][]string, 1000)
	for n := range rounds {
		rounds[n] = titles[n%2:]
	}
	return rounds
}()

func TestSafe_Limits(*testing.T) {
	limits, done := NewSafeLimits(), make(chan bool)
	go func() {
		limits.Service()(rounds1000)
		done <- true
	}()
	for range 1000 {
		limits.Get("a")
	}
	<-done
}

func TestRacy_Limits(*testing.T) {
	limits, done := NewRacyLimits(), make(chan bool)
	go func() {
		limits.Service()(rounds1000)
		done <- true
	}()
	for range 1000 {
		limits.ServeHTTP(nil, httptest.NewRequest("GET", "/a", nil))
	}
	<-done
}
