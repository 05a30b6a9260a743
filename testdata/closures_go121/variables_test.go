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

func boxes() map[*Box]bool {
	boxes := map[*Box]bool{}
	for i := 0; i < 8; i++ {
		boxes[&Box{items: map[string]int{}}] = true
	}
	return boxes
}

func TestRacy_LoopKey(*testing.T) {
	often(func() { RacyLoopKey(boxes()) })
}

func TestSafe_Key(*testing.T) {
	often(func() { SafeKey(boxes()) })
}

func TestSafe_Receiver(*testing.T) {
	often(func() { SafeReceiver(boxes()) })
}
