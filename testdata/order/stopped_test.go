package order

import "testing"

func TestSafe_Gatherer(*testing.T) {
	often(func() { Gather(keys) })
}

func TestRacy_HastyGatherer(*testing.T) {
	often(func() { GatherHastily(keys) })
}

func TestSafe_Output(*testing.T) {
	often(func() {
		o := &Output{series: map[string]int{}}
		o.Start()
		o.flusher.Flush()
		o.Stop()
	})
}

func TestRacy_HastyOutput(*testing.T) {
	often(func() {
		o := &HastyOutput{series: map[string]int{}}
		o.Start()
		o.flusher.Flush()
		o.Stop()
	})
}
