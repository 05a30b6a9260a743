package order

import "testing"

func TestSafe_Clusters(*testing.T) {
	c := &Clusters{names: Set{}}
	often(func() { together(func() { c.Store("a") }, func() { c.Remove("a") }) })
}

func TestRacy_OpenClusters(*testing.T) {
	c := &OpenClusters{names: Set{}}
	often(func() { together(func() { c.Store("a") }, func() { _ = len(c.Names()) }) })
}

func TestSafe_Module(*testing.T) {
	often(func() {
		m := &Module{}
		m.Provision()
		together(func() { m.Register("a") }, func() { m.Unregister("a") })
	})
}

func TestRacy_LooseModule(*testing.T) {
	m := &LooseModule{connections: map[string]int{}}
	often(func() { together(func() { m.Register("a") }, m.Forget) })
}

func TestSafe_Context(*testing.T) {
	c := NewContext(keys)
	often(func() { together(func() { c.Account("a") }, func() { c.Account("b") }) })
}

func TestSafe_Blocked(*testing.T) {
	b := &Blocked{jobs: map[string]int{}}
	often(func() { together(func() { b.Block("a") }, func() { b.Block("b") }, b.Flush) })
}
