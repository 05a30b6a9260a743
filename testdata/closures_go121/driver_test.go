package closures_go121

import "time"

// often runs the function several times and lets its goroutines end.
func often(run func()) {
	for i := 0; i < 30; i++ {
		run()
	}
	time.Sleep(20 * time.Millisecond)
}

func shards() []map[string]int {
	return []map[string]int{{}, {}, {}, {}, {}, {}}
}
