package order

import "example.com/order/internal/sizes"

func process(names []string, done chan<- int) {
	sizes.Init(names)
	sum := 0
	for _, name := range names {
		sum += sizes.Of(name)
	}
	done <- sum
}

func startProcess(names []string, done chan<- int) {
	go process(names, done)
}

// SafeProcess runs all of the process on another goroutine, or all of it on the caller's.
func SafeProcess(names []string, background bool, done chan<- int) {
	if background {
		startProcess(names, done)
		return
	}
	process(names, done)
}

func openProcess(names []string, done chan<- int) {
	sizes.InitOpen(names)
	sum := 0
	for _, name := range names {
		sum += sizes.OfOpen(name)
	}
	done <- sum
}

func startOpenProcess(names []string, done chan<- int) {
	go openProcess(names, done)
}

// RacyProcess runs the process on another goroutine, or on the caller's.
func RacyProcess(names []string, background bool, done chan<- int) {
	if background {
		startOpenProcess(names, done)
		return
	}
	openProcess(names, done)
}

// OpenSize is not part of the process.
func OpenSize(name string) int { return sizes.OfOpen(name) }
