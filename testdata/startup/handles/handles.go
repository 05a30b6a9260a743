// Package handles has maps with a lock, and functions that look at them without it.
package handles

import "sync"

var (
	lock sync.Mutex
	open = map[string]int{}
)

// Open counts one more.
func Open(name string) {
	lock.Lock()
	defer lock.Unlock()
	open[name]++
}

// Close forgets one.
func Close(name string) {
	lock.Lock()
	defer lock.Unlock()
	delete(open, name)
}

// Saved counts what was open before.
func Saved(names []string) int {
	sum := 0
	for _, name := range names {
		sum += open[name] // want-possible unguarded-map-access "open"
	}
	return sum
}

var (
	lateLock sync.Mutex
	late     = map[string]int{}
)

// OpenLate counts one more.
func OpenLate(name string) {
	lateLock.Lock()
	defer lateLock.Unlock()
	late[name]++
}

// CloseLate forgets one.
func CloseLate(name string) {
	lateLock.Lock()
	defer lateLock.Unlock()
	delete(late, name)
}

// SavedLate counts what is open.
func SavedLate(names []string) int {
	sum := 0
	for _, name := range names {
		sum += late[name] // want concurrent-map-read-write "late"
	}
	return sum
}

var (
	keptLock sync.Mutex
	kept     = map[string]int{}
)

// Keep keeps one.
func Keep(name string) {
	keptLock.Lock()
	defer keptLock.Unlock()
	kept[name]++
}

// Drop drops one.
func Drop(name string) {
	keptLock.Lock()
	defer keptLock.Unlock()
	delete(kept, name)
}

// Kept counts what was kept before.
func Kept(names []string) int {
	sum := 0
	for _, name := range names {
		sum += kept[name] // want-possible unguarded-map-access "kept"
	}
	return sum
}

var (
	keptLateLock sync.Mutex
	keptLate     = map[string]int{}
)

// KeepLate keeps one.
func KeepLate(name string) {
	keptLateLock.Lock()
	defer keptLateLock.Unlock()
	keptLate[name]++
}

// DropLate drops one.
func DropLate(name string) {
	keptLateLock.Lock()
	defer keptLateLock.Unlock()
	delete(keptLate, name)
}

// KeptLate counts what is kept.
func KeptLate(names []string) int {
	sum := 0
	for _, name := range names {
		sum += keptLate[name] // want concurrent-map-read-write "keptLate"
	}
	return sum
}
