package closures_go121

import "testing"

func TestRacy_LoopVariable(*testing.T) {
	often(func() { RacyLoopVariable(shards()) })
}

func TestSafe_CopiedVariable(*testing.T) {
	often(func() { SafeCopiedVariable(8) })
}

func TestSafe_Argument(*testing.T) {
	often(func() { SafeArgument(shards()) })
}
