package guards

import "testing"

type memory struct{}

func (memory) Update(change func() error) error { return change() }

func TestSafe_Ledger(*testing.T) {
	l := &SafeLedger{storage: memory{}, cache: safeCache{Entries{sizes: map[string]int{}}}}
	_ = l.Repair()
	together(func() { l.Put("a") }, func() { l.Get("a") }, func() { _ = l.Flush() })
}

func TestRacy_Ledger(*testing.T) {
	l := &RacyLedger{storage: memory{}, cache: racyCache{Quotas{sizes: map[string]int{}}}}
	together(func() { l.Put("a") }, func() { l.Get("a") }, func() { l.Reset() })
}
