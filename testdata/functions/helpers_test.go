package functions

import "testing"

func TestRacy_Method(*testing.T) {
	often(func() { RacyMethod() })
}

func TestRacy_TwoCallsDown(*testing.T) {
	often(func() { RacyTwoCallsDown() })
}

func TestSafe_LockHelpers(*testing.T) {
	often(func() { SafeLockHelpers() })
}

func TestRacy_WithLock(*testing.T) {
	often(func() { RacyWithLock() })
}

func TestSafe_Embedded(*testing.T) {
	often(func() { SafeEmbedded() })
}

func TestRacy_Embedded(*testing.T) {
	often(func() { RacyEmbedded() })
}

func TestSafe_PointerLock(*testing.T) {
	often(func() { SafePointerLock() })
}

func TestSafe_Locker(*testing.T) {
	often(func() { SafeLocker() })
}

func TestRacy_ReadLock(*testing.T) {
	often(func() { RacyReadLock() })
}

func TestSafe_CallersHoldLock(*testing.T) {
	often(func() { SafeCallersHoldLock() })
}

func TestRacy_OneCallerBare(*testing.T) {
	often(func() { RacyOneCallerBare() })
}

func TestSafe_LockAsArgument(*testing.T) {
	often(func() { SafeLockAsArgument() })
}

func TestRacy_LockAsArgument(*testing.T) {
	often(func() { RacyLockAsArgument() })
}

func TestSafe_Shards(*testing.T) {
	often(func() { SafeShards() })
}

func TestSafe_PackageLock(*testing.T) {
	often(func() { SafePackageLock() })
}

func TestRacy_PackageVariable(*testing.T) {
	often(func() { RacyPackageVariable() })
}

func TestRacy_Recursive(*testing.T) {
	often(func() { RacyRecursive() })
}
