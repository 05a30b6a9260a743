package order

import "sync"

// SafePieces waits until each piece that it has sent is done; the goroutine goes on to wait for more.
func SafePieces(names []string) int {
	sizes := map[string]int{}
	pieces := make(chan string, len(names))
	defer close(pieces)
	var wg sync.WaitGroup
	go func() {
		for name := range pieces {
			sizes[name] = len(name)
			wg.Done()
		}
	}()
	for _, name := range names {
		wg.Add(1)
		pieces <- name
	}
	wg.Wait()
	return len(sizes)
}

// SafePiecesSelect does so in a select, until it is told to stop.
func SafePiecesSelect(names []string) int {
	sizes := map[string]int{}
	pieces, quit, done := make(chan string, len(names)), make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	go func() {
		for {
			select {
			case name := <-pieces:
				func() {
					defer wg.Done()
					sizes[name] = len(name)
				}()
			case <-quit:
				return
			}
		}
	}()
	for _, name := range names {
		wg.Add(1)
		pieces <- name
	}
	go func() {
		defer close(done)
		wg.Wait()
	}()
	<-done
	close(quit)
	return len(sizes)
}

// SafePiecesInBatches waits after each batch.
func SafePiecesInBatches(names []string) int {
	sizes := map[string]int{}
	pieces := make(chan string)
	defer close(pieces)
	var wg sync.WaitGroup
	go func() {
		for name := range pieces {
			sizes[name] = len(name)
			wg.Done()
		}
	}()
	sum := 0
	for range 3 {
		for _, name := range names {
			wg.Add(1)
			pieces <- name
		}
		wg.Wait()
		sum += len(sizes)
	}
	return sum
}

// RacyPieceAgain sends one more.
func RacyPieceAgain(names []string) int {
	sizes := map[string]int{}
	pieces := make(chan string, len(names)+1)
	defer close(pieces)
	var wg sync.WaitGroup
	go func() {
		for name := range pieces {
			sizes[name] = len(name) // want concurrent-map-read-write "sizes"
			wg.Done()
		}
	}()
	for _, name := range names {
		wg.Add(1)
		pieces <- name
	}
	wg.Wait()
	wg.Add(1)
	pieces <- "again"
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// RacyPiecesToldFirst tells of a piece before it is done.
func RacyPiecesToldFirst(names []string) int {
	sizes := map[string]int{}
	pieces := make(chan string, len(names))
	defer close(pieces)
	var wg sync.WaitGroup
	go func() {
		for name := range pieces {
			wg.Done()
			sizes[name] = len(name) // want concurrent-map-read-write "sizes"
		}
	}()
	for _, name := range names {
		wg.Add(1)
		pieces <- name
	}
	wg.Wait()
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// RacyReady waits until the goroutine is ready.
func RacyReady(names []string) int {
	sizes := map[string]int{}
	pieces := make(chan string, len(names))
	defer close(pieces)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Done()
		for name := range pieces {
			sizes[name] = len(name) // want concurrent-map-read-write "sizes"
		}
	}()
	wg.Wait()
	for _, name := range names {
		pieces <- name
	}
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// RacyFirstPiece waits for the first piece.
func RacyFirstPiece(names []string) int {
	sizes := map[string]int{}
	pieces := make(chan string, len(names))
	defer close(pieces)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		isFirst := true
		for name := range pieces {
			sizes[name] = len(name) // want concurrent-map-read-write "sizes"
			if isFirst {
				wg.Done()
				isFirst = false
			}
		}
	}()
	for _, name := range names {
		pieces <- name
	}
	wg.Wait()
	return len(sizes) // want concurrent-map-read-write "sizes"
}

// RacyLastPiece goes on when there are no more pieces.
func RacyLastPiece(names []string) int {
	sizes := map[string]int{}
	pieces := make(chan string, len(names))
	var wg sync.WaitGroup
	go func() {
		for name := range pieces {
			sizes[name] = len(name)
			wg.Done()
		}
		sizes["end"] = 0 // want concurrent-map-read-write "sizes"
	}()
	for _, name := range names {
		wg.Add(1)
		pieces <- name
	}
	close(pieces)
	wg.Wait()
	return len(sizes) // want concurrent-map-read-write "sizes"
}
