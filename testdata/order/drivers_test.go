package order

import (
	"net/http"
	"testing"
)

func TestRacy_Driver(*testing.T) {
	ServeDrivers()
	request(http.HandlerFunc(RacyDriver))
}
