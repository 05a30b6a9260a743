package closures

import "testing"

func TestSafe_AfterWait(*testing.T) {
	often(func() { SafeAfterWait() })
}

func TestRacy_BeforeWait(*testing.T) {
	often(func() { RacyBeforeWait() })
}

func TestRacy_OtherGroup(*testing.T) {
	often(func() { RacyOtherGroup() })
}

func TestRacy_DoneTooEarly(*testing.T) {
	often(func() { RacyDoneTooEarly() })
}

func TestSafe_AfterReceive(*testing.T) {
	often(func() { SafeAfterReceive() })
}

func TestRacy_ReceiveTooEarly(*testing.T) {
	often(func() { RacyReceiveTooEarly() })
}

func TestSafe_AfterClose(*testing.T) {
	often(func() { SafeAfterClose() })
}

func TestSafe_AfterSelect(*testing.T) {
	often(func() { SafeAfterSelect(cancelled()) })
}

func TestRacy_AfterSelect(*testing.T) {
	often(func() { RacyAfterSelect(cancelled()) })
}

func TestSafe_AfterRange(*testing.T) {
	often(func() { SafeAfterRange(keys) })
}

func TestRacy_SecondLaunch(*testing.T) {
	often(func() { RacySecondLaunch() })
}

func TestRacy_EarlyReturn(*testing.T) {
	often(func() { RacyEarlyReturn(true) })
}

func TestSafe_DeferredWait(*testing.T) {
	often(func() { SafeDeferredWait() })
}
