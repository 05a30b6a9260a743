package order

import "sync"

// Tasks hands functions to whoever runs them.
type Tasks struct {
	mu       sync.Mutex
	schedule func(func())
}

// Queue has a function run some time, elsewhere.
func (t *Tasks) Queue(task func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.schedule(func() { task() })
}

// Now runs a function here.
func (t *Tasks) Now(task func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	task()
}

// Timers belongs to one goroutine, which runs the tasks that its timers queue.
type Timers struct {
	tasks   *Tasks
	todo    chan func()
	pending map[string]int
}

// NewTimers returns some whose tasks are kept.
func NewTimers() *Timers {
	t := &Timers{todo: make(chan func(), 8), pending: map[string]int{}}
	t.tasks = &Tasks{schedule: func(task func()) { t.todo <- task }}
	return t
}

// Set sets a timer.
func (t *Timers) Set(name string) {
	t.expire(name)
	t.pending[name]++
}

func (t *Timers) expire(name string) {
	go func() {
		t.tasks.Queue(func() { delete(t.pending, name) })
	}()
}

// Run runs a task.
func (t *Timers) Run() { (<-t.todo)() }

// HastyTimers has its timers do the tasks themselves.
type HastyTimers struct {
	tasks   *Tasks
	done    chan struct{}
	pending map[string]int
}

// NewHastyTimers returns some.
func NewHastyTimers() *HastyTimers {
	return &HastyTimers{tasks: &Tasks{}, done: make(chan struct{}, 8), pending: map[string]int{}}
}

// Set sets a timer.
func (t *HastyTimers) Set(name string) {
	t.expire(name)
	t.pending[name]++ // want concurrent-map-write "t.pending"
}

func (t *HastyTimers) expire(name string) {
	go func() {
		t.tasks.Now(func() { delete(t.pending, name) })
		t.done <- struct{}{}
	}()
}

// Registrar keeps functions and calls them when it runs; no implementation is in view.
type Registrar interface {
	OnCall(call func(name string))
	Run()
}

// Extensions is filled between registration and service.
type Extensions struct{ known map[string]int }

func (e *Extensions) setUp(r Registrar) {
	r.OnCall(func(name string) {
		go e.look(name)
	})
}

func (e *Extensions) look(name string) int { return e.known[name] }

// Extend registers first.
func Extend(r Registrar) {
	e := &Extensions{known: map[string]int{}}
	e.setUp(r)
	e.known["a"] = 1
	r.Run()
}

// HastyExtensions begins to look while it is filled.
type HastyExtensions struct{ known map[string]int }

func (e *HastyExtensions) setUp(r Registrar) {
	r.OnCall(func(string) {})
	go e.look("a")
}

func (e *HastyExtensions) look(name string) int { return e.known[name] }

// ExtendHastily fills too late.
func ExtendHastily(r Registrar) {
	e := &HastyExtensions{known: map[string]int{}}
	e.setUp(r)
	e.known["a"] = 1 // want concurrent-map-read-write "e.known"
	r.Run()
}

// Sweep has what one kept function starts, and what another one does.
func Sweep(r Registrar) {
	seen := map[string]int{}
	r.OnCall(func(name string) {
		go func() { seen[name]++ }() // want concurrent-map-read-write "seen"
	})
	r.OnCall(func(name string) { _ = seen[name] })
	r.Run()
}
