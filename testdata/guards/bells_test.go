package guards

import "testing"

func TestSafe_Bell(*testing.T) { together(SafeBell) }
