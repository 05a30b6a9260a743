package closures

import "testing"

func TestRacy_ReadBeside(*testing.T) {
	often(func() { RacyReadBeside() })
}

func TestRacy_LenBeside(*testing.T) {
	often(func() { RacyLenBeside() })
}

func TestRacy_RangeBeside(*testing.T) {
	often(func() { RacyRangeBeside() })
}

func TestRacy_WriteBeside(*testing.T) {
	often(func() { RacyWriteBeside() })
}

func TestRacy_ClearBeside(*testing.T) {
	often(func() { RacyClearBeside() })
}

func TestRacy_CopyBeside(*testing.T) {
	often(func() { RacyCopyBeside() })
}

func TestRacy_PrintBeside(*testing.T) {
	often(func() { RacyPrintBeside() })
}

func TestRacy_TwoGoroutines(*testing.T) {
	often(func() { RacyTwoGoroutines() })
}

func TestSafe_BeforeLaunch(*testing.T) {
	often(func() { SafeBeforeLaunch() })
}

func TestSafe_ReadBeside(*testing.T) {
	often(func() { SafeReadBeside() })
}

func TestSafe_OtherMap(*testing.T) {
	often(func() { SafeOtherMap() })
}

func TestSafe_NewVariable(*testing.T) {
	often(func() { SafeNewVariable() })
}

func TestRacy_Alias(*testing.T) {
	often(func() { RacyAlias() })
}

func TestRacy_Struct(*testing.T) {
	often(func() { RacyStruct() })
}

func TestSafe_SiblingFields(*testing.T) {
	often(func() { SafeSiblingFields() })
}
