package functions

type shelf struct{ books map[string]int }

func (s *shelf) count(done chan<- int) {
	sum := 0
	for _, n := range s.books { // want concurrent-map-iteration "books"
		sum += n
	}
	done <- sum
}

// RacyFirstShelf changes the first element while a goroutine reads it.
func RacyFirstShelf(shelves []*shelf) int {
	done := make(chan int, 1)
	go shelves[0].count(done)
	shelves[0].books["a"]++ // want concurrent-map-iteration "books"
	return <-done
}

// SafeOtherShelf changes another one.
func SafeOtherShelf(shelves []*shelf) int {
	done := make(chan int, 1)
	go shelves[0].count(done)
	shelves[1].books["a"]++
	return <-done
}

type rack struct{ boxes map[string]int }

func (r *rack) count(done chan<- int) {
	sum := 0
	for _, n := range r.boxes { // want concurrent-map-iteration "boxes"
		sum += n
	}
	done <- sum
}

// RacyEachRack changes, in each round, what the round's goroutine reads.
func RacyEachRack(racks []*rack) int {
	done := make(chan int, len(racks))
	for _, one := range racks {
		go one.count(done)
		one.boxes["a"]++ // want concurrent-map-iteration "boxes"
	}
	return <-done
}

// SafeEachRack changes it before that: other rounds have other elements.
func SafeEachRack(racks []*rack) int {
	done := make(chan int, len(racks))
	for _, one := range racks {
		one.boxes["a"]++
		go one.count(done)
	}
	return <-done
}

type cabinet struct{ drawers []*drawer }

type drawer struct{ letters map[string]int }

func (d *drawer) count(done chan<- int) {
	sum := 0
	for _, n := range d.letters { // want concurrent-map-iteration "letters"
		sum += n
	}
	done <- sum
}

// RacyFirstDrawers changes, in each round, the first drawer of the cabinet whose first drawer the round's goroutine reads.
func RacyFirstDrawers(cabinets []*cabinet) int {
	done := make(chan int, len(cabinets))
	for _, one := range cabinets {
		go one.drawers[0].count(done)
		one.drawers[0].letters["a"]++ // want concurrent-map-iteration "letters"
	}
	return <-done
}

// SafeOtherDrawers changes the second one.
func SafeOtherDrawers(cabinets []*cabinet) int {
	done := make(chan int, len(cabinets))
	for _, one := range cabinets {
		go one.drawers[0].count(done)
		one.drawers[1].letters["a"]++
	}
	return <-done
}
