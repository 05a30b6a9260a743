// Package sizes is filled when a process starts, and read by what it does then.
package sizes

var sizes = map[string]int{}

// Init comes before everything else.
func Init(names []string) {
	for _, name := range names {
		sizes[name] = len(name)
	}
}

// Of looks one up.
func Of(name string) int { return sizes[name] }

var open = map[string]int{}

// InitOpen does not come before everything else.
func InitOpen(names []string) {
	for _, name := range names {
		open[name] = len(name) // want concurrent-map-read-write "open"
	}
}

// OfOpen looks one up.
func OfOpen(name string) int { return open[name] }
