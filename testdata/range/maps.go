// Package ranges has loops over maps and slices that change meanwhile. Where the change comes from the loop's own goroutine
// it is no data race, but the loop does not do what it says: such functions are called Wrong, and their twins Right.
package ranges

import (
	"strings"
	"sync"
)

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

// WrongInsertMissing inserts a key that it has not found in the map.
func WrongInsertMissing(ages map[string]int, parents map[string]string) {
	for name := range ages {
		parent := parents[name]
		if _, ok := ages[parent]; !ok {
			ages[parent] = 0 // want range-map-mutation "ages"
		}
	}
}

// RightOverwriteFound overwrites a key that it has found in the map.
func RightOverwriteFound(ages map[string]int, parents map[string]string) {
	for name := range ages {
		parent := parents[name]
		if _, ok := ages[parent]; ok {
			ages[parent]++
		}
	}
}

// RightCompared writes the key that it has compared the loop's key with.
func RightCompared(ages map[string]int) {
	for name := range ages {
		switch name {
		case "eve":
			ages["eve"] = 1
		}
		if name == "adam" {
			ages["adam"] = 2
		}
	}
}

// RightUntilNothingChanges ranges anew until no key is added: whether one loop visits a new key does not matter.
func RightUntilNothingChanges(reached map[string]bool, next map[string]string) {
	for changed := true; changed; {
		changed = false
		for name := range reached {
			if _, ok := reached[next[name]]; !ok {
				reached[next[name]] = true
				changed = true
			}
		}
	}
}

// RightInsertAndLeaveBoth inserts in an inner loop and leaves the outer one.
func RightInsertAndLeaveBoth(ages map[string]int, suffixes []string) {
names:
	for name := range ages {
		for _, suffix := range suffixes {
			if suffix != "" {
				ages[name+suffix] = 0
				break names
			}
		}
	}
}

// RightInsertForOne inserts for one key alone: the loop has nothing to do for the new one.
func RightInsertForOne(ages map[string]int) {
	for name, age := range ages {
		switch name {
		case "old":
			delete(ages, name)
			ages[name+"er"] = age // want-possible range-map-mutation "ages"
		}
	}
}

// RightInsertMarked passes over the names that have the mark of the new ones.
func RightInsertMarked(ages map[string]int) {
	for name, age := range ages {
		if strings.HasPrefix(name, "old ") {
			continue
		}
		marked := "old " + name
		ages[marked] = age // want-possible range-map-mutation "ages"
		delete(ages, name)
	}
}

// RightInsertUnmarked asks for names without the mark.
func RightInsertUnmarked(ages map[string]int, mark string) {
	for name, age := range ages {
		if age > 100 && !strings.HasSuffix(name, mark) {
			ages[name+mark] = age // want-possible range-map-mutation "ages"
		}
	}
}

// WrongInsertMarked passes over the names with a mark at the other end.
func WrongInsertMarked(ages map[string]int) {
	for name, age := range ages {
		if strings.HasSuffix(name, " old") {
			continue
		}
		ages["old "+name] = age // want range-map-mutation "ages"
	}
}

// WrongInsertLate has inserted already where it asks.
func WrongInsertLate(ages map[string]int) {
	for name, age := range ages {
		ages["old "+name] = age // want range-map-mutation "ages"
		if strings.HasPrefix(name, "old ") {
			continue
		}
		ages[name]++
	}
}

// RightFlagged ends the outer loop, too, by a flag.
func RightFlagged(kinds map[string][]string, kind string) {
	found := false
	for own, names := range kinds {
		for _, name := range names {
			if name == kind {
				kinds[own+"s"] = names
				found = true
				break
			}
		}
		if found {
			break
		}
	}
}

// RightFlaggedByValue ends it by what has been found.
func RightFlaggedByValue(rules map[string]*Rule, kind string) *Rule {
	var found *Rule
	for own, rule := range rules {
		for _, name := range rule.names {
			if name == kind {
				found = rule
				rules[own+"s"] = found
				break
			}
		}
		if found != nil {
			break
		}
	}
	return found
}

// Rule is for several names.
type Rule struct{ names []string }

// WrongFlagged does not raise the flag where it inserts.
func WrongFlagged(kinds map[string][]string, kind string) {
	found := false
	for own, names := range kinds {
		for _, name := range names {
			if name == kind {
				kinds[own+"s"] = names // want range-map-mutation "kinds"
				break
			}
			if name == "" {
				found = true
				break
			}
		}
		if found {
			break
		}
	}
}

// WrongFlaggedBack lowers the flag again.
func WrongFlaggedBack(kinds map[string][]string, kind string) {
	found := false
	for own, names := range kinds {
		for _, name := range names {
			if name == kind {
				kinds[own+"s"] = names // want range-map-mutation "kinds"
				found = true
				found = len(names) > 1
				break
			}
		}
		if found {
			break
		}
	}
}

var reserved = map[string]bool{"go": true, "map": true}

// RightRenamed gives reserved names another one.
func RightRenamed(ages map[string]int) {
	for name, age := range ages {
		if reserved[name] {
			delete(ages, name)
			ages[name+"0"] = age // want-possible range-map-mutation "ages"
		}
	}
}

// WrongRenamed looks into the map itself.
func WrongRenamed(ages map[string]int) {
	for name := range ages {
		if ages[name] > 0 && len(reserved) > 0 {
			ages[name+"0"] = 1 // want range-map-mutation "ages"
		}
	}
}
