package order

import "testing"

func TestSafe_Retry(*testing.T) { often(SafeRetry) }
func TestSafe_Terms(*testing.T) {
	elections := make(chan bool)
	go func() {
		defer close(elections)
		for range 3 {
			elections <- true
			elections <- false
		}
	}()
	SafeTerms(elections)
}

func TestSafe_Poll(*testing.T) { often(SafePoll) }
func TestRacy_Poll(*testing.T) { often(RacyPoll) }
func TestRacy_Behind(*testing.T) { often(RacyBehind) }

func TestRacy_Pool(*testing.T) { often(RacyPool) }
func TestRacy_Hall(*testing.T) {
	often(func() {
		guests := make(chan string)
		go func() {
			defer close(guests)
			for range 3 {
				guests <- "guest"
			}
		}()
		RacyHall(guests)
	})
}
