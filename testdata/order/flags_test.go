package order

import "testing"

func TestSafe_Flag(*testing.T) {
	often(func() { SafeFlag(keys) })
}

func TestSafe_FlagOfMethods(*testing.T) {
	often(func() { SafeFlagOfMethods(keys) })
}

func TestRacy_FlagPutDown(*testing.T) {
	often(func() { RacyFlagPutDown(keys) })
}

func TestRacy_FlagIgnored(*testing.T) {
	often(func() { RacyFlagIgnored(keys) })
}

func TestSafe_NumberFlag(*testing.T) {
	often(func() { SafeNumberFlag(keys) })
}

func TestRacy_NumberFlag(*testing.T) {
	often(func() { RacyNumberFlag(keys) })
}

func TestSafe_SwappedFlag(*testing.T) {
	often(func() { SafeSwappedFlag(keys) })
}

func TestRacy_SwappedFlag(*testing.T) {
	often(func() { RacySwappedFlag(keys) })
}

func TestSafe_Starts(*testing.T) {
	often(func() { SafeStarts(keys) })
}

func TestRacy_Starts(*testing.T) {
	often(func() { RacyStarts(keys) })
}

func TestSafe_StartedOnce(*testing.T) {
	often(func() { SafeStartedOnce(keys) })
}

func TestRacy_StartedTogether(*testing.T) {
	often(func() {
		c := &crowd{seen: map[string]int{}}
		c.RacyStartedTogether(keys)
		c.done.Wait()
	})
}
