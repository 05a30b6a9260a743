package closures

import (
	"fmt"
	"maps"
	"sync"
)

// RacyReadBeside reads while the goroutine writes.
func RacyReadBeside() int {
	ages := map[string]int{"a": 1}
	go func() {
		ages["b"] = 2 // want concurrent-map-read-write "ages"
	}()
	return ages["a"]
}

// RacyLenBeside asks for the length while the goroutine writes.
func RacyLenBeside() int {
	ages := map[string]int{"a": 1}
	go func() {
		ages["b"] = 2 // want concurrent-map-read-write "ages"
	}()
	return len(ages)
}

// RacyRangeBeside iterates while the goroutine deletes.
func RacyRangeBeside() int {
	ages := map[string]int{"a": 1, "b": 2}
	sum := 0
	go func() {
		delete(ages, "b") // want concurrent-map-iteration "ages"
	}()
	for _, age := range ages {
		sum += age
	}
	return sum
}

// RacyWriteBeside writes on both sides.
func RacyWriteBeside() {
	ages := map[string]int{}
	go func() {
		ages["b"] = 2 // want concurrent-map-write "ages"
	}()
	ages["a"] = 1
}

// RacyClearBeside clears beside a reader.
func RacyClearBeside() {
	ages := map[string]int{"a": 1}
	go func() {
		_ = ages["a"]
	}()
	clear(ages) // want concurrent-map-read-write "ages"
}

// RacyCopyBeside reads the whole map through package maps.
func RacyCopyBeside() map[string]int {
	ages := map[string]int{"a": 1}
	go func() {
		ages["b"] = 2 // want concurrent-map-iteration "ages"
	}()
	older := map[string]int{}
	maps.Copy(older, ages)
	return older
}

// RacyPrintBeside prints the map: an iteration too.
func RacyPrintBeside() string {
	ages := map[string]int{"a": 1}
	go func() {
		ages["b"] = 2 // want concurrent-map-iteration "ages"
	}()
	return fmt.Sprint(ages)
}

// RacyTwoGoroutines has a writer and a reader, and waits for both.
func RacyTwoGoroutines() {
	ages := map[string]int{"a": 1}
	var group sync.WaitGroup
	group.Add(2)
	go func() {
		defer group.Done()
		ages["b"] = 2 // want concurrent-map-read-write "ages"
	}()
	go func() {
		defer group.Done()
		if _, ok := ages["a"]; !ok {
			return
		}
	}()
	group.Wait()
}

// SafeBeforeLaunch fills the map before the goroutine reads it.
func SafeBeforeLaunch() {
	ages := map[string]int{}
	ages["a"] = 1
	delete(ages, "b")
	done := make(chan int)
	go func() {
		done <- ages["a"]
	}()
	<-done
}

// SafeReadBeside reads on both sides.
func SafeReadBeside() int {
	ages := map[string]int{"a": 1}
	go func() {
		_ = ages["a"]
	}()
	return ages["b"]
}

// SafeOtherMap uses another map of the same name in the goroutine.
func SafeOtherMap() {
	ages := map[string]int{}
	go func() {
		ages := map[string]int{}
		ages["b"] = 2
	}()
	ages["a"] = 1
}

// SafeNewVariable captures one map and writes another.
func SafeNewVariable() {
	ages := map[string]int{"a": 1}
	snapshot := maps.Clone(ages)
	go func() {
		_ = snapshot["a"]
	}()
	ages["a"] = 2
}

// RacyAlias reads through a second name of the map.
func RacyAlias() int {
	ages := map[string]int{"a": 1}
	same := ages
	go func() {
		ages["b"] = 2 // want concurrent-map-read-write "(ages|same)"
	}()
	return same["a"]
}

// RacyStruct shares a map in a local struct.
func RacyStruct() int {
	var people struct {
		ages map[string]int
	}
	people.ages = map[string]int{"a": 1}
	go func() {
		people.ages["b"] = 2 // want concurrent-map-read-write "people.ages"
	}()
	return people.ages["a"]
}

// SafeSiblingFields uses different maps of one struct.
func SafeSiblingFields() int {
	people := struct{ ages, sizes map[string]int }{map[string]int{}, map[string]int{}}
	go func() {
		people.ages["b"] = 2
	}()
	return people.sizes["a"]
}
