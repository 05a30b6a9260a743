package boundaries

import (
	"sync/atomic"
	"time"
)

// falseAlarmFlag orders the accesses by an atomic flag: protocols made by hand are not understood.
func falseAlarmFlag() int {
	ages := map[string]int{}
	var ready atomic.Bool
	go func() {
		ages["a"] = 1 // want concurrent-map-read-write "ages"
		ready.Store(true)
	}()
	for !ready.Load() {
		time.Sleep(time.Microsecond)
	}
	return ages["a"]
}

// falseAlarmSerial starts goroutines of which each waits for the one before: that the channels form a chain is not seen.
func falseAlarmSerial(n int) int {
	seen := map[int]bool{}
	previous := make(chan struct{})
	close(previous)
	for i := range n {
		before, after := previous, make(chan struct{})
		go func() {
			<-before
			seen[i] = true // want concurrent-map-write "seen"
			close(after)
		}()
		previous = after
	}
	<-previous
	return n
}
