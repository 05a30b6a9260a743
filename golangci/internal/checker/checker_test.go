package checker

import (
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestMain lets the test binary stand in for gomapcheck: it notes how it was called, and prints what the test has prepared.
func TestMain(m *testing.M) {
	if directory := os.Getenv("FAKE_GOMAPCHECK"); directory != "" {
		os.Exit(fake(directory))
	}
	os.Exit(m.Run())
}

func fake(directory string) int {
	call := strings.Join(os.Args[1:], " ")
	for _, argument := range os.Args[1:] {
		if path, found := strings.CutPrefix(argument, "--config="); found {
			config, _ := os.ReadFile(path)
			call = strings.ReplaceAll(call, path, string(config))
		}
	}
	calls, _ := os.OpenFile(filepath.Join(directory, "calls"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	working, _ := os.Getwd()
	fmt.Fprintf(calls, "%s: %s\n", filepath.Base(working), call)
	if log, err := os.ReadFile(filepath.Join(directory, "log")); err == nil {
		os.Stderr.Write(log)
		return 3
	}
	out, _ := os.ReadFile(filepath.Join(directory, "out"))
	os.Stdout.Write(out)
	return 0
}

// A stage is a directory with Go files, and a binary that prints the given findings.
type stage struct {
	t        *testing.T
	root     string
	scripts  string
	settings map[string]any
}

func newStage(t *testing.T, files map[string]string) *stage {
	t.Helper()
	s := &stage{t: t, root: filepath.Join(canonical(t.TempDir()), "root"), scripts: t.TempDir()}
	for path, text := range files {
		s.write(filepath.Join(s.root, path), text)
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("FAKE_GOMAPCHECK", s.scripts)
	s.settings = map[string]any{"binary": binary}
	s.prints(nil)
	return s
}

func (s *stage) write(path, text string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// prints prepares findings, each as path:line:column relative to the root.
func (s *stage) prints(findings []string) {
	s.t.Helper()
	list := []map[string]any{}
	for _, place := range findings {
		parts := strings.Split(place, ":")
		var line, column int
		fmt.Sscan(parts[1], &line)
		fmt.Sscan(parts[2], &column)
		list = append(list, map[string]any{
			"rule": "concurrent-map-write", "message": "m is written at " + place, "new-key": 1,
			"location": map[string]any{
				"path":  filepath.Join(s.root, parts[0]),
				"start": map[string]any{"offset": 0, "line": line, "column": column},
			},
		})
	}
	encoded, _ := json.Marshal(map[string]any{
		"version": 1, "program": map[string]any{"version": "0.1.0"}, "findings": list,
	})
	s.write(filepath.Join(s.scripts, "out"), string(encoded)+"\n")
}

func (s *stage) calls() []string {
	text, _ := os.ReadFile(filepath.Join(s.scripts, "calls"))
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func (s *stage) checker() *Checker {
	s.t.Helper()
	settings, err := ParseSettings(s.settings)
	if err != nil {
		s.t.Fatal(err)
	}
	return New(settings)
}

// pass reports on the named files as one package, and gives file:line:column of each report.
func (s *stage) pass(checker *Checker, names ...string) ([]string, error) {
	fset := token.NewFileSet()
	var clauses []token.Pos
	for _, name := range names {
		file, err := parser.ParseFile(fset, filepath.Join(s.root, name), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		clauses = append(clauses, file.Package)
	}
	var places []string
	err := checker.Report(fset, clauses, func(at token.Pos, finding Finding) {
		place := fset.PositionFor(at, false)
		name, _ := filepath.Rel(s.root, place.Filename)
		places = append(places, fmt.Sprintf("%s:%d:%d@%d", filepath.ToSlash(name), place.Line, place.Column, place.Offset))
	})
	return places, err
}

func (s *stage) mustPass(checker *Checker, names ...string) []string {
	s.t.Helper()
	places, err := s.pass(checker, names...)
	if err != nil {
		s.t.Fatal(err)
	}
	return places
}

func (s *stage) mustFail(checker *Checker, names ...string) string {
	s.t.Helper()
	places, err := s.pass(checker, names...)
	if err == nil {
		s.t.Fatalf("no error, but %v", places)
	}
	return err.Error()
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

const goMod = "module example.com/m\n\ngo 1.24\n"

func TestOneRunForAllPackagesOfAModule(t *testing.T) {
	s := newStage(t, map[string]string{
		"go.mod": goMod, "a/a.go": "package a\n\nvar m int\n", "b/b.go": "package b\n\nvar m int\n", "b/c/c.go": "package c\n",
	})
	s.prints([]string{"a/a.go:3:5", "b/b.go:3:1"})
	checker := s.checker()
	var group sync.WaitGroup
	results := make([][]string, 3)
	for i, name := range []string{"a/a.go", "b/b.go", "b/c/c.go"} {
		group.Add(1)
		go func() {
			defer group.Done()
			results[i], _ = s.pass(checker, name)
		}()
	}
	group.Wait()
	same(t, results[0], "a/a.go:3:5@15")
	same(t, results[1], "b/b.go:3:1@11")
	same(t, results[2])
	same(t, s.calls(), "root: run --raw --show-stats=false --timeout=10m0s --no-config ./...")
}

func TestEachModuleHasItsRun(t *testing.T) {
	s := newStage(t, map[string]string{
		"go.mod": goMod, "a.go": "package m\n", "sub/go.mod": "module example.com/sub\n", "sub/p/p.go": "package p\n",
	})
	checker := s.checker()
	s.mustPass(checker, "a.go")
	s.mustPass(checker, "sub/p/p.go")
	s.mustPass(checker, "a.go")
	if calls := s.calls(); len(calls) != 2 || !strings.HasPrefix(calls[0], "root: ") || !strings.HasPrefix(calls[1], "sub: ") {
		t.Errorf("calls %q", calls)
	}
}

func TestAPackageOfNoModuleIsAnalysedAlone(t *testing.T) {
	if unitOf(filepath.Join(t.TempDir(), "x.go")).pattern != "." {
		t.Skip("a go.mod stands above the temporary directory")
	}
	s := newStage(t, map[string]string{"p/p.go": "package p\n"})
	s.mustPass(s.checker(), "p/p.go")
	same(t, s.calls(), "p: run --raw --show-stats=false --timeout=10m0s --no-config .")
}

func TestColumnsAreBytesWhateverTheText(t *testing.T) {
	s := newStage(t, map[string]string{
		"go.mod":       goMod,
		"crlf.go":      "package m\r\n\r\nvar a, b int\r\n",
		"umlaut.go":    "package m\n\n/* é */ var c int\n",
		"directive.go": "package m\n\n//line other.y:70\nvar d int\n",
	})
	s.prints([]string{"crlf.go:3:8", "umlaut.go:3:14", "directive.go:4:5", "crlf.go:99:1", "crlf.go:3:99"})
	same(t, s.mustPass(s.checker(), "crlf.go", "umlaut.go", "directive.go"),
		"crlf.go:3:8@20", "crlf.go:3:15@27", "umlaut.go:3:14@24", "directive.go:4:5@33")
}

func TestFindingsOfCgoFilesAreInTheFileWrittenByHand(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "c.go": "package m\n\nimport \"C\"\n\nvar m int\n"})
	cache := filepath.Join(s.root, "..", "cache", "c.cgo1.go")
	s.write(cache, "// Code generated by cmd/cgo; DO NOT EDIT.\n\n//line "+filepath.Join(s.root, "c.go")+":1:1\npackage m\n\nvar m int\n")
	s.prints([]string{"c.go:5:5"})
	same(t, s.mustPass(s.checker(), "../cache/c.cgo1.go"), "c.go:5:5@27")
	same(t, s.calls(), "root: run --raw --show-stats=false --timeout=10m0s --no-config ./...")
}

func TestGeneratedTestMainsStartNothing(t *testing.T) {
	s := newStage(t, map[string]string{"6b7106a1-d": "package main\n"})
	same(t, s.mustPass(s.checker(), "6b7106a1-d"))
	same(t, s.calls(), "")
}

func TestAFileBehindALinkIsTheSameFile(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "a.go": "package m\n"})
	link := filepath.Join(s.root, "..", "link")
	if err := os.Symlink(s.root, link); err != nil {
		t.Skip(err)
	}
	s.prints([]string{"a.go:1:1"})
	same(t, s.mustPass(s.checker(), "../link/a.go"), "../link/a.go:1:1@0")
}

func TestSettingsGoToTheBinary(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "a.go": "package m\n"})
	s.settings["args"] = []any{"--tags=integration", "--tests=false"}
	s.settings["timeout"] = "90s"
	s.settings["min-confidence"] = "possible"
	s.settings["launchers"] = []any{"example.com/m/pool.Pool.Go"}
	s.mustPass(s.checker(), "a.go")
	same(t, s.calls(), `root: run --raw --show-stats=false --timeout=1m30s `+
		`--config={"linters":{"settings":{"custom":{"map-concurrency":{"settings":`+
		`{"launchers":["example.com/m/pool.Pool.Go"],"min-confidence":"possible"}}}}},`+
		`"run":{"relative-path-mode":"wd"},"version":"2"} --tags=integration --tests=false ./...`)
}

func TestWrongSettingsSayWhatIsRight(t *testing.T) {
	for want, settings := range map[string]any{
		`map-concurrency: args takes a list of flags, not "x"`:                                map[string]any{"args": "x"},
		`map-concurrency: timeout takes a time such as 90s or 5m, not "soon"`:                 map[string]any{"timeout": "soon"},
		`map-concurrency: timeout takes a time such as 90s or 5m, not 5`:                      map[string]any{"timeout": 5},
		`map-concurrency: expect-version takes a version such as "0.1.0", in quotes, not 0.1`: map[string]any{"expect-version": 0.1},
		`map-concurrency: the settings are no table of keys but ["binary"]`:                   []any{"binary"},
	} {
		if _, err := ParseSettings(settings); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := ParseSettings(func() {}); err == nil {
		t.Error("a function is no setting")
	}
	if settings, err := ParseSettings(nil); err != nil || len(settings.Analysis) != 0 {
		t.Errorf("no settings at all: %v, %v", settings, err)
	}
}

func TestTheBinaryOfTheEnvironment(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "a.go": "package m\n"})
	t.Setenv("GOMAPCHECK", s.settings["binary"].(string))
	delete(s.settings, "binary")
	s.mustPass(s.checker(), "a.go")
}

func TestAMissingBinaryIsOneClearError(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "a.go": "package m\n"})
	t.Setenv("GOMAPCHECK", "")
	t.Setenv("PATH", t.TempDir())
	for name, want := range map[string]string{
		"":         "map-concurrency: the PATH is searched for gomapcheck, which cannot be started (",
		"/nowhere": "map-concurrency: the setting binary names /nowhere, which cannot be started (",
	} {
		s.settings["binary"] = name
		checker := s.checker()
		message := s.mustFail(checker, "a.go")
		if !strings.HasPrefix(message, want) || !strings.HasSuffix(message, "linters.settings.custom.map-concurrency.settings.binary") {
			t.Errorf("%q", message)
		}
		if again := s.mustFail(checker, "a.go"); again != message {
			t.Errorf("the second package is told something else: %q", again)
		}
	}
}

