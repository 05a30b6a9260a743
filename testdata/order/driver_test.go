package order

import "time"

var keys = []string{"a", "bb", "ccc", "dddd", "eeeee", "ffffff"}

// often runs the function several times and lets its goroutines end.
func often(run func()) {
	for range 30 {
		run()
	}
	time.Sleep(20 * time.Millisecond)
}
