package guards

import (
	"runtime"
	"sync"
)

// together runs the functions on goroutines of their own, in turn as well as the scheduler allows, and waits for them.
func together(functions ...func()) {
	var group sync.WaitGroup
	start := make(chan struct{})
	for _, function := range functions {
		group.Go(func() {
			<-start
			for range 1000 {
				function()
				runtime.Gosched()
			}
		})
	}
	close(start)
	group.Wait()
}
