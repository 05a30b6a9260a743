package order

// Feed is filled by one goroutine and reported by another, which the first one starts.
type Feed struct{ counts map[string]int }

// SafeFeed fills the feed before the report is started.
func SafeFeed(done chan<- int) {
	feed := &Feed{counts: map[string]int{}}
	go feed.fill(done)
}

func (f *Feed) fill(done chan<- int) {
	f.counts["a"] = 1
	go f.report(done)
}

func (f *Feed) report(done chan<- int) {
	done <- f.counts["a"]
}

// RacyFeed fills the feed while the report may run.
func RacyFeed(done chan<- int) {
	feed := &Feed{counts: map[string]int{}}
	go feed.overfill(done)
}

func (f *Feed) overfill(done chan<- int) {
	go f.report(done)
	f.counts["b"] = 2 // want concurrent-map-read-write "f.counts"
}

// SafeNested writes before the inner goroutine starts.
func SafeNested(done chan<- int) {
	ages := map[string]int{}
	go func() {
		ages["a"] = 1
		go func() {
			done <- ages["a"]
		}()
	}()
}

// RacyNested writes when the inner goroutine runs.
func RacyNested(done chan<- int) {
	ages := map[string]int{}
	go func() {
		go func() {
			done <- ages["a"]
		}()
		ages["a"] = 1 // want concurrent-map-read-write "ages"
	}()
}

// RacyInstances starts several goroutines: what one writes before it starts its reader, the reader of another one reads.
func RacyInstances(done chan<- int) {
	ages := map[int]int{}
	for i := range 3 {
		go func() {
			ages[i] = i // want concurrent-map-write "ages"
			go func() {
				done <- ages[i]
			}()
		}()
	}
}

// SafeInstances gives each of them a map of its own.
func SafeInstances(done chan<- int) {
	for i := range 3 {
		ages := map[int]int{}
		go func() {
			ages[i] = i
			go func() {
				done <- ages[i]
			}()
		}()
	}
}

// SafeRecovery writes after a panic, when the goroutine has not been started.
func SafeRecovery(keys []string, done chan<- int) {
	ages := map[string]int{}
	defer func() {
		if r := recover(); r != nil {
			ages["failed"]++
			done <- len(ages)
		}
	}()
	ages[keys[0]] = 1
	go func() {
		done <- ages[keys[0]]
	}()
}

// RacyCleanup writes whenever it ends.
func RacyCleanup(keys []string, done chan<- int) {
	ages := map[string]int{}
	defer func() {
		ages["ended"]++ // want concurrent-map-read-write "ages"
	}()
	ages[keys[0]] = 1
	go func() {
		done <- ages[keys[0]]
	}()
}
