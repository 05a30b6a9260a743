package guards

import "testing"

func TestSafe_Quota(*testing.T) {
	TakeSafely(titles)
}

func TestRacy_Quota(*testing.T) {
	stop := make(chan struct{})
	TakeOften("a", stop)
	for range 1000 {
		TakeRacily(titles)
	}
	close(stop)
}
