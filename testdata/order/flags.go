package order

import (
	"sync"
	"sync/atomic"
)

type sweeper struct {
	busy atomic.Bool
	seen map[string]int
}

func newSweeper() *sweeper { return &sweeper{seen: map[string]int{}} }

func (s *sweeper) sweep(name string) {
	if !s.busy.CompareAndSwap(false, true) {
		return
	}
	defer s.busy.Store(false)
	s.seen[name]++
}

func (s *sweeper) begin() bool { return s.busy.CompareAndSwap(false, true) }

func (s *sweeper) end() { s.busy.Store(false) }

// SafeFlag has several goroutines of which one at a time finds the flag down.
func SafeFlag(names []string) {
	s := newSweeper()
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { s.sweep(name) })
	}
	group.Wait()
}

// SafeFlagOfMethods raises it and puts it down by methods of its own.
func SafeFlagOfMethods(names []string) {
	s := newSweeper()
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			if s.begin() {
				s.seen[name]++
				s.end()
			}
		})
	}
	group.Wait()
}

// RacyFlagPutDown puts the flag down too early.
func RacyFlagPutDown(names []string) {
	s := newSweeper()
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			if s.begin() {
				s.end()
				s.seen[name]++ // want concurrent-map-write "s.seen"
			}
		})
	}
	group.Wait()
}

// RacyFlagIgnored goes on whether the flag was down or not.
func RacyFlagIgnored(names []string) {
	s := newSweeper()
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			if !s.busy.CompareAndSwap(false, true) {
				s.seen[name]++ // want concurrent-map-write "s.seen"
			}
		})
	}
	group.Wait()
}

// SafeNumberFlag raises a number from 0 to 1.
func SafeNumberFlag(names []string) {
	var busy int32
	seen := map[string]int{}
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			if atomic.CompareAndSwapInt32(&busy, 0, 1) {
				seen[name]++
				atomic.StoreInt32(&busy, 0)
			}
		})
	}
	group.Wait()
}

// RacyNumberFlag has a number for each of them.
func RacyNumberFlag(names []string) {
	seen := map[string]int{}
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			var busy int32
			if atomic.CompareAndSwapInt32(&busy, 0, 1) {
				seen[name]++ // want concurrent-map-write "seen"
				atomic.StoreInt32(&busy, 0)
			}
		})
	}
	group.Wait()
}

// SafeSwappedFlag goes on where the flag was down before.
func SafeSwappedFlag(names []string) {
	var busy atomic.Bool
	seen := map[string]int{}
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			if busy.Swap(true) {
				return
			}
			seen[name]++
			busy.Store(false)
		})
	}
	group.Wait()
}

// RacySwappedFlag goes on where it was raised.
func RacySwappedFlag(names []string) {
	var busy atomic.Bool
	seen := map[string]int{}
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			if !busy.Swap(true) {
				return
			}
			seen[name]++ // want concurrent-map-write "seen"
		})
	}
	group.Wait()
}

// SafeStart raises the flag for the goroutine that it starts, which puts it down.
func (s *sweeper) SafeStart(name string, group *sync.WaitGroup) {
	if !s.busy.CompareAndSwap(false, true) {
		return
	}
	group.Add(1)
	go func() {
		defer group.Done()
		defer s.busy.Store(false)
		s.seen[name]++
	}()
}

// SafeStarts starts them one after the other.
func SafeStarts(names []string) {
	s := newSweeper()
	var group sync.WaitGroup
	for _, name := range names {
		s.SafeStart(name, &group)
	}
	group.Wait()
}

// RacyStart puts it down itself, while the goroutine may still run.
func (s *sweeper) RacyStart(name string, group *sync.WaitGroup) {
	if !s.busy.CompareAndSwap(false, true) {
		return
	}
	group.Add(1)
	go func() {
		defer group.Done()
		s.seen[name]++ // want "s.seen"
	}()
	s.busy.Store(false)
}

// RacyStarts starts them one after the other.
func RacyStarts(names []string) {
	s := newSweeper()
	var group sync.WaitGroup
	for _, name := range names {
		s.RacyStart(name, &group)
	}
	group.Wait()
}

type feed struct {
	started atomic.Bool
	done    sync.WaitGroup
	seen    map[string]int
}

func (f *feed) run() {
	defer f.done.Done()
	for _, name := range keys {
		f.seen[name]++
	}
}

// start starts the goroutine if it does not run yet.
func (f *feed) start() {
	if !f.started.CompareAndSwap(false, true) {
		return
	}
	f.done.Add(1)
	go f.run()
}

// SafeStartedOnce has its goroutine started once, however often it asks for it.
func SafeStartedOnce(names []string) {
	f := &feed{seen: map[string]int{}}
	for range names {
		f.start()
	}
	f.done.Wait()
}

type crowd struct {
	started atomic.Bool
	done    sync.WaitGroup
	seen    map[string]int
}

func (c *crowd) run() {
	defer c.done.Done()
	for _, name := range keys {
		c.seen[name]++ // want concurrent-map-write "c.seen"
	}
}

// RacyStartedTogether starts several at the one time that it gets so far.
func (c *crowd) RacyStartedTogether(names []string) {
	if !c.started.CompareAndSwap(false, true) {
		return
	}
	for range names {
		c.done.Add(1)
		go c.run()
	}
}
