package guards

import "testing"

func TestSafe_Refill(*testing.T) {
	depot := &Depot{items: map[int]int{}}
	together(func() {
		done := make(chan int)
		depot.SafeRefill(done)
		<-done
	}, func() { depot.Put(3); depot.Count() }, depot.Reset)
}

func TestRacy_Refill(*testing.T) {
	crate := &Crate{items: map[int]int{}}
	together(func() {
		done := make(chan int)
		crate.RacyRefill(done)
		<-done
	}, func() { crate.Put(3); crate.Count() })
}
