package functions

import "testing"

func TestRacy_BehindResult(*testing.T) {
	often(func() { RacyBehindResult() })
}

func TestSafe_OfficeEachTime(*testing.T) {
	often(func() { SafeOfficeEachTime() })
}

func TestRacy_InGoroutine(*testing.T) {
	often(RacyInGoroutine)
}

func TestSafe_InGoroutine(*testing.T) {
	often(SafeInGoroutine)
}

func TestSafe_Asked(*testing.T) {
	often(func() { SafeAsked() })
}
