package order

import "testing"

func TestSafe_Defaults(*testing.T) {
	startedOnce(func(done chan<- int) { SafeDefaults(&Preset{}, done) })
	startedOnce(func(done chan<- int) { SafeDefaults(&Preset{map[string]int{"a": 1}}, done) })
}

func TestRacy_Defaults(*testing.T) {
	startedOnce(func(done chan<- int) { RacyDefaults(&Preset{map[string]int{"a": 1}}, done) })
}
