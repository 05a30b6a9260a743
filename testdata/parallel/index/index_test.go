package index

import "testing"

// counted stands in for a vault that is asked by one goroutine.
type counted struct{ asked map[string]int }

func (c *counted) Get(key string) int {
	c.asked[key]++
	return 1
}

func TestSafe_Sum(t *testing.T) {
	v := &counted{asked: map[string]int{}}
	if Sum(v, []string{"a", "b"}) != 2 || len(v.asked) != 2 {
		t.Error(v.asked)
	}
}
