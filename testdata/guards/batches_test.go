package guards

import "testing"

func TestSafe_Batch(*testing.T) {
	keys := []string{"a", "b"}
	together(func() { SafeBatch(keys)[0].Put("a") }, func() { SafeBatchOfAnother(keys)[0].Put("a") })
}

func TestRacy_Shift(*testing.T) {
	together(func() { RacyShift([]string{"a", "b"}) })
}

func TestRacy_Label(*testing.T) {
	c := &Crew{members: []*Member{{items: map[string]int{}}}}
	together(func() { c.RacyLabel("a") }, func() { c.members[0].Put("b") })
}

func TestRacy_Ship(*testing.T) {
	c := &Crew{}
	together(func() { c.Ship(false, "a") }, func() { sailors[0].Put("b") })
}
