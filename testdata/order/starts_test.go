package order

import "testing"

func TestSafe_Feed(*testing.T) { startedOnce(SafeFeed) }
func TestRacy_Feed(*testing.T) { startedOnce(RacyFeed) }

func TestSafe_Nested(*testing.T) { startedOnce(SafeNested) }
func TestRacy_Nested(*testing.T) { startedOnce(RacyNested) }

func TestSafe_Instances(*testing.T) { often(func() { received(SafeInstances) }) }
func TestRacy_Instances(*testing.T) { often(func() { received(RacyInstances) }) }

func TestSafe_Recovery(*testing.T) {
	startedOnce(func(done chan<- int) { SafeRecovery(keys, done) })
	startedOnce(func(done chan<- int) { SafeRecovery(nil, done) })
}

func TestRacy_Cleanup(*testing.T) {
	startedOnce(func(done chan<- int) { RacyCleanup(keys, done) })
}

func startedOnce(run func(chan<- int)) {
	often(func() {
		done := make(chan int, 1)
		run(done)
		<-done
	})
}
