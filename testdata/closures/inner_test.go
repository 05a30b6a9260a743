package closures

import "testing"

func TestRacy_Inner(*testing.T) {
	often(func() { RacyInner([]string{"a", "b"}) })
}

func TestSafe_Inner(*testing.T) {
	often(func() { SafeInner([]string{"a", "b"}) })
}

func TestRacy_InnerLoop(*testing.T) {
	often(func() { RacyInnerLoop([]string{"a"}) })
}

func TestSafe_LockedAround(*testing.T) {
	often(func() {
		done := make(chan int, 1)
		SafeLockedAround(&Counts{counts: map[string]int{}}, done)
		<-done
	})
}

func TestRacy_BareAround(*testing.T) {
	often(func() {
		done := make(chan int, 1)
		RacyBareAround(&OpenCounts{counts: map[string]int{}}, done)
		<-done
	})
}
