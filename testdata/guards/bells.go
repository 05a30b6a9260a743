package guards

// Bell tells its goroutine that it is over, on a channel with room for that; the channel is no lock.
type Bell struct {
	rung  map[string]int
	names chan string
	over  chan struct{}
	gone  chan struct{}
}

// NewBell makes one that is silent.
func NewBell() *Bell {
	return &Bell{
		rung:  map[string]int{},
		names: make(chan string),
		over:  make(chan struct{}, 1),
		gone:  make(chan struct{}),
	}
}

// Ring has the goroutine count.
func (b *Bell) Ring(name string) { b.names <- name }

// Stop tells it.
func (b *Bell) Stop() {
	b.over <- struct{}{}
	<-b.gone
}

// Run counts until the bell is stopped.
func (b *Bell) Run() {
	defer close(b.gone)
	for {
		select {
		case name := <-b.names:
			b.count(name)
		case <-b.over:
			b.clear()
			b.forget()
			return
		}
	}
}

func (b *Bell) count(name string) {
	b.rung[name]++ // want-possible concurrent-map-read-write "whoever calls it"
}

func (b *Bell) clear() {
	for name := range b.rung {
		b.rung[name] = 0
	}
}

// Left is what was not forgotten.
func (b *Bell) Left() int { return len(b.rung) }

func (b *Bell) forget() {
	delete(b.rung, "a")
}

// SafeBell rings and stops.
func SafeBell() {
	bell := NewBell()
	go bell.Run()
	bell.Ring("a")
	bell.Stop()
	bell.Left()
}
