// Package pages has maps that are filled before, or while, servers look into them.
package pages

import "net/http"

var pages = map[string]int{}

// Serve fills the map, and then starts the servers: whoever looks comes through one of them.
func Serve(names []string, listen func(http.Handler)) {
	load(names)
	for range names {
		go func() {
			listen(newServer().routes())
		}()
	}
}

func load(names []string) {
	for _, name := range names {
		pages[name] = len(name) // want-possible "pages"
	}
}

type server struct {
	mux   *http.ServeMux
	count int
}

func newServer() *server { return &server{mux: http.NewServeMux()} }

func (s *server) routes() http.Handler {
	s.mux.HandleFunc("/", s.page)
	return s.mux
}

func (s *server) page(http.ResponseWriter, *http.Request) { s.show("a") }

func (s *server) show(name string) { s.count = pages[name] }

var late = map[string]int{}

// ServeLate fills the map when the servers run.
func ServeLate(names []string, listen func(http.Handler)) {
	for range names {
		go func() {
			listen(newLateServer().routes())
		}()
	}
	loadLate(names)
}

func loadLate(names []string) {
	for _, name := range names {
		late[name] = len(name) // want concurrent-map-read-write "late"
	}
}

type lateServer struct {
	mux   *http.ServeMux
	count int
}

func newLateServer() *lateServer { return &lateServer{mux: http.NewServeMux()} }

func (s *lateServer) routes() http.Handler {
	s.mux.HandleFunc("/", s.page)
	return s.mux
}

func (s *lateServer) page(http.ResponseWriter, *http.Request) { s.show("a") }

func (s *lateServer) show(name string) { s.count = late[name] }

var again = map[string]int{}

// ServeAgain fills the map each time that it is called.
func ServeAgain(names []string, listen func(http.Handler)) {
	loadAgain(names)
	for range names {
		go func() {
			listen(newOtherServer().routes())
		}()
	}
}

func loadAgain(names []string) {
	for _, name := range names {
		again[name] = len(name) // want concurrent-map-read-write "again"
	}
}

type otherServer struct {
	mux   *http.ServeMux
	count int
}

func newOtherServer() *otherServer { return &otherServer{mux: http.NewServeMux()} }

func (s *otherServer) routes() http.Handler {
	s.mux.HandleFunc("/", s.page)
	return s.mux
}

func (s *otherServer) page(http.ResponseWriter, *http.Request) { s.show("a") }

func (s *otherServer) show(name string) { s.count = again[name] }
