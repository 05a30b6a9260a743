package order

import "sync"

// SafeCollector fills its map on a goroutine of its own; who looks at it calls Wait first.
type SafeCollector struct {
	wait   sync.WaitGroup
	names  chan string
	counts map[string]int
}

// NewSafeCollector starts the goroutine.
func NewSafeCollector() *SafeCollector {
	c := &SafeCollector{names: make(chan string), counts: map[string]int{}}
	c.wait.Add(1)
	go c.run()
	return c
}

func (c *SafeCollector) run() {
	defer c.wait.Done()
	for name := range c.names {
		c.counts[name]++
	}
}

// Wait ends the goroutine.
func (c *SafeCollector) Wait() {
	close(c.names)
	c.wait.Wait()
}

// Sum is called when all is over.
func (c *SafeCollector) Sum() int {
	sum := 0
	for _, count := range c.counts { // want-possible concurrent-map-iteration "c.counts"
		sum += count
	}
	return sum
}

// SafeCollection keeps a collector.
type SafeCollection struct {
	collector *SafeCollector
}

// Finish sums up.
func (s *SafeCollection) Finish() int {
	s.collector.Wait()
	return s.collector.Sum()
}

// SafeCollect begins and ends with the goroutine.
func SafeCollect(names []string) int {
	collection := &SafeCollection{collector: NewSafeCollector()}
	for _, name := range names {
		collection.collector.names <- name
	}
	return collection.Finish()
}

// RacyCollector is there for whoever wants to look at it.
type RacyCollector struct {
	wait   sync.WaitGroup
	names  chan string
	counts map[string]int
}

// NewRacyCollector starts the goroutine.
func NewRacyCollector() *RacyCollector {
	c := &RacyCollector{names: make(chan string), counts: map[string]int{}}
	c.wait.Add(1)
	go c.run()
	return c
}

func (c *RacyCollector) run() {
	defer c.wait.Done()
	for name := range c.names {
		c.counts[name]++ // want "c.counts"
	}
}

// Wait ends the goroutine.
func (c *RacyCollector) Wait() {
	close(c.names)
	c.wait.Wait()
}

// Sum looks whenever it is called.
func (c *RacyCollector) Sum() int {
	sum := 0
	for _, count := range c.counts {
		sum += count
	}
	return sum
}
