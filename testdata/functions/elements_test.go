package functions

import "testing"

func shelves() []*shelf {
	return []*shelf{{map[string]int{"a": 1}}, {map[string]int{"b": 1}}}
}

func TestRacy_FirstShelf(*testing.T) { often(func() { RacyFirstShelf(shelves()) }) }

func TestSafe_OtherShelf(*testing.T) { often(func() { SafeOtherShelf(shelves()) }) }

func racks() []*rack {
	return []*rack{{map[string]int{"a": 1}}, {map[string]int{"b": 1}}}
}

func TestRacy_EachRack(*testing.T) { often(func() { RacyEachRack(racks()) }) }

func TestSafe_EachRack(*testing.T) { often(func() { SafeEachRack(racks()) }) }

func cabinets() []*cabinet {
	full := func() *cabinet {
		return &cabinet{[]*drawer{{map[string]int{"a": 1}}, {map[string]int{"b": 1}}}}
	}
	return []*cabinet{full(), full()}
}

func TestRacy_FirstDrawers(*testing.T) { often(func() { RacyFirstDrawers(cabinets()) }) }

func TestSafe_OtherDrawers(*testing.T) { often(func() { SafeOtherDrawers(cabinets()) }) }
