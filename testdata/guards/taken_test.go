package guards

import "testing"

func TestSafe_Volumes(*testing.T) {
	v := &Volumes{sizes: map[string]int{"a": 1}}
	done := make(chan struct{})
	together(func() { v.Clear(func(int) { close(done) }) }, func() { v.Put("a") })
	<-done
}

func TestRacy_HastyVolumes(*testing.T) {
	for range 20 {
		v := &HastyVolumes{sizes: map[string]int{"a": 1}}
		done := make(chan struct{})
		together(func() { v.Clear(func(int) { close(done) }) }, func() { v.Put("a") })
		<-done
	}
}

func TestRacy_LazyVolumes(*testing.T) {
	v := &LazyVolumes{sizes: map[string]int{"a": 1}}
	done := make(chan struct{})
	v.Clear(func(int) { close(done) }, false)
	v.Put("a")
	<-done
}
