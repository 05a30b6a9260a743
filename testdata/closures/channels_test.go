package closures

import "testing"

func TestSafe_ChannelLock(*testing.T) {
	often(func() { SafeChannelLock(8) })
}

func TestSafe_ChannelToken(*testing.T) {
	often(func() { SafeChannelToken(8) })
}

func TestRacy_Semaphore(*testing.T) {
	often(func() { RacySemaphore(8) })
}

func TestSafe_Actor(*testing.T) {
	often(func() { SafeActor(8) })
}

func TestSafe_CapturedActor(*testing.T) {
	often(func() { SafeCapturedActor(8) })
}

func TestRacy_Actor(*testing.T) {
	often(func() { RacyActor(8) })
}

func TestSafe_HandedOver(*testing.T) {
	often(func() { SafeHandedOver() })
}
