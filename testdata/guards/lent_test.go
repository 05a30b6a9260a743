package guards

import "testing"

func TestSafe_Catalogue(*testing.T) {
	c := NewSafeCatalogue()
	together(func() { c.Put(1) }, func() { c.Drop(1) })
}

func TestRacy_Catalogue(*testing.T) {
	c := NewRacyCatalogue()
	together(func() { c.Put(1) }, func() { c.Drop(1) })
}
