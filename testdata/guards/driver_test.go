package guards

import "sync"

// together runs the functions on goroutines of their own, many times each, and waits for them.
func together(functions ...func()) {
	var group sync.WaitGroup
	for _, function := range functions {
		group.Go(func() {
			for range 300 {
				function()
			}
		})
	}
	group.Wait()
}
