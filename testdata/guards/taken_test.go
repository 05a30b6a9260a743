package guards

import "testing"

func TestSafe_Volumes(*testing.T) {
	v := &Volumes{sizes: map[string]int{"a": 1}}
	together(func() { v.Clear(func(int) {}) }, func() { v.Put("a") })
}

func TestRacy_HastyVolumes(*testing.T) {
	v := &HastyVolumes{sizes: map[string]int{"a": 1}}
	used := make(chan int)
	v.Clear(func(size int) { used <- size }, func() { v.Put("a") })
	<-used
}

func TestRacy_LazyVolumes(*testing.T) {
	v := &LazyVolumes{sizes: map[string]int{"a": 1}}
	together(func() { v.Clear(func(int) {}, false) }, func() { v.Put("a") })
}
