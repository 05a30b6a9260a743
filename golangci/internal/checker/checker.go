// Package checker runs the gomapcheck binary and places its findings in the files of an analysis. It needs the standard
// library alone, so that it can be tested without golangci-lint.
package checker

import (
	"go/token"
	"sync"
)

// A Checker keeps what the binary has found, so that each module is analysed once in a process.
type Checker struct {
	settings Settings

	mutex sync.Mutex
	runs  map[unit]*run
}

type run struct {
	once  sync.Once
	files map[string][]Finding
	err   error
}

// New gives a checker that has not started anything yet.
func New(settings Settings) *Checker {
	return &Checker{settings: settings, runs: make(map[unit]*run)}
}

// Report calls report for each finding in the files of a package, in the order of the files and then of the findings. The
// files are given by their package clauses. It may be called for many packages at once: the first package of a module starts
// the binary, the others wait for it.
func (c *Checker) Report(fset *token.FileSet, packageClauses []token.Pos, report func(token.Pos, Finding)) error {
	sources := sourcesOfAll(fset, packageClauses)
	if len(sources) == 0 {
		return nil
	}
	found, err := c.findings(unitOfAll(sources))
	if err != nil {
		return err
	}
	for i := range sources {
		for _, finding := range found[sources[i].name] {
			start := finding.Location.Start
			if at := sources[i].position(fset, start.Line, start.Column); at.IsValid() {
				report(at, finding)
			}
		}
	}
	return nil
}

func (c *Checker) findings(unit unit) (map[string][]Finding, error) {
	c.mutex.Lock()
	started, found := c.runs[unit]
	if !found {
		started = new(run)
		c.runs[unit] = started
	}
	c.mutex.Unlock()
	started.once.Do(func() { started.files, started.err = c.settings.execute(unit) })
	return started.files, started.err
}

// sourcesOfAll names each file once: several files of cgo's may come from one.
func sourcesOfAll(fset *token.FileSet, packageClauses []token.Pos) []source {
	var all []source
	seen := make(map[string]bool)
	for _, clause := range packageClauses {
		for _, source := range sourcesOf(fset, clause) {
			if !seen[source.name] {
				seen[source.name] = true
				all = append(all, source)
			}
		}
	}
	return all
}

// unitOfAll takes the first file that stands in a module: what cgo writes stands in none.
func unitOfAll(sources []source) unit {
	for _, source := range sources {
		if unit := unitOf(source.name); unit.pattern == "./..." {
			return unit
		}
	}
	return unitOf(sources[0].name)
}
