package checker

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// binaryVariable names the binary where the settings do not.
const binaryVariable = "GOMAPCHECK"

// findBinary gives the absolute path of the program to start: that of the setting, of the environment variable GOMAPCHECK, or
// gomapcheck on the PATH.
func findBinary(setting string) (string, error) {
	name, source := setting, "the setting binary names"
	if name == "" {
		name, source = os.Getenv(binaryVariable), "the environment variable "+binaryVariable+" names"
	}
	if name == "" {
		name, source = "gomapcheck", "the PATH is searched for"
	}
	found, err := exec.LookPath(name)
	if err == nil {
		found, err = filepath.Abs(found)
	}
	if err != nil {
		return "", fmt.Errorf("map-concurrency: %s %s, which cannot be started (%w): install gomapcheck "+
			"(pip install gomapcheck, or cargo install --git https://github.com/gomapcheck/gomapcheck), or name it in "+
			"linters.settings.custom.map-concurrency.settings.binary", source, name, err)
	}
	return found, nil
}
