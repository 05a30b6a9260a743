package order

import "sync"

// count sends what it counts, and closes the channel at the end.
func count(sizes map[string]int, names []string, out chan<- string) {
	for _, name := range names {
		out <- name
		sizes[name]++
	}
	close(out)
}

// SafeDrained reads when the channel has been closed, however much was sent before.
func SafeDrained(names []string) int {
	sizes := map[string]int{}
	out := make(chan string)
	go count(sizes, names, out)
	sum := 0
	for range out {
		sum++
	}
	return sum + len(sizes)
}

// SafeDrainedRounds starts the next goroutine when the last one has closed its channel.
func SafeDrainedRounds(names []string) []string {
	sizes := map[string]int{}
	var all []string
	for range 3 {
		out := make(chan string)
		go func() {
			defer close(out)
			for _, name := range names {
				out <- name
				sizes[name]++
			}
		}()
		for name := range out {
			all = append(all, name)
		}
	}
	return all
}

// RacyWhileDraining reads before the channel is closed.
func RacyWhileDraining(names []string) int {
	sizes := map[string]int{}
	out := make(chan string)
	go func() {
		defer close(out)
		for _, name := range names {
			out <- name
			sizes[name]++ // want concurrent-map-read-write "sizes"
		}
	}()
	sum := 0
	for name := range out {
		sum += sizes[name] // want concurrent-map-read-write "sizes"
	}
	return sum
}

// RacyOneReceived receives but once.
func RacyOneReceived(names []string) int {
	sizes := map[string]int{}
	out := make(chan string, len(names))
	go func() {
		defer close(out)
		for _, name := range names {
			out <- name
			sizes[name]++ // want concurrent-map-read-write "sizes"
		}
	}()
	<-out
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// RacyLeftEarly leaves the loop before the channel is closed.
func RacyLeftEarly(names []string) int {
	sizes := map[string]int{}
	out := make(chan string, len(names))
	go func() {
		defer close(out)
		for _, name := range names {
			out <- name
			sizes[name]++ // want concurrent-map-read-write "sizes"
		}
	}()
	for name := range out {
		if name != "" {
			break
		}
	}
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// RacyClosedEarly goes on when it has closed the channel.
func RacyClosedEarly(names []string) int {
	sizes := map[string]int{}
	out := make(chan string)
	go func() {
		close(out)
		for _, name := range names {
			sizes[name]++ // want concurrent-map-read-write "sizes"
		}
	}()
	for range out {
		return 0
	}
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// SafeAsked receives until it is told that the channel is closed.
func SafeAsked(names []string) int {
	sizes := map[string]int{}
	out := make(chan string)
	go count(sizes, names, out)
	var all []string
	for {
		name, ok := <-out
		if !ok {
			break
		}
		all = append(all, name)
	}
	return len(all) + len(sizes)
}

// SafeAskedSelect does so in a select.
func SafeAskedSelect(names []string, quiet <-chan int) int {
	sizes := map[string]int{}
	out := make(chan string)
	go count(sizes, names, out)
	for {
		select {
		case _, ok := <-out:
			if !ok {
				return len(sizes)
			}
		case <-quiet:
		}
	}
}

// RacyAsked reads while the channel is open.
func RacyAsked(names []string) int {
	sizes := map[string]int{}
	out := make(chan string, len(names))
	go func() {
		defer close(out)
		for _, name := range names {
			out <- name
			sizes[name]++ // want concurrent-map-read-write "sizes"
		}
	}()
	_, ok := <-out
	if ok {
		return len(sizes) // want concurrent-map-read-write "sizes"
	}
	return 0
}

// RacyAskedAnother is told of another channel.
func RacyAskedAnother(names []string, closed <-chan int) int {
	sizes := map[string]int{}
	out := make(chan string, len(names))
	go func() {
		defer close(out)
		for _, name := range names {
			out <- name
			sizes[name]++ // want concurrent-map-read-write "sizes"
		}
	}()
	_, ok := <-out
	_, ok = <-closed
	if !ok {
		return len(sizes) // want concurrent-map-read-write "sizes"
	}
	return 0
}

// SafeCounted receives as often as it has started goroutines.
func SafeCounted(names []string) int {
	sizes := map[string]int{}
	done := make(chan bool)
	var mu sync.Mutex
	for _, name := range names {
		go func() {
			mu.Lock()
			sizes[name]++
			mu.Unlock()
			done <- true
		}()
	}
	for range names {
		<-done
	}
	return len(sizes)
}

// RacyUncounted receives once. The lock of the goroutines shows that they expect company.
func RacyUncounted(names []string) int {
	sizes := map[string]int{}
	done := make(chan bool, len(names))
	var mu sync.Mutex
	for _, name := range names {
		go func() {
			mu.Lock()
			sizes[name]++ // want concurrent-map-read-write "sizes"
			mu.Unlock()
			done <- true
		}()
	}
	<-done
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// RacyCountedSome leaves out those that it does not ask for.
func RacyCountedSome(names []string) int {
	sizes := map[string]int{}
	done := make(chan bool, len(names))
	var mu sync.Mutex
	for _, name := range names {
		go func() {
			mu.Lock()
			sizes[name]++ // want concurrent-map-read-write "sizes"
			mu.Unlock()
			done <- true
		}()
	}
	for _, name := range names {
		if name == "a" {
			<-done
		}
	}
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// SafeWaitedElsewhere has a goroutine that waits for the others.
func SafeWaitedElsewhere(names []string) int {
	sizes := map[string]int{}
	done := make(chan struct{})
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sizes[name]++
		})
	}
	go func() {
		group.Wait()
		close(done)
	}()
	<-done
	return len(sizes)
}

// RacyWaitedElsewhere has one that does not wait.
func RacyWaitedElsewhere(names []string) int {
	sizes := map[string]int{}
	done := make(chan struct{})
	var mu sync.Mutex
	for _, name := range names {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			sizes[name]++ // want concurrent-map-read-write "sizes"
		}()
	}
	go func() { close(done) }()
	<-done
	return len(sizes) // want concurrent-map-read-write "sizes"
}
