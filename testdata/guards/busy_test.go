package guards

import "testing"

func TestSafe_Postbag(*testing.T) {
	o := NewPostbag()
	together(func() { o.Add("a", "hello") }, func() { o.SendAll(func(string, string) {}) }, func() { EarlyReport(o) })
}

func TestRacy_HastyPostbag(*testing.T) {
	o := NewHastyPostbag()
	messages := o.Begin()
	together(func() { o.Remove("a") }, func() {
		for range messages {
			break
		}
	})
}

func TestRacy_SilentPostbag(*testing.T) {
	o := NewSilentPostbag()
	together(func() { o.Add("a", "hello") }, func() {
		for range o.Begin() {
			break
		}
	})
}

func TestRacy_LateReport(*testing.T) {
	for range 20 {
		LateReport(NewPostbag())
	}
}
