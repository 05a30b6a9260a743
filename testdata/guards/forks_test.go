package guards

import "testing"

func TestSafe_Count(*testing.T) {
	Count(&counter{words: map[string]int{}}, []string{"a", "b", "a"})
}

func TestRacy_Hasty(*testing.T) {
	for range 100 {
		Hasty(&hasty{words: map[string]int{}}, []string{"a", "b", "a"})
	}
}

func TestSafe_Gather(*testing.T) {
	s := &Poll{Hosts: []string{"a", "b"}, answers: map[string]string{}}
	for range 3 {
		s.Gather(true, func(string) {})
	}
}

func TestRacy_Watch(*testing.T) {
	w := &Watch{Hosts: []string{"a", "b"}, answers: map[string]string{}}
	together(w.Gather, func() { w.Put("c") }, func() { w.Get("a") })
}

func TestSafe_Rounds(*testing.T) {
	r := &rounds{table: map[string]int{}, seen: make(chan int, 100)}
	Rounds(r, 4)
}

func TestRacy_Overlapping(*testing.T) {
	o := &overlapping{table: map[string]int{}, seen: make(chan int, 100)}
	Overlapping(o, 4)
}

func TestSafe_Merge(*testing.T) {
	Merge(&merged{items: map[string]int{}}, []string{"a", "b", "c"})
}

func TestSafe_MergeAll(*testing.T) {
	MergeAll(map[string]any{"all": &merged{items: map[string]int{}}})
}

func TestRacy_Bare(*testing.T) {
	Bare([]string{"a", "b", "c"})
}

func TestRacy_Twice(*testing.T) { Twice() }

func TestSafe_InTurn(*testing.T) { InTurn() }

func TestSafe_Learned(*testing.T) {
	l := &loader{schema: &schema{types: map[string]int{}}, answers: make(chan bool)}
	Learned([]string{"a", "b"}, l)
	<-l.answers
}

func TestRacy_Grown(*testing.T) {
	learned := make(chan bool)
	Grown(&growing{types: map[string]int{}}, []string{"a", "b"}, learned)
	<-learned
}

func TestSafe_Classes(*testing.T) {
	c := &classes{ranks: map[string]int{}}
	together(func() { c.Set("a", 1) }, func() { c.Snapshot([]string{"a", "b"}) })
}

func TestRacy_Impatient(*testing.T) {
	i := &impatient{ranks: map[string]int{}}
	together(func() { i.Set("a", 1) }, func() { i.Drop("a") }, func() { i.Snapshot([]string{"a", "b"}) })
}

func TestSafe_Usage(*testing.T) {
	u := &Usage{Hosts: titles}
	u.Prepare()
	u.Print()
}

func TestRacy_SharedUsage(*testing.T) {
	u := &SharedUsage{Hosts: titles}
	u.Prepare()
	get := func() { u.Get("a") }
	together(get, get, get, func() { u.Print() })
}

func TestSafe_Stall(*testing.T) {
	s := NewStall()
	together(func() { s.Put("a") }, func() { s.Drop("a") }, func() { s.Prices() }, s.Books)
}

func TestRacy_Rack(*testing.T) {
	r := NewRack()
	together(func() { r.Put("a") }, func() { r.Drop("b") }, r.Books)
}
