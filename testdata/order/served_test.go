package order

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func ask(handler http.Handler) func() {
	return func() {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	}
}

func TestSafe_Handler(*testing.T) {
	handler := Handler(keys)
	often(func() { together(ask(handler), ask(handler)) })
}

func TestRacy_SharingHandler(*testing.T) {
	handler := SharingHandler(keys)
	often(func() { together(ask(handler), ask(handler)) })
}

func TestSafe_Flush(*testing.T) {
	often(func() { _, _ = SafeFlush(keys) })
}

func TestSafe_Upgrader(*testing.T) {
	handler := SafeUpgrader(nil)
	often(func() { together(ask(handler), ask(handler)) })
}

func TestRacy_Switchboard(*testing.T) {
	handler := RacySwitchboard()
	often(func() { together(ask(handler), ask(handler)) })
}
