package order

type tally struct{ entries map[int]int }

func (t *tally) put(k int) { t.entries[k] = k }

func (t *tally) look(k int) int { return t.entries[k] }

func fillTally(t *tally) { t.put(1) }

func addToTally(t *tally) { t.put(2) }

// SafeFilledAndAdded makes two changes by helpers: before the goroutines, and when both have told what they found.
func SafeFilledAndAdded() {
	t := &tally{entries: map[int]int{}}
	fillTally(t)
	results := make(chan int)
	for i := range 2 {
		go func() { results <- t.look(i) }()
	}
	<-results
	<-results
	addToTally(t)
}

type score struct{ entries map[int]int }

func (s *score) put(k int) {
	s.entries[k] = k // want concurrent-map-read-write "entries"
}

func (s *score) look(k int) int {
	return s.entries[k] // want concurrent-map-read-write "entries"
}

func fillScore(s *score) { s.put(1) }

func addToScore(s *score) { s.put(2) }

// RacyFilledAndAdded makes the second one while they look.
func RacyFilledAndAdded() {
	s := &score{entries: map[int]int{}}
	fillScore(s)
	results := make(chan int)
	for i := range 2 {
		go func() { results <- s.look(i) }()
	}
	addToScore(s)
	<-results
	<-results
}
