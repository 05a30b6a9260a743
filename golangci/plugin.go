// Package mapconcurrency is the golangci-lint module plugin "map-concurrency".
//
// It starts the gomapcheck binary once for each Go module and reports, package by package, what that run has found.
// golangci-lint does the rest: nolint comments, exclusions, limits, diffs and formats.
package mapconcurrency

import (
	"go/token"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/gomapcheck/gomapcheck/golangci/internal/checker"
)

func init() {
	register.Plugin("map-concurrency", New)
}

// New is called by golangci-lint with the settings of its configuration.
func New(settings any) (register.LinterPlugin, error) {
	parsed, err := checker.ParseSettings(settings)
	if err != nil {
		return nil, err
	}
	return &plugin{checker: checker.New(parsed)}, nil
}

type plugin struct {
	checker *checker.Checker
}

// GetLoadMode asks for no more than parsed files: their names and lines are all that is used.
func (p *plugin) GetLoadMode() string {
	return register.LoadModeSyntax
}

// BuildAnalyzers gives one analyzer. Its name is an identifier, as the analysis package demands; that of the linter is not.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{{
		Name: "mapconcurrency",
		Doc:  "finds data races on Go's built-in maps",
		Run:  p.run,
	}}, nil
}

func (p *plugin) run(pass *analysis.Pass) (any, error) {
	clauses := make([]token.Pos, 0, len(pass.Files))
	for _, file := range pass.Files {
		clauses = append(clauses, file.Package)
	}
	report := func(at token.Pos, finding checker.Finding) {
		// Related places would become findings of their own, or be lost: the message names the other access.
		pass.Report(analysis.Diagnostic{Pos: at, Category: finding.Rule, Message: finding.Text()})
	}
	return nil, p.checker.Report(pass.Fset, clauses, report)
}
