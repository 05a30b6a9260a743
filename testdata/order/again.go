package order

import (
	"errors"
	"sync"
)

// Connection keeps what its reader has seen; a connection that could not be made is tried again.
type Connection struct {
	seen     map[int]int
	attempts int
	done     sync.WaitGroup
}

var errRefused = errors.New("refused")

func (c *Connection) dial() error {
	c.attempts++
	if c.attempts < 3 {
		return errRefused
	}
	c.done.Add(1)
	go c.read()
	return nil
}

func (c *Connection) read() {
	defer c.done.Done()
	c.seen[c.attempts] = 1
}

// SafeRetry dials until it has a connection: there is one reader.
func SafeRetry() {
	c := &Connection{seen: map[int]int{}}
	for {
		err := c.dial()
		if err != nil {
			continue
		}
		break
	}
	c.done.Wait()
}

// Office has a new register for each term, as long as it is elected.
type Office struct {
	register *Register
	over     chan struct{}
}

// Register is filled by the goroutine of one term.
type Register struct{ names map[int]int }

func (o *Office) begin() {
	o.register = &Register{names: map[int]int{}}
	o.over = make(chan struct{})
	go func(register *Register, over chan struct{}) {
		defer close(over)
		register.fill()
	}(o.register, o.over)
}

func (r *Register) fill() { r.names[1] = 1 }

// SafeTerms starts a goroutine for each election won, and ends it when one is lost.
func SafeTerms(elections <-chan bool) {
	office := &Office{}
	for won := range elections {
		if won {
			office.begin()
		} else {
			<-office.over
		}
	}
}

// poll asks until it is told yes, each time on a goroutine of its own that it waits for.
func poll(ask func() bool, limit <-chan struct{}) bool {
	answer := make(chan bool, 1)
	for {
		go func() { answer <- ask() }()
		select {
		case <-limit:
			return false
		case yes := <-answer:
			if yes {
				return true
			}
		}
	}
}

// SafePoll counts how often it is asked.
func SafePoll() {
	asked := map[string]int{}
	each := func() {
		poll(func() bool {
			asked["a"]++
			return asked["a"] == 3
		}, nil)
	}
	each()
}

// pollAll asks several at once.
func pollAll(ask func() bool) {
	answer := make(chan bool, 3)
	for range 3 {
		go func() { answer <- ask() }()
	}
	for range 3 {
		<-answer
	}
}

// RacyPoll counts how often it is asked.
func RacyPoll() {
	asked := map[string]int{}
	pollAll(func() bool {
		asked["a"]++ // want concurrent-map-write "asked"
		return true
	})
}

func pollBehind(ask func() bool, done chan<- bool) {
	go func() {
		pollAll(ask)
		done <- true
	}()
}

// RacyBehind counts how often it is asked, by goroutines of a goroutine.
func RacyBehind() {
	asked := map[string]int{}
	done := make(chan bool)
	pollBehind(func() bool {
		asked["b"]++ // want concurrent-map-write "asked"
		return true
	}, done)
	<-done
}

// Pool has workers that fill one map.
type Pool struct {
	results map[int]int
	done    sync.WaitGroup
}

func (p *Pool) spawn() {
	p.done.Add(1)
	go p.work()
}

func (p *Pool) work() {
	defer p.done.Done()
	p.results[1]++ // want concurrent-map-write "p.results"
}

// RacyPool counts its workers: they run side by side.
func RacyPool() {
	p := &Pool{results: map[int]int{}}
	for range 3 {
		p.spawn()
	}
	p.done.Wait()
}

// Hall serves its guests.
type Hall struct {
	served map[string]int
	done   sync.WaitGroup
}

func (h *Hall) welcome(guest string) {
	h.done.Add(1)
	go h.serve(guest)
}

func (h *Hall) serve(guest string) {
	defer h.done.Done()
	h.served[guest]++ // want concurrent-map-write "h.served"
}

// RacyHall serves whoever comes, each by a goroutine of its own.
func RacyHall(guests <-chan string) {
	h := &Hall{served: map[string]int{}}
	for guest := range guests {
		h.welcome(guest)
	}
	h.done.Wait()
}
