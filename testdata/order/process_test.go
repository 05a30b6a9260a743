package order

import "testing"

func TestSafe_Process(*testing.T) {
	for _, background := range []bool{true, false} {
		done := make(chan int, 1)
		SafeProcess(keys, background, done)
		<-done
	}
}

func TestRacy_Process(*testing.T) {
	often(func() {
		done := make(chan int, 1)
		RacyProcess(keys, true, done)
		OpenSize(keys[0])
		<-done
	})
}
