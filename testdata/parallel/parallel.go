// Package parallel has maps that its tests share.
package parallel

import "net/http"

// Table maps names to numbers, without a lock.
type Table struct{ numbers map[string]int }

// NewTable returns an empty table.
func NewTable() *Table { return &Table{numbers: map[string]int{}} }

// Set sets a number.
func (t *Table) Set(name string) { t.numbers[name] = len(name) }

// Get returns it.
func (t *Table) Get(name string) int { return t.numbers[name] }

// Queue has a goroutine of its own, which its tests look over the shoulder of.
type Queue struct {
	jobs chan string
	done chan string
	seen map[string]int
}

// NewQueue starts the goroutine.
func NewQueue() *Queue {
	q := &Queue{jobs: make(chan string), done: make(chan string), seen: map[string]int{}}
	go q.run()
	return q
}

func (q *Queue) run() {
	for job := range q.jobs {
		q.seen[job]++
		q.done <- job
	}
}

// Do does a job and returns when it is done.
func (q *Queue) Do(job string) {
	q.jobs <- job
	<-q.done
}

// Recorder records what is served.
type Recorder interface{ Record(path string) }

// Null records nothing.
type Null struct{}

// Record does nothing.
func (Null) Record(string) {}

// Server serves requests.
type Server struct{ Recorder Recorder }

// ServeHTTP is run for each request.
func (s *Server) ServeHTTP(_ http.ResponseWriter, r *http.Request) { s.Recorder.Record(r.URL.Path) }

// Handler returns the server's handler.
func Handler(recorder Recorder) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", &Server{Recorder: recorder})
	return mux
}
