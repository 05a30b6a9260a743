package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

var names = []string{"a", "bb", "ccc", "dddd"}

func start(begin func(done chan<- int)) {
	done := make(chan int, 2)
	begin(done)
	<-done
}

func TestSafe_Handles(*testing.T) {
	done := make(chan int, 2)
	safeHandles(names, done)
	<-done
	<-done
}

func TestRacy_Handles(*testing.T) {
	for range 30 {
		done := make(chan int, 2)
		racyHandles(names, done)
		<-done
		<-done
	}
}

func TestSafe_Sources(*testing.T) {
	start(func(done chan<- int) { safeSources(names, done) })
}

func TestRacy_Sources(*testing.T) {
	start(func(done chan<- int) { racySources(names, done) })
}

func TestSafe_Command(*testing.T) {
	start(func(done chan<- int) { _ = newSafeCommand(done).ExecuteArgs(names) })
}

func TestRacy_Command(*testing.T) {
	for range 30 {
		start(func(done chan<- int) { _ = newRacyCommand(done).ExecuteArgs(names) })
	}
}

func TestSafe_Rules(*testing.T) {
	start(func(done chan<- int) { safeRules(names, false, done) })
	start(func(done chan<- int) { safeRules(names, true, done) })
}

func TestRacy_Rules(*testing.T) {
	start(func(done chan<- int) { racyRules(names, true, done) })
}

func TestSafe_Mount(*testing.T) {
	start(func(done chan<- int) { safeMount(names, write, done) })
}

func TestRacy_Mount(*testing.T) {
	for range 30 {
		start(func(done chan<- int) { racyMount(names, write, done) })
	}
}

func write(writer io.Writer) {
	go func() { _, _ = writer.Write([]byte(names[0])) }()
}

// served answers one request for each of the servers, as one that listens would.
func served(begin func(listen func(http.Handler))) {
	servers := make(chan http.Handler, 2*len(names))
	begin(func(handler http.Handler) {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
		servers <- handler
	})
	for range names {
		<-servers
	}
}

func TestSafe_Pages(*testing.T) {
	served(func(listen func(http.Handler)) { safePages(names, listen) })
}

func TestRacy_Pages(*testing.T) {
	served(func(listen func(http.Handler)) { racyPages(names, listen) })
}

func TestRacy_PagesAgain(*testing.T) {
	served(func(listen func(http.Handler)) { racyPagesAgain(names, listen) })
}
