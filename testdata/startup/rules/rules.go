// Package rules has maps that a program fills before it uses them, or while it does so.
package rules

var rules = map[string]int{}

// Compile fills the map.
func Compile(names []string) {
	for _, name := range names {
		rules[name] = len(name) // want-possible "rules"
	}
}

// Known counts what is in it.
func Known(names []string) int {
	sum := 0
	for _, name := range names {
		sum += rules[name]
	}
	return sum
}

var late = map[string]int{}

// CompileLate fills the map.
func CompileLate(names []string) {
	for _, name := range names {
		late[name] = len(name) // want concurrent-map-read-write "late"
	}
}

// KnownLate counts what is in it.
func KnownLate(names []string) int {
	sum := 0
	for _, name := range names {
		sum += late[name]
	}
	return sum
}
