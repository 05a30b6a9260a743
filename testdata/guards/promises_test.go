package guards

import "testing"

func TestRacy_Commented(*testing.T) {
	c := &Commented{items: map[string]int{}}
	together(func() { c.Put("a") }, func() { c.Len() })
}

func TestRacy_Annotated(*testing.T) {
	a := &Annotated{items: map[string]int{}}
	together(func() { a.Put("a") }, func() { a.Get("a") })
}

func TestSafe_Annotated(*testing.T) {
	a := &Annotated{items: map[string]int{}}
	together(func() { a.Put("a") }, func() { a.Add("a") })
}

func TestRacy_Hat(*testing.T) {
	h := &Hat{items: map[string]int{}}
	together(func() { h.Put("a") }, func() { h.Drop("a") })
}

func TestSafe_Suffixed(*testing.T) {
	s := &Suffixed{items: map[string]int{}}
	together(func() { s.Put("a") }, func() { s.Size() })
}

func TestRacy_SuffixedBroken(*testing.T) {
	s := &SuffixedBroken{promised: map[string]int{}}
	together(func() { s.Put("a") }, func() { s.PutFast("a") })
}

func TestSafe_Documented(*testing.T) {
	d := &Documented{items: map[string]int{}}
	together(func() { d.Put("a") }, func() { d.Drop("a") })
}

func TestRacy_TwoLocks(*testing.T) {
	t := &TwoLocks{items: map[string]int{}}
	together(func() { t.Put("a") }, func() { t.Drop("a") }, func() { t.Write("a") })
}

func TestRacy_TakesOne(*testing.T) {
	t := &TakesOne{items: map[string]int{}}
	together(func() { t.Move("a", "b") }, func() { t.Drop("a") })
}

func TestRacy_Waiting(*testing.T) {
	w := &Waiting{tasks: map[string]chan struct{}{}}
	together(func() { w.Add("a") }, func() { w.Done("a") }, func() { w.Idle(len(w.tasks) == 0) })
}

func TestSafe_Entered(*testing.T) {
	e := &Entered{items: map[string]int{}}
	together(func() { e.Put("a") }, func() { e.Drop("a") })
}

func TestSafe_Reply(*testing.T) {
	r := NewReply()
	together(func() { r.Set("a", "b") }, func() { r.Trace() })
	r.Finish()
	together(func() { r.Get("a") }, func() { r.Get("b") }, func() { r.Trace() })
}

func TestSafe_Outbox(*testing.T) {
	a, b, c := NewOutbox(), NewOutbox(), NewOutbox()
	send := func(from *Outbox) func() {
		return func() {
			from.Send(c)
			from.Flush()
		}
	}
	together(send(a), send(b))
}

func TestRacy_Hurried(*testing.T) {
	h := &Hurried{items: map[string]int{}}
	together(func() { h.Put("a") }, func() { h.Get("a") })
}

func TestSafe_Provider(*testing.T) {
	p := &Provider{clients: map[string]int{}}
	p.Register("a")
	together(func() { p.Client("a") }, func() { p.Known() })
}

func TestRacy_Closing(*testing.T) {
	c := &Closing{clients: map[string]int{}}
	together(func() { c.Register("a") }, func() { c.Known() }, func() { c.Close() })
}
