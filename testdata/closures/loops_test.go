package closures

import "testing"

func TestRacy_Fill(*testing.T) {
	often(func() { RacyFill(keys) })
}

func TestSafe_FillLocked(*testing.T) {
	often(func() { SafeFillLocked(keys) })
}

func TestRacy_Delete(*testing.T) {
	often(func() { RacyDelete(keys, map[string]bool{"a": true}) })
}

func TestRacy_Append(*testing.T) {
	often(func() { RacyAppend(keys) })
}

func TestRacy_LockOfItsOwn(*testing.T) {
	often(func() { RacyLockOfItsOwn(keys) })
}

func TestSafe_MapOfItsOwn(*testing.T) {
	often(func() { SafeMapOfItsOwn([][]string{keys, keys, keys}) })
}

func TestSafe_MapOfTheIteration(*testing.T) {
	often(func() { SafeMapOfTheIteration([][]string{keys, keys, keys}) })
}

func TestRacy_MapOfTheIteration(*testing.T) {
	often(func() { RacyMapOfTheIteration([][]string{keys, keys, keys}) })
}

func TestSafe_Merge(*testing.T) {
	often(func() { SafeMerge([][]string{keys, keys, keys}) })
}

func TestSafe_OneAtATime(*testing.T) {
	often(func() { SafeOneAtATime(keys) })
}

func TestSafe_Readers(*testing.T) {
	often(func() { SafeReaders(keys, map[string]int{"a": 1}) })
}

func TestSafe_LoopVariable(*testing.T) {
	often(func() { SafeLoopVariable(8) })
}

func TestRacy_TwoSteps(*testing.T) {
	visits := []visit{{"a", "x"}, {"a", "y"}, {"a", "z"}}
	often(func() { RacyTwoSteps(visits) })
}

func TestSafe_OneStep(*testing.T) {
	often(func() { SafeOneStep([]string{"a", "b", "c"}) })
}
