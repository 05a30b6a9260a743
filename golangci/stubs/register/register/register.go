// Package register stands in for golangci-lint's package of that name: what the plugin uses of it, and nothing else.
package register

import "golang.org/x/tools/go/analysis"

// The names of the load modes.
const (
	LoadModeSyntax    = "syntax"
	LoadModeTypesInfo = "typesinfo"
)

// A LinterPlugin is what a plugin makes of its settings.
type LinterPlugin interface {
	BuildAnalyzers() ([]*analysis.Analyzer, error)
	GetLoadMode() string
}

// NewPlugin makes a plugin of its settings.
type NewPlugin func(conf any) (LinterPlugin, error)

var plugins = make(map[string]NewPlugin)

// Plugin registers a plugin under the name of its linter.
func Plugin(name string, p NewPlugin) {
	plugins[name] = p
}

// GetPlugin gives the plugin of a name.
func GetPlugin(name string) (NewPlugin, error) {
	return plugins[name], nil
}
