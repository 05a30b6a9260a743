// Package ranges has loops over maps and slices that change meanwhile. Where the change comes from the loop's own goroutine
// it is no data race, but the loop does not do what it says: such functions are called Wrong, and their twins Right.
package ranges

import "sync"

// RacyDeleteInBody starts goroutines that delete from the map that the loop iterates over.
func RacyDeleteInBody(ages map[string]int) {
	var group sync.WaitGroup
	for name, age := range ages {
		if age > 100 {
			group.Add(1)
			go func() {
				defer group.Done()
				delete(ages, name) // want "^(range-map-mutation|concurrent-map-iteration|concurrent-map-write): .*ages"
			}()
		}
	}
	group.Wait()
}

// SafeDeleteInBody collects the keys first.
func SafeDeleteInBody(ages map[string]int) {
	old := []string{}
	for name, age := range ages {
		if age > 100 {
			old = append(old, name)
		}
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, name := range old {
		group.Add(1)
		go func() {
			defer group.Done()
			mu.Lock()
			defer mu.Unlock()
			delete(ages, name)
		}()
	}
	group.Wait()
}

// RacyInsertBeside iterates while a goroutine inserts.
func RacyInsertBeside(ages map[string]int) int {
	sum := 0
	go func() {
		ages["new"] = 1 // want "^(range-map-mutation|concurrent-map-iteration): .*ages"
	}()
	for _, age := range ages {
		sum += age
	}
	return sum
}

// WrongInsert inserts into the map that it iterates over: whether the loop visits the new keys is not defined.
func WrongInsert(ages map[string]int) {
	for name, age := range ages {
		ages[name+"'"] = age // want range-map-mutation "ages"
	}
}

// RightInsert inserts into another map.
func RightInsert(ages map[string]int) map[string]int {
	copied := map[string]int{}
	for name, age := range ages {
		copied[name+"'"] = age
	}
	return copied
}

// RightDelete deletes while it iterates, which the language allows.
func RightDelete(ages map[string]int) {
	for name, age := range ages {
		if age > 100 {
			delete(ages, name)
		}
	}
}

// RightOverwrite overwrites the key that the loop is at.
func RightOverwrite(ages map[string]int) {
	for name := range ages {
		ages[name]++
	}
}

// RightInsertAndLeave inserts and leaves the loop.
func RightInsertAndLeave(ages map[string]int) {
	for name, age := range ages {
		if age > 100 {
			ages[name+"'"] = age
			break
		}
	}
}
