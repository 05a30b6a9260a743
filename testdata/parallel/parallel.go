// Package parallel has maps that its tests share.
package parallel

// Table maps names to numbers, without a lock.
type Table struct{ numbers map[string]int }

// NewTable returns an empty table.
func NewTable() *Table { return &Table{numbers: map[string]int{}} }

// Set sets a number.
func (t *Table) Set(name string) { t.numbers[name] = len(name) }

// Get returns it.
func (t *Table) Get(name string) int { return t.numbers[name] }
