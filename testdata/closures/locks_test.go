package closures

import "testing"

func TestSafe_ReadLock(*testing.T) {
	often(func() { SafeReadLock(keys) })
}

func TestRacy_WriteUnderReadLock(*testing.T) {
	often(func() { RacyWriteUnderReadLock(keys) })
}

func TestRacy_OneSideLocked(*testing.T) {
	often(func() { RacyOneSideLocked() })
}

func TestRacy_TwoLocks(*testing.T) {
	often(func() { RacyTwoLocks() })
}

func TestRacy_UnlockedTooEarly(*testing.T) {
	often(func() { RacyUnlockedTooEarly(keys) })
}

func TestSafe_EarlyReturn(*testing.T) {
	often(func() { SafeEarlyReturn(keys) })
}

func TestRacy_ForgottenRelock(*testing.T) {
	often(func() { RacyForgottenRelock(keys) })
}

func TestSafe_Relock(*testing.T) {
	often(func() { SafeRelock(keys) })
}

func TestRacy_LockedInOneBranch(*testing.T) {
	often(func() { RacyLockedInOneBranch(keys) })
}

func TestSafe_LockInLoop(*testing.T) {
	often(func() { SafeLockInLoop(keys) })
}

func TestSafe_PointerToLock(*testing.T) {
	often(func() { SafePointerToLock(keys) })
}

func TestSafe_Locker(*testing.T) {
	often(func() { SafeLocker(keys) })
}

func TestSafe_TryLock(*testing.T) {
	often(func() { SafeTryLock(keys) })
}

func TestRacy_TryLock(*testing.T) {
	often(func() { RacyTryLock(keys) })
}
