// Package closures_go121 is compiled as Go 1.21: a loop has one variable for all its iterations.
package closures_go121

import "sync"

// RacyLoopVariable writes the map that the loop's only variable holds at that time: the same for several goroutines.
func RacyLoopVariable(shards []map[string]int) {
	var group sync.WaitGroup
	for _, shard := range shards {
		group.Add(1)
		go func() {
			defer group.Done()
			shard["a"]++ // want concurrent-map-write "shard"
		}()
	}
	group.Wait()
}

// SafeCopiedVariable makes a variable in each iteration.
func SafeCopiedVariable(n int) {
	var group sync.WaitGroup
	for i := 0; i < n; i++ {
		shard := map[string]int{}
		group.Add(1)
		go func() {
			defer group.Done()
			shard["a"]++
		}()
	}
	group.Wait()
}

// SafeArgument hands the variable over by value.
func SafeArgument(shards []map[string]int) {
	var group sync.WaitGroup
	for _, shard := range shards {
		group.Add(1)
		go func(shard map[string]int) {
			defer group.Done()
			shard["a"]++
		}(shard)
	}
	group.Wait()
}

// Box is an object with a map.
type Box struct {
	name  string
	items map[string]int
}

func (b *Box) fill() {
	b.items[b.name]++
}

// RacyLoopKey fills the box that the loop's only variable holds at that time.
func RacyLoopKey(boxes map[*Box]bool) {
	var group sync.WaitGroup
	for box := range boxes {
		group.Add(1)
		go func() {
			defer group.Done()
			box.items["a"]++ // want concurrent-map-write "box.items"
		}()
	}
	group.Wait()
}

// SafeKey hands a key over by value: a map has each but once.
func SafeKey(boxes map[*Box]bool) {
	var group sync.WaitGroup
	for box := range boxes {
		group.Add(1)
		go func(box *Box) {
			defer group.Done()
			box.fill()
		}(box)
	}
	group.Wait()
}

// SafeReceiver starts a method of each key.
func SafeReceiver(boxes map[*Box]bool) {
	for box := range boxes {
		go box.fill()
	}
}
