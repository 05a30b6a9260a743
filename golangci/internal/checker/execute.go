package checker

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// toldLines is how many of the last lines of the binary's standard error an error repeats: golangci-lint shows nothing else.
const toldLines = 5

// grace is what the binary gets to end by itself when its time is over.
const grace = 5 * time.Second

// execute starts the binary and waits for its findings.
func (s Settings) execute(unit unit) (map[string][]Finding, error) {
	binary, err := findBinary(s.Binary)
	if err != nil {
		return nil, err
	}
	fail := func(err error) (map[string][]Finding, error) {
		return nil, fmt.Errorf("map-concurrency: %s in %s: %w", binary, unit.directory, err)
	}
	config, err := s.writeConfig()
	if err != nil {
		return fail(err)
	}
	if config != "" {
		defer os.Remove(config)
	}
	printed, err := s.start(binary, s.arguments(config, unit), unit.directory)
	if err != nil {
		return fail(err)
	}
	read, err := parse(printed)
	if err != nil {
		return fail(err)
	}
	if s.ExpectVersion != "" && s.ExpectVersion != read.Program.Version {
		return fail(fmt.Errorf("it is version %s, but the setting expect-version says %s",
			read.Program.Version, s.ExpectVersion))
	}
	files, err := byFile(read.Findings)
	if err != nil {
		return fail(err)
	}
	return files, nil
}

// arguments asks for everything: golangci-lint chooses. No configuration is searched for, because golangci-lint's may have
// been named by a flag, and its cache knows nothing of any other.
func (s Settings) arguments(config string, unit unit) []string {
	arguments := []string{"run", "--raw", "--show-stats=false", "--timeout=" + s.Timeout.String()}
	if config == "" {
		arguments = append(arguments, "--no-config")
	} else {
		arguments = append(arguments, "--config="+config)
	}
	arguments = append(arguments, s.Args...)
	return append(arguments, unit.pattern)
}

// writeConfig puts the settings of the analysis into a file shaped as golangci-lint's, where the binary knows them; none where
// there are none. Paths in messages begin at the module, not at that file.
func (s Settings) writeConfig() (string, error) {
	if len(s.Analysis) == 0 {
		return "", nil
	}
	type table = map[string]any
	encoded, err := json.Marshal(table{
		"version": "2",
		"run":     table{"relative-path-mode": "wd"},
		"linters": table{"settings": table{"custom": table{"map-concurrency": table{"settings": s.Analysis}}}},
	})
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "gomapcheck-*.json")
	if err != nil {
		return "", err
	}
	_, err = file.Write(encoded)
	return file.Name(), errors.Join(err, file.Close())
}

func (s Settings) start(binary string, arguments []string, directory string) ([]byte, error) {
	limited, cancel := context.WithTimeout(context.Background(), s.Timeout+grace)
	defer cancel()
	command := exec.CommandContext(limited, binary, arguments...)
	var out, log bytes.Buffer
	command.Dir, command.Stdout, command.Stderr = directory, &out, &log
	command.WaitDelay = grace
	err := command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out.Bytes(), nil
	case limited.Err() != nil, errors.As(err, &exit) && exit.ExitCode() == timeoutExitCode:
		return nil, fmt.Errorf("it did not finish within %s; the setting timeout gives it more", s.Timeout)
	default:
		return nil, fmt.Errorf("%w: %s", err, lastLines(log.String()))
	}
}

// timeoutExitCode is what the binary ends with when its time is over.
const timeoutExitCode = 4

func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-toldLines):], "; ")
}
