package guards

import (
	"testing"

	"example.com/guards/catalog"
)

func TestRacy_Price(*testing.T) {
	c := &catalog.Catalog{Prices: map[string]int{}}
	together(func() { c.Set("a", 1) }, func() { Price(c, "a") })
}

func TestSafe_Total(*testing.T) {
	c := &catalog.Catalog{Prices: map[string]int{}}
	together(func() { c.Set("a", 1) }, func() { Total(c) }, func() { c.Drop("a") })
}

func TestRacy_Uploads(*testing.T) {
	u := &Uploads{tree: catalog.Tree{}}
	together(func() { u.Add("a") }, func() { u.Update("b") })
}

func TestSafe_Uploads(*testing.T) {
	u := &Uploads{tree: catalog.Tree{}}
	together(func() { u.Add("a") }, func() { u.Clear() })
}
