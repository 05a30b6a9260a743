package order

import "sync"

// start does something on a goroutine, and tells by the channel what has come of it.
func start(work func() error) <-chan error {
	done := make(chan error, 1)
	go func() {
		done <- work()
	}()
	return done
}

// countBook counts from several goroutines.
type countBook struct {
	mu     sync.Mutex
	counts map[string]int
}

func (t *countBook) add(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[name]++
	return nil
}

// SafeFutures waits for each that it has started.
func SafeFutures(names []string) int {
	t := countBook{counts: map[string]int{}}
	var started []<-chan error
	for _, name := range names {
		started = append(started, start(func() error { return t.add(name) }))
	}
	for _, done := range started {
		if err := <-done; err != nil {
			return 0
		}
	}
	return len(t.counts)
}

// SafeFuturesByName keeps them in a map.
func SafeFuturesByName(names []string) int {
	t := countBook{counts: map[string]int{}}
	started := map[string]<-chan error{}
	for _, name := range names {
		done := start(func() error { return t.add(name) })
		started[name] = done
	}
	for _, done := range started {
		<-done
	}
	return len(t.counts)
}

// RacyFutures has started some, and waits for none.
func RacyFutures(names []string) int {
	counts := map[string]int{}
	var mu sync.Mutex
	var started []<-chan error
	for _, name := range names {
		done := start(func() error {
			mu.Lock()
			defer mu.Unlock()
			counts[name]++ // want concurrent-map-read-write "counts"
			return nil
		})
		started = append(started, done)
	}
	return len(counts) + len(started) // want concurrent-map-read-write "counts"
}

// RacyOtherFutures waits for others.
func RacyOtherFutures(names []string) int {
	counts := map[string]int{}
	var started, others []<-chan error
	for _, name := range names {
		others = append(others, start(func() error { return nil }))
		started = append(started, start(func() error {
			counts[name]++ // want concurrent-map-write "counts"
			return nil
		}))
	}
	for _, done := range others {
		<-done
	}
	return len(started)
}

// errand is what one goroutine is to do.
type errand struct {
	name string
	done chan struct{}
}

// SafeErrands waits for the channels in what it keeps.
func SafeErrands(names []string) int {
	t := countBook{counts: map[string]int{}}
	var errands []errand
	for _, name := range names {
		done := make(chan struct{})
		errands = append(errands, errand{name: name, done: done})
		go func() {
			defer close(done)
			_ = t.add(name)
		}()
	}
	sum := 0
	for _, e := range errands {
		<-e.done
		sum += len(e.name)
	}
	return sum + len(t.counts)
}

// laborer works until it is stopped.
type laborer struct {
	quit, done chan struct{}
}

func newLaborer() *laborer { return &laborer{quit: make(chan struct{}), done: make(chan struct{})} }

func (l *laborer) work(t *countBook, name string) {
	defer close(l.done)
	for {
		select {
		case <-l.quit:
			return
		default:
			_ = t.add(name)
		}
	}
}

func (l *laborer) stop() {
	close(l.quit)
	<-l.done
}

// dismiss does not wait.
func (l *laborer) dismiss() { close(l.quit) }

// SafeLaborers stops all.
func SafeLaborers(names []string) int {
	t := &countBook{counts: map[string]int{}}
	var laborers []*laborer
	for _, name := range names {
		l := newLaborer()
		laborers = append(laborers, l)
		go l.work(t, name)
	}
	for _, l := range laborers {
		l.stop()
	}
	return len(t.counts)
}

// RacyLaborers does not wait until they have stopped.
func RacyLaborers(names []string) int {
	counts := map[string]int{}
	var mu sync.Mutex
	var laborers []*laborer
	for _, name := range names {
		l := newLaborer()
		laborers = append(laborers, l)
		go func() {
			defer close(l.done)
			mu.Lock()
			counts[name]++ // want concurrent-map-read-write "counts"
			mu.Unlock()
		}()
	}
	for _, l := range laborers {
		l.dismiss()
	}
	return len(counts) // want concurrent-map-read-write "counts"
}

// produce counts, and sends what it has counted.
func produce(t *countBook, name string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		_ = t.add(name)
		out <- name
	}()
	return out
}

// merge sends all that comes, and closes its channel when all others are closed.
func merge(all ...<-chan string) <-chan string {
	merged := make(chan string)
	var wg sync.WaitGroup
	wg.Add(len(all))
	for _, in := range all {
		go func() {
			defer wg.Done()
			for name := range in {
				merged <- name
			}
		}()
	}
	go func() {
		wg.Wait()
		close(merged)
	}()
	return merged
}

// SafeMerged has received all that there was.
func SafeMerged(names []string) int {
	t := &countBook{counts: map[string]int{}}
	var all []<-chan string
	for _, name := range names {
		all = append(all, produce(t, name))
	}
	sum := 0
	for name := range merge(all...) {
		sum += len(name)
	}
	return sum + len(t.counts)
}

// over tells by a channel that a wait group has been waited for.
func over(wg *sync.WaitGroup) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	return done
}

// SafeOver goes on only when all is over.
func SafeOver(names []string, quit <-chan struct{}) int {
	t := countBook{counts: map[string]int{}}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = t.add(name)
		}()
	}
	select {
	case <-over(&wg):
	case <-quit:
		return 0
	}
	return len(t.counts)
}

// RacyOver goes on in either case.
func RacyOver(names []string, quit <-chan struct{}) int {
	counts := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			counts[name]++ // want concurrent-map-read-write "counts"
			mu.Unlock()
		}()
	}
	select {
	case <-over(&wg):
	case <-quit:
	}
	return len(counts) // want concurrent-map-read-write "counts"
}
