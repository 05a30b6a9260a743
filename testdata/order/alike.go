package order

type bill struct{ entries map[int]int }

func (b *bill) put(k int) { b.entries[k] = k }

func (b *bill) look(k int) int { return b.entries[k] }

func fillBill(b *bill) { b.put(1) }

func addToBill(b *bill) { b.put(2) }

// SafeFilledAndAdded makes two changes by helpers: before the goroutines, and when both have told what they found.
func SafeFilledAndAdded() {
	b := &bill{entries: map[int]int{}}
	fillBill(b)
	results := make(chan int)
	for i := range 2 {
		go func() { results <- b.look(i) }()
	}
	<-results
	<-results
	addToBill(b)
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
