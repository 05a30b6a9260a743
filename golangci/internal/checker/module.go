package checker

import (
	"os"
	"path/filepath"
)

// A unit is what one run of the binary covers.
type unit struct {
	directory string
	pattern   string
}

// unitOf gives the module around a file, or, for a file of no module, its package.
func unitOf(file string) unit {
	directory := filepath.Dir(canonical(file))
	for at := directory; ; at = filepath.Dir(at) {
		if info, err := os.Stat(filepath.Join(at, "go.mod")); err == nil && info.Mode().IsRegular() {
			return unit{directory: at, pattern: "./..."}
		}
		if at == filepath.Dir(at) {
			return unit{directory: directory, pattern: "."}
		}
	}
}
