package order

import "sync"

func readAll(deps map[string]int, done chan<- int) {
	sum := 0
	for _, size := range deps {
		sum += size
	}
	done <- sum
}

// SafeRounds gives each goroutine a map of its own, which it has filled before.
func SafeRounds(names []string, done chan<- int) {
	for range 3 {
		deps := make(map[string]int)
		for _, name := range names {
			deps[name] = len(name)
		}
		go readAll(deps, done)
	}
}

// RacyRounds fills one map while the goroutines of former rounds read it.
func RacyRounds(names []string, done chan<- int) {
	deps := make(map[string]int)
	for range 3 {
		for _, name := range names {
			deps[name] = len(name) // want concurrent-map-iteration "deps"
		}
		go readAll(deps, done)
	}
}

// Updater starts its goroutine once, however often Start is called.
type Updater struct {
	started sync.Once
	events  chan string
	state   map[string]int
}

// NewUpdater returns one that does not run yet.
func NewUpdater() *Updater {
	return &Updater{events: make(chan string), state: map[string]int{}}
}

// Start starts the goroutine.
func (u *Updater) Start() {
	u.started.Do(func() {
		go u.run()
	})
}

func (u *Updater) run() {
	for event := range u.events {
		u.state[event]++
	}
}

// SafeUpdater starts it twice.
func SafeUpdater(names []string) {
	u := NewUpdater()
	u.Start()
	u.Start()
	for _, name := range names {
		u.events <- name
	}
	close(u.events)
}

// EagerUpdater starts a goroutine for each Start.
type EagerUpdater struct {
	state map[string]int
}

// Start starts a goroutine.
func (u *EagerUpdater) Start() { go u.run() }

func (u *EagerUpdater) run() {
	u.state["running"]++ // want concurrent-map-write "u.state"
}

// RacyUpdater starts it twice.
func RacyUpdater() {
	u := &EagerUpdater{state: map[string]int{}}
	u.Start()
	u.Start()
}

// Recorder looks at its state and starts its goroutine once, however often Start is called.
type Recorder struct {
	started sync.Once
	events  chan string
	state   map[string]int
}

// Start starts the goroutine.
func (r *Recorder) Start() {
	r.started.Do(func() {
		if r.size() == 0 {
			go r.run()
		}
	})
}

func (r *Recorder) size() int { return len(r.state) }

func (r *Recorder) run() {
	for event := range r.events {
		r.state[event]++
	}
}

// SafeRecorder starts it twice.
func SafeRecorder(names []string) {
	r := &Recorder{events: make(chan string), state: map[string]int{}}
	r.Start()
	r.Start()
	for _, name := range names {
		r.events <- name
	}
	close(r.events)
}

// EagerRecorder looks at its state and starts a goroutine for each Start.
type EagerRecorder struct {
	events chan string
	state  map[string]int
}

// Start starts a goroutine.
func (r *EagerRecorder) Start() {
	if r.size() == 0 {
		go r.run()
	}
}

func (r *EagerRecorder) size() int { return len(r.state) } // want concurrent-map-read-write "r.state"

func (r *EagerRecorder) run() {
	for event := range r.events {
		r.state[event]++ // want concurrent-map-read-write "r.state"
	}
}

// RacyRecorder starts it twice.
func RacyRecorder(names []string) {
	r := &EagerRecorder{events: make(chan string), state: map[string]int{}}
	r.Start()
	r.events <- "first"
	r.Start()
	for _, name := range names {
		r.events <- name
	}
	close(r.events)
}

// Watch is made by a maker, so that nobody knows which.
type Watch interface {
	Run(done chan<- int)
}

// Maker makes watches.
type Maker interface {
	Make() Watch
}

type patrol struct{ seen map[string]int }

func (w *patrol) Run(done chan<- int) {
	w.seen["run"]++
	done <- len(w.seen)
}

// NewMaker returns a maker of watches.
func NewMaker() Maker { return maker{} }

type maker struct{}

func (maker) Make() Watch { return &patrol{seen: map[string]int{}} }

// Guardroom has one watch at a time.
type Guardroom struct {
	maker   Maker
	current Watch
}

// SafeWatches starts a goroutine for the watch of each round, which is another one.
func (g *Guardroom) SafeWatches(done chan<- int) {
	for range 3 {
		g.current = g.maker.Make()
		go g.current.Run(done)
	}
}

type lookout struct{ seen map[string]int }

func (l *lookout) run(done chan<- int) {
	l.seen["run"]++ // want concurrent-map-write "l.seen"
	done <- len(l.seen)
}

// Tower has one lookout at a time.
type Tower struct{ current *lookout }

// RacyWatches makes the lookout once, and starts a goroutine for it in each round.
func (t *Tower) RacyWatches(done chan<- int) {
	t.current = &lookout{seen: map[string]int{}}
	for range 3 {
		go t.current.run(done)
	}
}

type scout struct{ seen map[string]int }

// Camp has one scout at a time.
type Camp struct{ current *scout }

// RacyScouts makes a scout in each round, but its goroutines look for it when they run.
func (c *Camp) RacyScouts(done chan<- int) {
	for range 3 {
		c.current = &scout{seen: map[string]int{}}
		go func() {
			c.current.seen["run"]++ // want concurrent-map-write "c.current.seen"
			done <- 1
		}()
	}
}
