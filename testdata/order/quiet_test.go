package order

import "testing"

func TestSafe_Report(*testing.T) {
	often(func() { SafeReport(keys) })
}

func TestRacy_Report(*testing.T) {
	often(func() { RacyReport(keys) })
}

func TestSafe_Monitor(*testing.T) {
	often(func() {
		m := NewMonitor()
		m.Start(keys)
		m.Send("a")
		m.Stop()
	})
}

func TestRacy_OpenMonitor(*testing.T) {
	often(func() {
		m := NewOpenMonitor()
		m.Start()
		m.Add("a")
	})
}

func TestSafe_Log(*testing.T) {
	often(func() {
		l := NewLog()
		l.Close()
		<-l.quit
	})
}

func TestRacy_SharedLog(*testing.T) {
	l := NewSharedLog()
	often(func() { together(func() { l.Truncate("a") }, func() { l.Truncate("a") }, func() { l.Deleted("a") }) })
}

func TestSafe_Debugged(*testing.T) {
	d := &Debugged{last: map[string]int{}}
	often(func() { together(func() { d.Put("a") }, func() { d.Drop("a") }) })
}

func TestSafe_Commits(*testing.T) {
	often(func() { _, _ = SafeCommits(keys) })
}

func TestRacy_Commits(*testing.T) {
	often(func() { _ = RacyCommits(keys) })
}
