package order

import "testing"

func TestSafe_Crawl(*testing.T) {
	often(func() {
		in := SafeCrawl()
		in <- keys
		WalkForgetful(keys)
		close(in)
	})
}

func TestRacy_Ranger(*testing.T) {
	often(func() {
		in := make(chan []string)
		r := NewRanger(in)
		in <- keys
		r.Knows("a")
		LearnNothing(keys)
		close(in)
	})
}
