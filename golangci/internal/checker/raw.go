package checker

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// rawVersion is the version of the raw format that is read here; docs/raw-format.md describes it.
const rawVersion = 1

// A Finding is one of the binary's.
type Finding struct {
	// Rule is the rule's name.
	Rule string `json:"rule"`
	// Message is one line that names both accesses.
	Message string `json:"message"`
	// Location is the access to change.
	Location Location `json:"location"`
}

// A Location is a place in a file.
type Location struct {
	// Path is absolute.
	Path string `json:"path"`
	// Start is the first byte.
	Start Point `json:"start"`
}

// A Point is a byte of a file.
type Point struct {
	// Line counts from 1.
	Line int `json:"line"`
	// Column counts bytes from 1.
	Column int `json:"column"`
}

// Text is what is reported: the rule, then the message, as the binary's own reports have it.
func (f Finding) Text() string {
	return f.Rule + ": " + f.Message
}

type document struct {
	Version int `json:"version"`
	Program struct {
		Version string `json:"version"`
	} `json:"program"`
	Findings []Finding `json:"findings"`
}

// parse reads the first JSON value of what the binary has printed.
func parse(printed []byte) (document, error) {
	var read document
	if err := json.NewDecoder(bytes.NewReader(printed)).Decode(&read); err != nil {
		return read, fmt.Errorf("its output is not understood: %w", err)
	}
	if read.Version != rawVersion {
		return read, fmt.Errorf("it writes version %d of the raw format, but this plugin reads version %d: "+
			"take a plugin and a binary of the same release", read.Version, rawVersion)
	}
	return read, nil
}

// byFile sorts findings into their files.
func byFile(findings []Finding) (map[string][]Finding, error) {
	files := make(map[string][]Finding)
	for _, finding := range findings {
		if !filepath.IsAbs(finding.Location.Path) {
			return nil, errors.New("a finding's path is not absolute: " + finding.Location.Path)
		}
		name := canonical(finding.Location.Path)
		files[name] = append(files[name], finding)
	}
	return files, nil
}

// canonical spells a path in one way, whoever wrote it: without links, and without Windows' prefix for long paths.
func canonical(path string) string {
	path = strings.TrimPrefix(path, `\\?\`)
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		return resolved
	}
	return filepath.Clean(path)
}
