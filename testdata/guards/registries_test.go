package guards

import "testing"

func TestSafe_RightExtractorOf(*testing.T) {
	together(func() { RightExtractorOf("first") }, func() { RightExtractorOf("second") })
}

func TestRacy_RacyExtractorOf(*testing.T) {
	together(func() { RegisterMore([]string{"more"}) }, func() { RacyExtractorOf("first") })
}
