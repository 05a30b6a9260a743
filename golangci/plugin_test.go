package mapconcurrency

import (
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
)

func TestThePluginIsRegistered(t *testing.T) {
	newPlugin, err := register.GetPlugin("map-concurrency")
	if err != nil {
		t.Fatal(err)
	}
	plugin, err := newPlugin(map[string]any{"min-confidence": "likely"})
	if err != nil {
		t.Fatal(err)
	}
	if mode := plugin.GetLoadMode(); mode != register.LoadModeSyntax {
		t.Errorf("load mode %q", mode)
	}
	analyzers, err := plugin.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(analyzers); err != nil {
		t.Error(err)
	}
}

func TestWrongSettingsAreNoPlugin(t *testing.T) {
	if _, err := New(map[string]any{"args": 1}); err == nil {
		t.Error("no error")
	}
}

// TestFindingsAreThoseOfTheBinary runs the analyzer as golangci-lint does, package by package and all at once, and compares
// with what the binary reports by itself.
func TestFindingsAreThoseOfTheBinary(t *testing.T) {
	binary := os.Getenv("GOMAPCHECK")
	if binary == "" {
		t.Skip("GOMAPCHECK names no binary")
	}
	root, err := filepath.Abs("../testdata/quickstart")
	if err != nil {
		t.Fatal(err)
	}
	want := direct(t, binary, root)
	if len(want) == 0 {
		t.Fatal("the binary finds nothing in testdata/quickstart")
	}
	if got := throughPlugin(t, root, map[string]any{"binary": binary}); !slices.Equal(got, want) {
		t.Errorf("the plugin reports\n%s\nthe binary\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	settings := map[string]any{"binary": binary, "disable": []string{"concurrent-map-write"}}
	without := slices.DeleteFunc(slices.Clone(want), func(line string) bool { return strings.Contains(line, ": concurrent-map-write: ") })
	if got := throughPlugin(t, root, settings); !slices.Equal(got, without) || len(without) == len(want) {
		t.Errorf("without one rule the plugin reports\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(without, "\n"))
	}
}

func TestTheBinaryJudgesTheSettings(t *testing.T) {
	binary := os.Getenv("GOMAPCHECK")
	if binary == "" {
		t.Skip("GOMAPCHECK names no binary")
	}
	plugin, err := New(map[string]any{"binary": binary, "min-confidense": "likely"})
	if err != nil {
		t.Fatal(err)
	}
	analyzers, _ := plugin.BuildAnalyzers()
	root, _ := filepath.Abs("../testdata/quickstart")
	_, err = run(analyzers[0], filepath.Join(root, "words"))
	if err == nil || !strings.Contains(err.Error(), "settings.min-confidence?") {
		t.Errorf("%v", err)
	}
}

func direct(t *testing.T, binary, root string) []string {
	t.Helper()
	command := exec.Command(binary, "run", "--no-config", "--show-stats=false", "--issues-exit-code=0", "--output.json.path=stdout")
	command.Dir = root
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Issues []struct {
			Text string
			Pos  token.Position
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, issue := range report.Issues {
		place := issue.Pos
		lines = append(lines, fmt.Sprintf("%s:%d:%d@%d: %s",
			filepath.Join(root, place.Filename), place.Line, place.Column, place.Offset, issue.Text))
	}
	slices.Sort(lines)
	return lines
}

func throughPlugin(t *testing.T, root string, settings map[string]any) []string {
	t.Helper()
	plugin, err := New(settings)
	if err != nil {
		t.Fatal(err)
	}
	analyzers, err := plugin.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	var (
		group sync.WaitGroup
		mutex sync.Mutex
		lines []string
	)
	for _, directory := range packages(t, root) {
		group.Add(1)
		go func() {
			defer group.Done()
			found, err := run(analyzers[0], directory)
			mutex.Lock()
			defer mutex.Unlock()
			if err != nil {
				t.Error(err)
			}
			lines = append(lines, found...)
		}()
	}
	group.Wait()
	slices.Sort(lines)
	return lines
}

func packages(t *testing.T, root string) []string {
	t.Helper()
	var directories []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") && !slices.Contains(directories, filepath.Dir(path)) {
			directories = append(directories, filepath.Dir(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return directories
}

func run(analyzer *analysis.Analyzer, directory string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(directory, "*.go"))
	if err != nil {
		return nil, err
	}
	var lines []string
	pass := &analysis.Pass{Fset: token.NewFileSet()}
	pass.Report = func(found analysis.Diagnostic) {
		place := pass.Fset.Position(found.Pos)
		lines = append(lines, fmt.Sprintf("%s:%d:%d@%d: %s", place.Filename, place.Line, place.Column, place.Offset, found.Message))
	}
	for _, name := range names {
		file, err := parser.ParseFile(pass.Fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		pass.Files = append(pass.Files, file)
	}
	_, err = analyzer.Run(pass)
	return lines, err
}
