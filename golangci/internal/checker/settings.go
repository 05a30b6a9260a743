package checker

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// defaultTimeout ends a run that hangs: golangci-lint does not wait for its plugins when its own time is over, and would
// leave the binary behind.
const defaultTimeout = 10 * time.Minute

// Settings are what stands below linters.settings.custom.map-concurrency.settings.
type Settings struct {
	// Binary is the program to start: a path, or a name that is looked up on the PATH.
	Binary string
	// Args are further flags of the binary.
	Args []string
	// ExpectVersion is the version that the binary must have; any, if empty.
	ExpectVersion string
	// Timeout ends a run that takes longer.
	Timeout time.Duration
	// Analysis holds the other keys. The binary judges them: it knows which there are.
	Analysis map[string]json.RawMessage
}

// ParseSettings reads the settings as golangci-lint hands them over.
func ParseSettings(given any) (Settings, error) {
	settings := Settings{Timeout: defaultTimeout}
	encoded, err := json.Marshal(given)
	if err != nil {
		return settings, fmt.Errorf("map-concurrency: the settings cannot be read: %w", err)
	}
	if err := json.Unmarshal(encoded, &settings.Analysis); err != nil {
		return settings, fmt.Errorf("map-concurrency: the settings are no table of keys but %s", encoded)
	}
	var timeout string
	for key, take := range map[string]taker{
		"binary":         {&settings.Binary, "a path or a name"},
		"args":           {&settings.Args, "a list of flags"},
		"expect-version": {&settings.ExpectVersion, "a version such as \"0.1.0\", in quotes"},
		"timeout":        {&timeout, "a time such as 90s or 5m"},
	} {
		if err := take.from(settings.Analysis, key); err != nil {
			return settings, err
		}
	}
	if timeout != "" {
		settings.Timeout, err = time.ParseDuration(timeout)
		if err != nil || settings.Timeout <= 0 {
			return settings, fmt.Errorf("map-concurrency: timeout takes a time such as 90s or 5m, not %q", timeout)
		}
	}
	return settings, nil
}

// A taker moves the value of one key out of the settings.
type taker struct {
	target   any
	expected string
}

func (t taker) from(settings map[string]json.RawMessage, key string) error {
	value, found := settings[key]
	if !found {
		return nil
	}
	delete(settings, key)
	if err := json.NewDecoder(bytes.NewReader(value)).Decode(t.target); err != nil {
		return fmt.Errorf("map-concurrency: %s takes %s, not %s", key, t.expected, value)
	}
	return nil
}
