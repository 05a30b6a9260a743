// Package iter is a miniature of github.com/sourcegraph/conc/iter.
package iter

import "sync"

// ForEach calls the function for each element, on several goroutines, and waits for them.
func ForEach[T any](input []T, f func(*T)) {
	var running sync.WaitGroup
	for i := range input {
		running.Add(1)
		go func(i int) {
			defer running.Done()
			f(&input[i])
		}(i)
	}
	running.Wait()
}
