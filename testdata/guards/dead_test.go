package guards

import "testing"

func TestSafe_Meter(*testing.T) {
	m := &Meter{counts: map[string]int{}}
	together(func() { m.Add("a") }, func() { m.Dump() }, func() { m.Check("") })
}

func TestRacy_OpenMeterDump(*testing.T) {
	m := &OpenMeter{counts: map[string]int{}}
	together(func() { m.Add("a") }, func() { m.Dump() })
}

func TestRacy_OpenMeterCheck(*testing.T) {
	m := &OpenMeter{counts: map[string]int{"a": 1}}
	together(func() { m.Add("a") }, func() { m.Check("") })
}
