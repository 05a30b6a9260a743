package guards

import "testing"

func TestSafe_Boxed(*testing.T) {
	row := &Row{fields: map[string]any{}}
	together(func() {
		row.Set("a", map[string]any{"payload": 1})
		SafeStrip(row, "a")
		SafeStripAll(row, "a")
	}, func() { row.Set("b", 1) }, func() { row.Value("b") })
}

func TestRacy_Boxed(*testing.T) {
	tree := &Tree{branches: map[string]any{}}
	together(func() { tree.Grow("a", "payload") }, func() { tree.Strip("a") })
}
