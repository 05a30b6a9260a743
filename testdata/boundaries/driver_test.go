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

var keys = []string{"a", "bb", "ccc", "dddd", "eeeee", "ffffff"}

func TestRacy_MissedHandedOver(*testing.T) { often(func() { missedHandedOver() }) }
func TestRacy_MissedTable(*testing.T)      { often(missedTable) }
func TestRacy_MissedGoto(*testing.T)       { often(func() { missedGoto(8) }) }
func TestRacy_MissedPool(*testing.T)       { often(func() { missedPool(keys) }) }

func TestRacy_MissedState(*testing.T) {
	k := &Keeper{state: Snapshot{Values: map[string]int{}}}
	often(func() {
		go k.Update("a")
		for range k.MissedState().Values {
			time.Sleep(time.Microsecond)
		}
	})
}

func TestRacy_MissedKeys(*testing.T) {
	l := &Lazy{labels: map[string]string{}}
	often(func() {
		go l.Set("a", "b")
		for range l.MissedKeys() {
			time.Sleep(time.Microsecond)
		}
	})
}
