// Package sources has maps that are filled when a program starts, and again when it is told to.
package sources

var runtimes = map[string]int{}

// FromOne loads one.
func FromOne(name string) {
	runtimes[name] = len(name) // want-possible concurrent-map-write "runtimes"
}

// FromAll loads all.
func FromAll(names []string) {
	for _, name := range names {
		runtimes[name] = len(names)
	}
}

var open = map[string]int{}

// OpenFromOne loads one.
func OpenFromOne(name string) {
	open[name] = len(name) // want concurrent-map-write "open"
}

// OpenFromAll loads all.
func OpenFromAll(names []string) {
	for _, name := range names {
		open[name] = len(names)
	}
}
