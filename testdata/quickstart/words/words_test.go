package words

import (
	"strings"
	"testing"
)

func TestRacy_Count(t *testing.T) {
	Count(strings.Fields(strings.Repeat("a b c d ", 100)))
}

func TestSafe_Longest(t *testing.T) {
	longest := Longest(map[string]string{"fox": "the quick brown", "dog": "lazy"})
	if longest["fox"] != "quick" || longest["dog"] != "lazy" {
		t.Error(longest)
	}
}
