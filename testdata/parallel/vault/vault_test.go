package vault

import (
	"sync"
	"testing"
)

func ask(v Vault) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { v.Get("a") })
	}
	group.Wait()
}

// The stand-ins of other packages' tests do not exist here.
func TestSafe_Vault(*testing.T) {
	ask(New())
}

// eager is a stand-in of this package's own tests.
type eager struct{ asked map[string]int }

func (e *eager) Get(key string) int {
	e.asked[key]++ // want concurrent-map-write "e.asked"
	return 0
}

func TestRacy_Eager(*testing.T) {
	ask(&eager{asked: map[string]int{}})
}
