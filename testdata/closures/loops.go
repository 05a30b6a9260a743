// Package closures has maps that are captured by functions on other goroutines.
package closures

import "sync"

// RacyFill writes one map from a goroutine for each key.
func RacyFill(keys []string) map[string]bool {
	seen := map[string]bool{}
	var group sync.WaitGroup
	for _, key := range keys {
		group.Add(1)
		go func() {
			defer group.Done()
			seen[key] = true // want concurrent-map-write "seen"
		}()
	}
	group.Wait()
	return seen
}

// SafeFillLocked is RacyFill with a lock.
func SafeFillLocked(keys []string) map[string]bool {
	seen := map[string]bool{}
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, key := range keys {
		group.Add(1)
		go func() {
			defer group.Done()
			mu.Lock()
			seen[key] = true
			mu.Unlock()
		}()
	}
	group.Wait()
	return seen
}

// RacyDelete deletes from one map on several goroutines.
func RacyDelete(keys []string, present map[string]bool) {
	var group sync.WaitGroup
	for i := 0; i < len(keys); i++ {
		group.Add(1)
		go func(key string) {
			defer group.Done()
			delete(present, key) // want concurrent-map-write "present"
		}(keys[i])
	}
	group.Wait()
}

// RacyAppend extends the slices of one map: reads and writes it.
func RacyAppend(words []string) map[int][]string {
	byLength := map[int][]string{}
	var group sync.WaitGroup
	for _, word := range words {
		group.Add(1)
		go func() {
			defer group.Done()
			byLength[len(word)] = append(byLength[len(word)], word) // want concurrent-map-write "byLength"
		}()
	}
	group.Wait()
	return byLength
}

// RacyLockOfItsOwn takes a lock that no other goroutine knows.
func RacyLockOfItsOwn(keys []string) map[string]bool {
	seen := map[string]bool{}
	var group sync.WaitGroup
	for _, key := range keys {
		group.Add(1)
		go func() {
			defer group.Done()
			var mu sync.Mutex
			mu.Lock()
			defer mu.Unlock()
			seen[key] = true // want "seen"
		}()
	}
	group.Wait()
	return seen
}

// SafeMapOfItsOwn makes a map in each goroutine.
func SafeMapOfItsOwn(lines [][]string) []int {
	sizes := make([]int, len(lines))
	var group sync.WaitGroup
	for i, words := range lines {
		group.Add(1)
		go func() {
			defer group.Done()
			distinct := make(map[string]struct{})
			for _, word := range words {
				distinct[word] = struct{}{}
			}
			sizes[i] = len(distinct)
		}()
	}
	group.Wait()
	return sizes
}

// SafeMapOfTheIteration makes a map in each iteration, for one goroutine.
func SafeMapOfTheIteration(lines [][]string) int {
	var group sync.WaitGroup
	for _, words := range lines {
		distinct := make(map[string]struct{})
		group.Add(1)
		go func() {
			defer group.Done()
			for _, word := range words {
				distinct[word] = struct{}{}
			}
		}()
	}
	group.Wait()
	return len(lines)
}

// RacyMapOfTheIteration makes a map in each iteration and shares it with the goroutine of that iteration.
func RacyMapOfTheIteration(lines [][]string) int {
	var group sync.WaitGroup
	total := 0
	for _, words := range lines {
		distinct := make(map[string]struct{})
		group.Add(1)
		go func() {
			defer group.Done()
			for _, word := range words {
				distinct[word] = struct{}{} // want concurrent-map-read-write "distinct"
			}
		}()
		total += len(distinct)
	}
	group.Wait()
	return total
}

// SafeMerge gives each goroutine a map and merges the maps after the last goroutine has ended.
func SafeMerge(lines [][]string) map[string]int {
	parts := make([]map[string]int, len(lines))
	var group sync.WaitGroup
	for i, words := range lines {
		group.Add(1)
		go func() {
			defer group.Done()
			part := map[string]int{}
			for _, word := range words {
				part[word]++
			}
			parts[i] = part
		}()
	}
	group.Wait()
	total := map[string]int{}
	for _, part := range parts {
		for word, count := range part {
			total[word] += count
		}
	}
	return total
}

// SafeOneAtATime waits for each goroutine before it starts the next.
func SafeOneAtATime(keys []string) map[string]bool {
	seen := map[string]bool{}
	for _, key := range keys {
		var group sync.WaitGroup
		group.Add(1)
		go func() {
			defer group.Done()
			seen[key] = true
		}()
		group.Wait()
	}
	return seen
}

// SafeReaders only read.
func SafeReaders(keys []string, values map[string]int) int {
	counts := make([]int, len(keys))
	var group sync.WaitGroup
	for i, key := range keys {
		group.Add(1)
		go func() {
			defer group.Done()
			counts[i] = values[key]
		}()
	}
	group.Wait()
	return len(counts)
}

// SafeLoopVariable has a variable for each iteration, as of Go 1.22: each goroutine writes a map of its own.
func SafeLoopVariable(n int) {
	shards := make([]map[string]int, n)
	for i := range shards {
		shards[i] = map[string]int{}
	}
	var group sync.WaitGroup
	for _, shard := range shards {
		group.Add(1)
		go func() {
			defer group.Done()
			shard["a"]++
		}()
	}
	group.Wait()
}

type visit struct{ zone, name string }

// RacyTwoSteps writes an element that is chosen in two steps: several visits share the inner map of a zone.
func RacyTwoSteps(visits []visit) int {
	byZone := map[string]map[string]int{}
	for _, v := range visits {
		byZone[v.zone] = map[string]int{}
	}
	var group sync.WaitGroup
	for _, v := range visits {
		group.Go(func() {
			byZone[v.zone][v.name] = 1 // want concurrent-map-write "byZone"
		})
	}
	group.Wait()
	return len(byZone)
}

// SafeOneStep has an inner map for each goroutine.
func SafeOneStep(zones []string) int {
	byZone := map[string]map[string]int{}
	for _, zone := range zones {
		byZone[zone] = map[string]int{}
	}
	var group sync.WaitGroup
	for _, zone := range zones {
		group.Go(func() {
			byZone[zone]["visits"] = 1 // want-possible concurrent-map-write "byZone"
		})
	}
	group.Wait()
	return len(byZone)
}
