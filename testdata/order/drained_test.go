package order

import "testing"

func TestSafe_Drained(*testing.T) { often(func() { SafeDrained(keys) }) }

func TestSafe_DrainedRounds(*testing.T) { often(func() { SafeDrainedRounds(keys) }) }

func TestRacy_WhileDraining(*testing.T) { often(func() { RacyWhileDraining(keys) }) }

func TestRacy_OneReceived(*testing.T) { often(func() { RacyOneReceived(keys) }) }

func TestRacy_LeftEarly(*testing.T) { often(func() { RacyLeftEarly(keys) }) }

func TestRacy_ClosedEarly(*testing.T) { often(func() { RacyClosedEarly(keys) }) }

func TestSafe_Asked(*testing.T) { often(func() { SafeAsked(keys) }) }

func TestSafe_AskedSelect(*testing.T) { often(func() { SafeAskedSelect(keys, nil) }) }

func TestRacy_Asked(*testing.T) { often(func() { RacyAsked(keys) }) }

func TestRacy_AskedAnother(*testing.T) {
	closed := make(chan int)
	close(closed)
	often(func() { RacyAskedAnother(keys, closed) })
}

func TestSafe_Counted(*testing.T) { often(func() { SafeCounted(keys) }) }

func TestRacy_Uncounted(*testing.T) { often(func() { RacyUncounted(keys) }) }

func TestRacy_CountedSome(*testing.T) { often(func() { RacyCountedSome(keys) }) }

func TestSafe_WaitedElsewhere(*testing.T) { often(func() { SafeWaitedElsewhere(keys) }) }

func TestRacy_WaitedElsewhere(*testing.T) { often(func() { RacyWaitedElsewhere(keys) }) }
