// Package workqueue is a miniature of k8s.io/client-go/util/workqueue.
package workqueue

import (
	"context"
	"runtime"
	"sync"
)

// DoWorkPieceFunc works on one piece.
type DoWorkPieceFunc func(piece int)

// ParallelizeUntil works on the pieces with several workers and waits for them.
func ParallelizeUntil(_ context.Context, workers, pieces int, doWorkPiece DoWorkPieceFunc) {
	queue := make(chan int, pieces)
	for piece := 0; piece < pieces; piece++ {
		queue <- piece
	}
	close(queue)
	var group sync.WaitGroup
	for ; workers > 0; workers-- {
		group.Add(1)
		go func() {
			defer group.Done()
			for piece := range queue {
				doWorkPiece(piece)
				runtime.Gosched()
			}
		}()
	}
	group.Wait()
}
