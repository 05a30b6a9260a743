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
