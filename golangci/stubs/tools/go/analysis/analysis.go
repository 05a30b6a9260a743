// Package analysis stands in for Go's package of that name: what the plugin uses of it, and nothing else.
package analysis

import (
	"go/ast"
	"go/token"
)

// An Analyzer is a check with a name.
type Analyzer struct {
	Name string
	Doc  string
	Run  func(*Pass) (any, error)
}

// A Pass is one package to check.
type Pass struct {
	Fset   *token.FileSet
	Files  []*ast.File
	Report func(Diagnostic)
}

// A Diagnostic is a message with its place.
type Diagnostic struct {
	Pos      token.Pos
	Category string
	Message  string
}

// Validate is satisfied with names that are identifiers.
func Validate(analyzers []*Analyzer) error {
	for _, analyzer := range analyzers {
		if !token.IsIdentifier(analyzer.Name) {
			return &invalidName{analyzer.Name}
		}
	}
	return nil
}

type invalidName struct{ name string }

func (e *invalidName) Error() string {
	return "invalid analyzer name " + e.name
}
