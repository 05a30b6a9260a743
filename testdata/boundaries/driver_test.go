package boundaries

import (
	"testing"
	"time"
)

// often runs the function several times and lets its goroutines end.
func often(run func()) {
	for range 30 {
		run()
	}
	time.Sleep(20 * time.Millisecond)
}

func TestRacy_MissedReflection(*testing.T) { often(func() { missedReflection() }) }
func TestRacy_MissedUnsafe(*testing.T)     { often(func() { missedUnsafe() }) }
func TestRacy_MissedContainer(*testing.T)  { often(func() { missedContainer() }) }
func TestSafe_FalseAlarmFlag(*testing.T)   { often(func() { falseAlarmFlag() }) }
func TestSafe_FalseAlarmSerial(*testing.T) { often(func() { falseAlarmSerial(8) }) }
