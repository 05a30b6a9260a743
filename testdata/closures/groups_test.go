package closures

import "testing"

func TestRacy_Errgroup(*testing.T) {
	often(func() { RacyErrgroup(keys) })
}

func TestSafe_Errgroup(*testing.T) {
	often(func() { SafeErrgroup(keys) })
}

func TestRacy_ErrgroupBeforeWait(*testing.T) {
	often(func() { RacyErrgroupBeforeWait() })
}

func TestSafe_ErrgroupLimit(*testing.T) {
	often(func() { SafeErrgroupLimit(keys) })
}

func TestRacy_ErrgroupTryGo(*testing.T) {
	often(func() { RacyErrgroupTryGo(keys) })
}

func TestRacy_WaitGroupGo(*testing.T) {
	often(func() { RacyWaitGroupGo(keys) })
}

func TestSafe_WaitGroupGo(*testing.T) {
	often(func() { SafeWaitGroupGo() })
}

func TestRacy_WaitGroupGoBeside(*testing.T) {
	often(func() { RacyWaitGroupGoBeside() })
}