func TestWhatTheBinaryComplainsOfIsTold(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "a.go": "package m\n"})
	s.write(filepath.Join(s.scripts, "log"), "1\n2\n3\n4\n5\ngomapcheck: there is no setting min-confidense\n")
	message := s.mustFail(s.checker(), "a.go")
	if !strings.HasSuffix(message, "exit status 3: 2; 3; 4; 5; gomapcheck: there is no setting min-confidense") {
		t.Errorf("%q", message)
	}
}

func TestOutputThatIsNotOursIsRefused(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "a.go": "package m\n"})
	for out, want := range map[string]string{
		"":                       "its output is not understood: EOF",
		"hello":                  "its output is not understood: invalid character 'h'",
		`{"version":2}`:          "it writes version 2 of the raw format, but this plugin reads version 1",
		`{"version":1} and more`: "",
		`{"version":1,"findings":[{"location":{"path":"a.go"}}]}`: "a finding's path is not absolute: a.go",
	} {
		s.write(filepath.Join(s.scripts, "out"), out)
		if want == "" {
			s.mustPass(s.checker(), "a.go")
		} else if message := s.mustFail(s.checker(), "a.go"); !strings.Contains(message, want) {
			t.Errorf("%s: %q", out, message)
		}
	}
}

func TestAnotherVersionThanExpectedIsAnError(t *testing.T) {
	s := newStage(t, map[string]string{"go.mod": goMod, "a.go": "package m\n"})
	s.settings["expect-version"] = "0.2.0"
	message := s.mustFail(s.checker(), "a.go")
	if !strings.HasSuffix(message, "it is version 0.1.0, but the setting expect-version says 0.2.0") {
		t.Errorf("%q", message)
	}
	s.settings["expect-version"] = "0.1.0"
	s.mustPass(s.checker(), "a.go")
}
