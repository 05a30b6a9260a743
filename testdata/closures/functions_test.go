package closures

import "testing"

func TestRacy_Named(*testing.T) {
	often(func() { RacyNamed() })
}

func TestRacy_NamedTwice(*testing.T) {
	often(func() { RacyNamedTwice() })
}

func TestSafe_Named(*testing.T) {
	often(func() { SafeNamed() })
}

func TestSafe_OnTheSpot(*testing.T) {
	often(func() { SafeOnTheSpot(keys) })
}

func TestRacy_Argument(*testing.T) {
	often(func() { RacyArgument() })
}

func TestSafe_Argument(*testing.T) {
	often(func() { SafeArgument() })
}

func TestRacy_Passed(*testing.T) {
	often(func() { RacyPassed() })
}

func TestSafe_Passed(*testing.T) {
	often(func() { SafePassed() })
}

func TestRacy_Nested(*testing.T) {
	often(func() { RacyNested() })
}

func TestRacy_NestedLaunch(*testing.T) {
	often(func() { RacyNestedLaunch() })
}

func TestRacy_Deferred(*testing.T) {
	often(func() { RacyDeferred() })
}

func TestSafe_DeferredUnlock(*testing.T) {
	often(func() { SafeDeferredUnlock(8) })
}

func TestRacy_DeferredAfterUnlock(*testing.T) {
	often(func() { RacyDeferredAfterUnlock(8) })
}

func TestSafe_Once(*testing.T) {
	often(func() { SafeOnce(8) })
}

func TestRacy_Once(*testing.T) {
	often(func() { RacyOnce() })
}

func TestRacy_Returned(*testing.T) {
	often(func() { RacyReturned() })
}

func TestSafe_Returned(*testing.T) {
	often(func() { SafeReturned() })
}
