package functions

import "testing"

func TestSafe_Rounds(*testing.T) {
	r := &SafeRounds{done: map[string]int{}}
	r.Run("a", 1000)
	for r.Count() == 0 {
	}
}

func TestRacy_Rounds(*testing.T) {
	r := &RacyRounds{ends: map[string]int{}}
	r.Run("a", 1000)
	for range 1000 {
		r.Count()
	}
}
