package order

import "testing"

func TestSafe_Collector(*testing.T) {
	SafeCollect(keys)
}

func TestRacy_Collector(*testing.T) {
	collector := NewRacyCollector()
	collector.names <- "a"
	collector.Sum()
	collector.Wait()
}
