package closures

import (
	"context"
	"sync"
)

// SafeAfterWait reads after Wait.
func SafeAfterWait() int {
	ages := map[string]int{}
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		ages["a"] = 1
	}()
	group.Wait()
	return ages["a"]
}

// RacyBeforeWait reads between the launch and Wait.
func RacyBeforeWait() int {
	ages := map[string]int{}
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		ages["a"] = 1 // want concurrent-map-read-write "ages"
	}()
	age := ages["a"]
	group.Wait()
	return age
}

// RacyOtherGroup waits for a group that the goroutine does not belong to.
func RacyOtherGroup() int {
	ages := map[string]int{}
	var group, other sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		ages["a"] = 1 // want concurrent-map-read-write "ages"
	}()
	other.Wait()
	return ages["a"]
}

// RacyDoneTooEarly writes after Done.
func RacyDoneTooEarly() int {
	ages := map[string]int{}
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		group.Done()
		ages["a"] = 1 // want concurrent-map-read-write "ages"
	}()
	group.Wait()
	return ages["a"]
}

// SafeAfterReceive reads after it has received what the goroutine sends last.
func SafeAfterReceive() int {
	ages := map[string]int{}
	done := make(chan bool)
	go func() {
		ages["a"] = 1
		done <- true
	}()
	<-done
	return ages["a"]
}

// RacyReceiveTooEarly receives what the goroutine sends before it writes.
func RacyReceiveTooEarly() int {
	ages := map[string]int{}
	started := make(chan bool)
	go func() {
		started <- true
		ages["a"] = 1 // want concurrent-map-read-write "ages"
	}()
	<-started
	return ages["a"]
}

// SafeAfterClose reads after the goroutine has closed a channel.
func SafeAfterClose() int {
	ages := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		ages["a"] = 1
	}()
	<-done
	return len(ages)
}

// SafeAfterSelect reads after the receive of a select with one way out.
func SafeAfterSelect(ctx context.Context) int {
	ages := map[string]int{}
	done := make(chan struct{})
	go func() {
		ages["a"] = 1
		close(done)
	}()
	select {
	case <-done:
		return ages["a"]
	case <-ctx.Done():
		return 0
	}
}

// RacyAfterSelect reads although the goroutine may not have ended.
func RacyAfterSelect(ctx context.Context) int {
	ages := map[string]int{}
	done := make(chan struct{})
	go func() {
		ages["a"] = 1 // want concurrent-map-read-write "ages"
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return ages["a"]
}

// SafeAfterRange drains a channel that is closed when all goroutines have ended.
func SafeAfterRange(keys []string) map[string]bool {
	found := make(chan string)
	var group sync.WaitGroup
	for _, key := range keys {
		group.Add(1)
		go func() {
			defer group.Done()
			found <- key
		}()
	}
	go func() {
		group.Wait()
		close(found)
	}()
	seen := map[string]bool{}
	for key := range found {
		seen[key] = true
	}
	return seen
}

// RacySecondLaunch waits for the first goroutine only.
func RacySecondLaunch() {
	ages := map[string]int{}
	var first, second sync.WaitGroup
	first.Add(1)
	go func() {
		defer first.Done()
		ages["a"] = 1
	}()
	first.Wait()
	second.Add(1)
	go func() {
		defer second.Done()
		ages["b"] = 2 // want concurrent-map-write "ages"
	}()
	ages["c"] = 3
	second.Wait()
}

// RacyEarlyReturn does not wait on one of its ways out, and its deferred function reads.
func RacyEarlyReturn(hurry bool) (size int) {
	ages := map[string]int{}
	var group sync.WaitGroup
	group.Add(1)
	defer func() { size = len(ages) }()
	go func() {
		defer group.Done()
		ages["a"] = 1 // want concurrent-map-read-write "ages"
	}()
	if hurry {
		return 0
	}
	group.Wait()
	return 1
}

// SafeDeferredWait waits in a deferred call, and reads in one that runs after it.
func SafeDeferredWait() (size int) {
	ages := map[string]int{}
	var group sync.WaitGroup
	group.Add(1)
	defer func() { size = len(ages) }()
	defer group.Wait()
	go func() {
		defer group.Done()
		ages["a"] = 1
	}()
	return 1
}
