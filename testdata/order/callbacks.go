package order

import "sync"

// perform tells by calling done that it is over.
func perform(counts map[string]int, name string, done func()) {
	defer done()
	counts[name]++
}

// tellFirst goes on when it has told.
func tellFirst(counts map[string]int, name string, done func()) {
	done()
	counts[name]++ // want concurrent-map-read-write "counts"
}

// SafeGivenDone gives the wait group's own method.
func SafeGivenDone(name string) int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go perform(counts, name, wg.Done)
	wg.Wait()
	return len(counts)
}

// SafeGivenClose gives a function that closes a channel.
func SafeGivenClose(name string) int {
	counts := map[string]int{}
	over := make(chan struct{})
	go perform(counts, name, func() { close(over) })
	<-over
	return len(counts)
}

// RacyGivenClose is told too early.
func RacyGivenClose(name string) int {
	counts := map[string]int{}
	over := make(chan struct{})
	go tellFirst(counts, name, func() { close(over) })
	<-over
	return len(counts) // want concurrent-map-read-write "counts"
}

// later calls back on a goroutine of its own.
func later(counts map[string]int, name string, done func(error)) {
	go func() {
		counts[name]++ // want concurrent-map-read-write "counts"
		done(nil)
	}()
}

// SafeCalledBack waits for the answer.
func SafeCalledBack(name string) int {
	counts := map[string]int{}
	answer := make(chan error, 1)
	later(counts, name, func(err error) { answer <- err })
	<-answer
	return len(counts)
}

// RacyCalledBack has nothing told.
func RacyCalledBack(name string) int {
	counts := map[string]int{}
	later(counts, name, func(error) {})
	return len(counts) // want concurrent-map-read-write "counts"
}

// assignment has what is to be called at its end.
type assignment struct {
	counts map[string]int
	onEnd  func()
}

func (a *assignment) run(name string) {
	defer a.onEnd()
	a.counts[name]++
}

// SafeOnEnd finds the function in a field.
func SafeOnEnd(name string) int {
	counts := map[string]int{}
	over := make(chan struct{})
	a := &assignment{counts: counts, onEnd: func() { close(over) }}
	go a.run(name)
	<-over
	return len(counts)
}

// SafeFinish calls a function that it has captured.
func SafeFinish(name string) int {
	counts := map[string]int{}
	over := make(chan struct{})
	finish := func() { close(over) }
	go func() {
		defer finish()
		counts[name]++
	}()
	<-over
	return len(counts)
}

// whenDone calls a function that waits, and goes on.
func whenDone(wait func()) { wait() }

// SafeGivenWait gives the wait group's own method.
func SafeGivenWait(name string) int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go perform(counts, name, wg.Done)
	whenDone(wg.Wait)
	return len(counts)
}

// overBy tells by a channel that a function has returned.
func overBy(wait func()) <-chan struct{} {
	over := make(chan struct{})
	go func() {
		wait()
		close(over)
	}()
	return over
}

// SafeOverBy waits for the goroutine that waits.
func SafeOverBy(name string) int {
	counts := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go perform(counts, name, wg.Done)
	<-overBy(wg.Wait)
	return len(counts)
}

// RacyOverBy waits for another wait group.
func RacyOverBy(name string) int {
	counts := map[string]int{}
	var wg, other sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		counts[name]++ // want concurrent-map-read-write "counts"
	}()
	<-overBy(other.Wait)
	return len(counts) // want concurrent-map-read-write "counts"
}

// begin returns what waits for the goroutine that it has started.
func begin(counts map[string]int, name string) (wait func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		counts[name]++ // want concurrent-map-read-write "counts"
	}()
	return wg.Wait
}

// SafeBegun has waited.
func SafeBegun(name string) int {
	counts := map[string]int{}
	wait := begin(counts, name)
	wait()
	return len(counts)
}

// RacyBegun waits later.
func RacyBegun(name string) int {
	counts := map[string]int{}
	wait := begin(counts, name)
	defer wait()
	return len(counts) // want concurrent-map-read-write "counts"
}
