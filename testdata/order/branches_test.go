package order

import (
	"sync"
	"testing"
)

func TestSafe_Branches(*testing.T) {
	often(func() {
		SafeBranches(&Totals{counts: map[string]int{}}, keys, true)
		SafeBranches(&Totals{counts: map[string]int{}}, keys, false)
	})
}

func TestRacy_Branches(*testing.T) {
	often(func() { RacyBranches(&Totals{counts: map[string]int{}}, keys) })
}

func TestSafe_Forest(*testing.T) {
	tree := NewForest()
	often(func() { SafeForest(tree, "a") })
}

func TestRacy_Grown(*testing.T) {
	grown := NewGrown()
	often(func() {
		var group sync.WaitGroup
		for _, key := range keys {
			group.Go(func() { grown.Get(key, key) })
		}
		group.Wait()
		grown.Set("a", "b", 1)
	})
}

func TestSafe_Registry(*testing.T) {
	often(func() {
		var group sync.WaitGroup
		group.Go(func() { SafeRead("a") })
		group.Go(func() { SafeWrite("a") })
		group.Wait()
	})
}

func TestSafe_Batches(*testing.T) {
	often(func() { received(func(done chan<- int) { SafeBatches(keys, done) }) })
}

func TestRacy_Batches(*testing.T) {
	often(func() { received(func(done chan<- int) { RacyBatches(keys, done) }) })
}

func TestSafe_Pending(*testing.T) {
	often(func() {
		requests, done := make(chan *set), make(chan int, 6)
		go func() {
			for _, key := range keys {
				requests <- &set{members: map[string]bool{key: true, key + "'": true}}
			}
			close(requests)
		}()
		SafePending(requests, done)
		for range 3 {
			<-done
		}
	})
}

func TestSafe_Dialogue(*testing.T) {
	often(func() { SafeDialogue(keys) })
}

func TestRacy_Dialogue(*testing.T) {
	often(func() { RacyDialogue(keys) })
}

func TestSafe_Options(*testing.T) {
	often(func() { SafeCallers(Options{Headers: map[string]int{"a": 1}}) })
}

func TestRacy_Options(*testing.T) {
	often(func() { RacyCallers(Options{Headers: map[string]int{"a": 1}}) })
}
