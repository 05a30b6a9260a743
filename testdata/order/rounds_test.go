package order

import "testing"

func received(run func(chan<- int)) {
	done := make(chan int, 3)
	run(done)
	for range 3 {
		<-done
	}
}

func TestSafe_Rounds(*testing.T) {
	often(func() { received(func(done chan<- int) { SafeRounds(keys, done) }) })
}

func TestRacy_Rounds(*testing.T) {
	often(func() { received(func(done chan<- int) { RacyRounds(keys, done) }) })
}

func TestSafe_Updater(*testing.T) {
	often(func() { SafeUpdater(keys) })
}

func TestRacy_Updater(*testing.T) {
	often(func() { RacyUpdater() })
}

func TestSafe_Recorder(*testing.T) {
	often(func() { SafeRecorder(keys) })
}

func TestRacy_Recorder(*testing.T) {
	often(func() { RacyRecorder(keys) })
}

func TestSafe_Watches(*testing.T) {
	often(func() {
		room := &Guardroom{maker: NewMaker()}
		received(room.SafeWatches)
	})
}

func TestRacy_Watches(*testing.T) {
	often(func() { received(new(Tower).RacyWatches) })
}

func TestRacy_Scouts(*testing.T) {
	often(func() { received(new(Camp).RacyScouts) })
}
