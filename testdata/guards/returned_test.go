package guards

import "testing"

type keyring []string

func (s keyring) ForEach(visit func(key string)) {
	for _, key := range s {
		visit(key)
	}
}

func TestSafe_Vault(*testing.T) {
	v := NewSafeVault(keyring(titles))
	together(func() { v.Put("a") }, func() { v.Get("a") })
}

func TestRacy_Vault(*testing.T) {
	v := NewRacyVault(keyring(titles))
	together(func() { v.Refresh(keyring(titles)) }, func() { v.Get("a") })
}
