package guards

import "testing"

func TestSafe_Errand(*testing.T) {
	keeper := &Keeper{quota: &Quota{used: map[string]int{}}}
	together(func() { keeper.SafeErrand("a") }, func() { keeper.quota.Free("a") }, func() { keeper.quota.Used("a") })
}

func TestRacy_Errand(*testing.T) {
	clerk := &Clerk{stock: &Stock{used: map[string]int{}}}
	together(func() { clerk.RacyErrand("a") }, func() { clerk.stock.Free("a") }, func() { clerk.stock.Used("a") })
}

func TestSafe_Step(*testing.T) {
	ledger := &Ledger{entries: map[string]int{}}
	together(func() { ledger.SafeStep("a") }, ledger.Clear, func() { ledger.Count() })
}
