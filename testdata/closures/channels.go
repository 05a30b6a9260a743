package closures

import "sync"

// SafeChannelLock uses a channel of capacity one as a lock.
func SafeChannelLock(n int) {
	seen := map[int]bool{}
	lock := make(chan struct{}, 1)
	for i := range n {
		go func() {
			lock <- struct{}{}
			seen[i] = true
			<-lock
		}()
	}
}

// SafeChannelToken passes a token that allows to write.
func SafeChannelToken(n int) {
	seen := map[int]bool{}
	token := make(chan struct{}, 1)
	token <- struct{}{}
	for i := range n {
		go func() {
			<-token
			defer func() { token <- struct{}{} }()
			seen[i] = true
		}()
	}
}

// RacySemaphore bounds the goroutines, but two may run at once.
func RacySemaphore(n int) {
	seen := map[int]bool{}
	slots := make(chan struct{}, 2)
	for i := range n {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			seen[i] = true // want concurrent-map-write "seen"
		}()
	}
}

// SafeActor keeps the map in one goroutine; the others send to it.
func SafeActor(n int) int {
	additions := make(chan int)
	sizes := make(chan int)
	go func() {
		seen := map[int]bool{}
		for i := range additions {
			seen[i] = true
		}
		sizes <- len(seen)
	}()
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { additions <- i })
	}
	group.Wait()
	close(additions)
	return <-sizes
}

// SafeCapturedActor is an actor whose map was made outside of it.
func SafeCapturedActor(n int) {
	seen := map[int]bool{}
	additions, removals, stop := make(chan int), make(chan int), make(chan bool)
	go func() {
		for {
			select {
			case i := <-additions:
				seen[i] = true
			case i := <-removals:
				delete(seen, i)
			case <-stop:
				return
			}
		}
	}()
	for i := range n {
		additions <- i
		removals <- i
	}
	stop <- true
}

// RacyActor looks into the map of the actor.
func RacyActor(n int) int {
	seen := map[int]bool{}
	additions := make(chan int)
	go func() {
		for i := range additions {
			seen[i] = true // want concurrent-map-read-write "seen"
		}
	}()
	for i := range n {
		additions <- i
	}
	close(additions)
	return len(seen)
}

// SafeHandedOver sends the map away and does not touch it again.
func SafeHandedOver() int {
	maps := make(chan map[int]bool)
	go func() {
		seen := map[int]bool{}
		seen[1] = true
		maps <- seen
	}()
	seen := <-maps
	seen[2] = true
	return len(seen)
}
