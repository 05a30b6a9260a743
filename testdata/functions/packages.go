package functions

import "example.com/functions/registry"

// RacyOtherPackage calls a method of another package on two goroutines.
func RacyOtherPackage() {
	r := registry.New()
	go r.Add("a")
	r.Add("b")
}

// SafeOtherPackage calls one that locks.
func SafeOtherPackage() {
	s := registry.NewSafe()
	go s.Add("a")
	s.Add("b")
}

// RacyOtherPackageVariable writes a variable of another package.
func RacyOtherPackageVariable() int {
	go func() {
		registry.Names["a"] = 1 // want concurrent-map-read-write "registry.Names"
	}()
	return registry.Names["a"]
}
