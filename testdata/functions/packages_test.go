package functions

import "testing"

func TestRacy_OtherPackage(*testing.T) {
	often(func() { RacyOtherPackage() })
}

func TestSafe_OtherPackage(*testing.T) {
	often(func() { SafeOtherPackage() })
}

func TestRacy_OtherPackageVariable(*testing.T) {
	often(func() { RacyOtherPackageVariable() })
}
