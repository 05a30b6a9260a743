package order

// labelled is a part of every connection.
type labelled struct{ labels map[string]int }

// Conn is what all connections can.
type Conn interface {
	Open(done chan<- int)
	Close()
}

// Stream labels itself when it is opened.
type Stream struct{ labelled }

// Open has a goroutine write the labels.
func (s *Stream) Open(done chan<- int) {
	go func() {
		s.labels["open"] = 1
		done <- 1
	}()
}

// Close does nothing.
func (s *Stream) Close() {}

// Packets labels itself when it is closed.
type Packets struct{ labelled }

// Open does nothing.
func (p *Packets) Open(done chan<- int) { done <- 1 }

// Close writes the labels.
func (p *Packets) Close() { p.labels["closed"] = 1 }

// SafeConn opens and closes what is one or the other.
func SafeConn(c Conn, done chan<- int) {
	c.Open(done)
	c.Close()
}

// Tunnel labels itself both times.
type Tunnel struct{ labelled }

// RacyTunnel opens and closes.
func RacyTunnel(t *Tunnel, done chan<- int) {
	t.Open(done)
	t.Close()
}

// Open has a goroutine write the labels.
func (t *Tunnel) Open(done chan<- int) {
	go func() {
		t.labels["open"] = 1 // want concurrent-map-write "t.labels"
		done <- 1
	}()
}

// Close writes the labels.
func (t *Tunnel) Close() { t.labels["closed"] = 1 }
