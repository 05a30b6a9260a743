package order

import "testing"

// recorder is a Registrar.
type recorder struct{ calls []func(string) }

func (r *recorder) OnCall(call func(name string)) { r.calls = append(r.calls, call) }

func (r *recorder) Run() {
	for _, call := range r.calls {
		call("a")
	}
}

func TestSafe_Timers(*testing.T) {
	often(func() {
		t := NewTimers()
		t.Set("a")
		t.Set("b")
		t.Run()
		t.Run()
	})
}

func TestRacy_HastyTimers(*testing.T) {
	often(func() {
		t := NewHastyTimers()
		t.Set("a")
		t.Set("b")
		<-t.done
		<-t.done
	})
}

func TestSafe_Extend(*testing.T) {
	often(func() { Extend(&recorder{}) })
}

func TestRacy_ExtendHastily(*testing.T) {
	often(func() { ExtendHastily(&recorder{}) })
}

func TestRacy_Sweep(*testing.T) {
	often(func() { Sweep(&recorder{}) })
}
